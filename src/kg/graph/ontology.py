"""What the graph takes from the ontology file: how properties follow from each other, and what they may connect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import resources
from kg.graph import terms
from kg.records import EntityType, Relation

# A property and whether it leads the other way round.
Turned = tuple[NamedNode, bool]
Kinds = frozenset[EntityType]

_SUPER = NamedNode(terms.RDFS + "subPropertyOf")
_INVERSE = NamedNode(terms.OWL + "inverseOf")
_DOMAIN = NamedNode(terms.SCHEMA + "domainIncludes")
_RANGE = NamedNode(terms.SCHEMA + "rangeIncludes")
_ENTITY = terms.zg("Entity")


@lru_cache(maxsize=1)
def _quads() -> tuple[Quad, ...]:
    """The ontology; RulesError where the installation lacks it."""
    return tuple(parse(path=resources.ontology() / "zonegraph.ttl", format=RdfFormat.TURTLE))


@lru_cache(maxsize=1)
def ways() -> Mapping[NamedNode, tuple[Turned, ...]]:
    """Property -> all that follow from it: superproperties, inverses, and theirs."""
    steps: dict[NamedNode, set[Turned]] = {}
    for start, way in _steps():
        steps.setdefault(start, set()).add(way)
    return {start: _reached(start, steps) for start in steps}


def _steps() -> Iterator[tuple[NamedNode, Turned]]:
    for quad in _quads():
        start, end = quad.subject, quad.object
        if not isinstance(start, NamedNode) or not isinstance(end, NamedNode):
            continue
        if quad.predicate == _SUPER:
            yield start, (end, False)
        elif quad.predicate == _INVERSE:
            yield start, (end, True)
            yield end, (start, True)


def _reached(start: NamedNode, steps: Mapping[NamedNode, set[Turned]]) -> tuple[Turned, ...]:
    """All that some steps lead to, the property itself left out."""
    seen: set[Turned] = {(start, False)}
    waiting: list[Turned] = [(start, False)]
    while waiting:
        here, turned = waiting.pop()
        fresh = {(there, turned != turns) for there, turns in steps.get(here, ())} - seen
        seen |= fresh
        waiting.extend(fresh)
    return tuple(sorted(seen - {(start, False)}, key=lambda way: (way[0].value, way[1])))


def allowed(relation: Relation, start: EntityType, end: EntityType | None = None) -> bool:
    """Whether the ontology lets a relation lead from one type to the other; `end` None asks for the start alone."""
    domain, range_ = _signatures().get(relation, (frozenset(EntityType), frozenset(EntityType)))
    return start in domain and (end is None or end in range_)


@lru_cache(maxsize=1)
def _signatures() -> Mapping[Relation, tuple[Kinds, Kinds]]:
    return {r: (_kinds(r, _DOMAIN), _kinds(r, _RANGE)) for r in Relation}


def _kinds(relation: Relation, side: NamedNode) -> Kinds:
    """The types on one side; all of them where the ontology says zg:Entity or nothing of ours."""
    named = {q.object for q in _quads() if q.subject == terms.zg(relation.value) and q.predicate == side}
    kinds = frozenset(kind for kind in EntityType if terms.zg(kind.value) in named)
    return kinds if kinds and _ENTITY not in named else frozenset(EntityType)
