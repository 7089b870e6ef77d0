"""Projects that no ending gives away, by the list of what was signed or begun (其中甲中试线、乙二期最受关注)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.lists import parts
from kg.extract.text.tokens import NOMINAL, between, boundary
from kg.extract.text.words import plain_words, stop_words, trades
from kg.records import EntityType, Sentence
from kg.rules import Rules

_DEED = r"(?:签约|签下|签署|开工|动工|竣工|投产|落地|落户|引进|新建|在建)"
_COUNT = r"[\d一二三四五六七八九十百]+(?:余|多)?个[^,。;]{0,10}?项目"
_LIST = r"(?P<list>[^,。;:!?()]{4,80}?)"
_FRAMES = (
    re.compile(
        rf"(?:{_COUNT}[^。;,]{{0,8}}?{_DEED}|{_DEED}[^。;,]{{0,8}}?{_COUNT})[^。;]{{0,24}}?,其中,?{_LIST}"
        r"(?=(?:等[^,。;]{0,10})?(?:最|备受|颇受|尤为|格外|引人|项目|[,。;]))"
    ),
    re.compile(rf"{_DEED}的?(?:重点|重大|产业|工业)*项目(?:包括|有|为|分别[为是]|涵盖了?):?{_LIST}(?=等|[,。;]|$)"),
)
_APART = re.compile("、|以及|和|及|与")
_ENDS = re.compile(
    r"(?:[一二三四五]期|线|厂|工厂|基地|中心|产业园|物流园|园区|港|码头|电站|平台|总部|项目|工程|装置|车间|一体化|改造|扩建|扩产|扩能)$"
)
_PLAIN = NOMINAL | {"m", "a", "b", "q", "nx", "f", "v", "xc"}


def deals(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The items of each such list as projects, where all of them end as projects do."""
    for frame in _FRAMES:
        for match in frame.finditer(sentence.text):
            spans = _items(sentence.text, *match.span("list"))
            if len(spans) > 1 and all(_ENDS.search(sentence.text, a, b) for a, b in spans):
                yield from (
                    candidate(sentence, a, b, EntityType.PROJECT, "listed-deal")
                    for a, b in spans
                    if _is_named(sentence, a, b, rules)
                )


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges between the list's marks, each without what qualifies it (甲投资的…)."""
    found = parts(_APART.finditer(text, start, end), start, end)
    return [(max(a, text.rfind("的", a, b) + 1), b) for a, b in found]


def _is_named(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether an item is a name of its own, made of whole words."""
    text = sentence.text[start:end]
    whole = boundary(sentence, start) and boundary(sentence, end) and 4 <= end - start <= 24
    if not whole or text in trades(rules):
        return False
    tokens = between(sentence, start, end)
    plain = all(t.tag in _PLAIN for t in tokens) and tokens[0].word not in stop_words(rules)
    return plain and not all(t.word in plain_words(rules) for t in tokens)
