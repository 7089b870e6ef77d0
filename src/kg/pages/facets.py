"""What facts and figures can be filtered by beside type, relation, status and document: years and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.pages.statements import Statement, Told

_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_LONGEST = 60  # years of a span that are counted out; of a longer one the ends are kept
_DECIMAL = re.compile(r"(?:0(?:\.[0-9]+)?|1(?:\.0+)?)")
_LOWEST = 5  # tenths; what is below is one band


@dataclass(frozen=True, slots=True)
class Times:
    """The statements, and the date of each document as the graph writes it ("" where it has none)."""

    told: Told
    issued: Sequence[str]


def years(times: Times, indices: Sequence[int], own: str = "") -> tuple[str, ...]:
    """The years of a fact or a figure, in order; "" for what has none.

    They are those it names itself (`own`: a period, a year), else those for which its statements say it holds, else
    those of the documents.
    """
    if named := span(own):
        return named
    found = {year for i in indices for year in _stated(times, times.told.all[i]) or ("",)}
    return tuple(sorted(found)) or ("",)


def _stated(times: Times, statement: Statement) -> tuple[str, ...]:
    issued = "" if statement.document is None else times.issued[statement.document]
    return span(f"{statement.since}/{statement.until}") or span(issued)


def span(text: str) -> tuple[str, ...]:
    """All years from the first that a text names to the last."""
    named = sorted(int(year) for year in _YEAR.findall(text))
    if not named:
        return ()
    whole = range(named[0], named[-1] + 1)
    return tuple(str(year) for year in (whole if len(whole) <= _LONGEST else (named[0], named[-1])))


def confidences(told: Told, indices: Iterable[int]) -> tuple[str, ...]:
    """The bands of confidence of some statements, in order: a band is its lower end, "" where none is given."""
    return tuple(sorted({band(told.all[i].confidence) for i in indices})) or ("",)


def band(confidence: str) -> str:
    """The tenth in which a confidence lies (0.9 holds 1 as well, 0 all below 0.5); "" for what is no confidence."""
    if not _DECIMAL.fullmatch(confidence):
        return ""
    tenth = min(int(10 * Decimal(confidence)), 9)
    return f"0.{tenth}" if tenth >= _LOWEST else "0"
