"""Growth and rank: what a text says of a figure beside its value."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.figures.quantities import Measure, plain
from kg.extract.text import numbers
from kg.records import Basis, Modifier

_BASES = (
    ("averageAnnual", re.compile(r"年均|年平均|平均每年|复合|两年平均")),
    ("monthOnMonth", re.compile(r"环比|[较比]上月|^月$")),
    ("quarterOnQuarter", re.compile(r"^季$|[较比](?:上季度|上一季度|第?[一二三四1-4]季度|上个季度)")),
    ("sinceYearStart", re.compile(r"[较比](?:上?年初|上年末|年末)")),
)
_YEARLY = re.compile(r"同比|[较比](?:上年|去年|上一年|同期)")
_OTHER = re.compile(r"[较比][^,;。]{2,14}$")
_BEFORE = re.compile(
    r"(?P<basis>(?:与)?(?:同比|环比|年(?=[增减])|(?<![\d一二三四五六七八九十上本当])[季月](?=[增减])|两年平均|年均复合|年复合|年均|年平均|平均每年|每年|(?:[较比](?!(?:重|例|率))[^,;。、%\d]{0,12}?\d{0,4}[^,;。、%\d]{0,8}?)))?"
    r"(?:相比|同口径|可比口径|实际|名义|累计|净|逆势|逐年|大幅|快速|平均|持续|分别|均|都|保持|继续|将|预计|实现|,)*"
    r"(?P<verb>增长|增加|上升|提高|提升|上涨|递增|增幅|增速|增长率|负增长|下降|减少|下滑|回落|降低|收窄|缩减|扩大|"
    r"成长|扬升|攀升|跃升|劲升|衰退|萎缩|[大激劲暴微略][增减降升]|(?:(?<=同比)|(?<=[再又续]))[增升涨降减]|(?<=[年季月])[增减])"
    r"(?:幅度|速度|率|速)?(?:了|为|却|则|也|仅|只|达到?|高达|约|近|超过?|保持在|均|在|:|分别)*$"
)
_FALL = re.compile(r"衰退|萎缩|下降|减少|下滑|回落|降低|负增长|缩减|收窄|降|减")
_DOUBLED = re.compile(
    r"(?P<basis>同比|环比|年均|[较比][^,;。、]{1,8}?)?(?:实现|将|力争|预计|近|超|已|已经|约)*(?P<turn>翻(?:了|(?P<times>[一两2二三四3])|近|超)*番|翻(?:了)?(?P<fold>\d+(?:\.\d+)?|[一两二三])倍|实现倍增|增长一倍|增加一倍|翻倍)"
)
_PLACE = re.compile(
    r"(?:第(?P<n>[一二三四五六七八九十百]+|\d+)(?:位|名|大(?=[省市园区]))?(?=$|[,;。、!)”\"’」的和与及]|并)|(?P<first>首位|榜首|头名|第一位|之首|鳌头))"
)
_SCOPE = re.compile(
    r"(?:全国|国内|全省|全市|全区|全球|世界|省内|市内|国际|亚洲|亚太|区内|全县|全州|全自治区|我国|中国|行业|同行业|业内|同类|"
    r"(?:全国|全省|国家级?)?[^,;。、\d]{0,10}(?:高新区|开发区|经开区|新区|园区|城市|城区|省会城市|副省级城市|地级市|县|市|省|自治区|地区|企业|高校))(?:中|内|里|同类园区|同行)?$"
)
_RANKING = re.compile(
    r"(?:均|都|分别|继续|持续|连续[^,;。]{1,5}年|保持|稳|位)*(?:位居|位列|居|列|排名|排在|排|位于|名列|跃居|跃升|升至|升到|上升到|占据|占(?!有|比|地|全|总|率)|高居|雄踞|荣登|独占|摘得|夺得|保持|稳居|跻身|达到?)(?:到|至|在|于)?"
)
_SHARE_RANK = re.compile(
    r"(?P<among>国内|全球|全国|世界|全省|全市|国际|行业|亚洲)(?:[^,;。、]{0,6}(?:占有率|销量|产量|份额|市占率|规模|出货量|产值|装机量))$"
)
_BASIS = re.compile(r"^(?P<basis>总量|规模|总额|总值|增速|增幅|总数|数量|体量|增长率|增长速度|平均增速)(?=.)")


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth in percent; `start` is where its wording begins (同比)."""

    start: int
    end: int
    core: tuple[int, int]
    value: Decimal
    modifier: Modifier
    basis: str | None
    more: tuple[Growth, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an order; `lead` is where what leads up to it begins, `among` the range of what it is among.

    The range is empty where the sentence leaves to those before it among whom one is ranked.
    """

    lead: int
    end: int
    place: int
    among: tuple[int, int]
    basis: Basis
    core: tuple[int, int]
    what: str = ""


def growths(text: str, measures: tuple[Measure, ...]) -> list[tuple[Growth, tuple[Measure, ...]]]:
    """All growths of a sentence from left to right, each with the measures it was made of.

    The first of a row (分别增长8%和12%) carries the others in `more`.
    """
    rows: list[list[tuple[Growth, Measure]]] = []
    last = 0
    for measure in measures:
        if (growth := _growth(text, measure, last)) is not None:
            rows.append([(growth, measure)])
        elif rows and (growth := _sibling(text, measure, rows[-1][-1][0])) is not None:
            rows[-1].append((growth, measure))
        last = measure.end
    found = [(replace(row[0][0], more=tuple(g for g, _ in row[1:])), tuple(m for _, m in row)) for row in rows]
    doubled = _doublings(text) if "番" in text or "倍" in text else []
    return sorted(found + [(growth, ()) for growth in doubled], key=lambda pair: pair[0].start)


def _sibling(text: str, measure: Measure, before: Growth) -> Growth | None:
    """A percentage that goes on in a row of growths."""
    if measure.unit != "PERCENT" or not _JOINT.fullmatch(text[before.end : measure.start]):
        return None
    value = -measure.value if before.value < 0 else measure.value
    return Growth(measure.start, measure.end, measure.core, value, measure.modifier, before.basis)


_JOINT = re.compile(r"[、,和与及]|以及")


def _growth(text: str, measure: Measure, last: int) -> Growth | None:
    """A measure as the growth it tells; 增长了20亿元 and 提高2个百分点 are none."""
    fold = measure.unit == "zg:Times"
    if not fold and (measure.unit != "PERCENT" or measure.surface.endswith("百分点") or measure.surface == "百分点"):
        return None
    match = _BEFORE.search(text, max(last, measure.start - 30), measure.start)
    if match is None:
        return _signed(text, measure, last)
    sign = -1 if _FALL.search(match["verb"]) else 1
    value = plain(measure.value * (100 if fold else 1) * sign)
    return Growth(match.start(), measure.end, measure.core, value, measure.modifier, basis_of(match["basis"]))


_SIGN = re.compile(
    r"(?P<basis>同比|环比|[较比](?:上年|去年|上月|上季度|年初)(?:同期|末)?)(?:增速|增幅)?:?(?P<plus>[+]?)$"
)


def _signed(text: str, measure: Measure, last: int) -> Growth | None:
    """A growth told by its sign: 同比+9.4%, 环比-3.1%."""
    match = _SIGN.search(text, max(last, measure.start - 12), measure.start)
    if match is None or not (match["plus"] or measure.value < 0):
        return None
    basis = basis_of(match["basis"])
    return Growth(match.start(), measure.end, measure.core, measure.value, measure.modifier, basis)


def _doublings(text: str) -> list[Growth]:
    """翻番 is 100 percent, 翻两番 300."""
    found = []
    for match in _DOUBLED.finditer(text):
        if match["fold"]:
            value = (numbers.value_of(match["fold"]) or Decimal(0)) * 100
        else:
            turns = (
                "一二三四".find((match["times"] or "一").replace("两", "二").replace("2", "二").replace("3", "三")) + 1
            )
            value = Decimal(100 * (2**turns - 1))
        modifier = Modifier.UNDER if "近" in match[0] else Modifier.OVER if "超" in match[0] else Modifier.EXACT
        found.append(Growth(match.start(), match.end(), match.span("turn"), value, modifier, basis_of(match["basis"])))
    return found


def basis_of(wording: str | None) -> str | None:
    """What a growth is measured against; None for year on year, which the contract takes for granted."""
    if not wording or _YEARLY.search(wording):
        return None
    for name, pattern in _BASES:
        if pattern.search(wording):
            return name
    return "other" if _OTHER.search(wording) else None


def places(text: str, boundaries: tuple[int, ...]) -> list[Place]:
    """All exact places in an order that a sentence gives, with what they are among."""
    found: list[Place] = []
    if "第" not in text and "首" not in text and "鳌头" not in text:
        return found
    for match in _PLACE.finditer(text):
        last = max([b for b in boundaries if b <= match.start()] + [p.end for p in found], default=0)
        place = _place(text, match, last)
        if place is not None:
            found.append(place)
    return found


def _place(text: str, match: re.Match[str], last: int) -> Place | None:
    """One place; None where nothing says that things are ranked (第一产业, 第三次)."""
    number = numbers.value_of(match["n"]) if match["n"] else Decimal(1)
    comma = text.rfind("、", last, match.start())
    start = comma + 1 if comma >= 0 else last
    segment = text[start : match.start()]
    ranking = list(_RANKING.finditer(segment))
    lead, among_start = len(segment), 0
    if ranking:
        lead, among_start = ranking[-1].start(), ranking[-1].end()
    basis, skip = Basis.TOTAL, 0
    named = _BASIS.match(segment)
    if named:
        basis = Basis.GROWTH if named["basis"].startswith(("增", "平均增")) else Basis.TOTAL
        if not ranking:
            skip = named.end()
    elif ranking and re.search(r"增速|增幅|增长率", segment[: ranking[-1].start()]):
        basis = Basis.GROWTH
    among = segment[max(among_start, skip) :]
    if _SHARE_RANK.search(among):
        return _share_rank(text, match, start, segment, number)
    among_from = start + max(among_start, skip)
    if not ranking:
        scope = _SCOPE.search(among)
        if scope is None:
            return _share_rank(text, match, start, segment, number)
        lead = (skip and 0) or scope.start()
        among_from += scope.start() if not skip else 0
    end = match.start() - (1 if text[match.start() - 1 : match.start()] == "的" else 0)
    if number is None:
        return None
    if among_from >= end:
        return _unspoken(text, match, start, start + (ranking[-1].start() if ranking else 0), int(number))
    return Place(
        start + (0 if named and not skip else lead), match.end(), int(number), (among_from, end), basis, match.span()
    )


_KIND = "(?:高新区|开发区|经开区|自贸区|综保区|新区|园区|小镇|城市|县|区|市|省|企业|高校|集群|单位|实验室)"
_COUNT = r"(?:(?<!\d)\d+(?:多|余)?[家个所座])?"
_SCOPED = r"(?:全国|全省|全市|全区|全县|全球|世界|国内|国家级?|(?![在于从居列])[\u4e00-\u9fff]{1,4}[省市州](?=\d))?"
_ALL = r"全国|全省|全市|全球|世界|国内|[\u4e00-\u9fff]{1,3}省"
_SURVEY = re.compile(
    rf"(?:在)?(?P<among>{_SCOPED}{_COUNT}(?:[^,;。、在¤的年度“”\d]{{0,10}}?{_KIND})|{_ALL})(?![级及以])的?"
    r"(?P<what>[^,;。、在的]{0,12}(?:排名|评价|考评|考核|榜单?|评估|指数|综合实力|竞争力))"
    r"[”\"]?(?:中|上|里)?[^,;。]{0,2}$"
)
_SURVEY_BEFORE = re.compile(_SURVEY.pattern.removesuffix("[^,;。]{0,2}$") + "(?:结果)?[^,;。]{0,3}[,:][^,;。:]{0,24}$")
_TAKEN = r"(?:参评|参加|参与|纳入|列入)[^,;。、\d的]{0,6}的"
_WITHIN = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?:在|于|从)(?:{_TAKEN})?)(?P<among>{_SCOPED}{_COUNT}[^,;。、在¤的年度“”\d]{{0,10}}?{_KIND})(?:内|中|里|当中|范围内)"
    r"(?P<what>综合|总体|整体)?$"
)


def _unspoken(text: str, match: re.Match[str], start: int, lead: int, number: int) -> Place | None:
    """A place whose order is named before: 「国内市场占有率位居第一」, 「在全国高新区综合排名中位列第18位」."""
    found = _SHARE_RANK.search(text, start, lead) or _SURVEY.search(text, start, lead)
    found = found or _WITHIN.search(text, start, lead)
    survey = None if found else _SURVEY_BEFORE.search(text, max(0, start - _SURVEY_REACH), lead)
    if found is None and (scored := _scored(text, match, start, lead, number, survey)):
        return scored
    found = found or survey
    if found is None or not found["among"]:
        return None
    what = found.groupdict().get("what") or ""
    what += "排名" if what in ("综合", "总体", "整体") else ""
    begin = found.start() if what or found.re is _WITHIN else lead
    return Place(begin, match.end(), number, found.span("among"), Basis.TOTAL, match.span(), what)


_SCORED = re.compile(
    r"(?:[“\"‘「][^”\"’」]{2,24}[”\"’」]|(?:能力|[实活动潜效]力|竞争力|影响力|度|指数|水平|效益|贡献|得分|指标))(?P<what>)"
    r"(?:一项|方面|单项|这[一项]*指标)?"
    r"(?:[由从][^,;。]{0,10}?\d+[位名]?|(?:[较比][^,;。]{0,8}?)?(?:[前后上下]移|[上提攀跃]升|下[降滑]|[前后倒]退|前进|[升降进退])了?\d+个?[位名]次?,)?$"
)
_REACH, _SURVEY_REACH = 40, 60
_COUNTED_PLACE = re.compile(r"[位名]$")


def _scored(
    text: str, match: re.Match[str], start: int, lead: int, number: int, survey: re.Match[str] | None
) -> Place | None:
    """A place by one of a survey's measures, which says by itself among whom: 「“创新能力”由第80位升至第57位」."""
    found = _SCORED.search(text, max(0, start - _REACH), lead) if _COUNTED_PLACE.search(match[0]) else None
    if found is None:
        return None
    at = found.start("what")
    among = survey.span("among") if survey and survey["among"] else (at, at)
    return Place(at, match.end(), number, among, Basis.TOTAL, match.span())


def _share_rank(text: str, match: re.Match[str], start: int, segment: str, number: Decimal | None) -> Place | None:
    """「国内市场占有率第一」: the indicator itself says among what."""
    inner = _SHARE_RANK.search(segment)
    if inner is None or number is None:
        return None
    return Place(
        match.start(),
        match.end(),
        int(number),
        (start + inner.start("among"), start + inner.end("among")),
        Basis.TOTAL,
        match.span(),
    )
