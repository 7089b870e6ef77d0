"""Parks called by what stands before their ending (甲汇 位于… where the title says 甲汇产业园), and by what stands

behind the whole that they belong to (重大装置集群区 where 甲科学城重大装置集群区 was named).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import GENERIC
from kg.extract.text.tokens import PROPER, between, boundary
from kg.extract.text.words import plain_words, trades
from kg.records import EntityType, Sentence
from kg.rules import Rules

_SHORTEST = 4
_ENDING = re.compile(
    r"(?:(?:产业|科技|科创|创新|创意|文化|文创|软件|工业|物流|孵化|创业|智慧|双创|数字|互联网|总部|商务|电商|生态)*园区?"
    r"|(?:基金|科创|双创|创投|特色|创新)?小镇|科学城|科技城|产业基地|孵化器|众创空间"
    r"|(?:建设|扩建|改造|改扩建|新建)?(?:项目|工程))$"
)
_STEMMED = frozenset({EntityType.ZONE, EntityType.FACILITY, EntityType.PROJECT})
_GOES_ON = re.compile(
    r"[,。;、]|全长|总长|计划|工期|采用|开工|动工|竣工|完工|投产|封顶|建成|总投|投资|占|预计|拟|年产|达产|位于|坐落|地处|占地|总占|总建|规划|建筑|是|为|由|将|已|现|目前|拥有|的|内|里|于|自|在|从|正|开园|成立|建成|始建|交通|周边|紧邻|毗邻|"
    r"致力|以|依托|项目|聚集|集聚|吸引|引进|入驻|通过|先后|获|被|$"
)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,8}?(?:省|市|区|县|镇)")


def stems(sentences: Sequence[Sentence], outer: Sequence[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The places where a park is called by its name without the ending, each a reading with the whole name."""
    whole: dict[str, Candidate] = {}
    firms = {c.name for c in outer if c.type is EntityType.COMPANY}
    for c in outer:
        if c.type in _STEMMED and (stem := _stem(c.name, rules)) and _own(c, stem, sentences, firms):
            whole.setdefault(stem, c)
    if not whole:
        return
    yield from _standing(sentences, whole)


def _own(c: Candidate, stem: str, sentences: Sequence[Sentence], firms: Collection[str]) -> bool:
    """Whether a project is meant by its stem: one that opens with something proper and is no firm's name or ware."""
    if c.type is not EntityType.PROJECT:
        return True
    first = between(sentences[c.sentence], c.start, c.end)[0]
    return first.tag in PROPER and not any(stem in firm or firm in stem for firm in firms)


def _standing(sentences: Sequence[Sentence], whole: dict[str, Candidate]) -> Iterator[Candidate]:
    """The places where a short form opens a word and what follows goes on about it."""
    pattern = re.compile("|".join(sorted(map(re.escape, whole), key=lambda stem: (-len(stem), stem))))
    for sentence in sentences:
        for match in pattern.finditer(sentence.text):
            if boundary(sentence, match.start()) and _GOES_ON.match(sentence.text, match.end()):
                full = whole[match[0]]
                yield candidate(sentence, *match.span(), full.type, "repeated-stem", name=full.name, code=full.code)


_WHOLES = frozenset({EntityType.ZONE, EntityType.FACILITY, EntityType.UNIVERSITY, EntityType.INSTITUTE})
_PARTS = frozenset({EntityType.ZONE, EntityType.FACILITY, EntityType.INSTITUTE, EntityType.LABORATORY})
_SHORTEST_REST = 5


def rests(
    sentences: Sequence[Sentence], pools: Sequence[Sequence[Candidate]], outer: Sequence[Candidate], rules: Rules
) -> Iterator[Candidate]:
    """The places where a part is called by its name without the whole that opens it, each with the full name."""
    whole: dict[str, Candidate] = {}
    for c in (c for c in outer if c.type in _PARTS):
        fronts = [p for p in pools[c.sentence] if p.type in _WHOLES and p.start == c.start and p.end < c.end]
        front = max((p.end - p.start for p in fronts), default=0)
        rest = c.name[front:]
        if front and len(rest) >= _SHORTEST_REST and rest not in plain_words(rules):
            whole.setdefault(rest, c)
    if whole:
        yield from _standing(sentences, whole)


@lru_cache(maxsize=4)
def _trade_ends(rules: Rules) -> tuple[str, ...]:
    return (*sorted(word for word in trades(rules) if len(word) >= len("产业")), "产业", "经济", "技术")


def _stem(name: str, rules: Rules) -> str | None:
    """What stands before the ending, where it can only mean this park; None where it is a place, a trade or a kind."""
    stem = _ENDING.sub("", name)
    own = _PLACE.sub("", stem)
    if stem == name or len(stem) < _SHORTEST or len(own) < 2:
        return None
    common = GENERIC.fullmatch(own) or own in trades(rules) or own in plain_words(rules)
    ends = own.endswith(_trade_ends(rules))
    return None if common or ends else stem
