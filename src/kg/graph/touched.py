"""Validating what changed: the nodes that a change can make break a shape, and as much of the graph as they need.

Our shapes look at a node's triples and at those of its values, no further (a test measures it); what only points at a
node matters where a shape targets it so, or follows the property backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.graph import shacl, terms
from kg.graph.shacl import SH, Term

_TARGETS = frozenset(SH + name for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf"))


def touched(store: Store, changed: Iterable[Quad]) -> Set[Term]:
    """The nodes that may conform otherwise than before, after some quads came into the store or went."""
    quads = list(changed)
    ends = {end for quad in quads for end in (quad.subject, quad.object)}
    valued = {quad.subject for quad in quads if quad.predicate in _looked_at()}
    pointing = {quad.subject for node in valued for quad in store.quads_for_pattern(None, None, node)}
    return {end for end in (*ends, *pointing) if not isinstance(end, Triple)}


def surroundings(store: Store, nodes: Set[Term]) -> Iterator[Quad]:
    """All that decides whether these nodes conform: their triples, those of their values, and what points at them."""
    values: set[Term] = set()
    for quad in _own(store, nodes):
        values.add(quad.object)  # type: ignore[arg-type]
        yield quad
    yield from _own(store, values - nodes)
    for predicate in _backwards():
        for node in nodes:
            yield from store.quads_for_pattern(None, predicate, node)


def _own(store: Store, nodes: Iterable[Term]) -> Iterator[Quad]:
    for node in nodes:
        if not isinstance(node, Literal):
            yield from store.quads_for_pattern(node, None, None)


@lru_cache(maxsize=1)
def _looked_at() -> frozenset[NamedNode]:
    """What shapes look at in the values of a node: its class, and what shapes without a target ask for."""
    said = {(q.subject, q.predicate.value, q.object) for q in shacl.statements()}
    aimed = {subject for subject, predicate, _ in said if predicate in _TARGETS}
    inner = {end for subject, predicate, end in said if predicate == SH + "property" and subject not in aimed}
    paths = {end for subject, predicate, end in said if predicate == SH + "path" and subject in inner}
    return frozenset({terms.TYPE, *(path for path in paths if isinstance(path, NamedNode))})


@lru_cache(maxsize=1)
def _backwards() -> tuple[NamedNode, ...]:
    """The properties by whose subjects a node is judged."""
    found = {q.object for q in shacl.statements() if q.predicate.value in (SH + "targetObjectsOf", SH + "inversePath")}
    return tuple(sorted((end for end in found if isinstance(end, NamedNode)), key=str))
