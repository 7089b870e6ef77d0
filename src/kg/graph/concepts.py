"""Indicators and industries: the scheme's concept where it is known, one minted from the wording otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pyoxigraph import NamedNode, Quad

from kg.graph import terms
from kg.rules import Row, Rules

_CONCEPT = NamedNode(terms.SKOS + "Concept")
_IN_SCHEME = NamedNode(terms.SKOS + "inScheme")


class Scheme(StrEnum):
    """The schemes; the value is the lexicon table and the scheme's local name in ``zg:``."""

    INDICATORS = "indicators"
    INDUSTRIES = "industries"


_KIND = {Scheme.INDICATORS: "indicator", Scheme.INDUSTRIES: "industry"}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme, by its preferred name; `row` is that of the lexicon, None where the concept is minted."""

    iri: NamedNode
    scheme: Scheme
    name: str
    row: Row | None = None


def known(scheme: Scheme, name: str | None, rules: Rules) -> Row | None:
    """The lexicon's row of a concept, by its Chinese name, a synonym or its id."""
    return _index(scheme, rules).get(name or "")


@lru_cache(maxsize=8)
def _index(scheme: Scheme, rules: Rules) -> Mapping[str, Row]:
    """Every name of the scheme; a preferred name wins over another row's synonym."""
    rows = rules.tables.get(scheme.value, ())
    synonyms = {word: row for row in rows for word in row.get("synonyms", "").split("|") if word}
    return synonyms | {row[key]: row for key in ("id", "zh") for row in rows}


def concept(scheme: Scheme, name: str | None, wording: str, rules: Rules, base: str) -> Concept:
    """The scheme's concept of that name or wording, or one minted from the wording.

    The scheme's concepts keep the IRIs of the ontology whatever the base of the entities.
    """
    row = known(scheme, name, rules) or known(scheme, wording, rules)
    if row is None:
        name = unicodedata.normalize("NFC", terms.readable(wording))
        return Concept(terms.entity(f"{_KIND[scheme]}/{name}", base), scheme, name)
    return Concept(terms.entity(f"{_KIND[scheme]}/{row['zh']}"), scheme, row["zh"], row)


def quads(concept: Concept, wordings: Iterable[str]) -> Iterator[Quad]:
    """What the default graph says of a concept in use."""
    yield Quad(concept.iri, terms.TYPE, _CONCEPT)
    yield Quad(concept.iri, _IN_SCHEME, terms.zg(concept.scheme.value))
    if concept.row is not None and concept.row.get("en"):
        yield Quad(concept.iri, terms.PREF_LABEL, terms.label(concept.row["en"], "en"))
    yield from labels(concept.iri, wordings, concept.name)


def labels(iri: NamedNode, names: Iterable[str], preferred: str) -> Iterator[Quad]:
    """One preferred label, and all other names as alternatives."""
    yield Quad(iri, terms.PREF_LABEL, terms.label(preferred))
    others = {terms.readable(name) for name in names} - {terms.readable(preferred)}
    yield from (Quad(iri, terms.ALT_LABEL, terms.label(name)) for name in sorted(others))
