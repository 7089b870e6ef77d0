"""Texts that are near-identical to an earlier one: a reprint is no second source.

Candidates come from MinHash with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of
Massive Datasets, ch. 3), as datasketch has it; each is then measured exactly. The sketches lie beside the cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from kg.records import Document

NAME = "sketches"
ALIKE = 0.8
"""The share of common 5-grams from which on two texts are one."""
_GRAM = 5
_PERMUTATIONS = 64
_SEED = 1
_SCHEME = "affine32"
_SHORTEST = 40
_NO_WORD = re.compile(r"\W+")


def reprints(documents: Sequence[Document], folder: Path | None = None) -> dict[str, str]:
    """The key of each reprint -> that of the earliest text like it; a function of the set of documents alone.

    The earliest is the first by date, undated ones last, then by key. `folder` is where sketches are kept between runs.
    """
    if len(documents) < 2:
        if folder is not None:
            (folder / NAME).unlink(missing_ok=True)
        return {}
    by_key = {document.key: document for document in documents if len(document.text) >= _SHORTEST}
    sketches = _sketches(by_key, folder)
    firsts = {key: key for key in by_key}
    for a, b in _alike(by_key, sketches):
        left, right = _first(firsts, a), _first(firsts, b)
        low, high = sorted((left, right), key=lambda key: (by_key[key].issued or "9", key))
        firsts[high] = low
    return {key: first for key in sorted(firsts) if (first := _first(firsts, key)) != key}


def _first(firsts: Mapping[str, str], key: str) -> str:
    while firsts[key] != key:
        key = firsts[key]
    return key


def grams(text: str) -> frozenset[str]:
    """The runs of five letters and digits, whatever stands between."""
    bare = _NO_WORD.sub("", text)
    return frozenset(bare[at : at + _GRAM] for at in range(max(1, len(bare) - _GRAM + 1)))


def _alike(by_key: Mapping[str, Document], sketches: Mapping[str, Sequence[int]]) -> Iterable[tuple[str, str]]:
    """The pairs of near-identical texts, in order."""
    pairs = _candidates(sketches)
    known = {key: grams(by_key[key].text) for key in {key for pair in pairs for key in pair}}
    for a, b in sorted(pairs):
        common = len(known[a] & known[b])
        if common >= ALIKE * (len(known[a]) + len(known[b]) - common):
            yield a, b


def _candidates(sketches: Mapping[str, Sequence[int]]) -> set[tuple[str, str]]:
    """The pairs that share a band of their sketches."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=ALIKE - 0.1, num_perm=_PERMUTATIONS)
    found: set[tuple[str, str]] = set()
    for key in sorted(sketches):
        sketch = MinHash(_PERMUTATIONS, _SEED, hashvalues=list(sketches[key]), scheme=_SCHEME)
        found.update((min(key, str(other)), max(key, str(other))) for other in index.query(sketch))
        index.insert(key, sketch, check_duplication=False)
    return found


def _sketches(by_key: Mapping[str, Document], folder: Path | None) -> dict[str, Sequence[int]]:
    """The MinHash values of each text, out of the folder where it has them."""
    kept = _read(folder)
    found: dict[str, Sequence[int]] = {
        key: kept[key] if key in kept else _sketch(document.text) for key, document in by_key.items()
    }
    if folder is not None and found != kept:
        _write(folder, found)
    return found


def _sketch(text: str) -> list[int]:
    from datasketch import MinHash

    sketch = MinHash(_PERMUTATIONS, _SEED, scheme=_SCHEME)
    sketch.update_batch([gram.encode("utf-8", "surrogatepass") for gram in sorted(grams(text))])
    return [int(value) for value in sketch.hashvalues]


def _read(folder: Path | None) -> dict[str, list[int]]:
    """The kept sketches, none where they are missing or broken."""
    import msgspec

    if folder is None:
        return {}
    try:
        return msgspec.msgpack.decode((folder / NAME).read_bytes(), type=dict[str, list[int]])
    except (OSError, msgspec.MsgspecError):
        return {}


def _write(folder: Path, sketches: Mapping[str, Sequence[int]]) -> None:
    import msgspec

    aside = folder / f"{NAME}.aside"
    aside.write_bytes(msgspec.msgpack.encode(sketches, order="deterministic"))
    aside.replace(folder / NAME)


def bands(document: Document) -> list[str]:
    """The parts of a text's sketch by which candidates are found: two texts are compared where they share one.

    None for a text that is too short to be compared. An engine over many machines brings together by them.
    """
    if len(document.text) < _SHORTEST:
        return []
    sketch = _sketch(document.text)
    return [f"{start}:{sketch[start:end]}" for start, end in _ranges()]


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    """Where the bands of a sketch begin and end."""
    from datasketch import MinHashLSH

    return tuple(MinHashLSH(threshold=ALIKE - 0.1, num_perm=_PERMUTATIONS).hashranges)
