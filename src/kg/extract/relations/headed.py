"""Industries that head the paragraphs under a heading of industries (一、主导产业; (一)高端装备。…): a zone's focus."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.leads import opens_line
from kg.extract.relations.matches import Match
from kg.extract.scene.areas import AREAS
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.text.lines import NUMBER
from kg.records import EntityType, Relation, Sentence

_OF_TRADES = re.compile(
    rf"{NUMBER}[\[【]?(?:[\u4e00-\u9fff]{{0,6}})(?:主导|支柱|特色|优势|重点|首位|新兴|现代|[一二三四五六七八九]大)*"
    r"产业(?:体系|集群|布局|发展|定位|基础|链|方向|介绍|概况|情况|优势)?[\]】]?[:：]?"
)
_BEHIND = re.compile(r"(?:产业|产业集群|集群|产业链|板块|领域|制造业)?[】\]”]?(?:[。:：]|——|$)")
_FURTHEST = 40


def headed_industries(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The industry that opens an item of such a list, as what the zone of the document focuses on."""
    trade = _opening(scene, sentence)
    heading = _heading(scene, sentence) if trade is not None else None
    if trade is None or heading is None:
        return
    entry = scene.entry(heading)
    zone = entry if entry is not None and entry.type in AREAS else scene.main(AREAS)
    if zone is not None:
        yield Match("heads-an-item", Relation.FOCUSES_ON, zone, trade, trade.start, trade.end, scoped=False)


def _opening(scene: Scene, sentence: Sentence) -> Naming | None:
    """The industry that a line opens with behind its number, where nothing else of the heading follows."""
    lead = re.match(NUMBER + r"[\[【“]?", sentence.text)
    if lead is None or lead.end() == 0 or not opens_line(scene.sentences, sentence):
        return None
    first = next((n for n in scene.named_in(sentence.index) if n.start == lead.end()), None)
    fits = first is not None and first.type is EntityType.INDUSTRY and _BEHIND.match(sentence.text, first.end)
    return first if fits else None


def _heading(scene: Scene, sentence: Sentence) -> int | None:
    """The heading of industries above a line, with nothing between but other items; None where there is none."""
    for index in range(sentence.index - 1, max(-1, sentence.index - _FURTHEST), -1):
        before = scene.sentences[index]
        if not opens_line(scene.sentences, before):
            continue
        if _OF_TRADES.fullmatch(before.text):
            return index
        if _opening(scene, before) is None:
            return None
    return None
