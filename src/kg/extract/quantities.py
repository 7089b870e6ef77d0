"""Numbers with their units: 约1.2亿元, 60余家, 10至20亿元, 百分之五, 千亿级.

A measure says what the wording means; what it is a figure of is the matter of `observations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.extract import numbers
from kg.records import Modifier, Quantity, Sentence
from kg.rules import Row, Rules

_SIGNS = {"$": "美元", "US$": "美元", "¥": "元", "€": "欧元", "£": "英镑", "HK$": "港元", "NT$": "新台币"}
_MORE = "[余餘多来]"
_BARE = frozenset("十百千万亿萬億")
_LEVELS = Decimal(10**8)
_THIRDS = Decimal("0.01")
_ANY = re.compile(rf"[\d{numbers.NUMERALS}数几半]")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit in a sentence. `start` to `end` takes in the modifiers, `core` the number and unit.

    `value` is in `unit` (a QUDT local name or `zg:…`); `upper` is the other end of a range. `surface` is the unit as
    worded and `kind` what sort of unit it is; `spelt` is true where the number is written in Chinese numerals alone.
    `per` is the unit that follows a slash (亿元/平方公里), `level` marks 千亿级.
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


@dataclass(frozen=True, slots=True, eq=False)
class _Grammar:
    measure: re.Pattern[str]
    before: re.Pattern[str]
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
    found = (_measure(text, match, grammar) for match in grammar.measure.finditer(text))
    return [measure for measure in found if measure is not None]


@lru_cache(maxsize=4)
def _grammar(rules: Rules) -> _Grammar:
    """The lexicon's units and modifiers as one expression."""
    units = {row["surface"]: (row["unit"], _factor(row["factor"]), row["kind"]) for row in rules.table("units")}
    unit = "|".join(_guarded(row) for row in _longest_first(rules.table("units"), "surface"))
    rows = rules.table("modifiers")
    before = _alternatives(row["word"] for row in rows if row["side"] == "before")
    after = _alternatives(row["word"] for row in rows if row["side"] == "after")
    number = f"{numbers.DIGITS}|{numbers.FRACTION}|{numbers.VAGUE}|{numbers.CHINESE}"
    core = (
        rf"(?P<sign>(?:US|HK|NT)?[$¥€£])?(?:(?P<low>{number})(?P<lowmag>{numbers.MAGNITUDE})?(?P<lowunit>%)?"
        rf"(?:[-—–~]{{1,2}}|至|到))?"
        rf"(?P<number>{number})(?P<more>{_MORE})?(?P<magnitude>{numbers.MAGNITUDE})?(?P<more2>[余餘多])?"
        rf"(?P<level>级)?(?P<unit>{unit})?(?P<level2>级)?(?:/(?P<per>平方公里|平方米|亩|公顷|人|户|吨|年|天|月))?"
        rf"(?P<after>{after})?"
    )
    measure = rf"(?<![A-Za-z0-9.第初])(?:{core})"
    modifiers = {row["word"]: Modifier(row["modifier"]) for row in rows}
    pattern = re.compile(rf"({before})(?:了|达到?|到|为|有|人民币|每年|可|全球|全国)?(?:[$¥€£])?$")
    return _Grammar(re.compile(measure), pattern, modifiers, units)


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


def _measure(text: str, match: re.Match[str], grammar: _Grammar) -> Measure | None:
    """One match as a measure; None where it has no unit or its numeral is no number."""
    worth = _worth(match, grammar)
    if worth is None:
        return None
    value, surface, unit, kind, factor = worth
    number, low = match["number"], match["low"]
    start = match.start() if match["low"] or match["sign"] else match.start("number")
    first, modifier = _modifier(text, match, grammar, start)
    end = max(match.end(g) for g in ("number", "more", "magnitude", "more2", "level", "unit", "level2", "per"))
    lower = _low(match) if low else None
    if low and (lower is None or lower * factor >= value):
        start, low, lower = match.start("number"), None, None
        first, modifier = _modifier(text, match, grammar, start)
    return Measure(
        first, match.end(), (start, end), plain(value if lower is None else lower * factor), unit, surface, kind,
        modifier=modifier, upper=None if lower is None else plain(value), spelt=not re.search(r"\d", number),
        per=match["per"] or "", level=bool(match["level"] or match["level2"]),
    )  # fmt: skip


def _worth(match: re.Match[str], grammar: _Grammar) -> tuple[Decimal, str, str, str, Decimal] | None:
    """Value in the unit, the unit's surface, name and kind, and its factor."""
    text, magnitude = match["number"], match["magnitude"] or ""
    value = numbers.value_of(text)
    if value is None:
        return None
    value *= numbers.magnitude_of(magnitude)
    if "分之" in text and not match["unit"]:
        return (value * 100).quantize(_THIRDS), "%", "PERCENT", "percent", Decimal(100)
    surface = match["unit"] or _SIGNS.get(match["sign"] or "") or ("元" if match["level"] and value >= _LEVELS else "")
    if surface not in grammar.units or _is_bare(match):
        return None
    unit, factor, kind = grammar.units[surface]
    return value * factor, surface, unit, kind, factor


def plain(value: Decimal) -> Decimal:
    """A value without trailing zeros or exponent; what does not end (亩 in square metres) is rounded to hundredths."""
    if value == value.to_integral_value():
        return value.to_integral_value()
    if value.as_tuple().exponent < _FINEST:  # type: ignore[operator]
        value = value.quantize(_THIRDS)
    return Decimal(format(value.normalize(), "f"))


_FINEST = -12


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
    return value * numbers.magnitude_of(own)


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
    return value is not None and value * 100 != (value * 100).quantize(_THIRDS)
