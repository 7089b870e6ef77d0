"""Which numbers are no figures: durations, ordinals, distances, offers, ways of speaking."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from kg.extract.figures.context import Context, clause_start, noun_phrase
from kg.extract.figures.quantities import Measure
from kg.extract.text.tokens import token_at
from kg.records import Modifier

_DISTANCE = re.compile(
    r"(?:距离?|以[东南西北]|[东南西北][面侧方]|相距|车程|方圆|周边|以外|半径|相隔|约行|沿线|直线|时速|速度|航速|限[速高宽重])[^,;。]{0,8}$"
)
_NEAR = re.compile(r"^(?:内|外|处|远|以外|之外|半径|范围|生活圈|的距离|左右的?车程|时速)")
_ORDINAL_LEFT = re.compile(r"(?:前|第|每|首|头|另|某|排名|世界|中国|之|最后|这|那|哪)$")
_EXCLUDED = {"duration": "a duration or date", "ordinal": "an ordinal"}


def refused(context: Context, measure: Measure) -> str | None:
    """Why a measure is no figure at all, None where it may be one."""
    if measure.kind in _EXCLUDED:
        return _EXCLUDED[measure.kind]
    return next((reason for reason, holds in _REASONS if holds(context, measure)), None)


def _in_name(context: Context, measure: Measure) -> bool:
    return any(n.start < measure.core[1] and measure.core[0] < n.end for n in context.namings)


def _in_ranking(context: Context, measure: Measure) -> bool:
    """在全国178家高新区中排第39名."""
    return any(min(p.lead, p.among[0]) <= measure.core[0] < p.end for p in context.places)


def _is_difference(context: Context, measure: Measure) -> bool:
    """同比多了11个, 比上年少3家 tell of a change and not how many there are."""
    return measure.unit == "NUM" and bool(_DIFFERS.search(context.text, 0, measure.start))


_DIFFERS = re.compile(r"(?:同比|环比|[比较][^,;。、]{1,8}?)(?:净|共|整整)?[多少](?:了|出)?$")


def _of_order(context: Context, measure: Measure) -> bool:
    """Whether a number counts places of a ranking, no people: 前移18位, 由24位升至第4位."""
    if measure.surface not in ("位", "名", "个位次", "个名次"):
        return False
    moved = _MOVED.search(context.text, max(0, measure.start - 8), measure.start)
    return bool(moved) or bool(_FROM.search(context.text, 0, measure.start) and _MOVES.match(context.text, measure.end))


_MOVED = re.compile(
    r"(?:[前后上下]移|上升|下降|[前后倒]退|前进|晋升|[提攀跃]升|跳升|下滑|回落|进位|[进退]步|[升降进退])(?:了|近|约|至少)?$"
)
_FROM = re.compile(r"[由从][^,;。、]{0,10}$")
_MOVES = re.compile(r"(?:上升|下降|提升|[跃攀]升|前移|后移|前进|后退|下滑|[升降进退])")


def _is_unit(context: Context, measure: Measure) -> bool:
    """百元, 千元 say a unit; 二元酸, 三元锂 are words."""
    if not measure.spelt or measure.surface != "元" or measure.modifier is not Modifier.EXACT:
        return False
    return measure.value in (100, 1000) or measure.value < _SPELT


def _after_ordinal(context: Context, measure: Measure) -> bool:
    return bool(_ORDINAL_LEFT.search(context.text[max(0, measure.start - 3) : measure.start]))


def _offered(context: Context, measure: Measure) -> bool:
    offer = _OFFER.search(context.text, clause_start(context, measure.start), measure.start)
    return bool(offer) and bool(_AID.match(context.text, measure.end))


def _generic(context: Context, measure: Measure) -> bool:
    return bool(_GENERIC.search(context.text, clause_start(context, measure.start), measure.start))


def _in_word(context: Context, measure: Measure) -> bool:
    """千斤顶, 百叶窗: the numeral is the beginning of a word."""
    if not measure.spelt:
        return False
    last = context.sentence.tokens[token_at(context.sentence, measure.core[1] - 1)]
    return last.tag in ("n", "nz", "nw") and last.start <= measure.core[0] and last.end > measure.core[1]


def _of_rule(context: Context, measure: Measure) -> bool:
    """What one must have, pays or may take is a rule or a price, no figure (不得少于1000万元, 每份15元, 限借5册)."""
    start = clause_start(context, measure.start)
    ruled = _RULED.search(context.text, start, measure.start) or _REQUIRED.search(context.text, 0, measure.core[0])
    return bool(ruled or _FINED.match(context.text, measure.end))


_REQUIRED = re.compile(r"(?:要有|须|应当|必须|要求)[^。;\d]{0,30}不(?:低于|少于)$")
_RULED = re.compile(
    r"不得|必须|须(?!知|弥)|应(?:当)?(?:不低于|不少于|达到|满)|处以?$|并处|罚款|罚金|限(?:借|购|报|载|坐|领|带)|收费|门票|票价|起征点|"
    r"每(?:张|份|桶|斤|瓶|杯|盒|克|小时|分钟|天|次|招用)[^,;。]{0,6}$|封顶|气温|体温|满分|定额|押金|保证金|凭"
)
_FINED = re.compile(r"(?:以[上下])?的?(?:定额|罚款|罚金)")


def _is_distance(context: Context, measure: Measure) -> bool:
    if measure.unit != "M":
        return False
    far = _DISTANCE.search(context.text, max(0, measure.start - 12), measure.start)
    return bool(far or _NEAR.match(context.text, measure.end))


def _of_article(context: Context, measure: Measure) -> bool:
    """8英寸晶圆, 180纳米工艺 say which article is meant; 分辨率达2.5纳米的 says how fine it is."""
    if measure.surface not in _FINE or context.text.startswith("的", measure.end):
        return False
    start, end = noun_phrase(context, measure.end)
    return end > start


_LASTS = re.compile(r"日日夜夜|日夜|昼夜|夜晚|春秋|寒暑|清晨|黄昏|年头|日子|周末|学时|课时|回合|瞬间|时辰")
_FINE = frozenset({"英寸", "寸", "纳米", "微米", "nm", "μm", "伏", "千伏", "万伏", "kV", "V"})


_SPELT = Decimal(10)
_MANY = Decimal(10**4)


def _is_phrase(measure: Measure) -> bool:
    """Whether a count in Chinese numerals is a way of speaking (五大产业, 十条), no figure (三十余家)."""
    if measure.surface in ("大", "批", "次", "轮", "类", "场") or measure.value < _SPELT:
        return True
    return measure.modifier is Modifier.EXACT and measure.value < _MANY


_OFFER = re.compile(r"给予|可获|可享|可申|奖励|补贴|补助|资助|每|最高")
_GENERIC = re.compile(r"往往|通常|一般(?!公共|预算|债|贸易|纳税|性|工业)|动辄|常常|任何|凡是|相当于|等同于|好比|仿佛")
_AID = re.compile(r"(?:的|一次性|资金|财政|经费)*(?:奖励|补贴|补助|资助|扶持|支持|贴息|奖金)")


def _of_counted(context: Context, measure: Measure) -> bool:
    """Whether an amount only says which things are counted (10亿元以上项目8个, 超亿元的项目8个)."""
    over = measure.modifier is Modifier.OVER and measure.kind == "currency"
    if not (over or measure.level or _CLASS.match(context.text, measure.core[1])):
        return False
    start, end = noun_phrase(context, measure.end + context.text.startswith("的", measure.end))
    if over and start == end:
        return False
    others = [m for m in context.measures if m.unit == "NUM"]
    return any(m.end == measure.start or measure.end < m.start <= end + 3 for m in others)


def _of_several(context: Context, measure: Measure) -> bool:
    """Whether a level says of which class several things are (多个百亿级产业集群)."""
    return measure.level and bool(_SEVERAL.search(context.text, max(0, measure.start - 4), measure.start))


_PER = re.compile(r"每(?:升|公斤|千克|克|吨|立方米|平方米|平方厘米|公里|小时|台|瓦)$")
_SEVERAL = re.compile(r"(?:多|若干|数|几|[两三四五六七八九十\d])(?:个|条|家|座)|一批$")


_CLASS = re.compile(r"(?:及)?以[上下]|级")

_REASONS: tuple[tuple[str, Callable[[Context, Measure], bool]], ...] = (
    ("part of a name", _in_name),
    ("says among how many", _in_ranking),
    ("places of a ranking", _of_order),
    ("a difference from another time", _is_difference),
    ("a count in Chinese numerals", lambda _, m: m.spelt and m.unit == "NUM" and _is_phrase(m)),
    ("a unit, not a number", _is_unit),
    ("an ordinal or a rate per number", _after_ordinal),
    ("an offer, not a figure", _offered),
    ("said of a kind, not of one", _generic),
    ("an attribute of what is counted", _of_counted),
    ("a class of several", _of_several),
    ("a rate per unit", lambda context, m: m.kind == "power" and bool(_PER.search(context.text, 0, m.start))),
    ("a duration or date", lambda context, m: bool(_LASTS.match(context.text, m.end))),
    ("part of a word", _in_word),
    ("a rule or a price", _of_rule),
    ("a distance", _is_distance),
    ("tells one article from another", _of_article),
)
