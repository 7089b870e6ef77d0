"""Entities: their types with claims, their labels, and the documents that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph import concepts, evidence, terms, view
from kg.graph.concepts import Concept, Scheme
from kg.graph.statements import Statement
from kg.graph.view import View
from kg.records import Entity, EntityType, Extraction, Referent, Span
from kg.rules import Rules

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


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands under one IRI: an entity, or several where two wordings of one name or industry share it.

    `decided` is what a curator decided of it, in words.
    """

    iri: NamedNode
    entities: tuple[Entity, ...]
    decided: tuple[str, ...] = ()


def things(v: View) -> list[Thing]:
    """All things that some evidence shows."""
    found: dict[NamedNode, list[int]] = {}
    for at, iri in enumerate(v.iris):
        if iri in v.known:
            found.setdefault(iri, []).append(at)
    lines: dict[int, list[str]] = {}
    for at, line in v.resolution.decided:
        lines.setdefault(at, []).append(line)
    known = v.resolution.entities
    return [
        Thing(iri, tuple(known[at] for at in own), tuple(line for at in own for line in lines.get(at, ())))
        for iri, own in found.items()
    ]


def described(thing: Thing, rules: Rules) -> Iterator[Quad]:
    """The labels of a thing, for the default graph."""
    first = thing.entities[0]
    names = {name for e in thing.entities for name in (e.name, *e.aliases)}
    preferred = min(e.name for e in thing.entities)
    if first.type is not EntityType.INDUSTRY:
        yield from concepts.labels(thing.iri, names, preferred)
        return
    row = concepts.known(Scheme.INDUSTRIES, first.concept or first.name, rules)
    yield from concepts.quads(Concept(thing.iri, Scheme.INDUSTRIES, row["zh"] if row else preferred, row), names)


def mentions(reading: Extraction, v: View) -> Iterator[Quad]:
    """Which known entities the document names, for the default graph."""
    document = terms.document(reading.document.key, v.base)
    for index, referent in enumerate(reading.referents):
        iri = view.iri(v, reading, index)
        if referent.mentions and iri in v.known:
            yield Quad(iri, _MENTIONED, document)
