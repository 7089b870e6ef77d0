"""What a deal costs and what part of a firm it moves: 以3亿元收购甲公司, 受让甲公司51%股权."""

from __future__ import annotations

import re

from kg.extract.figures.context import Context, clause_end, clause_start
from kg.extract.figures.measured import Draft, simple
from kg.extract.figures.quantities import Measure

_DEAL = r"收购|并购|购买|受让|转让|出售|增持|减持|认购|竞得|摘得|拍得|买入|买下|拿下|挂牌转让"
_BY = re.compile(
    r"(?:以|作价|斥资|出资|耗资|花费|按照?)(?:现金|总价|人民币|合计|自有资金|不高于|不超过|不低于|约|近|逾|超过?|共|[,¤])*$"
)
_BUYS = re.compile(
    rf"(?:的?(?:现金|总价|价格|对价|交易对价|交易价格|总对价|底价|成交价))?,?(?:成功|完成|全资|[¤])*(?P<deed>{_DEAL})"
)
_STAKE = re.compile("的?(?:股权|股份|股票|权益)(?!激励)")
_MOVED = re.compile(rf"(?P<deed>{_DEAL}|持有|取得|获得)(?!价|人)")
_MOVED_BEHIND = re.compile(rf"的?(?:股权|股份)(?:的|完成)?(?P<deed>{_DEAL})")


def price(context: Context, measure: Measure) -> Draft | None:
    """An amount that something is bought or sold for; who pays or is paid stands before the words that say so."""
    bought = _BUYS.match(context.masked, measure.end) if measure.kind == "currency" else None
    if bought is None:
        return None
    paid = _BY.search(context.masked, clause_start(context, measure.start), measure.start)
    if paid is None:
        return None
    return simple(bought["deed"] + "价格", measure, paid.start(), "deal-price", base=bought["deed"])


def stake(context: Context, measure: Measure) -> Draft | None:
    """The part of a firm that is bought, sold or held; told of who does so, whom what follows goes on about."""
    if measure.unit != "PERCENT" or not _STAKE.match(context.masked, measure.end):
        return None
    before = list(_MOVED.finditer(context.masked, clause_start(context, measure.start), measure.start))
    behind = _MOVED_BEHIND.match(context.masked, measure.end, clause_end(context, measure.start))
    deed = behind or (before[-1] if before else None)
    if deed is None:
        return None
    name = "持股比例" if deed["deed"] == "持有" else deed["deed"] + "股权比例"
    return simple(name, measure, min(deed.start(), measure.start), "deal-stake", base=name)
