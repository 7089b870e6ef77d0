"""Who 双方 are: the parties that the clauses before bring together (甲同乙签订协议,双方拟设立丙)."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.records import EntityType, Sentence

_SIDES = re.compile(
    r"(?:^|[,。;:])(?:签约后|未来|下一步|接下来|根据协议|按照协议|今后|此后|,)*(?:校企|校地|政企|院地)?[双三]方"
)
_TOGETHER = re.compile(r"(?:[^,。;、]{0,8}?(?:与|和|同|跟|携手|联合|会同)|、)")

_WIDTH = 4  # a reading may begin with 双方 itself


def sides(scene: Scene, sentence: Sentence, at: int, types: Collection[EntityType]) -> list[Naming]:
    """The parties, where 双方 opens the clause of what stands at `at`; none where they are not plain."""
    opened = list(_SIDES.finditer(sentence.text, 0, at + _WIDTH))
    if not opened or re.search("[,。;:]", sentence.text[opened[-1].end() : at]):
        return []
    start = opened[-1].start()
    for index, end in ((sentence.index, start), (sentence.index - 1, None)):
        if index < 0:
            break
        text = scene.sentences[index].text
        named = [n for n in scene.named_in(index) if end is None or n.end <= end]
        parties: list[Naming] = []
        for one, other in pairwise(named):
            if _TOGETHER.fullmatch(text, one.end, other.start) and one.type in types and other.type in types:
                parties = list(dict.fromkeys([*parties, one, other]))
        if parties:
            return parties
    return []
