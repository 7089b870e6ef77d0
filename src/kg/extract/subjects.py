"""Whom a clause is about: the subject that stands before it, or the one that the sentences before went on about."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.extract.scene import Naming, Scene
from kg.extract.words import any_of
from kg.records import EntityType, Sentence
from kg.rules import Rules

# What may stand between a clause's beginning and its subject: times, adverbs, attributions.
_LEAD = re.compile(
    r"(?:[\d年月日至\-—季度上下半第一二三四前近初中末底]*|近年来|近日|目前|如今|今年|去年|同时|此外|其中|据悉|据了解|据介绍|数据显示|日前|当天|当日|截至|今后|未来|下一步|作为[^,]*|为[^,]*|围绕[^,]*|通过[^,]*|随着[^,]*|放眼整个|如今的|而|位于[^,]*的)*$"
)


def subject(scene: Scene, sentence: Sentence, at: int, types: Collection[EntityType]) -> Naming | None:
    """The naming that is the subject of what stands at `at`: in its clause, in an earlier clause, or the topic."""
    named = [n for n in scene.named_in(sentence.index) if n.end <= at and n.type in types]
    for start, end in _clauses(sentence.text, at):
        here = [n for n in named if start <= n.start and n.end <= end]
        found = next((n for n in here if _leads(sentence.text, start, n)), None)
        found = found or next((n for n in here if not _governed(sentence.text, n, scene.rules)), None)
        if found is not None:
            return found
    return scene.topic(sentence.index, types)


def _clauses(text: str, at: int) -> list[tuple[int, int]]:
    """The clauses up to a position, the nearest first."""
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:。!?]", text[:at]))]
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], at], strict=True)][::-1]


def _leads(text: str, start: int, naming: Naming) -> bool:
    return bool(_LEAD.fullmatch(text[start : naming.start].strip("“”‘’ ")))


def _governed(text: str, naming: Naming, rules: Rules) -> bool:
    """Whether a preposition stands right before the naming, or 的 right after it."""
    before = text[max(0, naming.start - 3) : naming.start].rstrip("“‘「")
    return bool(re.search(any_of(rules, "prep") + "$", before))
