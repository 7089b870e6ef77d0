"""Figures on which sources contradict each other, each side with its sentences; reprints are one source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.answers import claims, lookup
from kg.answers.agreement import Value, agree
from kg.answers.claims import Quote
from kg.graph import terms
from kg.records import HELD_BACK

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class Side:
    """One value with the sentences that give it, the number of independent sources, and the latest of their dates."""

    iri: str
    value: Value
    quotes: tuple[Quote, ...]
    sources: int
    latest: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one thing, indicator and period that cannot all be true.

    The newest and the best-sourced are named, where one alone is that.
    """

    subject: str
    indicator: str
    period: str
    sides: tuple[Side, ...]
    newest: Side | None
    best: Side | None


def conflicts(store: Store) -> list[Conflict]:
    """All conflicts of a graph, by subject, indicator and period. Plans and goals contradict nothing."""
    found = [_conflict(store, key, iris) for key, iris in sorted(_alike(store).items()) if len(iris) > 1]
    return [conflict for conflict in found if conflict is not None]


def _alike(store: Store) -> dict[tuple[str, ...], list[str]]:
    """The observations by subject, indicator, period and unit, where they have a value that is no plan."""
    found: dict[tuple[str, ...], list[str]] = {}
    for iri in lookup.subjects(store, terms.TYPE.value, terms.zg("Observation")):
        said = {name: lookup.value(store, iri, terms.ZG + name) for name in _KEY}
        status = lookup.value(store, iri, terms.ZG + "status") or ""
        if all(said.values()) and status.removeprefix(terms.ZG) not in HELD_BACK:
            found.setdefault(tuple(str(said[name]) for name in _KEY[:4]), []).append(iri)
    return found


_KEY = ("subject", "indicator", "period", "unit", "value")


def _conflict(store: Store, key: Sequence[str], iris: Iterable[str]) -> Conflict | None:
    sides = [_side(store, iri) for iri in iris]
    against = tuple(s for s in sides if any(not agree(s.value, other.value) for other in sides))
    if not against:
        return None
    newest, best = _first(against, lambda side: side.latest), _first(against, lambda side: side.sources)
    subject, indicator = lookup.name(store, key[0]), lookup.name(store, key[1])
    return Conflict(subject, indicator, key[2], tuple(sorted(against, key=lambda s: s.value)), newest, best)


def _first(sides: Sequence[Side], rank: Callable[[Side], object]) -> Side | None:
    """The one side that outranks all others, None where several do."""
    highest = max(sides, key=rank)  # type: ignore[arg-type]
    return highest if sum(rank(side) == rank(highest) for side in sides) == 1 else None


def _side(store: Store, iri: str) -> Side:
    """A value with everything that speaks for it."""
    number, text, meant = (lookup.value(store, iri, terms.ZG + name) for name in ("value", "valueText", "modifier"))
    value = Value(Decimal(number or "0"), text or "", (meant or "").removeprefix(terms.ZG))
    quotes = {quote for telling in claims.about(store, iri) for quote in telling.quotes}
    ordered = tuple(sorted(quotes, key=lambda q: (q.source.issued or "", q.source.iri, q.start)))
    latest = max((quote.source.issued or "" for quote in ordered), default="")
    return Side(iri, value, ordered, len(sources(store, (q.source.iri for q in ordered))), latest)


def sources(store: Store, documents: Iterable[str]) -> set[str]:
    """The independent sources among documents: a reprint stands for what it repeats."""
    return {lookup.value(store, document, terms.ZG + "reprintOf") or document for document in documents}
