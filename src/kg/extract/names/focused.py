"""Industries beside others in a list, behind a verb of focus, and what somebody is devoted to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.goods import is_goods
from kg.extract.names.lists import items, without_tail
from kg.extract.text.tokens import NOMINAL, between, boundary
from kg.extract.text.words import ending_type, stop_words, words
from kg.records import EntityType, Sentence
from kg.rules import Rules


def industries_beside(sentence: Sentence, named: list[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The noun phrases that stand in one list with two or more known industries."""
    text = sentence.text
    if sum(c.type is EntityType.INDUSTRY for c in named) < 2:
        return
    for run in re.finditer(r"[^。;:!?,、和及与]+(?:[、和及与][^。;:!?,、和及与]+){2,}", text):
        inside = [c for c in named if run.start() <= c.start and c.end <= run.end() and c.type is EntityType.INDUSTRY]
        if len(inside) >= 2:
            yield from _beside(sentence, run, inside, rules)


def _beside(sentence: Sentence, run: re.Match[str], inside: list[Candidate], rules: Rules) -> Iterator[Candidate]:
    first, last = min(c.start for c in inside), max(c.end for c in inside)
    at = run.start()
    for part in re.split(r"([、和及与])", run[0]):
        start, end = at, at + len(part)
        at = end
        fits = first <= start and end <= last and 2 <= len(part) <= 10 and ending_type(part, rules) is None
        if fits and not any(c.start < end and start < c.end for c in inside) and _pure(sentence, start, end, rules):
            yield candidate(sentence, start, end, EntityType.INDUSTRY, "listed-industry-beside")


# 强壁垒, 硬科技: what is sought and no trade.
QUALITY = re.compile("[新硬强高大好优](?:科技|技术|[\u4e00-\u9fff]{2})|科技|技术")


def _pure(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    tokens = between(sentence, start, end)
    whole = tokens[0].start == start and tokens[-1].end == end
    plain = (
        all(t.tag in NOMINAL or t.tag == "a" for t in tokens)
        and tokens[-1].tag != "a"
        and tokens[-1].word not in _NO_INDUSTRY
    )
    return whole and plain and tokens[0].word not in stop_words(rules)


def _compound(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether an item of a list whose head says that it is of industries may have a verb in it (整机制造, 内容开发)."""
    tokens = between(sentence, start, end)
    whole = tokens[0].start == start and tokens[-1].end == end and 4 <= end - start <= 10
    plain = all(t.tag in NOMINAL or t.tag in ("a", "v", "vd", "d", "ad", "b", "f") for t in tokens)
    fit = tokens[-1].tag not in ("a", "d", "ad", "vd", "f") and tokens[-1].word not in _NO_INDUSTRY
    return whole and plain and fit and tokens[0].word not in stop_words(rules)


_NO_INDUSTRY = frozenset(
    "发展 建设 规划 创新 融合 升级 转型 布局 机遇 经济 合作 服务 管理 项目 平台 企业 人才 工作 质量 水平 能力 "
    "体系 资源 要素 目标 需求 优势 集约 重点 领域".split()
)
_FOCUS = re.compile(
    r"(?:重点攻关|主要攻关|攻关|攻克|主要从事|重点研究|主要研究|重点布局|重点突破|重点发展|大力发展|加快发展|主要发展|优先发展|聚力发展|发展壮大|聚焦|瞄准|主攻|深耕|锚定|突出|涵盖了?|围绕|布局|形成了?以|投向|主营|培育壮大|做大做强|主导产业为|主导产业是|主导产业包括)"
)


_DEVOTED = re.compile(
    r"(?P<how>专注于?|深耕于?|主营|专业从事|主要从事)(?P<what>[^,。;:、的]{3,12}?)(?:的)?(?:研发|领域|产业|行业|业务|生产|服务|赛道|研究|方向)*(?=[,。;])"
)


_MAKES = frozenset({"主营", "专业从事", "主要从事"})


def _devoted(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """What somebody is devoted to: 专注 and a noun phrase."""
    for match in _DEVOTED.finditer(sentence.text):
        start, end = match.span("what")
        plain = boundary(sentence, start) and _pure(sentence, start, end, rules)
        tails = tuple(words(rules, "industrytail"))
        ware = match["how"] in _MAKES and is_goods(match["what"], rules) and not match["what"].endswith(tails)
        if plain and not ware and ending_type(match["what"], rules) is None:
            yield candidate(sentence, start, end, EntityType.INDUSTRY, "listed-devoted")


_BRANCH = re.compile(
    r"(?:等)?(?:的|[一二三四五六七八九十两\d]+(?:大|个|条))?(?:完整|全|特色|现代|主导|重点|优势|新兴)*"
    r"(?:产业链|产业集群|产业体系|产业格局|产业生态|赛道|方向|产业|领域|板块|业态|集群)"
)


def focused_industries(sentence: Sentence, named: list[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The items of a list after a verb of focus, where one of them at least holds a known industry."""
    yield from _devoted(sentence, rules)
    known = [c for c in named if c.type is EntityType.INDUSTRY]
    tails = tuple(words(rules, "industrytail"))
    for verb in _FOCUS.finditer(sentence.text):
        end = re.compile(r"[,。;:!?]|等|\d+大|[一二三四五六七八九十]+大|为(?:主|核心|重点|支撑|基础)|的|$").search(
            sentence.text, verb.end()
        )
        spans = items(sentence, end.start(), rules) if end else []
        spans = [(max(a, verb.end()), b) for a, b in spans if b > verb.end()]
        spans = [(a, without_tail(sentence.text, a, b)) for a, b in spans]
        headed = len(spans) > 2 and end is not None and _BRANCH.match(sentence.text, end.start())
        told = headed or all(sentence.text[a:b].endswith(tails) for a, b in spans)
        if len(spans) > 1 and (told or any(a <= c.start and c.end <= b for c in known for a, b in spans)):
            yield from (
                candidate(sentence, a, b, EntityType.INDUSTRY, "listed-focus")
                for a, b in spans
                if b - a <= 12 and not sentence.text[b - 1].isdigit()
                and ending_type(sentence.text[a:b], rules) is None and not QUALITY.fullmatch(sentence.text, a, b)
                and (_pure(sentence, a, b, rules) or (headed and _compound(sentence, a, b, rules)))
            )
