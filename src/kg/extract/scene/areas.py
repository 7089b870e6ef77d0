"""The zone, valley, science city or park that a sentence of a page goes on about, where it names none."""

from __future__ import annotations

import re
from itertools import islice

from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.records import EntityType, Sentence

AREAS = frozenset({EntityType.ZONE, EntityType.VALLEY})
# What is set up in an area, and what 项目 can mean.
WORKS = frozenset({EntityType.PROJECT, EntityType.FACILITY, EntityType.LABORATORY, EntityType.INSTITUTE})
# A park, an incubator or a science city is no zone, but a page tells of it as of one.
PARK_END = re.compile(r"(?:园|园区|加速器|孵化器|科学城|科技城|科创城|科创岛|科学岛|未来城|小镇|众创空间|工场)$")
_MARKS = "◆●■★▷一二三四五六七八九十、. “【("
_DOMINANT = 2
_OFTEN = 3


def area(scene: Scene, sentence: Sentence) -> Naming | None:
    """The division that reports, the area of the entry, the one the document is about or that opens the paragraph."""
    if scene.division is not None:
        return scene.division
    entry = scene.entry(sentence.index)
    if entry is not None and is_area(scene, entry):
        return entry
    return _main(scene, sentence) or _opening(scene, sentence)


def is_area(scene: Scene, naming: Naming) -> bool:
    """Whether a naming is one of a zone, a valley, a science city or a park."""
    park = naming.type is EntityType.FACILITY and PARK_END.search(scene.referents[naming.referent].name)
    return naming.type in AREAS or bool(park)


def _main(scene: Scene, sentence: Sentence) -> Naming | None:
    """The area that the document names far more often than any other, where it has been named by then."""
    ranked = scene.ranking(AREAS | {EntityType.FACILITY})
    areas = list(islice((r for r in ranked if is_area(scene, scene.first(r))), 2))
    weights = [scene.weight(r) for r in areas]
    if not weights or (len(weights) > 1 and weights[0] < _DOMINANT * weights[1]):
        return None
    first = scene.first(areas[0])
    return first if first.sentence <= sentence.index or weights[0] >= _OFTEN else None


def _opening(scene: Scene, sentence: Sentence) -> Naming | None:
    """The area with which the sentence's paragraph opens."""
    first = sentence.index
    while first and scene.sentences[first - 1].paragraph == sentence.paragraph:
        first -= 1
    opens = next((n for n in scene.named_in(first) if is_area(scene, n)), None)
    led = opens is not None and not opens.anaphor and not scene.sentences[first].text[: opens.start].strip(_MARKS)
    return opens if led else None


_STANDS_IN = re.compile(r"(?:位于|坐落[于在]|地处|座落[于在]|选址[于在]?)[^,。;:、]{0,24}$")


def without_sites(sentence: Sentence, zones: list[Naming]) -> list[Naming]:
    """The zones that a sentence tells of: not the one in which, as it says, another lies (甲产业园位于乙经开区东部)."""
    return [z for z in zones if z is zones[0] or not _STANDS_IN.search(sentence.text, zones[0].end, z.start)]
