"""Firms whose short names open those of their works (甲半导体铜箔项目), works told by firm and part (甲液压二期)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.firms import is_common
from kg.extract.text.tokens import PROPER, boundary, token_at
from kg.extract.text.words import alternation, goods_words, places, trade_words, trades, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

OWNER = "tagged-owner"
# What follows a trade and not a firm (甲电子产业园项目).
_OF_TRADES = re.compile(
    r"[备置品件料]|产业|行业|技术|园|城|谷|小镇|集群|中心|工程|检测|公共|综合|及|和|与|、|(?:零部|组|器|部)件|芯片|电池|设备|装备|材料|项目$|基地$"
)
_PHASE = re.compile(r"(?:项目)?[一二三四五]期(?!工程|项目|建设|厂房|扩建|投资|用地|融资|基金|计划|规划)")
_SEAT = re.compile(
    r"(?:华[东南北中]|[东西][南北]|中国|全球|亚太|北方|南方|西部|区域|第二)(?:区域|地区)?总部(?:基地|项目)?(?!所在地)"
)


def owners(sentence: Sentence, found: Sequence[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The firm at the front of each work's name, where a trade word ends it and what stands before is proper."""
    for work in found:
        match = _firm(rules).match(sentence.text, work.start, work.end) if is_work(work.type, work.name) else None
        if match and _stands(sentence, match, work, rules):
            yield candidate(sentence, *match.span(), EntityType.COMPANY, OWNER)


def parts_of_firms(sentence: Sentence, found: Sequence[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The phases and regional seats that stand right behind a firm's name."""
    named = {(c.start, c.end) for c in found if c.type is EntityType.COMPANY} | set(_tagged(sentence, rules))
    for start, end in sorted(named):
        for form, type_ in ((_PHASE, EntityType.PROJECT), (_SEAT, _seat(sentence))):
            match = form.match(sentence.text, end)
            if match and boundary(sentence, match.end()):
                yield candidate(sentence, start, match.end(), type_, "ending-part")


def _tagged(sentence: Sentence, rules: Rules) -> Iterator[tuple[int, int]]:
    """The firms that the recogniser's names open, though it may glue the next word to them (甲重工华中)."""
    for token in (t for t in sentence.tokens if t.tag in PROPER):
        match = _firm(rules).match(sentence.text, token.start)
        if match and match["front"] not in places(rules) and not is_common(match["front"], rules):
            yield match.span()


def _seat(sentence: Sentence) -> EntityType:
    """A seat that is signed or begun is a project."""
    begun = re.search("签约|开工|项目", sentence.text)
    return EntityType.PROJECT if begun else EntityType.FACILITY


@lru_cache(maxsize=4)
def _firm(rules: Rules) -> re.Pattern[str]:
    """Two or three characters and a trade word."""
    return re.compile(rf"(?P<front>[\u4e00-\u9fff]{{2,3}}?)(?:{alternation(trade_words(rules))})")


def _stands(sentence: Sentence, match: re.Match[str], work: Candidate, rules: Rules) -> bool:
    """Whether a match is a firm's name: unknown to the lists, and tagged as a name."""
    name, front, rest = match[0], match["front"], sentence.text[match.end() : work.end]
    listed = front in places(rules) or name in trades(rules) or name in words(rules, "product")
    if listed or is_common(front, rules):
        return False
    token = sentence.tokens[token_at(sentence, work.start)]
    goods = token.tag in ("nz", "LOC") and name.endswith(tuple(goods_words(rules)))
    told = token.start == work.start and token.tag in PROPER and not goods
    whole = token.end >= match.end() or boundary(sentence, match.end())
    return told and whole and not _OF_TRADES.match(rest) and not _cuts_ware(name, name[len(front) :] + rest, rules)


def _cuts_ware(name: str, tail: str, rules: Rules) -> bool:
    """Whether the trade word that ends a name is only the front of a ware's (甲锂电 in 甲锂电池材料项目)."""
    shortest = len(name) - len(name.removesuffix(tail[:2])) + 1
    fronts = {tail[:size] for size in range(max(shortest, 3), min(len(tail), 8) + 1)}
    return not (fronts.isdisjoint(trades(rules)) and fronts.isdisjoint(goods_words(rules)))


def is_work(type_: EntityType, name: str) -> bool:
    """Whether a name is that of a project, or of a facility that a firm puts up (no platform of a place)."""
    return type_ is EntityType.PROJECT or (type_ is EntityType.FACILITY and _PLANT.search(name) is not None)


_PLANT = re.compile("(?:基地|工厂|厂|厂房|物流园|物流港|大厦|总部|生产线|车间|中试线|产线)$")
