"""The text of a table: under a header a line for each number, `C5｜Zone｜霁川高新区｜企业数｜2024年｜2100家`.

A line says all that is known of its number, so that the text alone is what is read, quoted and hashed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Span

SEPARATOR = "｜"
HEADER = "［统计表］" + SEPARATOR.join(("单元格", "类型", "主体", "指标", "时期", "数值"))
LONGEST = 80
"""Characters of one field: six of them and their cell fit into a quote of 300."""
_COLUMNS = 6
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the places of its fields; `period` is None where the table gives no time."""

    span: Span
    cell: Span
    type: Span
    subject: Span
    indicator: Span
    period: Span | None
    value: Span


def field(text: str) -> str:
    """The text as it can stand between separators."""
    return _BLANK.sub(" ", text.replace(SEPARATOR, "|")).strip()


def is_table(text: str) -> bool:
    """Whether a text is that of a table."""
    return text.startswith(HEADER + "\n")


def lines(text: str) -> Iterator[Line]:
    """The lines below the header; one that does not have the form is passed over."""
    start = len(HEADER) + 1
    for row in text[start:].split("\n"):
        found = _line(row, start)
        if found is not None:
            yield found
        start += len(row) + 1


def _line(row: str, start: int) -> Line | None:
    ends = [start + at for at, character in enumerate(row) if character == SEPARATOR] + [start + len(row)]
    if len(ends) != _COLUMNS:
        return None
    begins = [start, *(end + 1 for end in ends[:-1])]
    spans = [Span(a, b) if a < b else None for a, b in zip(begins, ends, strict=True)]
    cell, kind, subject, indicator, period, value = spans
    if cell is None or kind is None or subject is None or indicator is None or value is None:
        return None
    return Line(Span(start, start + len(row)), cell, kind, subject, indicator, period, value)
