"""When a figure holds: the time that its own words, its clause, its sentence or its paragraph gives."""

from __future__ import annotations

import re

from kg.extract.figures.context import Context, clause_end, clause_start
from kg.extract.figures.measured import Draft
from kg.extract.time import periods
from kg.extract.time.times import TimeExpression
from kg.records import Period

_LASTING = re.compile(
    r"(?:面积|规模|总投资|投资额|(?<!资产)(?<!业)(?<!民间)(?<!技改)(?<!改造)(?<!设施)(?<!完成)投资|资本|长度|功率|分辨率|占地|容量|高度|精度|全长|概算)$"
)
# What is made or earned within a time; a stock (员工, 管理规模) told after the date of a deed is not of that date.
_FLOW = re.compile(
    r"产值|收入|营收|营业额|利润|税|增加值|总值|进出口|出口|进口|外资|内资|成交|销售|零售|支出|GDP|增速|增长|产量|"
    r"吞吐量|新增|净增|完成|引进|签约|落户|举办|组织|开展|培养|培训|申请|授权|竣工|投入|发放|兑现|转化|孵化|补助"
)
# What happens on a date and is over: stocks told after it are not of that date (成立于1992年,从业人员9万人).
DATED_DEED = re.compile(
    r"成立|创立|创办|创建|始建|建立|建区|设立|组建|获批|批准|批复|认定|升级|晋升|升格|入驻|落户|上市|挂牌|更名|改名|"
    r"改制|合并|划归|发射|动工|"
    r"奠基|开工|开建|开园|开馆|开业|开通|启用|启动|迁|收购|毕业|建成|投产|竣工|封顶|交付|完工|达产|通车|投用|揭牌|运营|获评|被评|列入|入选|获[^,;。]{2,12}奖"
)
# Of these even what is earned or made later is not of that date.
_FOUNDING = re.compile(r"成立|创立|创办|始建|组建于|设立于|诞生|起家|前身")
# After it stands what will be once something is there, at no time that the text gives.
_ONCE = re.compile(
    r"(?:达产|建成|投产|竣工|完工|投用|投运|落成|落地|满产|运营|交付|实施|投入使用)(?:达效|投用|投产|运营)*(?:之)?后"
)


def figure_period(context: Context, draft: Draft, carried: TimeExpression | None) -> Period | None:
    """The period of a figure: a time of its own, the nearest before it in the sentence, else that of the paragraph."""
    at = draft.core[0]
    start = max(clause_start(context, at), draft.since)
    own = [t for t in context.times if start <= t.start and t.end <= at]
    near = [t for t in own if t.attributive and at - t.end <= 3]
    if not near and (ends := _ends(context, draft)):
        return ends[0] if draft.origin else ends[1]
    if near or draft.origin:
        return near[-1].period if near else (own[-1].period if own else None)
    if own := [t for t in own if not _is_aside(context, t, at)]:
        return own[-1].period
    if before := _before(context, draft, start):
        return before[-1].period
    return None if _LASTING.search(draft.indicator) else _carried(context, draft, carried)


def _ends(context: Context, draft: Draft) -> tuple[Period, Period] | None:
    """The first and the last year of a span over which a figure went from one value to another."""
    if draft.rule != "from-to":
        return None
    spans = [t.period for t in context.times if t.end <= draft.core[0] and t.period is not None]
    match = _YEARS.fullmatch(spans[-1].text) if spans else None
    return (periods.whole_year(int(match[1])), periods.whole_year(int(match[2]))) if match else None


_YEARS = re.compile(r"(\d{4})/(\d{4})")


def _before(context: Context, draft: Draft, start: int) -> list[TimeExpression]:
    """The times of earlier clauses that may hold for a figure."""
    at = draft.core[0]
    once = max((m.end() for m in _ONCE.finditer(context.text, 0, at)), default=0)
    limit = min(start, clause_start(context, at))
    earlier = [t for t in context.times if once <= t.start and t.end <= limit and not t.attributive]
    deed = _FOUNDING if _FLOW.search(draft.indicator) else DATED_DEED
    return [t for t in earlier if not _is_aside(context, t, at) and not _is_deed(context, t, deed)]


def _carried(context: Context, draft: Draft, carried: TimeExpression | None) -> Period | None:
    """The paragraph's period; the date of a deed holds for flows alone."""
    if carried is None or (carried.vague and not _FLOW.search(draft.indicator)):
        return None
    return None if _ONCE.search(context.text, 0, draft.core[0]) else carried.period


def _is_deed(context: Context, time: TimeExpression, deed: re.Pattern[str]) -> bool:
    """Whether a time dates a deed and no figure: its clause tells of one and has no number."""
    start, end = clause_start(context, time.start), clause_end(context, time.end)
    if _AS_OF.search(context.text[max(0, time.start - 2) : time.close]):
        return False
    if any(start <= m.start < end for m in context.measures):
        return False
    return deed.search(context.text, start, end) is not None


_AS_OF = re.compile(r"^.?(?:截至|截止|止)|[底末]$|期间$")


def _is_aside(context: Context, time: TimeExpression, at: int) -> bool:
    """A time that says against what (较1季度), one after which something else came, or none at all (近年来)."""
    lead = context.text[max(0, time.start - 1) : time.start]
    if lead in ("较", "比") or (time.attributive and lead in ("由", "从")):
        return True
    return (lead == "继" and not _in_clause(context, time, at)) or time.vague


def _in_clause(context: Context, time: TimeExpression, at: int) -> bool:
    return clause_start(context, time.start) == clause_start(context, at)
