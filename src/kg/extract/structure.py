"""Relations that a name's own build states: the parent of an institute, the place of a zone or division."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.matches import Match
from kg.extract.scene import Naming, Scene
from kg.records import EntityType, Relation, Sentence

_BRANCHES = frozenset({EntityType.INSTITUTE, EntityType.LABORATORY, EntityType.FACILITY, EntityType.UNIVERSITY})


def structural(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The relations between a name and the names inside it."""
    for outer in scene.named_in(sentence.index):
        for inner in scene.named_in(sentence.index, inner=True):
            if inner.inner and outer.start <= inner.start and inner.end <= outer.end and inner.start == outer.start:
                relation = _relation(outer, inner)
                if relation:
                    yield _match(relation, outer, inner)


def _relation(outer: Naming, inner: Naming) -> tuple[str, Relation] | None:
    if inner.type in (EntityType.UNIVERSITY, EntityType.INSTITUTE, EntityType.COMPANY) and outer.type in _BRANCHES:
        return "name-parent", Relation.AFFILIATED_WITH
    if inner.type is EntityType.PLACE and outer.type is EntityType.ZONE:
        return "name-place", Relation.LOCATED_IN
    return None


def _match(relation: tuple[str, Relation], outer: Naming, inner: Naming) -> Match:
    return Match(relation[0], relation[1], outer, inner, outer.start, outer.end, scoped=False)
