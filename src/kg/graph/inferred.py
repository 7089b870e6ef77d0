"""What has no claim of its own: inverses, superproperties, standard classes, and what a gazetteer brings along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.graph import ontology, terms
from kg.graph.entities import Thing
from kg.graph.statements import Term, Triple
from kg.graph.view import View
from kg.records import EntityType
from kg.rules import Row, Rules

_REPLACED = NamedNode(terms.DCTERMS + "isReplacedBy")
_DECISION = terms.zg("decision")
_REPRINT = terms.zg("reprintOf")
_LOCATED = terms.zg("locatedIn")
_PLACE = terms.zg(EntityType.PLACE.value)

_KINDS: Mapping[NamedNode, EntityType] = {terms.zg(kind.value): kind for kind in EntityType}
_CLASSES: Mapping[EntityType, tuple[str, ...]] = {
    EntityType.COMPANY: (terms.SCHEMA + "Corporation", terms.ORG + "FormalOrganization"),
    EntityType.PERSON: (terms.SCHEMA + "Person",),
    EntityType.EVENT: (terms.SCHEMA + "Event",),
    EntityType.PRODUCT: (terms.SCHEMA + "Product",),
    EntityType.UNIVERSITY: (terms.SCHEMA + "CollegeOrUniversity",),
    EntityType.INSTITUTE: (terms.SCHEMA + "ResearchOrganization",),
    EntityType.LABORATORY: (terms.SCHEMA + "ResearchOrganization",),
    EntityType.BODY: (terms.SCHEMA + "GovernmentOrganization",),
    EntityType.PLACE: (terms.SCHEMA + "Place",),
    EntityType.ZONE: (terms.SCHEMA + "Place",),
    EntityType.FACILITY: (terms.SCHEMA + "Place",),
}


def added(quads: Iterable[Quad], brought: Iterable[Triple]) -> list[Quad]:
    """The same quads with all that follows from them in ``zg:inferred``, where nothing stands that is a fact.

    `brought` are the triples that entities bring along.
    """
    given = list(quads)
    told = facts(given)
    follow = (Quad(*triple, terms.INFERRED) for triple in (*brought, *consequences(told)))
    return [q for q in (*given, *follow) if q.graph_name != terms.INFERRED or _triple(q) not in told]


def brought(things: Iterable[Thing], v: View) -> Iterator[Triple]:
    """What the entities alone bring along, and which texts repeat others, each with its consequences."""
    known = list(things)
    for thing in known:
        yield from of_thing(thing, v.base)
    yield from of_places(divisions(known), v.rules, v.base)
    yield from of_reprints(v.reprints, v.base)


def of_thing(thing: Thing, base: str) -> Iterator[Triple]:
    """The standard classes of a thing, where its IRIs of other builds have gone, and what a curator decided."""
    return _followed(_brought(thing, base))


def of_places(named: Mapping[str, NamedNode], rules: Rules, base: str) -> Iterator[Triple]:
    """The divisions above each division that the texts name, up to its province; `named` are those, by code."""
    rows = _divisions(rules)
    return _followed(t for code, iri in named.items() for t in _above(iri, rows.get(code), rows, named, base))


def of_reprints(reprints: Mapping[str, str], base: str) -> Iterator[Triple]:
    """Which documents are no source of their own."""
    pairs = ((terms.document(copy, base), terms.document(first, base)) for copy, first in reprints.items())
    return _followed((copy, _REPRINT, first) for copy, first in pairs)


def divisions(things: Iterable[Thing]) -> dict[str, NamedNode]:
    """The divisions among things, by their codes."""
    return {entity.code: thing.iri for thing in things for entity in thing.entities if entity.code}


def _followed(triples: Iterable[Triple]) -> Iterator[Triple]:
    known = list(triples)
    yield from known
    yield from consequences(known)


def consequences(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Each triple again by every superproperty and inverse of its property, and theirs."""
    ways = ontology.ways()
    for subject, predicate, target in triples:
        for other, turned in ways.get(predicate, ()):
            if not turned:
                yield subject, other, target
            elif isinstance(target, NamedNode):
                yield target, other, subject


def _brought(thing: Thing, base: str) -> Iterator[Triple]:
    for entity in thing.entities:
        yield from ((thing.iri, terms.TYPE, NamedNode(name)) for name in standard(entity.type, entity.name))
        yield from ((terms.entity(path, base), _REPLACED, thing.iri) for path in entity.replaces)
    yield from ((thing.iri, _DECISION, terms.text(line)) for line in thing.decided)


def standard(kind: EntityType, name: str) -> tuple[str, ...]:
    """The IRIs of an entity's standard classes: a branch is no corporation, a hospital is called one."""
    if kind is EntityType.COMPANY and name.endswith("分公司"):
        return ()
    if kind is EntityType.INSTITUTE and name.endswith("医院"):
        return (terms.SCHEMA + "Hospital",)
    return _CLASSES.get(kind, ())


def facts(quads: Iterable[Quad]) -> frozenset[Triple]:
    """The triples of the default graph."""
    return frozenset(_triple(quad) for quad in quads if isinstance(quad.graph_name, DefaultGraph))


def _triple(quad: Quad) -> Triple:
    # The library's types allow blank nodes and quoted triples too; from those nothing follows.
    return cast(Triple, (quad.subject, quad.predicate, quad.object))


def renewed(before: Set[Triple], quads: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
    """What leaves and what enters ``zg:inferred`` where the facts were `before` and are now those of `quads`.

    What only the entities of a build bring along stays; so does what somebody wrote there.
    """
    given = list(quads)
    now = facts(given)
    if now == before:
        return [], []
    inferred = {_triple(quad) for quad in given if quad.graph_name == terms.INFERRED}
    lost, found = before - now, now - before
    followed = set(_implied(lost, before))
    still = set(consequences(inferred - followed)) | set(_implied(now, now)) if lost else set()
    gone = (inferred & followed) - still | (inferred & found)
    fresh = (set(_implied(found, now)) | (lost & still)) - now - inferred
    return [Quad(*triple, terms.INFERRED) for triple in gone], [Quad(*triple, terms.INFERRED) for triple in fresh]


def _implied(triples: Iterable[Triple], among: Iterable[Triple]) -> Iterator[Triple]:
    """What follows from facts: by their properties, and from types; `among` are facts that hold the names."""
    told = list(triples)
    yield from consequences(told)
    typed = [(s, _KINDS[o]) for s, p, o in told if p == terms.TYPE and isinstance(o, NamedNode) and o in _KINDS]
    if not typed:
        return
    names = {s: o.value for s, p, o in among if p == terms.PREF_LABEL and getattr(o, "language", None) == "zh"}
    for subject, kind in typed:
        yield from ((subject, terms.TYPE, NamedNode(name)) for name in standard(kind, names.get(subject, "")))


def _above(
    iri: NamedNode, row: Row | None, rows: Mapping[str, Row], named: Mapping[str, NamedNode], base: str
) -> Iterator[Triple]:
    while row is not None and row["parent"] in rows:
        row = rows[row["parent"]]
        parent = named.get(row["code"]) or terms.entity(f"place/{row['name']}", base)
        if row["code"] not in named:
            yield from _named(parent, row["name"])
        if parent != iri:
            yield iri, _LOCATED, parent
        iri = parent


def _named(place: NamedNode, name: str) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    """A place that only the gazetteer knows of."""
    yield place, terms.TYPE, _PLACE
    yield place, terms.TYPE, NamedNode(terms.SCHEMA + "Place")
    yield place, terms.PREF_LABEL, terms.label(name)


@lru_cache(maxsize=4)
def _divisions(rules: Rules) -> Mapping[str, Row]:
    return {row["code"]: row for row in rules.tables.get("divisions", ())}
