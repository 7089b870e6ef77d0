"""Inputs ──▶ documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.errors import UsageError
from kg.read.content import MEBIBYTE
from kg.read.dates import valid_iso
from kg.read.encoding import BINARY
from kg.read.formats import found
from kg.read.found import Found
from kg.read.inputs import Source, sources
from kg.read.unreadable import Unreadable
from kg.records import Document

LIMIT = 16 * MEBIBYTE
"""The bytes of one document, decompressed, over which it is not read."""


def documents(
    inputs: Sequence[str], *, date: str | None = None, source: str | None = None, limit: int = LIMIT
) -> tuple[list[Document], list[Unreadable]]:
    """The documents of files, folders, globs and `-`, each text once, in order of their sha256; and what failed.

    `date` (ISO date, year-month or year) and `source` (the publisher) override what the texts say of themselves. Of
    two documents with one text the one with the alphabetically first name stays. UsageError for a date that is none.
    """
    items = list(readings(inputs, date=date, source=source, limit=limit))
    failures = {item for item in items if isinstance(item, Unreadable)}
    return one_a_text(item for item in items if isinstance(item, Document)), sorted(failures)


def one_a_text(documents: Iterable[Document]) -> list[Document]:
    """Each text once, in order of their sha256, under the alphabetically first of its names."""
    texts: dict[str, Document] = {}
    for item in documents:
        texts[item.sha256] = min(texts.get(item.sha256, item), item, key=_rank)
    return [texts[key] for key in sorted(texts)]


def readings(
    inputs: Sequence[str], *, date: str | None = None, source: str | None = None, limit: int = LIMIT
) -> Iterator[Document | Unreadable]:
    """The same as a stream in order of the files' names, one file in memory at a time; a text may come twice."""
    return (item for _, item in located(inputs, date=date, source=source, limit=limit))


def located(
    inputs: Sequence[str], *, date: str | None = None, source: str | None = None, limit: int = LIMIT
) -> Iterator[tuple[str, Document | Unreadable]]:
    """The same, each with the place it was read from: an absolute path, `-`, and behind `#` the part of a file."""
    if date is not None and not valid_iso(date):
        raise UsageError(f"--date {date}: write a date that exists as YYYY-MM-DD, YYYY-MM or YYYY")
    for origin in sources(inputs):
        if isinstance(origin, Unreadable):
            yield "", origin
        else:
            yield from ((_place(item, origin), document(item, origin, date, source)) for item in found(origin, limit))


def _place(item: Found | Unreadable, origin: Source) -> str:
    """Where a text was read from."""
    part = None if isinstance(item, Unreadable) else item.part
    return f"{origin.path or '-'}" + ("" if part is None else f"#{part}")


def document(item: Found | Unreadable, origin: Source, date: str | None, source: str | None) -> Document | Unreadable:
    """The document of a text, or why it is none."""
    if isinstance(item, Unreadable):
        return item
    shown = origin.shown if item.place is None else f"{origin.shown}:{item.place}"
    if not item.text.strip():
        return Unreadable(shown, "empty text: leave it out")
    about = item.about
    parts = (item.text, _name(origin, item), about.title, date or about.issued, source or about.source, about.url)
    if any("\0" in part for part in parts if part):
        return Unreadable(shown, BINARY)
    if not all(_encodable(part) for part in (*parts, *about.authors) if part):
        return Unreadable(shown, r"half a surrogate pair (such as \ud800) stands for no character: correct it")
    return Document(*parts, authors=about.authors)


def _name(origin: Source, item: Found) -> str:
    """The file's own name, with the part of it where a file holds many texts."""
    return origin.name if item.part is None else f"{origin.name}#{item.part}"


def _encodable(text: str) -> bool:
    """Whether UTF-8 can hold the text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _rank(document: Document) -> tuple[str, ...]:
    """The order in which documents with one text are preferred."""
    return (document.name, *(part or "" for part in (document.title, document.issued, document.source, document.url)))
