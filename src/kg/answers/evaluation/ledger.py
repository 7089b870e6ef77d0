"""Who read what: for each fact of a page the claims that tell of it, and from them rules and quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.answers.evaluation.facts import TYPE, tail
from kg.answers.evaluation.measures import number
from kg.answers.evaluation.predicted import Key, Page, Predicted, Told
from kg.answers.evaluation.tally import Count

JUDGED = ("entities", "relations", "figures")
Claims = Mapping[Key | str, list[Told]]


@dataclass(frozen=True, slots=True)
class Fired:
    """How often a rule's readings stood in the graph where gold could judge them, and how often they were right."""

    fired: int
    right: int


def claims(page: Page, graph: Predicted) -> Claims:
    """The claims of a page by the keys that verdicts use: a type, a relation to its other end, a figure's IRI."""
    found: dict[Key | str, list[Told]] = {}
    for told in page.claims:
        found.setdefault(_key(told, page, graph), []).append(told)
    return found


def _key(told: Told, page: Page, graph: Predicted) -> Key | str:
    if told.subject in page.figures:
        return told.subject
    return told.key if told.predicate == TYPE else (told.subject, tail(told.predicate), graph.end(told.key))


def rules(keys: Iterable[Key | str], told: Claims) -> tuple[str, ...]:
    """The names of the rules behind some facts, in order."""
    return tuple(sorted({claim.rule for key in keys for claim in told.get(key, ()) if claim.rule}))


def quotes(keys: Iterable[Key | str], told: Claims) -> tuple[str, ...]:
    """The quotes that some facts rest on, in the order of the text."""
    pieces = {piece for key in keys for claim in told.get(key, ()) for piece in claim.pieces if piece.quote}
    return tuple(piece.quote or "" for piece in sorted(pieces, key=lambda p: (number(p.start) or 0, p.quote)))


def fired(counts: Iterable[Count], told: Claims) -> dict[str, Fired]:
    """Each rule's facts that the rows on entities, relations and figures count as said, and those that are right.

    A fact that two rules read counts for both. What gold leaves open (an optional entity of another type, 中国)
    counts for neither.
    """
    found: dict[str, Fired] = {}
    for count in counts:
        if count.row in JUDGED and count.predicted and count.verdict is not None:
            for key in count.verdict.keys:
                for rule in rules([key], told):
                    before = found.get(rule, Fired(0, 0))
                    found[rule] = Fired(before.fired + 1, before.right + (count.right > 0))
    return found


def added(parts: Iterable[Mapping[str, Fired]]) -> dict[str, Fired]:
    """The sums over several texts, by rule."""
    sums: dict[str, Fired] = {}
    for part in parts:
        for rule, one in part.items():
            before = sums.get(rule, Fired(0, 0))
            sums[rule] = Fired(before.fired + one.fired, before.right + one.right)
    return dict(sorted(sums.items()))
