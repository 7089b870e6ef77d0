"""Each measure of a sentence as a draft of a figure: in which pattern it stands, and what it is thus a figure of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.figures import indicators
from kg.extract.figures.context import Context, clause_end, clause_start, noun_phrase, words
from kg.extract.figures.deals import price, stake
from kg.extract.figures.measured import Draft, simple
from kg.extract.figures.quantities import Measure
from kg.extract.figures.shares import share
from kg.extract.scene.naming import Naming
from kg.records import EntityType, Modifier

_FROM = re.compile(r"(?:由|从)[^,;。]{0,14}$")
_TO = re.compile(
    r"^[^;。,\d]{0,12}?(?:到|至|为|成)(?:了)?[^,;。\d]{0,10}$|^,(?:[^,;。\d]{0,8}?)(?:到|至|为|成)(?:了)?[^,;。\d]{0,6}$|"
    r"^的[^,;。]{0,8},?(?:到|至)[^,;。\d]{0,6}$|^[^;。]{0,12}?(?:增加|增长|提升|提高|上升|扩大|下降|减少|降低)(?:了)?(?:到|至|为)"
    r"[^,;。\d]{0,10}$"
)
_RATIO = re.compile(r"(?:是|为|达到?|相当于|均达到?|系)(?P<whole>[^,;。]{2,20}?)的$")
_VERB_LIGHT = frozenset(
    "有 拥有 共有 现有 已有 达 达到 是 为 包括 包含 涵盖 形成 实现 具有 具备 占 占据 等 约 超 超过 突破 涉及 成为 来自 "
    "分为 聚焦 依托 存在 含".split()
)
_PHASE = re.compile(r"(?:[一二三四]期|首期|首批|首栋)$")
_NAMED = {
    EntityType.FUND: "规模",
    EntityType.PROJECT: "投资额",
    EntityType.FACILITY: "投资额",
    EntityType.ZONE: "投资额",
}


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
    if first.kind == "area" and not indicators.is_known(wording, context.rules) and not _AREA_NAME.search(wording):
        wording = "面积"
    if not wording and first.unit == "NUM":
        wording = counted_right(context, second, "")
    if len(wording) < 2:
        return None
    if first.unit == "NUM":
        wording = indicators.counted(wording, first.surface)
    drafts = [simple(wording, m, phrase.start, "from-to") for m in (first, second)]
    return [replace(drafts[0], origin=True), replace(drafts[1], since=first.end)]


def draft(context: Context, measure: Measure, boundary: int, found: Sequence[Draft]) -> Draft | str:
    """One measure as a figure, or the reason why it is none. `boundary` is where what belongs to it may begin."""
    previous = found[-1] if found else None
    if dealt := price(context, measure) or stake(context, measure):
        return dealt
    if measure.unit == "PERCENT":
        return share(context, measure, boundary, previous)
    if measure.unit == "zg:Times":
        return _times(context, measure, boundary, previous)
    phrase = indicators.left_phrase(context, boundary, measure.start, count=measure.unit == "NUM")
    if previous is not None and _goes_on(context, measure, previous):
        return simple(previous.indicator, measure, measure.start, "figure-again", base=previous.base)
    if more := _of_them(context, measure, found) or _elliptic(context, measure, phrase, found):
        return more
    if previous is not None and _THIS_FIGURE.search(phrase.text):
        return simple(previous.indicator, measure, phrase.start, "figure-again", base=previous.base)
    if measure.unit == "NUM":
        return _count(context, measure, phrase, previous)
    return _amount(context, measure, phrase, previous)


_AGAIN = re.compile(
    r"(?:大关|关口|台阶)?[,、](?:[¤,]|已经|已|并|有望|预计|力争|将|首次|可|能|会|要)*(?:到|做到|冲到|升到|达到?|高达|为|即|升至|增至|约为|实际为|突破)(?:了|约)?"
)


_THIS_FIGURE = re.compile("(?:这个|这一|该|此|上述)(?:数字|数据|数值|指标|数)$")
_WHAT = re.compile(r"(?:总?规模|总?投资|(?:建筑|占地|用地|规划)?面积|产值|产能)$")
_DEEDS = re.compile(
    r"^(?:累计|新增|现有|已有|拥有|申请|获得|获|授权|新?签约|开工|复工|实施|投产|竣工|在建|续建|落地|达产|投用|引进|集聚|培育|入驻|完成|实现|建成|已|计划|规划|年末|期末|总|目标)+(?=..)"
)


def _elliptic(context: Context, measure: Measure, phrase: indicators.Phrase, found: Sequence[Draft]) -> Draft | None:
    """A number whose noun a figure before has said: 目标规模50亿元,首期20亿元; 申请专利320件,授权210件."""
    previous = next((d for d in reversed(found) if d.measure is not None and _alike(d.measure, measure)), None)
    if previous is None:
        return None
    what, phase = _WHAT.search(previous.base), _PHASE.search(context.masked, previous.end, measure.start)
    if what and phase and _OF_FUND.fullmatch(context.masked, previous.end, phase.start()):
        name = phase[0] + what[0].removeprefix("总")
        return simple(name, measure, phase.start(), "phase", base=name)
    if not phrase.text:
        return None
    gap = context.masked[previous.end : phrase.start]
    opening = context.masked[clause_start(context, phrase.start) : phrase.start]
    if not _CLOSE.fullmatch(gap) and (previous is found[-1] or not _RESUMES.fullmatch(opening)):
        return None
    if phrase.verb != phrase.text or len(phrase.verb) > _SHORT or counted_right(context, measure, ""):
        return None
    if measure.kind == "currency":
        return None
    noun = _DEEDS.sub("", previous.base)
    name = noun + phrase.verb if _GAIN.fullmatch(phrase.verb) else phrase.verb + noun
    counted = indicators.counted(name, measure.surface) if measure.unit == "NUM" else name
    return simple(counted, measure, phrase.start, "same-noun", base=noun)


_THEM = re.compile(r"[,;(]其中,?(?:有)?(?P<sort>[^,;。()]{0,12}?)(?:的|者)?(?:有|达|约)?")
_DONE = re.compile(
    r"(?P<deed>(?:已|已经|正在?|将|计划|年内|均已?|在)?(?:开工|动工|投产|竣工|达产|投用|签约|落地|复工|完工|建成|入库|上市|挂牌|投运|试产|开园|注册)[\u4e00-\u9fff]{0,4})"
    r"(?=[,。;、)]|$)"
)


def _of_them(context: Context, measure: Measure, found: Sequence[Draft]) -> Draft | None:
    """How many of what was counted before are of a sort or have come to something (项目57个,其中31个已开工)."""
    previous = next((d for d in reversed(found) if d.measure is not None and _alike(d.measure, measure)), None)
    told = _THEM.fullmatch(context.masked, previous.end, measure.start) if previous is not None else None
    if previous is None or told is None or measure.unit != "NUM":
        return None
    done = _DONE.match(context.text, measure.end)
    sort = told["sort"] + "上" * told["sort"].endswith("以")
    what = sort if _SORT.search(sort) else (done["deed"] if done and not sort else "")
    if not what or (not done and counted_right(context, measure, "")):
        return None
    noun = _DEEDS.sub("", previous.base)
    plain = replace(measure, modifier=Modifier.EXACT) if sort.endswith("以上") else measure  # 亿元以上4个 is four
    rule = "part-of-count" if sort else "part-done"
    return simple(indicators.counted(what + noun, plain.surface), plain, measure.start, rule, base=noun)


_SORT = re.compile(r"(?:以[上下内]|级|开工|动工|投产|竣工|达产|投用|签约|落地|复工|完工|建成)$")


def _alike(told: Measure, measure: Measure) -> bool:
    return told.unit == measure.unit and told.surface[-1:] == measure.surface[-1:]


# 项目76个,…140亿元,截至2月底已复工52个
_RESUMES = re.compile(r"(?:[¤比较]|截至|截止|到|其中|目前|现|已经?|又|并|还|新)*")
_OF_FUND = re.compile(r"(?:的[^,;。]{1,24})?[,;、(]")
_CLOSE = re.compile(r"[,;、(](?:[¤,比较]|同期|上年末?|年初|其中|已|又|并|还|新)*")
_SHORT = 4


def _goes_on(context: Context, measure: Measure, previous: Draft) -> bool:
    """Whether a number without a wording of its own is one more of the figure before (突破千亿元,达到1032亿元)."""
    alike = previous.unit == measure.unit if previous.unit else _measured_in(context, previous.indicator, measure)
    return alike and bool(_AGAIN.fullmatch(context.masked[previous.end : measure.core[0]]))


def _measured_in(context: Context, indicator: str, measure: Measure) -> bool:
    return indicators.concept_of(indicator, context.rules, kind=measure.kind) is not None


def _times(context: Context, measure: Measure, boundary: int, previous: Draft | None) -> Draft | str:
    """「A达到B的1.8倍」 compares A with B."""
    match = _RATIO.search(context.text, boundary, measure.start)
    phrase = indicators.left_phrase(context, boundary, match.start() if match else measure.start)
    name = phrase.text or (previous.base if previous is not None else "")
    if len(name) < 2:
        return "a multiple of nothing named"
    if match is None:
        enlarged = name.endswith(("放大", "扩增")) and len(name) > _SHORT
        return simple(name, measure, phrase.start, "multiple", base=name) if enlarged else "a multiple of nothing named"
    return simple(f"{name}相对{match['whole']}的倍数", measure, phrase.start, "multiple-of", base=name)


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
        listed = previous is not None and context.text[previous.end : measure.start] == "、"
        name = indicators.counted(previous.base, measure.surface) if previous is not None and listed else "人数"
        return simple(name, measure, measure.start, "count-of-people", base="人")
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
    noun = context.text[start:end].strip('“”"') or _after_clause(context, measure)
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


_THAT = re.compile(r"[^,;。、\d的()]{2,12}的")


def _after_clause(context: Context, measure: Measure) -> str:
    """What is counted behind a clause of its own: 4个达不到标准的项目."""
    match = _THAT.match(context.text, measure.end)
    if match is None or measure.surface not in ("个", "家", "项", "户", "名", "位", "座", "件"):
        return ""
    start, end = noun_phrase(context, match.end())
    return context.text[measure.end : end] if end > start else ""


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
    lent = _LENT.match(context.text, measure.end)
    if lent and measure.kind == "currency" and not indicators.is_known(named, context.rules):
        return simple(lent["what"], measure, measure.start, "figure-before-noun", base=lent["what"])
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
    made = _output(context, measure)
    return made or _by_verb(context, measure, phrase, previous) or f"a {measure.kind} of nothing named"


_YEARLY = re.compile(r"年(?:可)?(?:产|生产)$")


def _output(context: Context, measure: Measure) -> Draft | None:
    """What is made a year of goods that are named right before an amount (年产奶粉2万吨), else None."""
    made = next((n for n in context.namings if n.end == measure.start and n.type is EntityType.PRODUCT), None)
    verb = _YEARLY.search(context.text, 0, made.start) if made is not None else None
    if made is None or verb is None:
        return None
    name = "年产" + context.text[made.start : made.end]
    return simple(name, measure, verb.start(), "output-of", base=name)


# Money is told by the round or the credit right behind it: 完成2亿元B轮融资, 提供不低于200亿元的意向授信.
_LENT = re.compile(
    r"的?(?P<what>(?:[A-Za-z][A-Za-z\-+]*+|天使|种子|战略|首|新一|本|多)*轮?(?:股权|战略|债权)*融资(?!租赁|担保|平台|需求|渠道|难|服务|租|券)"
    r"|(?:意向性?|综合|专项|信用|银行|各类|科技|专利|知识产权|质押|普惠|低息|中长期|整体|集团|设备|更新|固定资产|项目|流动资金|经营|技改|并购|绿色|信用贷)*(?:授信|贷款|信贷)(?:额度|支持|资金)?)"
)


def _by_verb(context: Context, measure: Measure, phrase: indicators.Phrase, previous: Draft | None) -> Draft | None:
    """An area that is laid out, an amount that is spent, raised or added; None where no verb says so."""
    verb = phrase.verb if phrase.verb not in _VERB_LIGHT else ""
    if measure.kind == "area" and _LAID_OUT.search(phrase.verb):
        return simple(phrase.text + "面积", measure, phrase.start, "verb-area", base=phrase.text)
    if not verb or measure.kind != "currency":
        return None
    if previous is not None and _GAIN.search(verb) and previous.unit == measure.unit:
        return simple(previous.base + phrase.text + "额", measure, phrase.start, "gain", base=previous.base)
    amount = verb + "额" if indicators.is_known(verb + "额", context.rules) else verb + "金额"
    return simple(amount, measure, phrase.start, "verb-amount", base=verb)


_LAID_OUT = re.compile(
    r"(?:建成|在建|开发|规划|占地|竣工|腾出|盘活|供应|出让|流转|绿化|覆盖|完成|投用|腾退|拆除|改造)$"
)
_AREA_NAME = re.compile(r"(?:面积|规模|占地|用地|体量|空间|载体|范围)$")


def _as_area(noun: str, context: Context) -> str:
    """厂房 with an area is 厂房面积."""
    if _AREA_NAME.search(noun) or indicators.concept_of(noun, context.rules, kind="area"):
        return noun
    return noun + "面积"


def _name_beside(context: Context, measure: Measure) -> Naming | None:
    """The fund or project whose name stands right before the number, or before the bracket that opens with it."""
    kinds = (EntityType.FUND, EntityType.PROJECT)
    end = measure.start - context.text.endswith("(", 0, measure.start)
    return next((n for n in context.namings if n.end == end and n.type in kinds), None)


_PRICES = ("作价", "定价", "报价", "估价", "造价", "售价", "对价", "出资", "估值", "标价")


def _noun_like(context: Context, phrase: indicators.Phrase) -> bool:
    """Whether a phrase that ends in a verb is a name all the same (出口) or a noun with its verb (资金净增)."""
    known = indicators.is_known(phrase.text, context.rules) or phrase.text.endswith(_PRICES)
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


_GROUND = re.compile(r"(?:土地|大地|热土|沃土|范围|区域|版图|空间)[上内里]?")


def _of_noun(measure: Measure, noun: str) -> str:
    if measure.kind == "area":
        return "面积" if _GROUND.fullmatch(noun) else noun if noun.endswith("面积") else noun + "面积"
    if measure.kind == "length":
        return noun + "长度" if measure.unit == "M" else ""
    if measure.level and measure.kind == "currency" and not noun.endswith("规模"):
        return noun + "规模"
    return noun
