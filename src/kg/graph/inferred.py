"""What has no claim of its own: inverses, superproperties, standard classes, and what a gazetteer brings along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.graph import ontology, terms
from kg.graph.statements import Term, Triple
from kg.graph.view import View
from kg.records import Entity, EntityType
from kg.rules import Row, Rules

_REPLACED = NamedNode(terms.DCTERMS + "isReplacedBy")
_DECISION = terms.zg("decision")
_REPRINT = terms.zg("reprintOf")
_LOCATED = terms.zg("locatedIn")
_PLACE = terms.zg(EntityType.PLACE.value)

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


def added(quads: Iterable[Quad], v: View) -> list[Quad]:
    """The same quads with all that follows from them in ``zg:inferred``, where nothing stands that is a fact."""
    given = list(quads)
    facts = {q.triple for q in given if isinstance(q.graph_name, DefaultGraph)}
    # No blank node and no quoted triple is ever made here, which the library's types cannot know.
    told = [cast(Triple, (fact.subject, fact.predicate, fact.object)) for fact in facts]
    follow = (Quad(*triple, terms.INFERRED) for triple in (*brought(v), *consequences(told)))
    return [q for q in (*given, *follow) if q.graph_name != terms.INFERRED or q.triple not in facts]


def brought(v: View) -> list[Triple]:
    """What the entities alone bring along (classes, places above, replacements), with its consequences."""
    known = [*_classes(v), *_places(v), *_replacements(v), *_reprints(v), *_decisions(v)]
    return [*known, *consequences(known)]


def consequences(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Each triple again by every superproperty and inverse of its property, and theirs."""
    ways = ontology.ways()
    for subject, predicate, target in triples:
        for other, turned in ways.get(predicate, ()):
            if not turned:
                yield subject, other, target
            elif isinstance(target, NamedNode):
                yield target, other, subject


def _classes(v: View) -> Iterator[Triple]:
    """The standard classes of what is known, only where they are true of it."""
    for iri, entity in zip(v.iris, v.resolution.entities, strict=True):
        if iri in v.known:
            yield from ((iri, terms.TYPE, NamedNode(name)) for name in standard(entity))


def standard(entity: Entity) -> tuple[str, ...]:
    """The IRIs of an entity's standard classes: a branch is no corporation, a hospital is called one."""
    if entity.type is EntityType.COMPANY and entity.name.endswith("分公司"):
        return ()
    if entity.type is EntityType.INSTITUTE and entity.name.endswith("医院"):
        return (terms.SCHEMA + "Hospital",)
    return _CLASSES.get(entity.type, ())


def _replacements(v: View) -> Iterator[Triple]:
    """Where an IRI that an earlier build gave has gone."""
    for iri, entity in zip(v.iris, v.resolution.entities, strict=True):
        if iri in v.known:
            yield from ((terms.entity(path, v.base), _REPLACED, iri) for path in entity.replaces)


def _decisions(v: View) -> Iterator[Triple]:
    """What a curator decided of an entity."""
    for index, line in v.resolution.decided:
        if v.iris[index] in v.known:
            yield v.iris[index], _DECISION, terms.text(line)


def _reprints(v: View) -> Iterator[Triple]:
    """Which documents are no source of their own."""
    for copy, first in v.reprints.items():
        yield terms.document(copy, v.base), _REPRINT, terms.document(first, v.base)


def _places(v: View) -> Iterator[Triple]:
    """The divisions above each division that the texts name, up to its province."""
    rows = _divisions(v.rules)
    named = {e.code: iri for iri, e in zip(v.iris, v.resolution.entities, strict=True) if e.code and iri in v.known}
    for code, iri in named.items():
        yield from _above(iri, rows.get(code), rows, named, v.base)


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
