"""Works named by the heading above their list of facts (二、甲改造工程; 建设单位:…), whatever the name ends with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.lines import FACT_OF_WORKS, LABEL, NUMBER
from kg.extract.text.words import ending_type
from kg.records import EntityType, Sentence
from kg.rules import Rules

_HEADING = re.compile(rf"(?P<mark>{NUMBER})[“\"【]?(?P<name>[^,;:!?。“”\"【】]{{4,48}}?)[”\"】]?(?:\(续建\)|\(新建\))?")
_WORKS = frozenset(
    {EntityType.PROJECT, EntityType.FACILITY, EntityType.ZONE, EntityType.LABORATORY, EntityType.INSTITUTE,
     EntityType.VALLEY}
)  # fmt: skip
_NO_NAME = re.compile("(?:情况|清单|名单|一览|概况|简介|介绍|信息|公示|公告|通知|通报|如下|项目表|进展|动态|类)$")


def headed_works(sentences: Sequence[Sentence], rules: Rules) -> Iterator[Candidate]:
    """The name that is the whole line above a list of facts that only works have."""
    for line, below in pairwise(sentences):
        label = LABEL.match(below.text) if line.paragraph != below.paragraph else None
        if label is None or not FACT_OF_WORKS.fullmatch(label["label"]):
            continue
        heading = _HEADING.fullmatch(line.text)
        if heading and _opens(sentences, line) and not _NO_NAME.search(heading["name"]):
            own = ending_type(heading["name"], rules)
            type_ = own if own in _WORKS else EntityType.PROJECT
            yield candidate(line, *heading.span("name"), type_, "defined-heading")


def _opens(sentences: Sequence[Sentence], line: Sentence) -> bool:
    """Whether a sentence is a line of its own."""
    return line.index == 0 or sentences[line.index - 1].paragraph != line.paragraph
