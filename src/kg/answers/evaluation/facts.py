"""The quads of a graph by subject and property, as plain strings; what is only inferred is no prediction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Quad

from kg.answers.evaluation.wording import normal
from kg.graph.terms import FACTS, INFERRED, RDF, RDFS, SKOS, ZG

TYPE = RDF + "type"
CLAIM = ZG + "Claim"
LABELS = (SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label")
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The index; `inferred` holds the labels that only the inferred graph gives."""

    values: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    default: set[Triple] = field(default_factory=set)
    homes: dict[str, set[str]] = field(default_factory=dict)
    inferred: dict[str, set[str]] = field(default_factory=dict)

    def get(self, subject: str, *properties: str) -> list[str]:
        """All values of the properties."""
        return [value for name in properties for value in self.values.get((subject, name), ())]

    def one(self, subject: str, name: str) -> str | None:
        """The first in order of several values."""
        return min(self.get(subject, name), default=None)

    def labels(self, iri: str) -> frozenset[str]:
        """Its labels in normal form; the end of its IRI where it has none."""
        return frozenset(map(normal, self.get(iri, *LABELS))) or frozenset({normal(tail(iri))})

    def known_as(self, iri: str) -> frozenset[str]:
        """The labels together with those that are only inferred."""
        return self.labels(iri) | self.inferred.get(iri, set())

    def of_type(self, iri: str) -> list[str]:
        """The things of a class, in order."""
        return sorted(self.members.get(iri, ()))


def tail(iri: str) -> str:
    """The part of an IRI behind its last hash, slash or colon."""
    return unquote(re.split(r"[#/:]", iri)[-1])


def facts(quads: Iterable[Quad]) -> Facts:
    """The index of a dataset."""
    found = Facts()
    for quad in quads:
        _take(found, quad)
    return found


def _take(found: Facts, quad: Quad) -> None:
    subject, predicate, value = _text(quad.subject), quad.predicate.value, _text(quad.object)
    if quad.graph_name == INFERRED:
        if predicate in LABELS:
            found.inferred.setdefault(subject, set()).add(normal(value))
        return
    values = found.values.setdefault((subject, predicate), [])
    if value not in values:
        values.append(value)
    if predicate == TYPE:
        found.members.setdefault(value, set()).add(subject)
        if value == CLAIM:
            found.homes.setdefault(subject, set()).add(_text(quad.graph_name))
    if isinstance(quad.graph_name, DefaultGraph) or quad.graph_name == FACTS:
        found.default.add((subject, predicate, value))


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
