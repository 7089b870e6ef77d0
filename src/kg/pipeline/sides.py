"""A corpus before and after a change: its texts, decisions and entities, and what each text gives to the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph import entities, statements
from kg.graph.parts import part
from kg.graph.statements import Statement
from kg.graph.view import View
from kg.pipeline.correcting import corrected
from kg.pipeline.ledger import Text, told
from kg.records import Entity, Extraction
from kg.resolve.decisions import Decision
from kg.resolve.groups import Group, Naming, naming
from kg.resolve.resolution import Identity

Read = Callable[[Text], Extraction]
"""What a text says, as it was read, without any decision."""
Face = tuple[str, str, str]
"""All of an entity that a document's own part of the graph hangs on: IRI, type, name."""


@dataclass(frozen=True, slots=True)
class Side:
    """`texts` by sha256; `asserted` the assertions of each text; `marks` of texts that decisions speak of."""

    texts: Mapping[str, Text]
    asserted: Mapping[str, tuple[Decision, ...]]
    marks: frozenset[str]
    view: View
    identity: Identity
    read: Read


def reading(side: Side, sha256: str) -> Extraction:
    """What a text says, with what was asserted of it."""
    found = side.read(side.texts[sha256])
    decided = side.asserted.get(sha256, ())
    return corrected([found], decided).readings[0] if decided else found


def named(side: Side, found: Extraction) -> Naming:
    """What identity is judged by in a text."""
    return naming(found, side.view.rules, side.marks)


def signature(side: Side, sha256: str) -> tuple[object, ...]:
    """What a text's part of the graph hangs on besides identity."""
    apart = any(sha256[:16].startswith(mark) for mark in side.marks)
    return told(side.texts[sha256]), side.asserted.get(sha256, ()), apart


def seen(side: Side, found: Extraction) -> View:
    """The view in which a text's part is made; who its names are is looked up once for all views of the side."""
    of, key = side.view.resolution.of, found.document.key
    if key not in of:
        of[key] = tuple(side.identity.at[name.group] for name in named(side, found).names)
    return side.view


def typed(found: Extraction, view: View) -> list[Statement]:
    """The statements of type of a text."""
    return list(entities.types(found, view))


def shown(found: Extraction, view: View) -> set[str]:
    """The IRIs of the things that a text shows."""
    return {s.subject.value for s in typed(found, view) if not statements.refused(s, view)}


def given(found: Extraction, view: View) -> frozenset[Quad]:
    """All quads that a text gives."""
    return frozenset(part(found, typed(found, view), view))


def faces(side: Side) -> dict[Group, Face]:
    """The face of each group's entity."""
    known = [_face(iri, entity) for iri, entity in zip(side.view.iris, side.identity.entities, strict=True)]
    return {group: known[at] for group, at in side.identity.at.items()}


def _face(iri: NamedNode, entity: Entity) -> Face:
    return iri.value, entity.type.value, entity.name


def turned(before: Mapping[Group, Face], after: Mapping[Group, Face]) -> set[Group]:
    """The groups whose entity looks different to their texts; groups that are new are in new texts alone."""
    return {group for group, face in after.items() if group in before and before[group] != face}


def homes(decided: Iterable[Decision], keys: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
    """The assertions of each text, in their order; `keys` are the sha256 of all texts, sorted."""
    found: dict[str, tuple[Decision, ...]] = {}
    for decision in decided:
        home = next((key for key in keys if key[:16].startswith(decision.about[3][:16])), None)
        if home is not None:
            found[home] = (*found.get(home, ()), decision)
    return found
