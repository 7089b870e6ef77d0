"""Lists of facts and sections: which sentences belong to the name that opens them (项目名称:…, a name and a colon, a
heading that is a name)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.scene.naming import Naming
from kg.extract.text.lines import LABEL, NUMBER, PROJECT
from kg.records import EntityType, Sentence

_NAMED = re.compile(rf"{NUMBER}[\u4e00-\u9fff]{{0,6}}(?:名称|全称|校名)\s*:\s*(?=(?P<value>\S))")
_HEADED = frozenset(
    {EntityType.ZONE, EntityType.VALLEY, EntityType.PROJECT, EntityType.COMPANY, EntityType.FUND, EntityType.LABORATORY,
     EntityType.INSTITUTE, EntityType.FACILITY, EntityType.UNIVERSITY}
)  # fmt: skip
_ABOUT = re.compile(
    r"[\]】”」)\s·|—\-]*(?:(?:园区|公司|企业|基金|学校|小镇|平台)?(?:简介|概况|介绍|基本情况|概述|情况简介))?[\s:]*"
)


def entries(sentences: Sequence[Sentence], namings: Sequence[Naming]) -> dict[int, Naming]:
    """Sentence index -> the naming whose list of facts or section the sentence belongs to."""
    heads = {n.sentence: n for n in sorted(namings, reverse=True) if not n.inner and not n.anaphor}
    found: dict[int, Naming] = {}
    current: Naming | None = None
    section = False
    for sentence in sentences:
        first = heads.get(sentence.index)
        headed = _heading(sentence, first)
        opens = first if headed else _opening(sentence, first)
        same = sentence.index > 0 and sentences[sentence.index - 1].paragraph == sentence.paragraph
        listed = LABEL.match(sentence.text) is not None
        goes_on = same or listed or (section and not sentence.heading)
        alone = headed and not _runs_on(sentences, sentence) and not _above_facts(sentences, sentence)
        section = alone or (section and opens is None and (listed or not sentence.heading))
        current = opens or (current if goes_on else None)
        if current is not None:
            found[sentence.index] = current
    return found


def _runs_on(sentences: Sequence[Sentence], heading: Sentence) -> bool:
    """Whether a heading is set into the paragraph that it heads (◆甲园。规划面积…): its section is that paragraph."""
    after = sentences[heading.index + 1 : heading.index + 2]
    return bool(after) and after[0].paragraph == heading.paragraph


def _above_facts(sentences: Sequence[Sentence], heading: Sentence) -> bool:
    """Whether a heading stands above lines with labels: its entry ends with the last of them."""
    after = sentences[heading.index + 1 : heading.index + 2]
    return bool(after) and LABEL.match(after[0].text) is not None


def _opening(sentence: Sentence, first: Naming | None) -> Naming | None:
    """The naming that opens a list of facts: the value of 项目名称, or a name at the line's start before a colon."""
    if first is None:
        return None
    field = PROJECT.match(sentence.text) or _NAMED.match(sentence.text)
    if field:
        return first if first.start == field.start("value") else None
    lead = re.match(NUMBER, sentence.text)
    begins = first.start == (lead.end() if lead else 0)
    return first if begins and sentence.text[first.end : first.end + 1] == ":" else None


def _heading(sentence: Sentence, first: Naming | None) -> bool:
    """Whether a line is nothing but a name, numbered or bracketed or with 简介 behind it."""
    if first is None or first.type not in _HEADED:
        return False
    lead = re.match(NUMBER + r"[\[【“「(]?", sentence.text)
    end = len(sentence.text) - (sentence.text.endswith("。") and bool(_MARKED.match(sentence.text)))
    return lead is not None and first.start == lead.end() and bool(_ABOUT.fullmatch(sentence.text, first.end, end))


_MARKED = re.compile(NUMBER.removesuffix("?"))
