"""Entities: their types with claims, their labels, and the documents that name them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.graph import concepts, evidence, terms, view
from kg.graph.concepts import Concept, Scheme
from kg.graph.statements import Statement
from kg.graph.view import View
from kg.records import Entity, EntityType, Extraction, Referent, Span

_MENTIONED = terms.zg("mentionedIn")


def types(reading: Extraction, v: View) -> Iterator[Statement]:
    """A statement of type for each referent that the document shows."""
    for index, referent in enumerate(reading.referents):
        spans = _evidence(reading, referent)
        if spans:
            kind = terms.zg(view.entity(v, reading, index).type.value)
            yield Statement(reading.document, view.iri(v, reading, index), terms.TYPE, kind, spans, referent.rule)


def _evidence(reading: Extraction, referent: Referent) -> tuple[Span, ...]:
    """The sentence that shows the type; where it is too long, the name alone."""
    options = (referent.evidence, referent.mentions[:1])
    return next((spans for spans in options if evidence.holds(reading.document, spans)), ())


def described(v: View) -> Iterator[Quad]:
    """The labels of all known entities, for the default graph."""
    for iri, entities in _by_iri(v).items():
        if iri in v.known:
            yield from _described(iri, entities, v)


def _by_iri(v: View) -> dict[NamedNode, list[Entity]]:
    """Two wordings of one name, or of one industry, share an IRI."""
    found: dict[NamedNode, list[Entity]] = {}
    for iri, entity in zip(v.iris, v.resolution.entities, strict=True):
        found.setdefault(iri, []).append(entity)
    return found


def _described(iri: NamedNode, entities: list[Entity], v: View) -> Iterator[Quad]:
    names = {name for e in entities for name in (e.name, *e.aliases)}
    if entities[0].type is EntityType.INDUSTRY:
        row = concepts.known(Scheme.INDUSTRIES, entities[0].concept or entities[0].name, v.rules)
        preferred = None if row else min(e.name for e in entities)
        yield from concepts.quads(Concept(iri, Scheme.INDUSTRIES, row), names, preferred)
    else:
        yield from concepts.labels(iri, names, min(e.name for e in entities))


def mentions(reading: Extraction, v: View) -> Iterator[Quad]:
    """Which known entities the document names, for the default graph."""
    document = terms.document(reading.document.key, v.base)
    for index, referent in enumerate(reading.referents):
        iri = view.iri(v, reading, index)
        if referent.mentions and iri in v.known:
            yield Quad(iri, _MENTIONED, document)
