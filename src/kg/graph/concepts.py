"""Indicators and industries: the scheme's concept where it is known, one minted from the wording otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode, Quad

from kg.graph import terms
from kg.rules import Row, Rules

_CONCEPT = NamedNode(terms.SKOS + "Concept")
_IN_SCHEME = NamedNode(terms.SKOS + "inScheme")


class Scheme(StrEnum):
    """The schemes; the value is the lexicon table and the scheme's local name in ``zg:``."""

    INDICATORS = "indicators"
    INDUSTRIES = "industries"


_MINTED = {Scheme.INDICATORS: "indicator", Scheme.INDUSTRIES: "industry"}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme; `row` is that of the lexicon, None where the concept is minted."""

    iri: NamedNode
    scheme: Scheme
    row: Row | None = None


def known(scheme: Scheme, name: str | None, rules: Rules) -> Row | None:
    """The lexicon's row of a concept, by its Chinese name or its id."""
    rows = rules.tables.get(scheme.value, ())
    return next((row for row in rows if name is not None and name in (row["zh"], row["id"])), None)


def concept(scheme: Scheme, name: str | None, wording: str, rules: Rules, base: str) -> Concept:
    """The concept called `name` in the scheme, or the one minted from the wording."""
    row = known(scheme, name, rules)
    if row is None:
        return Concept(terms.entity(f"{_MINTED[scheme]}/{wording}", base), scheme)
    return Concept(terms.zg(row["id"]), scheme, row)


def quads(concept: Concept, wordings: Iterable[str], preferred: str | None = None) -> Iterator[Quad]:
    """What the default graph says of a concept in use; a known one is called as its scheme calls it."""
    yield Quad(concept.iri, terms.TYPE, _CONCEPT)
    yield Quad(concept.iri, _IN_SCHEME, terms.zg(concept.scheme.value))
    if concept.row is not None and concept.row.get("en"):
        yield Quad(concept.iri, terms.PREF_LABEL, terms.label(concept.row["en"], "en"))
    yield from labels(concept.iri, wordings, concept.row["zh"] if concept.row else preferred)


def labels(iri: NamedNode, names: Iterable[str], preferred: str | None = None) -> Iterator[Quad]:
    """One preferred label, the given one or the first, and all others as alternatives."""
    others = sorted(set(names))
    first = preferred or others[0]
    yield Quad(iri, terms.PREF_LABEL, terms.label(first))
    yield from (Quad(iri, terms.ALT_LABEL, terms.label(name)) for name in others if name != first)
