"""One file ──▶ its documents, by the ending of its name: .txt, .md, .html or .htm, .jsonl, each also as .gz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

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
ENDINGS = ".txt, .md, .html, .htm or .jsonl, each also with .gz"


def found(source: Source, limit: int) -> Iterator[Found | Unreadable]:
    """The texts of one file with what they say of themselves; a failure is an Unreadable that names its place."""
    try:
        with opened(source.path) as stream:
            yield from _parsed(source, stream, limit)
    except InputError as error:
        yield Unreadable(source.shown, str(error))


def _parsed(source: Source, stream: BinaryIO, limit: int) -> Iterator[Found | Unreadable]:
    """The texts in an open stream."""
    ending = _ending(source.name)
    if ending == ".jsonl":
        yield from records(stream, source, limit)
    elif ending in _READERS:
        yield _READERS[ending](decoded(_some(whole(stream, limit))))
    else:
        raise InputError(f"unknown kind of file: its name must end in {ENDINGS}")


def _ending(name: str) -> str:
    """The ending that tells the format, in small letters, without .gz."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


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
