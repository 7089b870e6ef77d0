"""Each measure of a sentence as a draft of a figure: in which pattern it stands, and what it is thus a figure of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract import indicators
from kg.extract.context import Context, clause_end, clause_start, noun_phrase, words
from kg.extract.naming import Naming
from kg.extract.quantities import Measure
from kg.records import EntityType, Modifier, Rank

_FROM = re.compile(r"(?:由|从)[^,;。]{0,14}$")
_TO = re.compile(
    r"^(?:[^;。]{0,12}?)(?:增加|增长|提升|提高|上升|扩大|扩展|扩张|拓展|发展|跃升|攀升|壮大|增|升|涨|下降|减少|降低|缩短|降|,)"
    r"(?:了)?(?:到|至|为|成)(?:了)?[^,;。\d]{0,10}$|^的[^,;。]{0,8},?(?:到|至)[^,;。\d]{0,6}$|^(?:提升|提高|增加|增长|扩大)?[到至][^,;。\d]{0,6}$"
)
_SHARE = re.compile(
    r"(?:约|共|已)?占(?!地|据)(?P<whole>[^,;。]{1,24}?)(?:的|的比重|的比例|比重|比例)+(?:已)?(?:为|达到?|超过?|近|约|提高到|提升至)*$"
)
_PART = re.compile(r"(?:各|约|共|已|仅|只)?占(?:了|到|其中|其中的)?(?:约|超过?|近)?$")
_SHARE_NAME = re.compile(r"(?:占比|比重|比例)$")
_RATIO = re.compile(r"(?:是|为|达到?|相当于|均达到?|系)(?P<whole>[^,;。]{2,20}?)的$")
_RATE = re.compile(
    r"(?:率|比|占比|比重|比例|份额|水平|强度|程度|度|系数|概率|股权|股份|股|产能|进度|指数|增速|增幅|含量|浓度|优良|控股|持股|部分|成)$"
)
_VERB_LIGHT = frozenset(
    "有 拥有 共有 现有 已有 达 达到 是 为 包括 包含 涵盖 形成 实现 具有 具备 占 占据 等 约 超 超过 突破 涉及 成为 来自 "
    "分为 聚焦 依托 存在 含".split()
)
_PREPOSITION = re.compile(r"(?:为|对|向|给|与|同|从|由|把|将|在|以|来自|于)(?:全国|全球|世界|全省|全市)?$")
_PHASE = re.compile(r"(?:[一二三四]期|首期|首批|首栋)$")
_NAMED = {
    EntityType.FUND: "规模",
    EntityType.PROJECT: "投资额",
    EntityType.FACILITY: "投资额",
    EntityType.ZONE: "投资额",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure before it is known whose it is; `start` to `end` is the wording from indicator to number and changes."""

    indicator: str
    measure: Measure | None
    start: int
    end: int
    core: tuple[int, int]
    rule: str
    head: Naming | None = None
    base: str = ""
    value: Decimal | None = None
    unit: str | None = None
    modifier: Modifier = Modifier.EXACT
    growth: Decimal | None = None
    growth_modifier: Modifier | None = None
    growth_basis: str | None = None
    ranks: tuple[Rank, ...] = ()
    origin: bool = False
    since: int = 0


def from_to(context: Context, first: Measure, second: Measure) -> list[Draft] | None:
    """「由A增加到B」 as two figures of one indicator; None where the two do not stand so."""
    text = context.masked
    begin = clause_start(context, first.start)
    opening = _FROM.search(text, begin, first.start)
    if opening is None or first.unit != second.unit or not _TO.search(text[first.end : second.start]):
        return None
    start = begin
    phrase = indicators.left_phrase(context, start, opening.start())
    if not phrase.text and begin:
        previous = clause_start(context, begin - 2)
        phrase = indicators.left_phrase(context, previous, begin - 1)
    wording = phrase.text if not phrase.verb or indicators.is_known(phrase.text, context.rules) else ""
    if first.kind == "area" and not indicators.is_known(wording, context.rules):
        wording = "面积"
    if not wording and first.unit == "NUM":
        wording = counted_right(context, second, "")
    if len(wording) < 2:
        return None
    if first.unit == "NUM":
        wording = indicators.counted(wording, first.surface)
    drafts = [simple(wording, m, phrase.start, "from-to") for m in (first, second)]
    return [replace(drafts[0], origin=True), replace(drafts[1], since=first.end)]


def simple(indicator: str, measure: Measure, start: int, rule: str, **more: object) -> Draft:
    """A draft with the measure's value."""
    if measure.per and not _PER.search(indicator):
        indicator = f"每{measure.per}{indicator}"
    return Draft(
        indicator, measure, min(start, measure.start), measure.end, measure.core, rule,
        value=measure.value, unit=measure.unit, modifier=measure.modifier, **more,  # type: ignore[arg-type]
    )  # fmt: skip


_PER = re.compile(r"均|每|单位|强度")


def draft(context: Context, measure: Measure, boundary: int, previous: Draft | None) -> Draft | str:
    """One measure as a figure, or the reason why it is none. `boundary` is where what belongs to it may begin."""
    if measure.unit == "PERCENT":
        return _percent(context, measure, boundary, previous)
    if measure.unit == "zg:Times":
        return _times(context, measure, boundary)
    phrase = indicators.left_phrase(context, boundary, measure.start, count=measure.unit == "NUM")
    if previous is not None and _goes_on(context, measure, previous):
        return simple(previous.indicator, measure, measure.start, "figure-again", base=previous.base)
    if measure.unit == "NUM":
        return _count(context, measure, phrase, previous)
    return _amount(context, measure, phrase, previous)


_AGAIN = re.compile(
    r"(?:大关|关口|台阶)?,(?:[¤,]|已经|已|并|有望|预计|力争|将|首次)*(?:达到?|高达|为|即|升至|增至|约为|实际为|突破)(?:了|约)?"
)


def _goes_on(context: Context, measure: Measure, previous: Draft) -> bool:
    """Whether a number without a wording of its own is one more of the figure before (突破千亿元,达到1032亿元)."""
    alike = previous.unit == measure.unit if previous.unit else _measured_in(context, previous.indicator, measure)
    return alike and bool(_AGAIN.fullmatch(context.masked[previous.end : measure.core[0]]))


def _measured_in(context: Context, indicator: str, measure: Measure) -> bool:
    return indicators.concept_of(indicator, context.rules, kind=measure.kind) is not None


def _percent(context: Context, measure: Measure, boundary: int, previous: Draft | None) -> Draft | str:
    text = context.text
    share = _SHARE.search(text, boundary, measure.start)
    base = previous.base if previous is not None else ""
    if share:
        phrase = indicators.left_phrase(context, boundary, share.start())
        part = phrase.text or base
        return (
            simple(f"{part}占{share['whole']}的比重", measure, phrase.start, "share-of")
            if part
            else "a share of nothing named"
        )
    if match := _PART.search(text, boundary, measure.start):
        phrase = indicators.left_phrase(context, boundary, match.start())
        part = phrase.text or base
        return simple(f"{part}占比", measure, phrase.start, "share-of") if len(part) > 1 else "a share of nothing named"
    phrase = indicators.left_phrase(context, boundary, measure.start)
    if base and phrase.text.startswith("占"):
        return simple(base + phrase.text, measure, phrase.start, "share-of")
    if measure.surface.endswith("百分点"):
        return _points(context, measure, boundary, base)
    if _SHARE_NAME.fullmatch(phrase.text) and base:
        return simple(base + phrase.text, measure, phrase.start, "share-of")
    if "%" in phrase.text:
        return "a percentage of nothing named"
    if phrase.text and (indicators.is_known(phrase.text, context.rules) or _RATE.search(phrase.text)):
        return simple(phrase.text, measure, phrase.start, "figure-after-indicator", base=phrase.text)
    return _share_of_right(context, measure)


_DIFFERENCE = re.compile(
    r"^(?:并|且|分别|均)?(?P<what>(?:同比|环比|[较比与高低快慢好提上下增减回]|同期|领先|超)[^,;。]{0,16})$"
)


def _points(context: Context, measure: Measure, boundary: int, base: str) -> Draft | str:
    """A difference in percentage points, with the wording that says between what (增速高于全省, 占比较上年提高)."""
    start = boundary
    for name in context.namings:
        inside = boundary <= name.start and name.end <= measure.start and name.type is not EntityType.INDUSTRY
        if inside and not _COMPARED.search(context.text[boundary : name.start]):
            start = name.end
    wording = context.text[start : measure.start].strip(" ,、的了")
    if match := _DIFFERENCE.match(wording):
        return simple(base + match["what"], measure, boundary, "points", base=base) if base else _NO_DIFFERENCE
    return simple(wording, measure, start, "points", base=wording) if 4 <= len(wording) <= 30 else _NO_DIFFERENCE


_NO_DIFFERENCE = "a difference of nothing named"


_COMPARED = re.compile(r"[较比与于]|领先|超")


def _share_of_right(context: Context, measure: Measure) -> Draft | str:
    """「80%以上是外地员工」, 「80%的企业实现盈利」."""
    text, end = context.text, clause_end(context, measure.end)
    rest = text[measure.end : end]
    if match := re.match(r"(?:都|均)?(?:是|为|来自)(?P<what>[^,;。]{2,16})$", rest):
        return simple(match["what"].strip("的") + "占比", measure, measure.start, "share-is")
    if rest.startswith("的"):
        start, stop = noun_phrase(context, measure.end + 1)
        deed = text[stop:end].strip()
        if stop > start and 2 <= len(deed) <= 12 and not re.search(r"\d", deed):
            return simple(f"{deed}的{text[start:stop]}占比", measure, measure.start, "share-that")
    return "a percentage of nothing named"


def _times(context: Context, measure: Measure, boundary: int) -> Draft | str:
    """「A达到B的1.8倍」 compares A with B."""
    match = _RATIO.search(context.text, boundary, measure.start)
    if match is None:
        return "a multiple of nothing named"
    phrase = indicators.left_phrase(context, boundary, match.start())
    if len(phrase.text) < 2:
        return "a multiple of nothing named"
    return simple(f"{phrase.text}相对{match['whole']}的倍数", measure, phrase.start, "multiple-of", base=phrase.text)


def _count(context: Context, measure: Measure, phrase: indicators.Phrase, previous: Draft | None) -> Draft | str:
    """A number of things: the noun to the right where there is one, else the noun to the left."""
    noun = counted_right(context, measure, phrase.verb)
    if noun:
        return simple(
            noun, measure, phrase.start if phrase.verb else measure.start, "count-before-noun", base=_bare(noun)
        )
    people = measure.surface in ("人", "名", "人次", "户")
    if len(phrase.text) >= 2 and (people or phrase.verb != phrase.text):
        noun = _GAIN.sub("", previous.base) + phrase.text if previous and _TOTAL.fullmatch(phrase.text) else phrase.text
        name = indicators.counted(noun, measure.surface)
        return simple(name, measure, phrase.start, "count-after-noun", base=_bare(name))
    if people and not phrase.text and not context.text.endswith("其中", 0, measure.start):
        return simple("人数", measure, measure.start, "count-of-people", base="人")
    return "a count of nothing named"


_TOTAL = re.compile(r"总数|总量|数量|总户数|总人数|累计数")
_GAIN = re.compile(r"净增|新增|增加|增长|减少")


def _bare(name: str) -> str:
    return name[:-1] if name.endswith("数") else name


def counted_right(context: Context, measure: Measure, verb: str) -> str:
    """The name of the count of what stands right of the number, with the verb before or after it."""
    start, end = noun_phrase(context, measure.end)
    end = _own_part(context, start, end)
    if measure.surface in ("人", "名", "位"):
        end = _without_deed(context, start, end)
    noun = context.text[start:end].strip('“”"')
    if not noun or context.text.startswith("之一", end):
        return ""
    lead = context.text[max(0, measure.start - 4) : measure.start]
    if verb and verb not in _VERB_LIGHT and len(verb) <= 8:
        deed = _deed(context, end)
        return indicators.counted(noun, measure.surface, deed if 0 < len(deed) <= 2 else verb)
    deed = "" if re.search(r"(?:为|对|向|给|与)$", lead) else _deed(context, end, long=True)
    if not deed:
        return indicators.counted(noun, measure.surface)
    return indicators.counted(deed + noun if len(deed) <= 4 else f"{deed}的{noun}", measure.surface)


def _own_part(context: Context, start: int, end: int) -> int:
    """The end of a noun phrase without a coordinated part that has a number of its own (3大产业和…1个产业)."""
    if not any(start < m.start <= end + 1 for m in context.measures):
        return end
    joint = re.search(r"[、和与及]", context.text[start:end])
    return start + joint.start() if joint else end


def _without_deed(context: Context, start: int, end: int) -> int:
    """The end of a phrase of persons without the deed after them (幼儿受益)."""
    tokens = words(context, start, end)
    while len(tokens) > 1 and tokens[-1].tag == "vn":
        end = tokens.pop().start
    return end


_FILLING = frozenset("已 已经 可 均 将 都 了 正在 也 先后 相继 之后 后 共 正式".split())


def _deed(context: Context, start: int, *, long: bool = False) -> str:
    """What the counted things do: the verbs right after them up to the clause's end, if that is short."""
    end = clause_end(context, start)
    tokens = [t for t in words(context, start, end) if t.word not in _FILLING]
    opens = bool(tokens) and tokens[0].tag in ("v", "p", "vn", "ad", "d")
    if not opens or not any(t.tag in ("v", "vn") for t in tokens):
        return ""
    deed = "".join(t.word for t in tokens)
    return deed if len(deed) <= (14 if long else 4) and not re.search(r"[\d的]", deed) else ""


def _amount(context: Context, measure: Measure, phrase: indicators.Phrase, previous: Draft | None) -> Draft | str:
    """Money, area, length and the like: after its indicator, before what it is of, or as the object of a verb."""
    head, noun, linked = _right(context, measure)
    named = phrase.text if not phrase.verb or _noun_like(context, phrase) else ""
    if len(named) >= 2 and not _PHASE.fullmatch(named) and not (measure.level and noun):
        named = _as_area(named, context) if measure.kind == "area" else named
        rule = "figure-before-head" if head is not None and linked else "figure-after-indicator"
        return simple(named, measure, phrase.start, rule, head=head if linked else None, base=named)
    if head is not None:
        wording = _of_head(measure, head)
        if wording:
            return simple(wording, measure, measure.start, "figure-before-head", head=head, base=wording)
    if len(noun) > 1:
        wording = named + _of_noun(measure, noun)
        return simple(wording, measure, phrase.start if named else measure.start, "figure-before-noun", base=wording)
    if beside := _name_beside(context, measure):
        wording = _of_head(measure, beside)
        if wording:
            return simple(wording, measure, beside.start, "figure-after-name", head=beside, base=wording)
    if phrase.verb and measure.kind == "currency":
        verb = phrase.verb if phrase.verb not in _VERB_LIGHT else ""
        if previous is not None and _GAIN.search(verb) and previous.unit == measure.unit:
            return simple(previous.base + phrase.text + "额", measure, phrase.start, "gain", base=previous.base)
        if verb:
            amount = verb + "额" if indicators.is_known(verb + "额", context.rules) else verb + "金额"
            return simple(amount, measure, phrase.start, "verb-amount", base=verb)
    return f"a {measure.kind} of nothing named"


_AREA_NAME = re.compile(r"(?:面积|规模|占地|用地|体量|空间|载体|范围)$")


def _as_area(noun: str, context: Context) -> str:
    """厂房 with an area is 厂房面积."""
    if _AREA_NAME.search(noun) or indicators.concept_of(noun, context.rules, kind="area"):
        return noun
    return noun + "面积"


def _name_beside(context: Context, measure: Measure) -> Naming | None:
    """The fund or project whose name stands right before the number."""
    kinds = (EntityType.FUND, EntityType.PROJECT)
    return next((n for n in context.namings if n.end == measure.start and n.type in kinds), None)


def _noun_like(context: Context, phrase: indicators.Phrase) -> bool:
    """Whether a phrase that ends in a verb is a name all the same (出口) or a noun with its verb (资金净增)."""
    known = indicators.is_known(phrase.text, context.rules)
    if phrase.text != phrase.verb and indicators.is_known(phrase.verb, context.rules):
        return True
    return known or (len(phrase.text) - len(phrase.verb) >= 4 and phrase.text != phrase.verb)


def _right(context: Context, measure: Measure) -> tuple[Naming | None, str, bool]:
    """What follows an amount: a name it describes, a noun, and whether 的 links them."""
    text, at = context.text, measure.end
    linked = text[at : at + 1] == "的"
    at += linked
    start, end = noun_phrase(context, at)
    limit = min(clause_end(context, at), max(end, at + 1))
    near = [n for n in context.namings if at <= n.start <= min(limit, at + 12)]
    names = [n for n in near if n.type is not EntityType.INDUSTRY]
    noun = text[start:end].strip('“”"')
    for name in names:
        if name.start < end or not text[at : name.start].strip() or (linked and name.start - at <= 8):
            return name, noun, linked
    return None, noun, linked


def _of_head(measure: Measure, head: Naming) -> str:
    if measure.kind == "currency":
        return _NAMED.get(head.type, "")
    if measure.kind == "area":
        return "建筑面积" if head.type is EntityType.FACILITY else "面积"
    return {"length": "长度", "power": "功率"}.get(measure.kind, "") if head.type is not EntityType.COMPANY else ""


def _of_noun(measure: Measure, noun: str) -> str:
    if measure.kind == "area":
        return noun if noun.endswith("面积") else noun + "面积"
    if measure.kind == "length":
        return noun + "长度" if measure.unit == "M" else ""
    if measure.level and measure.kind == "currency" and not noun.endswith("规模"):
        return noun + "规模"
    return noun
