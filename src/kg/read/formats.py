"""One file ──▶ its documents, by the ending of its name; each kind also as .gz."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import PurePath

from kg.errors import InputError
from kg.read.content import opened, whole
from kg.read.encoding import decoded
from kg.read.found import Found
from kg.read.inputs import Source
from kg.read.jsonl import records
from kg.read.markdown import markdown
from kg.read.metadata import metadata
from kg.read.unreadable import Unreadable

Reader = Callable[[str], Found]
Items = Iterator[Found | InputError]
LOOK_AHEAD = 1024
ENDINGS = ".txt, .md, .html, .htm, .mhtml, .jsonl, .docx, .pdf, .csv or .xlsx, each also with .gz"
PACKED = 4
"""How many times the limit of a text a file may have that holds more than text: pictures, fonts."""


def found(source: Source, limit: int) -> Iterator[Found | Unreadable]:
    """The texts of one file with what they say of themselves; a failure is an Unreadable that names its place."""
    try:
        with opened(source.path) as stream:
            yield from _parsed(source, stream, limit)
    except InputError as error:
        yield Unreadable(source.shown, str(error))


def _parsed(source: Source, stream: BufferedReader, limit: int) -> Iterator[Found | Unreadable]:
    """The texts in an open stream."""
    ending = _ending(source.name) if source.path else _guessed(stream)
    if ending == ".jsonl":
        yield from records(stream, source, limit)
    elif ending in _READERS:
        yield _READERS[ending](decoded(_some(whole(stream, limit))))
    elif ending in _BINARY:
        yield from _unpacked(_BINARY[ending], _some(whole(stream, PACKED * limit)), source, limit)
    else:
        raise InputError(f"unknown kind of file: its name must end in {ENDINGS}")


def _unpacked(
    reader: Callable[[bytes, Source, int], Items], data: bytes, source: Source, limit: int
) -> Iterator[Found | Unreadable]:
    """The texts of a file that is more than text, and what in it could not be read."""
    try:
        for item in reader(data, source, limit):
            yield Unreadable(source.shown, str(item)) if isinstance(item, InputError) else item
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is not installed: pip install 'zonegraph[formats]'") from None


def _ending(name: str) -> str:
    """The ending that tells the format, in small letters, without .gz."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _guessed(stream: BufferedReader) -> str:
    """The ending that the standard input would have as a file, by how it begins."""
    start = stream.peek(LOOK_AHEAD)[:LOOK_AHEAD].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(b'{"'):
        return ".jsonl"
    return ".html" if start.startswith((b"<!doctype html", b"<html")) else ".txt"


def _some(data: bytes) -> bytes:
    """The data; InputError where there is none."""
    if not data:
        raise InputError("empty file: leave it out")
    return data


def _plain(text: str) -> Found:
    return Found(text, metadata(text))


def _html(text: str) -> Found:
    """The main text of a page; its parser is loaded only for this."""
    from kg.read.html import article

    return article(text)


_READERS: dict[str, Reader] = {".txt": _plain, ".md": markdown, ".html": _html, ".htm": _html}


def _docx(data: bytes, source: Source, limit: int) -> Items:
    from kg.read.docx import document

    yield document(data, limit)


def _pdf(data: bytes, source: Source, limit: int) -> Items:
    from kg.read.pdf import document

    yield from document(data, limit)


def _mhtml(data: bytes, source: Source, limit: int) -> Items:
    from kg.read.mhtml import page

    yield page(data)


def _csv(data: bytes, source: Source, limit: int) -> Items:
    from kg.read.mapping import beside
    from kg.read.tables import comma_separated

    yield from comma_separated(data, beside(source.path), limit)


def _xlsx(data: bytes, source: Source, limit: int) -> Items:
    from kg.read.mapping import beside
    from kg.read.tables import spreadsheet

    yield from spreadsheet(data, beside(source.path), limit)


_BINARY: dict[str, Callable[[bytes, Source, int], Items]] = {
    ".docx": _docx, ".pdf": _pdf, ".mht": _mhtml, ".mhtml": _mhtml, ".csv": _csv, ".xlsx": _xlsx,
}  # fmt: skip
