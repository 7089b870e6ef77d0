"""The observations about a thing, as their reader wants them: wording first, then the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import claims, lookup
from kg.answers.claims import Telling
from kg.answers.vocabulary import local
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank: the place, among whom, and whether by total or by growth."""

    place: str
    among: str
    basis: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation. `value` is a decimal in base units, `growth` percent; what the text leaves open is None."""

    iri: str
    indicator: str
    text: str
    value: str | None
    unit: str | None
    modifier: str | None
    period: str | None
    growth: tuple[str, ...]
    ranks: tuple[Standing, ...]
    status: str | None
    claims: tuple[Telling, ...]


def about(store: Store, iri: str, language: str = "zh") -> list[Figure]:
    """The observations of a thing, by indicator, the latest period first."""
    from pyoxigraph import NamedNode

    found = [figure(store, node, language) for node in lookup.subjects(store, terms.ZG + "subject", NamedNode(iri))]
    found.sort(key=lambda f: (f.period or "", f.text, f.iri), reverse=True)
    return sorted(found, key=lambda f: f.indicator)


def figure(store: Store, iri: str, language: str = "zh") -> Figure:
    """One observation; names in the language where the graph has them in it."""
    said = {name: lookup.value(store, iri, terms.ZG + name) for name in _PROPERTIES}
    concept = said["indicator"]
    tellings = [t for group in claims.of(store, iri).values() for t in group]
    return Figure(
        iri,
        lookup.name(store, concept, language) if concept else "",
        said["valueText"] or "",
        said["value"],
        _short(said["unit"]),
        _short(said["modifier"]),
        said["period"],
        tuple(lookup.values(store, iri, terms.ZG + "growthPercent")),
        tuple(_standing(store, rank, language) for rank in lookup.values(store, iri, terms.ZG + "rank")),
        _short(said["status"]),
        tuple(tellings),
    )


_PROPERTIES = ("indicator", "valueText", "value", "unit", "modifier", "period", "status")


def _short(iri: str | None) -> str | None:
    return local(iri) if iri else None


def _standing(store: Store, rank: str, language: str) -> Standing:
    place, among, basis = (lookup.value(store, rank, terms.ZG + name) for name in ("place", "among", "rankBasis"))
    return Standing(place or "", lookup.name(store, among, language) if among else "", local(basis or "total"))


def words(figure: Figure) -> list[str]:
    """What someone may call it by."""
    return [figure.indicator, figure.text, figure.period or "", "figure", "数据"]
