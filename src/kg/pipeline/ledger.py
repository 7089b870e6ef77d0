"""What was read when: one line of JSON a change, outside the graph and its hash.

A line is written before the graph it speaks of is committed, with that graph's hash. What holds is the last line whose
hash the graph has: a line of a run that was killed before its commit counts for nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.records import Document

NAME = "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the corpus by where it was read from; `key` names its extraction in the cache."""

    path: str
    sha256: str
    key: str
    name: str
    title: str | None = None
    issued: str | None = None
    source: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Making:
    """How a graph was made: the hash of everything it hangs on, and what its making had to report."""

    of: str
    statements: int
    conforms: bool | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """The corpus after a line: texts by path, the folders whose decisions count, the decisions as they were then."""

    number: int = 0
    when: str = ""
    command: str = ""
    dataset: str = ""
    base: str = ""
    texts: Mapping[str, Text] = field(default_factory=dict)
    roots: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    made: Making | None = None


def text_of(path: str, document: Document, key: str) -> Text:
    """The line's record of a document."""
    d = document
    return Text(path, d.sha256, key, d.name, d.title, d.issued, d.source, d.url, d.authors)


def told(text: Text) -> tuple[object, ...]:
    """All that a graph tells of a text: not where it lies, and not how it was read."""
    t = text
    return t.sha256, t.name, t.title, t.issued, t.source, t.url, t.authors


def document_of(text: Text, content: str) -> Document:
    """The document again."""
    return Document(content, text.name, text.title, text.issued, text.source, text.url, text.authors)


def states(folder: Path) -> list[State]:
    """The corpus after each line of the ledger, in order; empty without a ledger."""
    return [replace(state, texts=dict(state.texts)) for state in _history(folder)]


def current(folder: Path, dataset: str) -> State | None:
    """The state of the graph with that hash, None where the ledger knows no such graph."""
    found = None
    for state in _history(folder):
        if state.dataset == dataset:
            found = replace(state, texts=dict(state.texts))
    return found


def _last(folder: Path) -> State:
    """The state after the last line, whether or not it was committed."""
    last = State()
    for state in _history(folder):
        last = state
    return last


def _history(folder: Path) -> Iterator[State]:
    """The states, all with one dict of texts that goes on changing."""
    texts: dict[str, Text] = {}
    for number, line in enumerate(_read(folder / NAME, *_stamp(folder / NAME)), 1):
        try:
            yield _after(texts, line)
        except (ValueError, KeyError, TypeError):
            where = f"{folder / NAME}:{number}"
            raise StoreError(f"{where}: broken or of another version; move it away and build the graph again") from None


def _stamp(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=1)
def _read(file: Path, size: int, changed: int) -> list[Any]:
    """The lines of a ledger of that size and time, read once; one that is broken is an empty dict."""
    return list(map(_decoded, _lines(file.parent)))


def _decoded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return {}


def _lines(folder: Path) -> list[bytes]:
    """The whole lines; a last one that a kill cut short has no end and is no line."""
    try:
        return (folder / NAME).read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return []


def _after(texts: dict[str, Text], line: Mapping[str, Any]) -> State:
    """The state after one more change, which is made in the texts."""
    for path in line["out"]:
        del texts[path]
    texts |= {item["path"]: Text(**{**item, "authors": tuple(item["authors"])}) for item in line["in"]}
    made = Making(**{**line["made"], "notes": tuple(line["made"]["notes"])}) if line["made"] else None
    return State(
        line["number"], line["when"], line["command"], line["dataset"], line["base"], texts,
        tuple(line["roots"]), tuple(line["decisions"]), made,
    )  # fmt: skip


def changed(before: State, after: State) -> tuple[list[Text], list[str]]:
    """The texts that came or changed, and the paths that went."""
    came = [after.texts[path] for path in sorted(after.texts) if before.texts.get(path) != after.texts[path]]
    return came, sorted(set(before.texts) - set(after.texts))


def append(folder: Path, after: State) -> None:
    """Write the line that leads from the last line's state to this one, and see it on the disk."""
    last = _last(folder)
    came, gone = changed(last, after)
    content = _content(replace(after, number=last.number + 1), came, gone)
    folder.mkdir(parents=True, exist_ok=True)
    _written(folder / NAME, content)


def _content(state: State, came: Sequence[Text], gone: Sequence[str]) -> str:
    line = {
        "number": state.number, "when": state.when or _now(), "command": state.command, "dataset": state.dataset,
        "base": state.base, "in": [asdict(text) for text in came], "out": list(gone), "roots": state.roots,
        "decisions": state.decisions, "made": asdict(state.made) if state.made else None,
    }  # fmt: skip
    return json.dumps(line, ensure_ascii=False)


def _now() -> str:
    """The time, to the second: the one thing in a graph's folder that hangs on the clock."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _written(file: Path, line: str) -> None:
    """One more whole line, in place of one that a kill cut short."""
    with file.open("ab") as out:
        out.truncate(sum(len(whole) + 1 for whole in _lines(file.parent)))
        out.write(line.encode("utf-8") + b"\n")
        out.flush()
        os.fsync(out.fileno())


def forget(folder: Path, digests: Iterable[str]) -> None:
    """Take texts out of every line, as if they had never been read."""
    wanted = frozenset(digests)
    history = states(folder)
    aside = folder / f"{NAME}.{os.getpid()}"
    before, lines = State(), []
    for state in history:
        kept = replace(
            state,
            texts={p: t for p, t in state.texts.items() if t.sha256 not in wanted},
            decisions=tuple(line for line in state.decisions if not any(digest[:16] in line for digest in wanted)),
        )
        lines.append(_content(kept, *changed(before, kept)))
        before = kept
    aside.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    aside.replace(folder / NAME)
