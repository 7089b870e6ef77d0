"""Numbers with their units: 约1.2亿元, 60余家, 10至20亿元, 百分之五, 千亿级.

A measure says what the wording means; what it is a figure of is the matter of `observations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.extract.text import numbers
from kg.records import Modifier, Quantity, Sentence
from kg.rules import Row, Rules

_SIGNS = {"$": "美元", "US$": "美元", "¥": "元", "€": "欧元", "£": "英镑", "HK$": "港元", "NT$": "新台币"}
# What stands before a number and says in whose 元 or 块 it is.
_PREFIXES = {"人民币": "元", "新台币": "新台币", "台币": "新台币", "港币": "港元", "美金": "美元"}
_PREFIX = re.compile("(" + "|".join(_PREFIXES) + ") ?$")
_SHARE = r"\d{1,3}(?:\.\d+)?%"
_WHOLE = r"(?:股本|股份|总数|总额|总量|总值|比例|比重|总收入|总面积|总资产|净资产|总投资)"
_MORE = "(?:[余餘多来]|(?<=[十百])[几幾])"
_BARE = frozenset("十百千万亿萬億")
_LEVELS = Decimal(10**8)
_BOUNDLESS = Decimal(10**18)  # no news counts so far, and stores hold decimals up to some 10**20 only
_THIRDS = Decimal("0.01")
_ANY = re.compile(rf"[\d{numbers.NUMERALS}数几半]")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit in a sentence. `start` to `end` takes in the modifiers, `core` the number and unit.

    `value` is in `unit` (a QUDT local name or `zg:…`); `upper` is the other end of a range. `surface` is the unit as
    worded and `kind` what sort of unit it is; `spelt` is true where the number is written in Chinese numerals alone.
    `per` is the unit that follows a slash (亿元/平方公里), `level` marks 千亿级. `lead` is where the whole
    wording begins: before 人民币, and before what a share is of where that stands between (不超过总股本的2%).
    """

    start: int
    end: int
    core: tuple[int, int]
    value: Decimal
    unit: str
    surface: str
    kind: str
    modifier: Modifier = Modifier.EXACT
    upper: Decimal | None = None
    spelt: bool = False
    per: str = ""
    level: bool = False
    lead: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Grammar:
    measure: re.Pattern[str]
    before: re.Pattern[str]
    bounded: re.Pattern[str]
    modifiers: dict[str, Modifier]
    units: dict[str, tuple[str, Decimal, str]]


def quantities(sentence: Sentence, rules: Rules) -> list[Quantity]:
    """The quantities of a sentence as records; of a range the lower end."""
    return [quantity(sentence, m) for m in measures(sentence.text, rules)]


def quantity(sentence: Sentence, measure: Measure) -> Quantity:
    """A measure as the record that other rooms know."""
    span = sentence.span_of(*measure.core)
    text = sentence.text[slice(*measure.core)]
    return Quantity(span, text, measure.value, measure.unit, measure.modifier)


def measures(text: str, rules: Rules) -> list[Measure]:
    """All numbers with a unit in a text in normal form, from left to right; dates and ordinals are not among them."""
    if not _ANY.search(text):
        return []
    grammar = _grammar(rules)
    return [measure for match in grammar.measure.finditer(text) for measure in _read(text, match, grammar)]


@lru_cache(maxsize=4)
def _grammar(rules: Rules) -> _Grammar:
    """The lexicon's units and modifiers as one expression."""
    units = {row["surface"]: (row["unit"], _factor(row["factor"]), row["kind"]) for row in rules.table("units")}
    unit = "|".join(_guarded(row) for row in _longest_first(rules.table("units"), "surface"))
    rows = rules.table("modifiers")
    before = _alternatives(row["word"] for row in rows if row["side"] == "before")
    after = _alternatives(row["word"] for row in rows if row["side"] == "after")
    core = _core(unit, after)
    measure = rf"(?:(?<![A-Za-z0-9.第初])|(?<=[A-Za-z])(?={_SHARE}))(?:{core})"
    modifiers = {row["word"]: Modifier(row["modifier"]) for row in rows}
    pattern = re.compile(rf"({before})(?:了|达到?|到|为|有|人民币|新?台币|港币|美金|每年|可|全球|全国)?(?:[$¥€£])? ?$")
    firm = _alternatives(row["word"] for row in rows if row["side"] == "before" and len(row["word"]) > 1)
    bounded = re.compile(rf"({firm})(?:(?!{firm})[\u4e00-\u9fff]){{0,16}}?{_WHOLE}的? ?$")
    return _Grammar(re.compile(measure), pattern, bounded, modifiers, units)


def _core(unit: str, after: str) -> str:
    """A number with its unit, or two of them: 3至5亿元, 3亿元至5亿元 (the second unit must be the first again)."""
    number = numbers.NUMBER
    magnitude = rf"{numbers.MAGNITUDE}| [万萬亿億]{{1,2}}"
    low = rf"(?P<low>{number})(?P<lowmag>{magnitude})?"
    to = rf"(?:(?P<lowunit> ?(?:{unit}))(?: ?[-—–~]{{1,2}} ?|至)|(?:[-—–~]{{1,2}}|至|到))"
    return (
        rf"(?P<minus>负|(?<![\d%)]) ?-)?(?P<sign>(?:US|HK|NT)?[$¥€£] ?)?(?:{low}{to})?"
        rf"(?P<number>{number})(?P<more>{_MORE})?(?P<magnitude>{magnitude})?(?P<more2>[余餘多])?"
        rf"(?P<level>级)?(?(lowunit)(?P<again>(?P=lowunit))|(?P<unit> ?(?:{unit}))?)(?P<level2>级)?"
        rf"(?P<half>(?<=[吨米斤里亩顷升成])半(?![年月日天个价数成导径夜路自句截分小以百千万]))?"
        rf"(?:/(?P<per>股|平方公里|平方米|亩|公顷|人|户|吨|年|天|月))?(?P<after>{after})?"
    )


def _factor(text: str) -> Decimal:
    above, _, below = text.partition("/")
    return Decimal(above) / Decimal(below or 1)


def _longest_first(rows: tuple[Row, ...], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: (-len(row[column]), row[column]))


def _guarded(row: Row) -> str:
    guard = "|".join(re.escape(word) for word in row["unless"].split("|") if word)
    return re.escape(row["surface"]) + (f"(?!{guard})" if guard else "")


def _alternatives(words: Iterator[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _read(text: str, match: re.Match[str], grammar: _Grammar) -> Iterator[Measure]:
    """What one match holds: a measure, or two where what looks like a range does not rise (3亿元至2亿元)."""
    one = _measure(text, match, grammar)
    if match["lowunit"] and (one is None or one.upper is None):
        first = grammar.measure.match(text, match.start(), match.end("lowunit"))
        if first is not None and (before := _measure(text, first, grammar)) is not None:
            yield before
    if one is not None:
        yield one


def _measure(text: str, match: re.Match[str], grammar: _Grammar) -> Measure | None:
    """One match as a measure; None where it has no unit or its numeral is no number."""
    worth = _worth(match, grammar)
    if worth is None:
        return None
    value, surface, unit, kind, factor = worth
    if abs(value) >= _BOUNDLESS:
        return None
    number, low = match["number"], match["low"]
    start = match.start() if match["low"] or match["sign"] or _is_below(match, kind) else match.start("number")
    first, modifier = _modifier(text, match, grammar, start)
    end = max(match.end(g) for g in _PARTS)
    lower = _low(match) if low else None
    if low and (lower is None or lower * factor >= value):
        start, low, lower = match.start("number"), None, None
        first, modifier = _modifier(text, match, grammar, start)
    prefix = _PREFIX.search(text, max(0, first - 5), first)
    lead = prefix.start() if prefix else first
    if kind == "percent" and modifier is Modifier.EXACT and (bound := grammar.bounded.search(text[:start][-28:])):
        lead, modifier = max(0, start - 28) + bound.start(), grammar.modifiers[bound[1]]
    first = lead if prefix else first
    return Measure(
        first, match.end(), (start, end), plain(value if lower is None else lower * factor), unit, surface, kind,
        modifier=modifier, upper=None if lower is None else plain(value), spelt=not re.search(r"\d", number),
        per=match["per"] or "", level=bool(match["level"] or match["level2"]), lead=lead,
    )  # fmt: skip


_PARTS = ("number", "more", "magnitude", "more2", "level", "unit", "again", "level2", "half", "per")


def _worth(match: re.Match[str], grammar: _Grammar) -> tuple[Decimal, str, str, str, Decimal] | None:
    """Value in the unit, the unit's surface, name and kind, and its factor."""
    text, magnitude = match["number"], (match["magnitude"] or "").strip()
    value = numbers.value_of(text)
    if value is None:
        return None
    value *= numbers.magnitude_of(magnitude)
    wording = match["unit"] or match["again"] or ""
    if "分之" in text and not wording:
        return _hundredths(value * 100), "%", "PERCENT", "percent", Decimal(100)
    surface = wording.strip() or _SIGNS.get((match["sign"] or "").strip()) or _unsaid(match, value)
    if surface not in grammar.units or _is_bare(match) or (wording[:1] == " " and _is_apart(match)):
        return None
    if surface == "元" and (prefix := _PREFIX.search(match.string, max(0, match.start() - 5), match.start())):
        surface = _PREFIXES[prefix[1]]
    unit, factor, kind = grammar.units[surface]
    value += Decimal("0.5") if match["half"] else 0
    return value * factor * (-1 if _is_below(match, kind) else 1), surface, unit, kind, factor


def _is_below(match: re.Match[str], kind: str) -> bool:
    """Whether a share, temperature or length is below zero; before other units - joins words (A区-5家)."""
    if not match["minus"] or match["low"]:
        return False
    return kind in ("percent", "temperature") or (kind == "length" and match["minus"] == "负")


def _unsaid(match: re.Match[str], value: Decimal) -> str:
    """元 where the text leaves it out: 千亿级, and amounts of money by what stands beside them (以9.5亿收购)."""
    if match["level"]:
        return "元" if value >= _LEVELS else ""
    if not match["magnitude"] or not match["number"][0].isdigit() or match["magnitude"][-1] not in "万亿萬億":
        return ""
    text, start, end = match.string, match.start(), match.end()
    if _PEOPLED.search(text[max(0, start - 12) : start]) and not _COUNTED.match(text[end : end + 1]):
        return "人"
    spent = _SPENT.search(text[max(0, start - 24) : start]) or _SPENDING.match(text[end : end + 6])
    return "元" if spent and not _COUNTED.match(text[end : end + 1]) else ""


_SPENT = re.compile(
    r"(?:(?:投资|出资|融资|募资|集资|增资|注资|耗资|斥资|套现|作价|贷款|授信|市值|估值|金额|资金|净买入|净卖出|净流入|净流出|营收|"
    r"净利润|对价|代价|债务|负债|人民币)(?:额|总额|规模)?(?:的|了|为|达|到|高达|共|合计|总计|累计|仅|是|:)*"
    r"(?:超过?|逾|近|约|不超过?|不低于)?|[万亿]元(?:、[\d.]+[万亿])*、) ?$"
)
_PEOPLED = re.compile(
    r"(?:人口|员工|职工|从业人员|在校生|用户|人数)(?:总数|数)?(?:的|了|为|达到?|约|超过?|逾|接?近|突破|将|共|有|已|经)*$"
)
_SPENDING = re.compile(
    r"(?:元?现金|收购|购买|入股|认购|增资|受让|拿下|买下|中标|的?(?:价格|对价|代价|资金|贷款|债[权务]|融资|估值|市值|营收))"
)
_COUNTED = re.compile(r"[股吨人户亩台套辆件册份张枚头株度千瓦平立方公米]")


def _is_apart(match: re.Match[str]) -> bool:
    """A unit after a blank belongs to digits that are no clock, date or numbering of their own (10:30 人民网)."""
    return not match["number"][0].isdigit() or match.string[max(0, match.start() - 1) : match.start()] in tuple(":-/")


def plain(value: Decimal) -> Decimal:
    """A value without trailing zeros or exponent; what does not end (亩 in square metres) is rounded to hundredths."""
    if value == value.to_integral_value():
        return value.to_integral_value()
    if value.as_tuple().exponent < _FINEST:  # type: ignore[operator]
        value = value.quantize(_THIRDS)
    return Decimal(format(value.normalize(), "f"))


_FINEST = -12


def _hundredths(value: Decimal) -> Decimal:
    """A share as worded where it ends (万分之三), else to hundredths of a percent (三分之一)."""
    return value if -value.as_tuple().exponent <= -_FINEST else value.quantize(_THIRDS)  # type: ignore[operator]


def _is_bare(match: re.Match[str]) -> bool:
    """万元, 亿元 without a number say a unit, not a quantity; 百亿元 and 近万人 are quantities."""
    bare = match["number"] in ("万", "亿", "萬", "億") and not match["magnitude"]
    return bare and not (match["more"] or match["level"] or match.string[: match.start("number")].endswith(_TOUCH))


_TOUCH = ("超", "过", "破", "逾", "近", "上", "成", "数")


def _low(match: re.Match[str]) -> Decimal | None:
    """The lower end of a range; a magnitude that only the upper end words holds for both (3至5亿)."""
    value = numbers.value_of(match["low"])
    if value is None:
        return None
    own = match["lowmag"] or ("" if match["lowunit"] else match["magnitude"]) or ""
    return value * numbers.magnitude_of(own.strip())


def _modifier(text: str, match: re.Match[str], grammar: _Grammar, start: int) -> tuple[int, Modifier]:
    """Where the wording begins with what modifies it, and what that makes of the number."""
    before = grammar.before.search(text, max(0, start - 8), start)
    first = before.start() if before else start
    if match["after"]:
        return first, grammar.modifiers[match["after"]]
    if before:
        word = before[1]
        vague = word in ("近", "将近", "上") and match["number"][:1] in _BARE
        return first, (Modifier.ABOUT if word != "上" else Modifier.OVER) if vague else grammar.modifiers[word]
    if match["more"] or match["more2"]:
        return first, Modifier.OVER
    vague = match["number"][0] in "数几" and len(match["number"]) > 1
    rough = "分之" in match["number"] and Decimal(100) % 1 == 0 and _rounded(match["number"])
    return first, Modifier.OVER if vague else Modifier.ABOUT if rough else Modifier.EXACT


def _rounded(fraction: str) -> bool:
    """Whether a fraction has no short form in percent (三分之一)."""
    value = numbers.value_of(fraction)
    return value is not None and value * 100 != _hundredths(value * 100)
