"""Observations as rows of a table a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph import terms
from kg.graph.index import Index, english, many, name, one, said
from kg.pages import facets
from kg.pages.facets import Times
from kg.pages.statements import Told, term

_ABOUT = frozenset(terms.zg(part) for part in ("value", "growthPercent", "rank"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank: its place, among whom, and what it compares (total or growth)."""

    place: str
    among: str
    basis: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation of a node. `english` is the indicator's English name or "".

    `text` is the document's wording, `value` a decimal in base units or "".
    """

    subject: int
    indicator: str
    english: str
    text: str
    value: str
    unit: str
    modifier: str
    period: str
    growth: tuple[str, ...]
    ranks: tuple[Standing, ...]
    status: str
    years: tuple[str, ...]
    confidences: tuple[str, ...]
    documents: tuple[int, ...]
    statements: tuple[int, ...]


def figures(found: Index, place: Mapping[NamedNode, int], times: Times) -> tuple[Figure, ...]:
    """All observations of known nodes: indicators as the texts name them, the latest period of each first."""
    claims = _claims(found, times.told)
    rows = []
    for node, predicate in found.values:
        subject = one(found, node, terms.zg("subject")) if predicate == terms.zg("indicator") else None
        if isinstance(subject, NamedNode) and subject in place:
            rows.append(_figure(found, node, place[subject], claims.get(node, ()), times))
    return _ordered(rows)


def _ordered(rows: list[Figure]) -> tuple[Figure, ...]:
    first: dict[tuple[int, str], tuple[int, ...]] = {}
    for row in sorted(rows, key=lambda row: (row.statements, row.text)):
        first.setdefault((row.subject, row.indicator), row.statements)
    rows = sorted(rows, key=lambda row: (row.period, row.text, row.statements), reverse=True)
    return tuple(sorted(rows, key=lambda row: (row.subject, first[row.subject, row.indicator], row.indicator)))


def _claims(found: Index, told: Told) -> Mapping[NamedNode, tuple[int, ...]]:
    """The statements about each observation, whichever of its properties they name."""
    about: dict[NamedNode, set[int]] = {}
    for (subject, predicate, _), claims in found.claims.items():
        if predicate in _ABOUT:
            about.setdefault(subject, set()).update(told.place[claim] for claim in claims)
    return {node: tuple(sorted(indices)) for node, indices in about.items()}


def _figure(found: Index, node: NamedNode, subject: int, indices: tuple[int, ...], times: Times) -> Figure:
    documents = {times.told.all[i].document for i in indices}
    indicator, period = one(found, node, terms.zg("indicator")), said(found, node, terms.zg("period"))
    return Figure(
        subject,
        name(found, indicator) if indicator is not None else "",
        english(found, indicator) if indicator is not None else "",
        said(found, node, terms.zg("valueText")),
        said(found, node, terms.zg("value")),
        term(found, node, "unit"),
        term(found, node, "modifier"),
        period,
        tuple(growth.value for growth in many(found, node, terms.zg("growthPercent"))),
        tuple(_standing(found, rank) for rank in many(found, node, terms.zg("rank")) if isinstance(rank, NamedNode)),
        term(found, node, "status"),
        facets.years(times, indices, period),
        facets.confidences(times.told, indices),
        tuple(sorted(document for document in documents if document is not None)),
        indices,
    )


def _standing(found: Index, rank: NamedNode) -> Standing:
    among = one(found, rank, terms.zg("among"))
    place = said(found, rank, terms.zg("place"))
    return Standing(place, name(found, among) if among is not None else "", term(found, rank, "rankBasis"))
