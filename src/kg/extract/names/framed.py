"""Industries that no list knows, by the frames that only industries fill: 以甲、乙为主导, 重点发展甲、乙及丙."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.focused import QUALITY
from kg.extract.names.lists import NEW, parted, without_tail
from kg.extract.text.tokens import NOMINAL, between
from kg.extract.text.words import ending_type, plain_words, stop_words, trades, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

_LIST = r"(?P<list>[^,。;:!?“”()]{2,60}?)"
_KIND = (
    r"(?:主导|主业|拳头|当家|标志性|支柱|特色|优势|首位|首要|重点|新兴|核心|战略性?|传统|未来|先导|现代|高端|[百千万]亿级?)"
)
_COUNT = r"(?:等)?(?:[\d一二三四五六七八九十两]+(?:大|个|条|类))?"
_LEAD = (
    r"(?:主导|(?:主要|重要|核心)支撑|(?:发展|主攻)?方向|主(?=[,。;要的、])|核心|支撑|重点|支柱|特色|龙头|引领|首位|基础|主题"
    r"|两翼|配套|补充|辅(?!助)|主体)"
)
_VERB = (
    r"(?:围绕|聚焦于?|突出|发展|培育|壮大|做大|做强|做优|做精|布局|主攻|瞄准|锚定|推动|推进|促进|打造|构建|形成了?|抢占|抢抓|拥有"
    r"|涵盖了?|深耕|专注于?|建设|引进|投向|投资于?|支持|以|有|成为|紧盯|厚植|竞逐|现有)"
)
_FRAMES = tuple(
    re.compile(frame)
    for frame in (
        rf"以{_LIST}{_COUNT}(?:产业链?|产品|技术)?(?:作)?为{_LEAD}",
        rf",{_LIST}{_COUNT}(?:产业)?(?:作)?为(?:支撑|特色|补充|配套|辅|基础|两翼|重点|(?:发展|主攻)?方向)(?=的|[,。;]|$)",
        rf"(?<=为)(?:龙头|主导|主|引领|核心|主体)[、,和]{_LIST}{_COUNT}(?:产业)?为{_LEAD}",
        r"(?<=[区园])为(?P<list>[\u4e00-\u9fff]{2,8})(?=(?:产业|集聚|功能|核心|特色)*(?:区|园|片区|组团|基地)(?:[,。;]|$))",
        rf"{_KIND}+产业(?:主要|目前|已|分别)*(?:为|是|有|包括|涵盖了?|以|:|集中在|覆盖|定位为|聚焦|瞄准|突出|锁定|锚定){_LIST}(?=等|产业|领域|[,。;]|$)",
        rf"{_VERB}{_LIST}{_COUNT}{_KIND}*(?:产业|赛道|行业|领域|板块|集群|服务业)",
        rf"(?:重点|大力|主要|优先|聚力|配套|着力|加快|错位|协同)(?:发展|培育|布局|攻关|主攻|突破){_LIST}(?=[,。;]|$)",
        rf"(?<=[,为]){_LIST}{_COUNT}(?:产业)?(?:相|协同)(?:配套|支撑|协同|互补|辅)的",
    )
)
_AT_ONCE = re.compile("集[^,。;]+(?:于|为)一体")  # what a place does, not what it is about
_APART = re.compile(r"、|以及|及|和|\+")
_AFTER = re.compile(
    r"为(?:代表|支撑|主|核心|龙头|引领|重点|主体|特色|基础|配套|两翼).*$|(?<=..)作?为$|(?:等|产业|行业|领域|技术研发|方向|研发|的)+$"
)
_BEFORE = re.compile(
    r"(?:原有|现有|已有|(?:培育|发展|壮大|做强|引进)(?=[先高现数新智生])|全球|国际|国内|全国|世界|我国|一批|一流)*"
)


def framed_industries(sentence: Sentence, named: list[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The items of each list in such a frame, where one of them is known or ends like an industry."""
    yield from one_by_one(sentence, rules)
    seen: set[tuple[int, int]] = set()
    for frame in _FRAMES:
        for match in frame.finditer(sentence.text):
            if _AT_ONCE.search(sentence.text, match.start("list"), match.end() + 8):
                continue
            spans = [s for s in _items(sentence, *match.span("list")) if s not in seen]
            if any(_sure(sentence, a, b, named, rules) for a, b in spans):
                seen.update(spans)
                yield from (
                    candidate(sentence, a, b, EntityType.INDUSTRY, "listed-framed")
                    for a, b in spans
                    if fits(sentence, a, b, rules)
                )


# Each of the leading industries with what it yields: 两大主导产业中,甲产值200亿元,…;乙118.9亿元,….
_TOLD_ONE_BY_ONE = re.compile(rf"{_KIND}产业(?:中|里|方面|之中|当中)[,:](?P<rest>[^。]{{4,160}})")
_YIELDS = re.compile(
    r"(?<=[,;:])(?P<list>[\u4e00-\u9fff]{2,12}?)(?:产业|集群|板块)?(?:实现|完成|的)?"
    r"(?:(?:工业)?总?产值|产业规模|规模|营收|营业收入|增加值|销售收入|投资)?(?:达到?|约|近|超过?|突破)*[\d.]+[万亿]*元"
)


def one_by_one(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The leading industries that a sentence tells of one by one."""
    for told in _TOLD_ONE_BY_ONE.finditer(sentence.text):
        for match in _YIELDS.finditer(sentence.text[: told.end("rest")], told.start("rest")):
            start, end = match.span("list")
            if match["list"] in trades(rules) or fits(sentence, start, end, rules):
                yield candidate(sentence, start, end, EntityType.INDUSTRY, "listed-framed")


def _items(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of a list's items, without what only opens or closes it."""
    return [_trimmed(sentence.text, a, b) for a, b in parted(sentence, _APART, start, end) if b - a >= 2]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without what only closes a list, and without 产业 where enough remains."""
    start = _BEFORE.match(text, start, end).end()  # type: ignore[union-attr]
    tail = _AFTER.search(text[start:end])
    return start, without_tail(text, start, start + tail.start() if tail and tail.start() >= 2 else end)


def _sure(sentence: Sentence, start: int, end: int, named: list[Candidate], rules: Rules) -> bool:
    """Whether an item is, or holds at its end, an industry of the list, or ends in a word that closes their names."""
    known = any(c.type is EntityType.INDUSTRY and start <= c.start and c.end == end for c in named)
    listed = sentence.text[start:end] in trades(rules)  # in such a frame also where it is a common word
    return known or listed or sentence.text[start:end].endswith(tuple(words(rules, "industrytail")))


def fits(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether an item is a noun phrase that can name an industry."""
    tokens, text = between(sentence, start, end), sentence.text[start:end]
    if QUALITY.fullmatch(text):
        return False
    if not tokens or not 2 <= end - start <= 12 or tokens[0].start != start or _COUNTED.search(text):
        return False
    stop = tokens[0].word in stop_words(rules) and tokens[0].word not in _QUALITIES and not NEW.match(text)
    bad = stop or not _ACTS.isdisjoint(t.word for t in tokens)
    if bad or text in plain_words(rules):
        return False
    plain = all(t.tag in NOMINAL or t.tag in _TOLD_BY or t.word == "超" for t in tokens)
    return plain and tokens[-1].tag not in ("a", "ad", "d", "f", "c") and ending_type(text, rules) in _OWN


_TOLD_BY = frozenset({"a", "v", "b", "ad", "vd", "TIME", "f", "c"})
_COUNTED = re.compile(r"\d|[一二三四五六七八九十]大")
_QUALITIES = frozenset({"先进", "高端", "现代", "新型", "智能", "绿色", "高性能"})
_OWN = frozenset({None, EntityType.INDUSTRY})
_ACTS = frozenset(
    "发展 建设 规划 创新 融合 升级 转型 机遇 合作 管理 项目 平台 企业 人才 工作 质量 水平 能力 体系 资源 要素 "
    "目标 需求 优势 重点 领域 任务 改革 招商 引进 政策 措施 环境 生态 链条 产业链 产业 集群 特色 主导 支柱 加快 "
    "推动 推进 打造 构建 形成 实现 提升 推广 应用 区 园 城市 乡村 民生 社会 文化 安全 市场 品牌 标准 问题 方面 "
    "活动 赛事 教育 就业 收入 农民 居民 群众 科技".split()
)
