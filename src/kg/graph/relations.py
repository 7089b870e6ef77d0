"""Relations: the statements of a document's claims, and the plain triples that may stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph import evidence, ontology, terms, view
from kg.graph.statements import Statement, Term, Triple, holds, refused
from kg.graph.view import View
from kg.records import Claim, EntityType, Extraction, Relation

_MEMBERSHIP = NamedNode(terms.ORG + "Membership")
_MEMBER = NamedNode(terms.ORG + "member")
_ORGANIZATION = NamedNode(terms.ORG + "organization")
_NO_EMPLOYERS = frozenset(
    {EntityType.PERSON, EntityType.PRODUCT, EntityType.AWARD, EntityType.POLICY, EntityType.INDUSTRY}
)
_YEAR = NamedNode(terms.XSD + "gYear")
_ROLE = NamedNode(terms.SCHEMA + "roleName")


def statements(reading: Extraction, v: View) -> Iterator[Statement]:
    """The relations that the document states with evidence, between known entities of types that fit.

    Types can come to misfit in the resolution, when another document knows better what an entity is.
    """
    for claim in reading.claims:
        subject = view.shown(v, reading, claim.subject)
        if subject is None or not evidence.holds(reading.document, claim.evidence) or not _fits(claim, reading, v):
            continue
        found = _object(claim, subject, reading, v)
        if found is not None and found[0] != subject:
            yield _statement(claim, subject, found, reading, v)


def _fits(claim: Claim, reading: Extraction, v: View) -> bool:
    """Whether the ontology lets the relation connect the two; for a position the person alone is asked."""
    start = view.entity(v, reading, claim.subject).type
    end = None if claim.object is None else view.entity(v, reading, claim.object).type
    if claim.relation is Relation.HOLDS_POSITION:
        return ontology.allowed(claim.relation, start) and end not in _NO_EMPLOYERS
    return ontology.allowed(claim.relation, start, end)


def _statement(
    claim: Claim, subject: NamedNode, found: tuple[Term, tuple[Triple, ...]], reading: Extraction, v: View
) -> Statement:
    return Statement(
        reading.document,
        subject,
        terms.zg(claim.relation.value),
        found[0],
        claim.evidence,
        claim.rule,
        claim.status,
        claim.valid_from,
        claim.valid_to,
        view.shown(v, reading, claim.stated_by),
        claim.attribution,
        found[1],
    )


def _object(claim: Claim, subject: NamedNode, reading: Extraction, v: View) -> tuple[Term, tuple[Triple, ...]] | None:
    """The object with what has to be said of it; None where there is none to point at."""
    if claim.relation is Relation.FOUNDED_IN:
        year = terms.time(claim.year)
        return (year, ()) if year is not None and year.datatype == _YEAR else None
    target = view.shown(v, reading, claim.object)
    if target is None or claim.relation is not Relation.HOLDS_POSITION:
        return None if target is None else (target, ())
    return _membership(subject, target, claim.title, v.base) if claim.title else None


def _membership(person: NamedNode, place: NamedNode, title: str, base: str) -> tuple[Term, tuple[Triple, ...]]:
    """A position, by who holds it, where, and its title: without a title there is none to speak of."""
    node = terms.hashed("membership", person.value, place.value, title, base=base)
    said = (terms.TYPE, _MEMBERSHIP), (_MEMBER, person), (_ORGANIZATION, place), (_ROLE, terms.text(title))
    return node, tuple((node, predicate, value) for predicate, value in said)


def quads(found: Iterable[Statement], v: View) -> Iterator[Quad]:
    """The plain triples of a document's relations; what one that is held back needs is told in its graph alone."""
    alike: dict[tuple[NamedNode, NamedNode, NamedNode | Literal], list[Statement]] = {}
    for statement in found:
        alike.setdefault((statement.subject, statement.predicate, statement.object), []).append(statement)
    for triple, said in alike.items():
        true = any(holds(statement) and not refused(statement, v) for statement in said)
        if true:
            yield Quad(*triple)
        for statement in said:
            graph = DefaultGraph() if true else terms.document(statement.document.key, v.base)
            yield from (Quad(*about, graph) for about in statement.about)
