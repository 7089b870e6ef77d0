"""A web page saved as one file (.mht, .mhtml: RFC 2557) ──▶ the HTML in it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from kg.errors import InputError
from kg.read.encoding import decoded
from kg.read.found import Found

_MOST_PARTS = 10_000


def page(data: bytes) -> Found:
    """The main text of the first page in the file; InputError where it holds none."""
    from kg.read.html import article

    if data.count(b"\n--") > _MOST_PARTS:
        raise InputError("too many parts: save the page again as .html")
    found = next((part for part in _parts(data) if part.get_content_type() == "text/html"), None)
    content = found.get_payload(decode=True) if found is not None else None
    if found is None or not isinstance(content, bytes):
        raise InputError("no web page in this file: save the page again as .html")
    return article(_text(content, found))


def _parts(data: bytes) -> list[Message]:
    try:
        return list(message_from_bytes(data).walk())
    except (RecursionError, ValueError, LookupError):
        return []


def _text(content: bytes, part: Message) -> str:
    """The text by the charset that the part names, where it fits; else as any file's."""
    try:
        return content.decode(part.get_content_charset() or "")
    except (LookupError, UnicodeDecodeError):
        return decoded(content)
