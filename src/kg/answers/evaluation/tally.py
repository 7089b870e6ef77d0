"""Counts of right and predicted, found and required, and the P, R, F1 that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.answers.evaluation.predicted import Key

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
class Verdict:
    """What a comparison was about, so that it can be told: `wanted` is the gold's wording, `came` the graph's, "" none.

    `keys` are the facts of the page that were judged; `places` the wordings by which a text shows what was wanted, each
    end of a relation for itself; `fault` says what is wrong with what came, where more can be said than that it is.
    """

    wanted: str = ""
    came: str = ""
    keys: tuple[Key | str, ...] = ()
    places: tuple[tuple[str, ...], ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What one comparison adds to a row: for precision `right` of `predicted`, for recall `found` of `required`.

    `kind` is the type of an entity or the predicate of a relation. A comparison that stands for itself has a `verdict`;
    one that only sums up what others say (the rows that forget type or predicate) has none.
    """

    row: str
    right: float = 0
    predicted: int = 0
    found: int = 0
    required: int = 0
    kind: str = ""
    verdict: Verdict | None = None

    @property
    def lost(self) -> float:
        """What it takes from precision and recall together; 0 where all is right."""
        return self.predicted - self.right + self.required - self.found


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


def both(
    row: str,
    right: bool,
    *,
    predicted: bool = True,
    wanted: bool = True,
    kind: str = "",
    verdict: Verdict | None = None,
) -> Count:
    """A judgement that counts for precision where something was said, and for recall where it was wanted."""
    return Count(row, right, predicted, right and wanted, wanted, kind, verdict)


def lines(counts: Iterable[Count]) -> dict[str, Line]:
    """The rows for which there is something to score, in their order."""
    sums = _sums(counts, lambda count: count.row)
    return {row: _line(*sums[row]) for row in ROWS if _scored(sums, row)}


def kinds(counts: Iterable[Count]) -> dict[str, Line]:
    """A row for each type of entity (`entity Zone`) and each predicate (`relation hosts`), in order of their names."""
    sums = _sums((count for count in counts if count.kind), lambda count: count.kind)
    return {row: _line(*sums[row]) for row in sorted(sums) if _scored(sums, row)}


def _sums(counts: Iterable[Count], name: Callable[[Count], str]) -> dict[str, list[float]]:
    sums: dict[str, list[float]] = {}
    for count in counts:
        row = sums.setdefault(name(count), [0, 0, 0, 0])
        for at, n in enumerate((count.right, count.predicted, count.found, count.required)):
            row[at] += n
    return sums


def _scored(sums: Mapping[str, list[float]], row: str) -> bool:
    return row in sums and bool(sums[row][1] or sums[row][3])


def _line(right: float, predicted: float, found: float, required: float) -> Line:
    precision = right / predicted if predicted else float(not required)
    recall = found / required if required else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Line(precision, recall, f1, right, int(predicted), int(found), int(required))
