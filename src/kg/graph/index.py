"""A finished graph by subject and property, for what is made out of quads again: tables, networks, reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph import terms
from kg.graph.statements import Term, Triple
from kg.graph.write import ordered
from kg.records import EntityType, Relation

_PARTS = tuple(NamedNode(terms.RDF + name) for name in ("subject", "predicate", "object"))
_CLAIM = terms.zg("Claim")
_TYPES = {terms.zg(kind.value): kind for kind in EntityType}
RELATIONS: Mapping[NamedNode, Relation] = {terms.zg(relation.value): relation for relation in Relation}


@dataclass(frozen=True, slots=True)
class Index:
    """`values` of all that is no mere inference, `facts` of the default graph, `claims` by what they claim."""

    values: Mapping[tuple[NamedNode, NamedNode], tuple[Term, ...]]
    facts: frozenset[Triple]
    claims: Mapping[Triple, tuple[NamedNode, ...]]


def index(quads: Iterable[Quad]) -> Index:
    """The index of a dataset; everything in it is in the order in which graphs are written."""
    values: dict[tuple[NamedNode, NamedNode], dict[Term, None]] = {}
    facts: set[Triple] = set()
    for quad in ordered(q for q in quads if q.graph_name != terms.INFERRED):
        subject, target = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(target, NamedNode | Literal):
            values.setdefault((subject, quad.predicate), {})[target] = None
            if isinstance(quad.graph_name, DefaultGraph):
                facts.add((subject, quad.predicate, target))
    settled = {key: tuple(found) for key, found in values.items()}
    return Index(settled, frozenset(facts), _claims(settled))


def _claims(values: Mapping[tuple[NamedNode, NamedNode], tuple[Term, ...]]) -> dict[Triple, tuple[NamedNode, ...]]:
    found: dict[Triple, list[NamedNode]] = {}
    for (node, predicate), kinds in values.items():
        if predicate == terms.TYPE and _CLAIM in kinds:
            subject, property_, target = (next(iter(values.get((node, p), ())), None) for p in _PARTS)
            if isinstance(subject, NamedNode) and isinstance(property_, NamedNode) and target is not None:
                found.setdefault((subject, property_, target), []).append(node)
    return {triple: tuple(claims) for triple, claims in found.items()}


def many(index: Index, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
    """All values."""
    return index.values.get((subject, predicate), ()) if isinstance(subject, NamedNode) else ()


def one(index: Index, subject: Term, predicate: NamedNode) -> Term | None:
    """The first value, None where there is none."""
    return next(iter(many(index, subject, predicate)), None)


def said(index: Index, subject: Term, predicate: NamedNode) -> str:
    """The first value as text, empty where there is none."""
    found = one(index, subject, predicate)
    return found.value if found is not None else ""


def name(index: Index, node: Term) -> str:
    """A node's preferred label, in Chinese where there is one; a literal's own text; else the IRI's last part."""
    if isinstance(node, Literal):
        return node.value
    labels = [x for x in many(index, node, terms.PREF_LABEL) if isinstance(x, Literal)]
    best = next((x for x in labels if x.language == "zh"), labels[0] if labels else None)
    return best.value if best else local(node)


def english(index: Index, node: Term) -> str:
    """A node's preferred label in English, "" where it has none."""
    labels = (x for x in many(index, node, terms.PREF_LABEL) if isinstance(x, Literal))
    return next((label.value for label in labels if label.language == "en"), "")


def local(node: NamedNode) -> str:
    """What stands after the last ``#`` or ``/`` of an IRI."""
    return node.value.rstrip("/").replace("#", "/").rpartition("/")[2]


def kinds(index: Index, node: NamedNode) -> list[EntityType]:
    """The contract's types of a node."""
    return [_TYPES[kind] for kind in many(index, node, terms.TYPE) if isinstance(kind, NamedNode) and kind in _TYPES]


def entities(index: Index) -> Iterator[NamedNode]:
    """All entities, in order."""
    yield from (node for node, predicate in index.values if predicate == terms.TYPE and kinds(index, node))


def relations(index: Index) -> Iterator[tuple[Triple, bool, tuple[NamedNode, ...]]]:
    """Every relation that is plain or claimed: triple, whether it is plain, claims."""
    plain = {triple for triple in index.facts if triple[1] in RELATIONS}
    claimed = {triple for triple in index.claims if triple[1] in RELATIONS}
    for triple in sorted(plain | claimed, key=lambda t: (t[0].value, t[1].value, str(t[2]))):
        yield triple, triple in plain, index.claims.get(triple, ())


def statuses(index: Index, claims: Iterable[NamedNode]) -> list[str]:
    """The statuses that some claims give, each once."""
    found = (said(index, claim, terms.zg("status")) for claim in claims)
    return sorted({value.removeprefix(terms.ZG) for value in found if value})
