"""Markdown ──▶ its text, unchanged; title, date, source and address from its front matter or its first heading."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.read.dates import iso_field
from kg.read.found import Found
from kg.read.metadata import metadata, web_address

_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^(title|date|source|url)[ \t]*:[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*\r?$", re.MULTILINE)


def markdown(text: str) -> Found:
    """The text with its front matter's entries before what the text says of itself."""
    matter = _MATTER.match(text)
    entries = {key: value.strip("\"'") for key, value in _ENTRY.findall(matter.group(1))} if matter else {}
    body = text[matter.end() :] if matter else text
    own = metadata(body)
    about = replace(
        own,
        title=entries.get("title") or _heading(body) or own.title,
        issued=iso_field(entries.get("date", "")) or own.issued,
        source=entries.get("source") or own.source,
        url=web_address(entries.get("url", "")) or own.url,
    )
    return Found(text, about)


def _heading(body: str) -> str | None:
    """The first heading of the first level."""
    found = _HEADING.search(body)
    return found.group(1) if found else None
