"""Where in the original file a place of its text lies: page, paragraph or cell. The text itself tells it."""

from __future__ import annotations

import re

from kg.read.cells import SEPARATOR, is_table
from kg.read.pdf import PAGE
from kg.records import Document

_KIND = re.compile(r"\.(pdf|docx)(?:\.gz)?$", re.IGNORECASE)
_MANY = ".jsonl"


def locator(document: Document, start: int) -> str | None:
    """`page=3` of a PDF, `paragraph=12` of a .docx, `经济!C5` of a table; None for a text that is its own original."""
    if is_table(document.text):
        return _cell(document.text, start)
    kind = _KIND.search(document.name)
    if kind is None or f"{_MANY}" in document.name.lower():
        return None
    if kind.group(1).lower() == "pdf":
        return f"page={document.text.count(PAGE, 0, start) + 1}"
    return f"paragraph={document.text.count(chr(10), 0, start) + 1}"


def _cell(text: str, start: int) -> str | None:
    """The cell that the line around a place names."""
    line = text[text.rfind("\n", 0, start) + 1 :]
    cell, bar, _ = line[: line.find("\n")].partition(SEPARATOR)
    return cell if bar and text.rfind("\n", 0, start) >= 0 else None
