"""Counts of right and predicted, found and required, and the P, R, F1 that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ROWS = (
    "entities",
    "entities, name only",
    "preferred label",
    "labels",
    "relations",
    "relations, any predicate",
    "position title",
    "figures",
    "period",
    "growth",
    "rank",
    "modifier",
    "status",
    "held back",
    "evidence",
    "evidence names",
    "evidence place",
)


@dataclass(frozen=True, slots=True)
class Count:
    """What one comparison adds to a row: for precision `right` of `predicted`, for recall `found` of `required`."""

    row: str
    right: float = 0
    predicted: int = 0
    found: int = 0
    required: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the result; P and R are 1 where there was nothing to get wrong or to miss."""

    precision: float
    recall: float
    f1: float
    right: float
    predicted: int
    found: int
    required: int


def both(row: str, right: bool, *, predicted: bool = True, wanted: bool = True) -> Count:
    """A judgement that counts for precision where something was said, and for recall where it was wanted."""
    return Count(row, right, predicted, right and wanted, wanted)


def lines(counts: Iterable[Count]) -> dict[str, Line]:
    """The rows for which there is something to score, in their order."""
    sums: dict[str, list[float]] = {}
    for count in counts:
        row = sums.setdefault(count.row, [0, 0, 0, 0])
        for at, n in enumerate((count.right, count.predicted, count.found, count.required)):
            row[at] += n
    return {row: _line(*sums[row]) for row in ROWS if _scored(sums, row)}


def _scored(sums: Mapping[str, list[float]], row: str) -> bool:
    return row in sums and bool(sums[row][1] or sums[row][3])


def _line(right: float, predicted: float, found: float, required: float) -> Line:
    precision = right / predicted if predicted else float(not required)
    recall = found / required if required else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Line(precision, recall, f1, right, int(predicted), int(found), int(required))
