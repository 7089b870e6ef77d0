"""The errors behind the figures: each with its sentence, what was expected, what came, and what is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.answers.evaluation import grounds, ledger
from kg.answers.evaluation.alignment import Case
from kg.answers.evaluation.grounds import Ground
from kg.answers.evaluation.ledger import Claims
from kg.answers.evaluation.tally import Count, Line, Verdict


@dataclass(frozen=True, slots=True)
class Error:
    """One error. `kind` is its row and what happened: something was missed, spurious or in some way wrong.

    `wanted` and `came` are "" where nothing was. `rules` are those that read what came; `gap` says why nothing did.
    `lost` is what it takes from precision and recall together.
    """

    doc: str
    kind: str
    wanted: str
    came: str
    sentence: str
    rules: tuple[str, ...]
    gap: str
    lost: float

    @property
    def name(self) -> tuple[str, str, str]:
        """What makes it the same error in another run: text, row, and what was wanted, or what came unwanted."""
        return self.doc, self.row, self.wanted or self.came

    @property
    def row(self) -> str:
        """The row that it takes from."""
        return self.kind.split(":")[0]


def errors(case: Case, counts: Iterable[Count], told: Claims, ground: Ground | None) -> Iterator[Error]:
    """The errors of one text in the order of its rows; without its reading they are told without gap."""
    for count in counts:
        if count.lost > 0 and count.verdict is not None:
            yield _error(case, count, count.verdict, told, ground)


def _error(case: Case, count: Count, verdict: Verdict, told: Claims, ground: Ground | None) -> Error:
    missed = not count.predicted
    sentence = " … ".join(ledger.quotes(verdict.keys, told))
    gap = ""
    if ground is not None and verdict.places and missed:
        sentence = grounds.sentence(ground, verdict.places) or sentence
        gap = grounds.gap(case, count, ground)
    kind = f"{count.row}: {'missed' if missed else verdict.fault or ('wrong' if verdict.wanted else 'spurious')}"
    rules = ledger.rules(verdict.keys, told)
    return Error(case.gold.doc, kind, verdict.wanted, verdict.came, sentence, rules, gap, count.lost)


def worst_first(found: Iterable[Error], rows: Mapping[str, Line]) -> tuple[Error, ...]:
    """The errors by kind, the kind that costs its row most F1 before the others; within a kind as they came."""
    every = list(found)
    cost: dict[str, float] = {}
    for error in every:
        line = rows[error.row]
        cost[error.kind] = cost.get(error.kind, 0) + error.lost / (line.predicted + line.required)
    return tuple(sorted(every, key=lambda error: (-cost[error.kind], error.kind)))
