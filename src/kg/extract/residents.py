"""Firms under a heading of a page (入驻机构, 代表企业): a zone's lists of who is at home in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.entries import NUMBER
from kg.extract.matches import Match
from kg.extract.naming import Naming
from kg.extract.scene import Scene
from kg.records import EntityType, Relation, Sentence

_HEADING = re.compile(
    rf"{NUMBER}[\[【]?(?:(?:入驻|入园|驻园|驻区|进驻|在园|在区|落户|园区|区内|小镇|重点|代表|龙头|骨干|知名|优质|部分|主要|上市|明星|典型)"
    r"(?:的|性|化)*)+(?:企业|机构|公司|单位|基金|院所|高校|商户)(?:名单|名录|风采|一览|展示|简介|介绍|列表|代表|目录|分布|有|包括)*[\]】]?\s*"
)
_LABEL = re.compile(rf"{NUMBER}(?:[\u4e00-\u9fffA-Z]{{2,12}}\s*:)?\s*")
_BETWEEN = re.compile(r"(?:\([^()]{0,20}\))?[”」]?(?:[、,;]|\s+|和|以及|及)[“「]?")
_AFTER = re.compile(r"(?:\([^()]{0,20}\))?[”」]?\s*(?:$|[。,;:]|——|等|-)")
_FIRMS = frozenset(
    {EntityType.COMPANY, EntityType.FUND, EntityType.INSTITUTE, EntityType.LABORATORY, EntityType.UNIVERSITY}
)
_ZONES = frozenset({EntityType.ZONE, EntityType.VALLEY})
_FURTHEST = 60


def residents(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The firms that a line lists under such a heading, as at home in the zone that the document is about."""
    firms = _line(scene, sentence)
    zone = scene.main(_ZONES) if firms and _under_heading(scene, sentence) else None
    if zone is not None:
        for firm in firms:
            yield Match("listed-resident", Relation.HOSTS, zone, firm, firm.start, firm.end, scoped=False)


def _line(scene: Scene, sentence: Sentence) -> list[Naming]:
    """The firms that open a line one after another, behind a number or label; none where it is no such line."""
    named = scene.named_in(sentence.index)
    number, label = re.match(NUMBER, sentence.text), _LABEL.match(sentence.text)
    begin = number.end() if number else 0
    opened = any(n.start <= begin + 1 < n.end and n.type in _FIRMS for n in named)
    at = begin if opened or label is None else label.end()
    run: list[Naming] = []
    for naming in named:
        if naming.end <= at or naming.anaphor:
            continue
        joint = _BETWEEN.fullmatch(sentence.text, run[-1].end, naming.start) if run else None
        if naming.type not in _FIRMS or (joint is None if run else sentence.text[at : naming.start].strip("“「 ")):
            break
        run.append(naming)
    return run if run and _AFTER.match(sentence.text, run[-1].end) else []


def _under_heading(scene: Scene, sentence: Sentence) -> bool:
    """Whether the line's own label, or the heading of the lines that it stands among, says that firms reside here."""
    if _titled(sentence.text.partition(":")[0]) and ":" in sentence.text:
        return True
    for index in range(sentence.index - 1, max(-1, sentence.index - _FURTHEST), -1):
        before = scene.sentences[index]
        if _titled(before.text.rstrip(": ")):
            return True
        opens = index == 0 or scene.sentences[index - 1].paragraph != before.paragraph
        if before.paragraph == sentence.paragraph or (opens and not _line(scene, before)):
            return False
    return False


def _titled(text: str) -> bool:
    return _HEADING.fullmatch(text) is not None
