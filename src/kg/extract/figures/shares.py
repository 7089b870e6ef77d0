"""Percentages as figures: shares of a whole, rates, differences in percentage points."""

from __future__ import annotations

import re

from kg.extract.figures import indicators
from kg.extract.figures.context import Context, clause_end, noun_phrase
from kg.extract.figures.measured import Draft, simple
from kg.extract.figures.quantities import Measure
from kg.records import EntityType

_SHARE = re.compile(
    r"(?:约|共|已)?占(?!地|据)(?P<whole>[^,;。]{1,24}?)(?:的|比重|比例)+(?:已)?(?:为|达到?|超过?|近|约|提高到|提升至)*$"
)
_SHARE_OF_ALL = re.compile(
    r"(?:约|共|已|仅|只)?占(?:到|了|据)?(?P<whole>全[国省市区县州镇球园]|世界|国内|行业|GDP|地区生产总值|营收|营业收入)(?:的)?"
    r"(?:近|约|超过?)*$"
)
_PART = re.compile(r"(?:各|约|共|已|仅|只)?占(?:了|到|其中|其中的)?(?:约|超过?|近)?$")
_SHARE_NAME = re.compile(r"(?:占比|比重|比例)$")
_RATE = re.compile(
    r"(?:率|比|占比|比重|比例|份额|水平|强度|程度|度|系数|概率|股权|股份|股|产能|进度|指数|增速|增幅|含量|浓度|优良|控股|持股|部分|成)$"
)


def share(context: Context, measure: Measure, boundary: int, previous: Draft | None) -> Draft | str:
    """A percentage as a figure, or the reason why it is none."""
    text = context.text
    of = _SHARE.search(text, boundary, measure.start) or _SHARE_OF_ALL.search(text, boundary, measure.start)
    base = previous.base if previous is not None else ""
    if of:
        phrase = indicators.left_phrase(context, boundary, of.start())
        part = phrase.text or base
        return (
            simple(f"{part}占{of['whole']}的比重", measure, phrase.start, "share-of", base=part)
            if part
            else "a share of nothing named"
        )
    if match := _PART.search(text, boundary, measure.start):
        phrase = indicators.left_phrase(context, boundary, match.start())
        part = phrase.text or base
        if len(part) < len("甲乙"):
            return "a share of nothing named"
        return simple(f"{part}占比", measure, phrase.start, "share-of", base=part)
    if found := _of_whole(context, measure, boundary):
        return found
    phrase = indicators.left_phrase(context, boundary, measure.start)
    if base and phrase.text.startswith("占"):
        return simple(base + phrase.text, measure, phrase.start, "share-of", base=base)
    if measure.surface.endswith("百分点"):
        told = previous is not None and previous.unit == "PERCENT"
        return _points(context, measure, boundary, previous.indicator if previous is not None and told else base)
    if _SHARE_NAME.fullmatch(phrase.text) and base:
        return simple(base + phrase.text, measure, phrase.start, "share-of", base=base)
    if "%" in phrase.text:
        return "a percentage of nothing named"
    if phrase.text and (indicators.is_known(phrase.text, context.rules) or _RATE.search(phrase.text)):
        return simple(phrase.text, measure, phrase.start, "figure-after-indicator", base=phrase.text)
    return _share_of_right(context, measure)


_OF_PLAN = re.compile(r"(?P<done>完成|达到?|达成|兑现)了?(?P<plan>[^,;。\d¤]{0,14}(?:计划|任务|目标|预算|进度))的$")
_OF_WHOLE = re.compile(r"(?P<whole>[^,;。\d¤]{2,16}?)的$")
_GOES = re.compile(r"(?:归|用于|用作|投入|投向|留给|来自)[^,;。\d]{1,10}(?=[,;。]|$)")


def _of_whole(context: Context, measure: Measure, boundary: int) -> Draft | None:
    """「完成年度投资计划的81%」, 「收益的80%归团队」."""
    if plan := _OF_PLAN.search(context.text, boundary, measure.start):
        return simple(f"{plan['done']}{plan['plan']}的比例", measure, plan.start(), "share-of-plan")
    match, goes = _OF_WHOLE.search(context.text, boundary, measure.start), _GOES.match(context.text, measure.end)
    if match is None or goes is None:
        return None
    phrase = indicators.left_phrase(context, match.start(), match.end("whole"))
    return simple(f"{phrase.text}{goes[0]}的比例", measure, phrase.start, "share-that") if phrase.text else None


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
