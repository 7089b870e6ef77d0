"""Observations as rows of a table a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.pages.statements import Told
from kg.pages.triples import SKOS, ZG, Triples, local

_ABOUT = ("value", "growthPercent", "rank")


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank: its place, among whom, and what it compares (total or growth)."""

    place: str
    among: str
    basis: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation of a node. `text` is the document's wording, `value` a decimal in base units or ""."""

    subject: int
    indicator: str
    text: str
    value: str
    unit: str
    modifier: str
    period: str
    growth: tuple[str, ...]
    ranks: tuple[Standing, ...]
    status: str
    documents: tuple[int, ...]
    statements: tuple[int, ...]


def figures(known: Triples, place: Mapping[str, int], told: Told) -> tuple[Figure, ...]:
    """All observations of known nodes: indicators as the texts name them, the latest period of each first."""
    claims = _claims(told)
    found = [iri for iri, row in known.facts.items() if row.get(ZG + "subject") and row.get(ZG + "indicator")]
    placed = [iri for iri in found if known.value(iri, ZG + "subject") in place]
    rows = [_figure(known, iri, place, claims.get(iri, ()), told) for iri in placed]
    first: dict[tuple[int, str], tuple[int, ...]] = {}
    for row in sorted(rows, key=lambda row: (row.statements, row.text)):
        first.setdefault((row.subject, row.indicator), row.statements)
    rows.sort(key=lambda row: (row.period, row.text, row.statements), reverse=True)
    return tuple(sorted(rows, key=lambda row: (row.subject, first[row.subject, row.indicator], row.indicator)))


def _figure(known: Triples, iri: str, place: Mapping[str, int], indices: tuple[int, ...], told: Told) -> Figure:
    documents = {told.all[i].document for i in indices}
    return Figure(
        place[known.value(iri, ZG + "subject")],
        known.name(known.value(iri, ZG + "indicator")),
        known.value(iri, ZG + "valueText"),
        known.value(iri, ZG + "value"),
        local(known.value(iri, ZG + "unit")),
        local(known.value(iri, ZG + "modifier")),
        known.value(iri, ZG + "period"),
        known.values(iri, ZG + "growthPercent"),
        tuple(_standing(known, rank) for rank in known.values(iri, ZG + "rank")),
        local(known.value(iri, ZG + "status")),
        tuple(sorted(document for document in documents if document is not None)),
        indices,
    )


def _claims(told: Told) -> dict[str, tuple[int, ...]]:
    """The statements about each observation, whichever of its properties they name."""
    predicates = {ZG + name for name in _ABOUT}
    found: dict[str, tuple[int, ...]] = {}
    for (subject, predicate, _), claims in told.of.items():
        if predicate in predicates:
            found[subject] = tuple(sorted({*found.get(subject, ()), *(told.index[claim] for claim in claims)}))
    return found


def _standing(known: Triples, rank: str) -> Standing:
    among = known.terms(rank, ZG + "among")
    name = known.name(among[0].value) if among and known.terms(among[0].value, SKOS + "prefLabel") else ""
    name = name or (local(among[0].value) if among else "")
    return Standing(known.value(rank, ZG + "place"), name, local(known.value(rank, ZG + "rankBasis")))
