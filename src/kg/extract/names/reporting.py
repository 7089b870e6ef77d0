"""The division that a report is of, in the report's own heading: 甲区政府工作报告, 甲市国民经济和社会发展统计公报."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.words import division_codes
from kg.records import EntityType, Sentence
from kg.rules import Rules

REPORT = r"(?:人民)?政府工作报告|(?:(?:19|20)\d\d年)?国民经济和社会发展(?:统计公报|计划)"
_MEETS = r"第[一二三四五六七八九十]+届人民代表大会"
_DIVISION = re.compile(
    rf"(?:^|(?<=[在《(“ \-—]))(?P<name>[\u4e00-\u9fff]{{1,4}}?[市县区旗州])(?={REPORT}|{_MEETS})"
)
LAST = 4
"""Sentences of a document's head, in which it says whose report it is."""


def reporting_divisions(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The divisions that the first lines of a text say it is the report of, listed or not."""
    match = _DIVISION.search(sentence.text) if sentence.index < LAST else None
    if match:
        code = division_codes(rules).get(match["name"])
        yield candidate(sentence, *match.span("name"), EntityType.PLACE, "listed-division", code=code)
