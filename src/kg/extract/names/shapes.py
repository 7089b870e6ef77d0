"""Names by their build alone: lettered areas, counted campaigns, industries before 产业."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kg.extract.names.boundaries import name_start
from kg.extract.names.candidates import FIRST_WHOLE, WHOLES, Candidate, candidate
from kg.extract.names.ended import GENERIC
from kg.extract.text.tokens import NOMINAL, between, token_at
from kg.extract.text.words import any_of, ending_type
from kg.records import EntityType, Sentence
from kg.rules import Rules

_LETTER_AREA = re.compile(r"(?<![A-Za-z0-9])[A-Z]区(?![\u4e00-\u9fff]{0,2}(?:域|块|间))")


_LINE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}(?=地铁|轻轨))?(?:轨道交通|地铁|轻轨|有轨电车|市域铁路|城际铁路|云巴)(?:[\dA-Z]{1,3}|[一二三四五六七八九十]{1,2})(?:号)?线"
    r"(?:[一二三]期|[东西南北]延(?:段|线)?)?(?:工程)?"
)


_PHASE = re.compile(
    r"(?:^|(?<=[,。;:、的有与和]))(?P<name>(?![一二三四]期|项目|工程|园区)(?:(?![的有与和在])[\u4e00-\u9fffA-Za-z0-9]){3,12}[一二三四五]期)"
    r"(?=(?:也|均|已|将|正式|同步|同日|于|在)[^,。;:]{0,18}?(?:开工|投产|竣工|动工|封顶|签约|启动|建成|投用|破土|奠基))"
)


def phases(sentence: Sentence) -> Iterator[Candidate]:
    """The phases of works that go by what they make (甲铜箔二期在…开工)."""
    for match in _PHASE.finditer(sentence.text):
        words_ = between(sentence, *match.span("name"))
        if words_[0].start == match.start("name") and all(t.tag in NOMINAL | {"m", "b", "a", "q"} for t in words_):
            yield candidate(sentence, *match.span("name"), EntityType.PROJECT, "ending-phase")


def numbered_lines(sentence: Sentence) -> Iterator[Candidate]:
    """The lines of a city's railways: 轨道交通5号线."""
    for match in _LINE.finditer(sentence.text):
        yield candidate(sentence, *match.span(), EntityType.FACILITY, "ending-line")


def lettered_areas(sentence: Sentence) -> Iterator[Candidate]:
    """The parts of a park that go by letters: A区, B区."""
    for match in _LETTER_AREA.finditer(sentence.text):
        yield candidate(sentence, *match.span(), EntityType.ZONE, "ending-lettered")


_PARK = re.compile(r"[\u4e00-\u9fff]{2,7}(?<![公校花家乐田果儿物茶菜陵庄梨桃游稚农])园")


def short_parks(sentence: Sentence) -> Iterator[Candidate]:
    """The parks of a zone that go by two or three characters before 园, where the recogniser sees one place."""
    for token in sentence.tokens:
        if token.tag in ("LOC", "ORG", "nz") and _PARK.fullmatch(token.word) and not GENERIC.fullmatch(token.word[:-1]):
            yield candidate(sentence, token.start, token.end, EntityType.ZONE, "tagged-park")


_PART = r"[\u4e00-\u9fffA-Za-z]{2,9}(?:区|园|片区|组团)"
_PARTS = re.compile(
    rf"(?:由|分为|划分为|包括|设有|设置了?|规划了?|形成了?|涵盖了?|布局了?|打造了?|建设了?|下设|辖有?|即|分别[为是]|:|——|—)+"
    rf"(?P<list>{_PART}(?:、{_PART})*(?:、|和|及|与|以及){_PART})(?=[,。;等]|[一二三四五六七八九十两\d]+(?:大|个)|组成|构成|$)"
)
_PART_NAME = re.compile(_PART)
# One whole of several parts: “一区五园”(核心区、甲装备园、乙医药园).
_N = r"[一二三四五六七八九十两多\d]+"
_WHOLE = (
    rf"(?:{_N}(?:区|园|城|谷|镇|核|心|带|港|基地|中心){_N}(?:园|区|片区?|园区|基地|城|镇|谷|组团|板块)”?"
    rf"|“{_N}(?:园|区|片区|园区|组团|基地|谷)”)"
)
_COUNTS = (
    r"(?![一二两三双四五六七八九十多][^,。;是为即]{0,3}[则就]?[是为即])"  # 一核是…: more is counted, no part named
)
_OF_WHOLE = rf"{_COUNTS}[\u4e00-\u9fffA-Za-z]{{2,12}}(?:区|园|片区|组团|基地|谷|城|港|镇)"
_APART = r"(?:\(|:|——|—|,?即|,?分别[为是]|,?包括|,由|是指|(?<=”)[为是])+(?:即|包括|分别为|由)?"
_IN_WHOLE = re.compile(
    rf"{_WHOLE}(?:的?[\u4e00-\u9fff]{{0,8}}?){_APART}(?P<list>{_OF_WHOLE}(?:[、,和及与]{_OF_WHOLE})+)"
)
_COMMON_PART = re.compile(
    r".*(?:地区|市区|城区|社区|景区|校区|山区|郊区|校园|公园|花园|厂区|小区|家园|辖区|街区|园区|林区|牧区|灾区)$"
)


_TOLD = re.compile("[为是的有将]|范围|涵盖|包括|面积|布局")
_WHOLE_PART = re.compile(_OF_WHOLE)
_COUNTED_PARTS = re.compile(r"(?<=[区园团])[一二两三四五六七八九十\d]+[大个].*")  # 乙区三大片区 counts them


def zone_parts(sentence: Sentence) -> Iterator[Candidate]:
    """The parts that a list says a zone consists of: 机器人区、传感器区和国际合作区."""
    for match in chain(_PARTS.finditer(sentence.text), _IN_WHOLE.finditer(sentence.text)):
        at, part = match.start("list"), _PART_NAME if match.re is _PARTS else _WHOLE_PART
        for piece in re.split("(以及|[、,和及与])", match["list"]):
            own = _COUNTED_PARTS.sub("", piece)
            if part.fullmatch(own) and not _COMMON_PART.match(own) and not _TOLD.search(own):
                yield candidate(sentence, at, at + len(own), EntityType.ZONE, "listed-zone-part")
            at += len(piece)


_SIBLING = r"(?P<name>(?:(?![、和及与或在是为即则设辖区建有]|[一二两三四五六七八九十]+[个大])[\u4e00-\u9fff]){2,9}园)"
_RIGHT = re.compile(rf"(?:、|和|与|及|以及){_SIBLING}(?=[、和与及等为是在将均都分(,。;]|$)")
_LEFT = re.compile(rf"(?:^|[,。;:、(])(?:[包囊]括|[设辖]有?|即)?{_SIBLING}(?:、|和|与|及|以及)$")


def parks_beside(sentence: Sentence, named: list[Candidate]) -> Iterator[Candidate]:
    """The …园 that stands beside a zone of that ending in a list (东湖智造园、高峰医药园)."""
    for zone in named:
        if zone.type is EntityType.ZONE and zone.name.endswith("园"):
            beside = (_RIGHT.match(sentence.text, zone.end), _LEFT.search(sentence.text[: zone.start]))
            for match in filter(None, beside):
                if not _COMMON_PART.match(match["name"]) and not GENERIC.fullmatch(match["name"][:-1]):
                    yield candidate(sentence, *match.span("name"), EntityType.ZONE, "listed-zone")


_SIDE = re.compile(
    r"(?:^|(?<=[,。;:]))(?P<name>[东西南北中]{1,2}(?:部片区|片区|部园区|区|园))"
    r"(?=(?:则|将|,|主要|重点|规划|占地)*(?:为|以|重点|主要|主攻|侧重|布局|布置|聚焦|定位|依托|规划|承接|集聚|占地|面积))"
)


def sided_areas(sentence: Sentence) -> Iterator[Candidate]:
    """The parts of a zone that go by where they lie (东片区, 西区), where a clause tells what each is for."""
    for match in _SIDE.finditer(sentence.text):
        yield candidate(sentence, *match.span("name"), EntityType.ZONE, "listed-zone-part")


# What each part of “一核两带三园” is said to be: 两带为甲生态带和乙产业带.
_END = r"(?:核心区|片区|组团|基地|中心|[带园区谷城轴廊镇港湾])"
_EACH = re.compile(
    rf"(?<![\u4e00-\u9fff])[一二两三双四五六七八九十多](?:核|带|园区?|区|片区?|谷|城|轴|廊|组团|基地|镇|港|湾|中心|极)"
    rf"(?:则|就|分别|即|指的?|,)*(?:是|为|即|指|:|——)(?P<list>[^,。;:、]{{1,12}}?{_END}(?:[、和与及][^,。;:、]{{1,12}}?{_END})*)(?=[,。;等]|$)"
)
_AS_PLACE = re.compile("[带轴廊湾]$|(?<!小)镇$")


def named_parts(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The parts that a text names one by one after it has counted them."""
    for match in _EACH.finditer(sentence.text):
        at = match.start("list")
        for piece in re.split("([、和与及](?=[^、和与及]))", match["list"]):
            if len(piece) >= _SHORTEST_PART and not _COMMON_PART.match(piece) and not _TOLD.search(piece):
                other = EntityType.FACILITY if piece.endswith("港") else EntityType.ZONE
                kind = EntityType.PLACE if _AS_PLACE.search(piece) else ending_type(piece, rules) or other
                yield candidate(sentence, at, at + len(piece), kind, "listed-zone-part")
            at += len(piece)


_SHORTEST_PART = 3
_BULLET = re.compile(
    r"^(?:[·•●◎◆■★▲▶\-—]+\s*|[(\[]?[\d一二三四五六七八九十]{1,2}[)\].、]\s*)"
    r"(?P<name>[\u4e00-\u9fff]{2,8}(?:区|园|片区|组团))(?=:|。?$|——)"
)


def bulleted_parts(sentence: Sentence) -> Iterator[Candidate]:
    """The part of a park that heads an entry of a list: · 液压传动区:龙头企业有…."""
    match = _BULLET.match(sentence.text)
    named = match is not None and sentence.tokens[token_at(sentence, match.start("name"))].tag not in _DEEDS
    if match and named and not _COMMON_PART.match(match["name"]) and not _WHOLE_ZONE.search(match["name"]):
        yield candidate(sentence, *match.span("name"), EntityType.ZONE, "listed-zone-part")


def bulleted(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a stretch is the name that heads an entry."""
    match = _BULLET.match(sentence.text)
    return match is not None and match.span("name") == (start, end)


_DEEDS = frozenset({"v", "d", "p", "vd"})  # a heading says what is to be done: (一)做强工业园区
_WHOLE_ZONE = re.compile("(?:强|大|开发|高新|经开|综保|保税|自贸|示范|试验|合作|新|特)区$|[省市县]")
_BEHIND_ASIDE = re.compile(
    r"(?<=[区园城谷港])\((?:以下|下|又|后)?(?:简?称)[^()]{2,20}\)"
    r"(?P<name>[\u4e00-\u9fffA-Z]{1,8}?(?:片区|组团|功能区|起步区|拓展区|启动区|产业园|工业园))"
    r"(?![\u4e00-\u9fff]{0,2}(?:管委会|项目|公司))"
)


def parts_behind(sentence: Sentence) -> Iterator[Candidate]:
    """The part of a zone that stands right behind the bracket with the zone's short name."""
    for match in _BEHIND_ASIDE.finditer(sentence.text):
        yield candidate(sentence, *match.span("name"), EntityType.ZONE, "listed-zone-part")


_FIRST_PART = re.compile("(?:首开|首发|先行启动|先行先试|启动|起步|先导|拓展)区(?![\u4e00-\u9fff]{0,2}(?:管委会|公司))")


def first_parts(sentence: Sentence, named: list[Candidate]) -> Iterator[Candidate]:
    """The part of an area that is built first, named with the whole (甲新区起步区, 乙科创走廊首开区)."""
    for whole in named:
        part = _FIRST_PART.match(sentence.text, whole.end) if whole.type in WHOLES else None
        if part and FIRST_WHOLE.search(whole.name):
            yield candidate(sentence, whole.start, part.end(), EntityType.ZONE, "ending-zone-part")


_SOURCE = re.compile(
    r"(?:来源|稿源|转自|摘自|原载|供稿)\s*:\s*(?P<a>[\u4e00-\u9fffA-Za-z]{2,12}?)(?=\s|$|[,。;|)(]|作者|记者|编辑|责任编辑|发布|时间)"
    r"|^(?P<b>[\u4e00-\u9fff]{2,8}(?:网|报|刊|社|台|新闻|在线|融媒体?))(?:讯|电)?\s*(?:记者|\(|\d{4}[-年./])"
)
_NO_MEDIUM = re.compile("本站|原创|网络|互联网|综合|整理|公司|集团|政府|委|局|厅|办|园区|高新区|管理")


def source_media(sentence: Sentence) -> Iterator[Candidate]:
    """The paper or site that a source line or the head of an article gives."""
    for match in _SOURCE.finditer(sentence.text):
        group = "a" if match["a"] else "b"
        if not _NO_MEDIUM.search(match[group]):
            yield candidate(sentence, *match.span(group), EntityType.MEDIA, "ending-source")


_COUNTED = re.compile(
    r"(?:\d+|[一二三四五六七八九十]+)大(?:专项行动|专项工程|惠民工程|民生工程|攻坚行动|攻坚战|保卫战|提升行动|行动计划|改革)"
)


_BROAD = frozenset(
    "主导 特色 优势 支柱 新兴 战略性新兴 战略新兴 高新 高新技术 传统 "
    "未来 相关 新 重点 朝阳 工业 本地 当地 区域 全 大 高端 核心 "
    "关联 配套 上下游 潜力 基础 优质 现代 绿色 千亿级 百亿级 万亿级 先导 民生 富民".split()
)


def industry_shapes(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """茶叶加工 before 产业, in a list or after a verb of focus."""
    for match in _INDUSTRY.finditer(sentence.text):
        start = name_start(sentence, match.start(), EntityType.INDUSTRY, rules)
        start += len(_WIDE.match(sentence.text[start : match.start()])[0])  # type: ignore[index]
        body = sentence.text[start : match.start()]
        if body.startswith(("新一代", "下一代")) or re.search(r"[\d一二三四五六七八九十]大?$", body):
            continue
        if _UNLIKE_INDUSTRY.search(body):
            continue
        if (
            2 <= len(body) <= 10
            and body not in _BROAD
            and not GENERIC.fullmatch(body)
            and _focused(sentence, start, rules)
        ):
            end = match.start() if len(body) >= 3 else match.end()
            yield candidate(sentence, start, end, EntityType.INDUSTRY, "ending-industry")


_UNLIKE_INDUSTRY = re.compile(r"[为是把将]|[\d一二三四五六七八九十][大个]|[区园城市省县]$")
_WIDE = re.compile(r"(?:[千百万]亿元?级(?:别)?的?)?(?:全球|全国|国际|世界|国内|我国|中国|新一代(?=信息$))?")
_INDUSTRY = re.compile(
    r"(?:(?:[千百万]亿|[\d.]+亿)元?级?)?产业(?!园|链|基金|化|带|基地|结构|生态|体系|布局|政策|工人|群|引导|投资|技术|资本|大会|联盟|研究|新城|城|区|互联)"
)


def _focused(sentence: Sentence, start: int, rules: Rules) -> bool:
    before = sentence.text[max(0, start - 8) : start]
    return bool(re.search(rf"(?:[、“]|和|与|及|以及|{any_of(rules, 'focus')}(?:了|以)?)$", before))


def counted_policies(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """六大提升行动: campaigns named by their number."""
    for match in _COUNTED.finditer(sentence.text):
        yield candidate(sentence, *match.span(), EntityType.POLICY, "ending-counted")
