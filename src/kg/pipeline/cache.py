"""Extractions kept by the hash of all that they hang on, so that a text is read once.

An entry is the sha256 of what follows, and the extraction as MessagePack. Whatever is broken, of another form or of
another version is no entry. It is written aside and renamed, so that a killed run leaves whole entries alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Protocol

from kg import resources
from kg.records import Document, Extraction
from kg.rules import Rules

FOLDER = "cache"
FORM = 1
_DIGEST = 32
_READING = ("records.py", "extract")


class Readable(Protocol):
    """What an extraction hangs on besides rules and program: a document, or what the ledger says of it."""

    @property
    def sha256(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def issued(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...


def key(document: Readable, rules: Rules) -> str:
    """The name of the entry: text, title, date, source, rules, recogniser, and the program that reads."""
    from kg.extract.text.tags import fingerprint

    said = (document.sha256, document.title, document.issued, document.source)
    parts = json.dumps([FORM, *said, rules.hash, fingerprint(), program()], ensure_ascii=False)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """The hash of the code that makes an extraction: rules alone do not tell that it was changed."""
    package = Path(resources.__file__).parent
    digest = hashlib.sha256()
    for part in _READING:
        for file in sorted([package / part, *(package / part).glob("*.py")]):
            if file.is_file():
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def encoded(extraction: Extraction) -> bytes:
    """The same extraction gives the same bytes."""
    import msgspec

    content = msgspec.msgpack.encode(extraction)
    return hashlib.sha256(content).digest() + content


def decoded(data: bytes) -> Extraction | None:
    """The extraction, None where the bytes are not what `encoded` gave."""
    import msgspec

    content = data[_DIGEST:]
    if hashlib.sha256(content).digest() != data[:_DIGEST]:
        return None
    try:
        return msgspec.msgpack.decode(content, type=Extraction)
    except (msgspec.MsgspecError, ValueError):
        return None


def read(folder: Path, name: str) -> Extraction | None:
    """The entry of that name, None where there is none or it is broken."""
    try:
        return decoded(_place(folder, name).read_bytes())
    except OSError:
        return None


def there(folder: Path, name: str) -> bool:
    """Whether there is an entry of that name, be it broken."""
    return _place(folder, name).is_file()


def called(extraction: Extraction, document: Document) -> Extraction:
    """The same extraction for the same text under another name or address, which nothing in it hangs on."""
    return extraction if extraction.document == document else replace(extraction, document=document)


def write(folder: Path, name: str, extraction: Extraction) -> None:
    """Keep an extraction under its name."""
    place = _place(folder, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(f".{os.getpid()}")
    aside.write_bytes(encoded(extraction))
    aside.replace(place)


def forget(folder: Path, names: Iterable[str]) -> None:
    """Take entries away."""
    for name in names:
        _place(folder, name).unlink(missing_ok=True)


def _place(folder: Path, name: str) -> Path:
    return folder / FOLDER / name[:2] / name[2:]
