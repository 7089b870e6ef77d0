"""What gold and graph say, in words: the same thing always in the same words, so that two runs can be compared."""

from __future__ import annotations

from collections.abc import Iterable

from kg.answers.evaluation.alignment import Case
from kg.answers.evaluation.facts import tail
from kg.answers.evaluation.gold import Measured, Wanted
from kg.answers.evaluation.predicted import Counted, Key, Thing
from kg.answers.evaluation.wording import chinese
from kg.graph.terms import SKOS

_APART = " · "


def name(case: Case, iri: str) -> str:
    """What the graph prefers to call a thing, in Chinese before other languages; without a label the end of its IRI."""
    labels = case.graph.facts.get(iri, SKOS + "prefLabel")
    return min(labels, key=lambda label: (not chinese(label), label), default=tail(iri))


def wanted_entity(wanted: Wanted) -> str:
    """Type and name in the gold."""
    return f"{wanted.type} {wanted.name}"


def came_entity(case: Case, iri: str, thing: Thing) -> str:
    """Types and name in the graph."""
    return f"{'/'.join(sorted(thing.types))} {name(case, iri)}"


def wanted_relation(case: Case, relation: tuple[object, ...]) -> str:
    """Subject, predicate, object in the gold; what follows is a title or a year."""
    subject, predicate, other, *more = relation
    parts = [_gold_name(case, subject), predicate, _gold_name(case, other), *more]
    return " ".join(str(part) for part in parts if part)


def _gold_name(case: Case, id: object) -> str:
    return case.gold.entity(str(id)).name if id else ""


def came_relation(case: Case, key: Key) -> str:
    """Subject, predicate, object in the graph."""
    subject, predicate, other = key
    return f"{name(case, subject)} {predicate} {other if predicate == 'foundedIn' else name(case, other)}"


def wanted_figure(case: Case, wanted: Measured) -> str:
    """A figure of the gold: whose, what, when, how much, how grown, where ranked."""
    ranks = [f"{order.among} {order.place:g} ({order.basis})" for order in wanted.ranks]
    value = "" if wanted.value is None else f"{_plain(wanted.value)} {wanted.unit}"
    subject = case.gold.entity(wanted.subject).name
    return _joined(subject, wanted.indicator, wanted.period, value, _growth(wanted.growth), *ranks)


def came_figure(case: Case, counted: Counted) -> str:
    """A figure of the graph in the same order."""
    ranks = [f"{'/'.join(_names(case, r.among))} {r.place or 0:g} ({r.basis})" for r in counted.ranks]
    value = "" if counted.value is None else f"{_plain(counted.value)} {counted.unit}"
    subjects, indicator = "/".join(_names(case, counted.subjects)), min(counted.indicator, default="")
    return _joined(subjects, indicator, counted.period, value, _growth(counted.growth), *sorted(ranks))


def _names(case: Case, iris: Iterable[str]) -> list[str]:
    return sorted(name(case, iri) for iri in iris)


def _growth(growth: float | None) -> str:
    return "" if growth is None else f"{growth:+g}%"


def _plain(value: float) -> str:
    """A number without an exponent."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _joined(*parts: str | None) -> str:
    return _APART.join(part for part in parts if part)
