"""Relations that a name's own build states: the parent of an institute, the place of a zone or division."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from kg.extract.names.owners import is_work
from kg.extract.names.shapes import bulleted
from kg.extract.relations.matches import Match
from kg.extract.scene.areas import AREAS, is_area
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.records import EntityType, Relation, Sentence
from kg.rules import Rules

# What lies in the place that opens its name.
PLACED = frozenset({EntityType.ZONE, EntityType.VALLEY, EntityType.FACILITY})
_BRANCHES = frozenset({EntityType.INSTITUTE, EntityType.LABORATORY, EntityType.FACILITY, EntityType.UNIVERSITY})


def structural(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The relations between a name and the names inside it, and between places named in a row."""
    yield from chained(scene, sentence)
    yield from _at_home(scene, sentence)
    yield from _lettered(scene, sentence)
    yield from _measured(scene, sentence)
    yield from _bulleted(scene, sentence)
    for outer in scene.named_in(sentence.index):
        for inner in scene.named_in(sentence.index, inner=True):
            if inner.inner and outer.start <= inner.start and inner.end <= outer.end and inner.start == outer.start:
                relation = _relation(scene, outer, inner)
                if relation:
                    ends = (inner, outer) if relation[1] in _BY_INNER else (outer, inner)
                    yield Match(*relation, *ends, outer.start, outer.end, scoped=relation[1] is Relation.BUILDS)


_BY_INNER = frozenset({Relation.BUILDS, Relation.HOSTS})
_BARE_PART = re.compile("[A-Z]区|[东西南北中]{1,2}(?:部片区|片区|部园区|区|园)")


def _lettered(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """A区 or 东片区 is part of the park that the document is about."""
    for part in scene.named_in(sentence.index):
        if part.type is EntityType.ZONE and _BARE_PART.fullmatch(scene.referents[part.referent].name):
            parks = [r for r in scene.ranking({EntityType.ZONE}) if not _BARE_PART.fullmatch(scene.referents[r].name)]
            for park in parks[:1]:
                whole = scene.first(park)
                yield Match("lettered-part", Relation.PART_OF, part, whole, part.start, part.end, scoped=False)


def _bulleted(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """A zone that heads an entry of a list is part of the park that the document names far more often."""
    for part in scene.named_in(sentence.index):
        whole = scene.main(AREAS) if bulleted(sentence, part.start, part.end) else None
        if whole is None or whole.referent == part.referent or part.type is not EntityType.ZONE:
            continue
        if scene.count(whole.referent) >= _FAR_MORE * scene.count(part.referent):
            yield Match("bulleted-part", Relation.PART_OF, part, whole, part.start, part.end, scoped=False)


_FAR_MORE = 3
_AREA = re.compile(r"(?:规划|总|控制|占地)*(?:面积)?(?:约|为)?[\d.]+(?:平方公里|平方千米|公顷|亩)")


def _measured(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """其中甲片区2平方公里、乙片区3平方公里: parts of the zone that the sentence begins with."""
    at = sentence.text.find("其中")
    zones = [n for n in scene.named_in(sentence.index) if n.type is EntityType.ZONE]
    whole = next((n for n in zones if n.end <= at), None)
    if whole is None:
        return
    for part in zones:
        if part.start > at and part.referent != whole.referent and _AREA.match(sentence.text, part.end):
            yield Match("measured-part", Relation.PART_OF, part, whole, whole.start, part.end, scoped=False)


def chained(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """浙江省杭州市: a place right before a place of its own or a zone is where that lies."""
    areas = [n for n in scene.named_in(sentence.index, inner=True) if n.type in _AREAS]
    for upper, lower in pairwise(areas):
        if upper.end != lower.start or upper.type is not EntityType.PLACE:
            continue
        if lower.type is EntityType.ZONE or (lower.type is EntityType.PLACE and _below(scene, lower, upper)):
            yield Match("place-chain", Relation.LOCATED_IN, lower, upper, upper.start, lower.end, scoped=False)


_AREAS = frozenset({EntityType.PLACE, EntityType.ZONE})


def _at_home(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """甲科学城乙实验室: what is named right behind an area is at home in it."""
    for area, lower in pairwise(scene.named_in(sentence.index)):
        if area.end == lower.start and lower.type in _AT_HOME and not area.anaphor and is_area(scene, area):
            yield Match("zone-chain", Relation.LOCATED_IN, lower, area, area.start, lower.end, scoped=False)


_AT_HOME = frozenset({EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.COMPANY, EntityType.UNIVERSITY})


def _below(scene: Scene, lower: Naming, upper: Naming) -> bool:
    """Whether the lower division's code lies under the upper one's in the public list."""
    above, code = scene.referents[upper.referent].code, scene.referents[lower.referent].code
    parents = parents_of(scene.rules)
    while code:
        code = parents.get(code)
        if code and code == above:
            return True
    return False


@lru_cache(maxsize=4)
def parents_of(rules: Rules) -> dict[str, str]:
    """Code of a division -> code of the one above it."""
    return {r["code"]: r["parent"] for r in rules.tables.get("divisions", ()) if r["parent"]}


def _relation(scene: Scene, outer: Naming, inner: Naming) -> tuple[str, Relation] | None:
    if inner.type is EntityType.COMPANY and is_work(outer.type, scene.referents[outer.referent].name):
        return "name-owner", Relation.BUILDS
    if inner.type in (EntityType.UNIVERSITY, EntityType.INSTITUTE, EntityType.COMPANY) and outer.type in _BRANCHES:
        return "name-parent", Relation.AFFILIATED_WITH
    if inner.type in PLACED and outer.type is EntityType.ZONE:
        return "name-zone", Relation.PART_OF
    if inner.type is EntityType.ZONE and outer.type is EntityType.EVENT:
        return "name-host", Relation.HOSTS
    known = scene.referents[inner.referent].code is not None
    if known and inner.type is EntityType.PLACE and _lies_there(scene, outer, inner):
        return "name-place", Relation.LOCATED_IN
    return None


def _lies_there(scene: Scene, outer: Naming, inner: Naming) -> bool:
    """Whether a place that opens a name is where the thing lies: a zone, or what also goes by its name without it."""
    if outer.type in (EntityType.ZONE, EntityType.PLACE, EntityType.VALLEY):
        return True
    rest = scene.sentences[outer.sentence].text[inner.end : outer.end]
    referent = scene.referents[outer.referent]
    return outer.type in PLACED and rest in (referent.name, *referent.aliases)
