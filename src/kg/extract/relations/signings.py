"""What is signed at an event: the projects of a sentence that goes on about a signing (当天签约的还有…, 其中…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.relations.matches import Match
from kg.extract.scene.areas import WORKS
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.records import EntityType, Relation, Sentence, Status

_SIGNED = r"(?:签约|签下|签署|签订|签定|落定|敲定)"
_THERE = "(?:当天|当日|当晚|现场|会上|期间|仪式上|活动上|此次|本次|这次|一同|同期|一并|上)"
# What tells that a sentence lists what was signed there.
_GOES_ON = re.compile(
    rf"{_THERE}[^,。;]{{0,8}}?,?[^。;]{{0,30}}?{_SIGNED}|(?:^|[,;])(?:集中|现场|成功|首批|已|新|一并|同时)*{_SIGNED}(?:落户|落地)?的|"
    rf"{_SIGNED}(?:落户|落地|入园)?的?(?:重点|重大)?(?:项目|企业)?(?:还|既|则|也|主要|就)*(?:有|包括|涵盖|涉及|中)|"
    rf"{_SIGNED}(?:了)?(?:重点|重大|产业|招商)*项目[\d一二三四五六七八九十]"
)
_OF_THEM = re.compile(r"^(?:其中|这些项目(?:中|里)|包括|既有|有)")
# What is told of beside it was not signed there.
_APART = re.compile(r"已?(?:投产|竣工|建成|投用|开工)|终止|取消|原本|原定|没有|未能|去年|此前")
_CLAUSE = re.compile(r"[。;!?]")
_ALWAYS = frozenset({EntityType.PROJECT, EntityType.FUND})
_OF_SIGNING = re.compile("签约|开工|招商|投资|推介|大会|博览会|对接|论坛|峰会|恳谈|投洽|仪式")
_FURTHEST = 10


def signings(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The projects and funds of a sentence as signed at the event that it or the sentences before it tell of."""
    event = _event(scene, sentence)
    if event is None:
        return
    for start, end in _stretches(scene, sentence):
        for work in scene.named_in(sentence.index):
            if start <= work.start < end and _is_signed(sentence, work, start, end):
                yield Match(
                    "signed-there", Relation.SIGNED_AT, work, event, start, end, status=Status.SIGNED, scoped=False
                )


def _event(scene: Scene, sentence: Sentence) -> Naming | None:
    """The event named last, in the sentence or shortly before it; None where none is one at which deals are signed."""
    for index in range(sentence.index, max(-1, sentence.index - _FURTHEST), -1):
        events = [n for n in scene.named_in(index) if n.type is EntityType.EVENT]
        if events:
            fits = _OF_SIGNING.search(scene.referents[events[0].referent].name)
            return events[0] if fits and len({n.referent for n in events}) == 1 else None
    return None


def _stretches(scene: Scene, sentence: Sentence) -> list[tuple[int, int]]:
    """The parts of a sentence that list what was signed."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(sentence.text)), len(sentence.text)]
    parts = [(a, b) for a, b in pairwise(cuts) if a < b]
    listed = [(a, b) for a, b in parts if _GOES_ON.search(sentence.text, a, b)]
    before = scene.sentences[sentence.index - 1].text if sentence.index else ""
    of_them = _OF_THEM.match(sentence.text) and re.search(_SIGNED, before)
    return listed or (parts[:1] if of_them else [])


def _is_signed(sentence: Sentence, work: Naming, start: int, end: int) -> bool:
    """Whether a work is one of those that the part lists, and nothing else is told of it in its own clause."""
    if work.anaphor or work.type not in _ALWAYS | WORKS:
        return False
    begin = max([start, *(m.end() for m in re.compile("[,、;]").finditer(sentence.text, start, work.start))])
    close = next((m.start() for m in re.compile("[,;。]").finditer(sentence.text, work.end, end)), end)
    beside = sentence.text[begin : work.start] + sentence.text[work.end : close]
    listed = work.type in _ALWAYS or bool(re.search("的$|、$|共建|合建", sentence.text[start : work.start]))
    return listed and not _APART.search(beside)
