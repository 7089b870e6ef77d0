"""Floors: the F1 below which a row must not fall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.answers.evaluation.tally import ROWS, Line
from kg.errors import UsageError


def floors(given: Iterable[str]) -> dict[str, float]:
    """Floors that are written as ROW=F1; UsageError where one is not."""
    return dict(map(_floor, given))


def _floor(text: str) -> tuple[str, float]:
    row, _, value = text.rpartition("=")
    if row not in ROWS:
        raise UsageError(f"--floor {text}: write ROW=F1 with one of the rows {', '.join(ROWS)}")
    try:
        return row, float(value)
    except ValueError:
        raise UsageError(f"--floor {text}: {value!r} is no number; write ROW=F1, as in entities=0.75") from None


def below(rows: Mapping[str, Line], wanted: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Row -> F1 and floor of the rows that are below; a row with nothing to score has reached nothing."""
    reached = {row: rows[row].f1 if row in rows else 0.0 for row in wanted}
    return {row: (reached[row], floor) for row, floor in wanted.items() if reached[row] < floor}
