"""The quads of a build by subject and predicate, sorted, so that nothing hangs on the order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

ZG = "https://w3id.org/zonegraph/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
INFERRED = ZG + "inferred"
FACTS = ZG + "facts"

Term = NamedNode | Literal
Index = Mapping[str, Mapping[str, Sequence[Term]]]


@dataclass(frozen=True, slots=True)
class Triples:
    """`facts` is the default graph, `told` the documents' graphs, `inferred` what has no claim of its own."""

    facts: Index
    told: Index
    inferred: Index

    def terms(self, subject: str, predicate: str) -> Sequence[Term]:
        """The objects that facts or documents give."""
        facts = self.facts.get(subject, {}).get(predicate, ())
        return facts or self.told.get(subject, {}).get(predicate, ())

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Their plain values: an IRI, or a literal's text."""
        return tuple(term.value for term in self.terms(subject, predicate))

    def value(self, subject: str, predicate: str) -> str:
        """The first of them, or nothing."""
        return next(iter(self.values(subject, predicate)), "")

    def name(self, subject: str) -> str:
        """The preferred label in Chinese, else in any language, else the end of the IRI."""
        labels = self.terms(subject, SKOS + "prefLabel") or self.inferred.get(subject, {}).get(SKOS + "prefLabel", ())
        chinese = [term.value for term in labels if isinstance(term, Literal) and (term.language or "").startswith("zh")]
        return next(iter(chinese + [term.value for term in labels]), local(subject))

    def number(self, subject: str, predicate: str) -> int | None:
        """A whole number, or None where there is none that can be read."""
        text = self.value(subject, predicate)
        return int(text) if text.isdecimal() else None


def triples(quads: Iterable[Quad]) -> Triples:
    """The quads by kind of graph; blank nodes are passed over, the contract has none."""
    parts: tuple[dict[str, dict[str, list[Term]]], ...] = ({}, {}, {})
    for quad in sorted(quads, key=_key):
        subject, term = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(term, NamedNode | Literal):
            part = parts[_part(quad)].setdefault(subject.value, {})
            part.setdefault(quad.predicate.value, []).append(term)
    return Triples(*parts)


def _key(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), quad.predicate.value, str(quad.object)


def _part(quad: Quad) -> int:
    if isinstance(quad.graph_name, DefaultGraph) or quad.graph_name.value == FACTS:
        return 0
    return 2 if quad.graph_name.value == INFERRED else 1


def local(iri: str) -> str:
    """The part of an IRI behind its last slash or hash, readable."""
    return unquote(iri.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1])
