"""What all of assembling looks things up in: the base, the rules, and the IRI of each document's referents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pyoxigraph import NamedNode

from kg.graph import concepts, terms
from kg.graph.concepts import Scheme
from kg.records import Entity, EntityType, Extraction, Resolution
from kg.rules import Rules


@dataclass(frozen=True, slots=True)
class View:
    """One base, one set of rules and one resolution; `known` are the entities that some evidence shows.

    `rejected` are claims that a curator rejects, by the last part of their IRIs, with the reasons; `reprints` are
    documents that repeat another, by their keys.
    """

    base: str
    rules: Rules
    resolution: Resolution
    iris: tuple[NamedNode, ...]
    known: frozenset[NamedNode] = frozenset()
    rejected: Mapping[str, str] = field(default_factory=dict)
    reprints: Mapping[str, str] = field(default_factory=dict)


def view(
    resolution: Resolution, rules: Rules, base: str, rejected: Mapping[str, str], reprints: Mapping[str, str]
) -> View:
    """The view before any evidence was looked at."""
    iris = tuple(named(entity, rules, base) for entity in resolution.entities)
    return View(base, rules, resolution, iris, rejected=rejected, reprints=reprints)


def seeing(view: View, known: frozenset[NamedNode]) -> View:
    """The same view with the entities that are known."""
    return replace(view, known=known)


def entity(view: View, reading: Extraction, referent: int) -> Entity:
    """The entity that a document's referent is."""
    return view.resolution.entities[view.resolution.of[reading.document.key][referent]]


def iri(view: View, reading: Extraction, referent: int) -> NamedNode:
    """The IRI of a document's referent."""
    return view.iris[view.resolution.of[reading.document.key][referent]]


def shown(view: View, reading: Extraction, referent: int | None) -> NamedNode | None:
    """The IRI of a referent that is known, None otherwise."""
    node = None if referent is None else iri(view, reading, referent)
    return node if node in view.known else None


def named(entity: Entity, rules: Rules, base: str) -> NamedNode:
    """The IRI of an entity. An industry of the scheme is the scheme's concept, never a second one."""
    if entity.type is EntityType.INDUSTRY:
        return concepts.concept(Scheme.INDUSTRIES, entity.concept, entity.name, rules, base).iri
    return terms.entity(entity.path, base)
