"""A file of one JSON object a line, with the fields `id title date url text` and, if it has one, `source`."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from typing import Any

from kg.errors import InputError
from kg.read.content import size, whole
from kg.read.dates import iso_field
from kg.read.encoding import decoded
from kg.read.found import Found
from kg.read.inputs import Source
from kg.read.metadata import Metadata, metadata, web_address
from kg.read.unreadable import Unreadable


def records(stream: BufferedReader, source: Source, limit: int) -> Iterator[Found | Unreadable]:
    """The text of each line; a bad line is an Unreadable that names it, and the other lines are read.

    The limit holds for a line, and for all that gives no text together: no compressed void is read to its end.
    """
    void = number = 0
    for number, line in enumerate(_lines(stream, limit), 1):
        one = item(line, number, source, limit)
        if not isinstance(one, Found):
            void += len(line)
        if one:
            yield one
        if void > limit:
            raise InputError(f"line {number}: over {size(limit)} without a text; the rest is not read: split the file")
    if not number:
        raise InputError("empty file: leave it out")


def _lines(stream: BufferedReader, limit: int) -> Iterator[bytes]:
    """The lines of a stream, none read further than just over the limit; a UTF-16 file is read as a whole."""
    if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = decoded(whole(stream, limit))
        return iter([row.encode("utf-8") for row in text.split("\n")])
    return iter(lambda: stream.readline(limit + 1), b"")


def item(line: bytes, number: int, source: Source, limit: int) -> Found | Unreadable | None:
    """What one line gives: a text, a complaint, nothing for a blank line."""
    try:
        if len(line) > limit:
            raise InputError(f"over {size(limit)}: split it, or raise the limit")
        return _record(line, number) if line.strip() else None
    except InputError as error:
        return Unreadable(f"{source.shown}:{number}", str(error))


def _record(line: bytes, number: int) -> Found:
    """The text of a JSON object; what its fields leave open is read from the text."""
    fields = _fields(line)
    text = fields.get("text")
    if not isinstance(text, str):
        raise InputError('no "text": give each line a string of that name')
    about = _merged(metadata(text), fields)
    return Found(text, about, _word(fields, "id") or str(number), number)


def _fields(line: bytes) -> dict[str, Any]:
    """The object of a line; InputError where the line is no JSON object."""
    try:
        fields = json.loads(decoded(line))
    except json.JSONDecodeError as error:
        raise InputError(f"no JSON ({error.msg}, column {error.colno}): write one JSON object a line") from None
    except (ValueError, RecursionError):
        raise InputError("no JSON that can be read: write one plain JSON object a line") from None
    if not isinstance(fields, dict):
        raise InputError('no JSON object: write {"id": …, "text": …}')
    return fields


def _merged(own: Metadata, fields: dict[str, Any]) -> Metadata:
    """The fields before what the text says of itself."""
    return replace(
        own,
        title=_word(fields, "title") or own.title,
        issued=iso_field(_word(fields, "date") or "") or own.issued,
        source=_word(fields, "source") or own.source,
        url=web_address(_word(fields, "url") or "") or own.url,
    )


def _word(fields: dict[str, Any], name: str) -> str | None:
    """A field's string or whole number on one line, None where it is absent, empty or of another kind."""
    value = fields.get(name)
    plain = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return " ".join(plain.split()) or None
