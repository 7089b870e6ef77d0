"""Two names in one sentence that words say to be names of one thing: 更名为, 又称, 原名."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.names.candidates import Candidate
from kg.records import Sentence

_SAYS = re.compile(
    r"(?:更名|改名|易名|定名)(?:为|成)|改称|又称|亦称|也称|俗称|别称|又名|别名|原名|原称|旧称|曾用名|简称|也叫|又叫|统称|全称"
    r"|(?<=[\u4e00-\u9fff”’])(?:变更|更改|修改|调整)(?=为)"
)
_OF_A_NAME = re.compile(r"(?:名称|全称|简称|名字|校名|院名)(?:正式|将|拟|已)?由[“‘]?[^,。;]{2,40}$")
_CHANGES = frozenset({"变更", "更改", "修改", "调整"})
_BETWEEN = re.compile(r"(?:为|是|叫|作|:|“|‘|「)*")


def renamed(sentences: Sequence[Sentence], outer: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs of names of one type: the nearest before such a word, and the one right behind it."""
    by_sentence: dict[int, list[Candidate]] = {}
    for c in sorted(outer, key=lambda c: (c.sentence, c.start)):
        by_sentence.setdefault(c.sentence, []).append(c)
    for index in sorted(by_sentence):
        named = by_sentence[index]
        for match in _SAYS.finditer(sentences[index].text):
            if match[0] in _CHANGES and not _OF_A_NAME.search(sentences[index].text, 0, match.start()):
                continue
            gap = _BETWEEN.match(sentences[index].text, match.end())
            at = gap.end() if gap else match.end()
            other = next((c for c in named if c.start == at), None)
            before = [c for c in named if c.end <= match.start() and other and c.type is other.type]
            if other is not None and before and before[-1].name != other.name:
                yield (before[-1], other) if len(before[-1].name) >= len(other.name) else (other, before[-1])
