"""The pieces of a question that have numbers: years, parts of years, places in an order, bounds of a value."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from decimal import Decimal

from kg import rules
from kg.answers.asking.words import Reading
from kg.extract.figures.quantities import measures, plain
from kg.extract.text.numbers import value_of

_YEAR = r"((?:19|20)\d\d)"
_YEARS = re.compile(rf"{_YEAR}年?(?:(?:-|—|–|~|至|到|to|and){_YEAR}年?)?(?:度|全年)?")
_MONTHS = re.compile(rf"{_YEAR}年(\d{{1,2}})(?:月?(?:-|—|–|~|至|到)(\d{{1,2}}))?月份?")
_PARTS = tuple(
    (re.compile(pattern.replace("YEAR", _YEAR)), months)
    for pattern, months in (
        (r"YEAR年上半年|(?:the)?firsthalf(?:of)?YEAR|h1YEAR", (1, 6)),
        (r"YEAR年下半年|(?:the)?secondhalf(?:of)?YEAR|h2YEAR", (7, 12)),
        (r"YEAR年前三季度|(?:the)?firstthreequarters(?:of)?YEAR", (1, 9)),
        (r"YEAR年(?:第?[一1]季度|q1)|(?:the)?firstquarter(?:of)?YEAR|q1YEAR", (1, 3)),
        (r"YEAR年(?:第?[二2]季度|q2)|(?:the)?secondquarter(?:of)?YEAR|q2YEAR", (4, 6)),
        (r"YEAR年(?:第?[三3]季度|q3)|(?:the)?thirdquarter(?:of)?YEAR|q3YEAR", (7, 9)),
        (r"YEAR年(?:第?[四4]季度|q4)|(?:the)?fourthquarter(?:of)?YEAR|q4YEAR", (10, 12)),
    )
)
_ORDINAL = re.compile(r"(?:排名?|位居|居|位列|列)?第(?:([一二三四五六七八九十])|(\d{1,3}))(?:位|名)?")
_ENGLISH = re.compile(r"(\d{1,3})(?:st|nd|rd|th)(?:place)?|(first|second|third)(?:place)?")
_DIGITS = "一二三四五六七八九十"
_WORDED = {"first": "1", "second": "2", "third": "3"}
_BOUNDS = (
    (re.compile(r"(?:超过了?|大于|多于|高于|over|above|(?:more|higher|larger|greater)than)(.+)"), ">"),
    (re.compile(r"(?:不低于|不少于|不小于|至少|达到|atleast)(.+)|(.+)(?:及?以上|ormore)"), ">="),
    (re.compile(r"(?:低于|少于|小于|不到|不足|under|below|(?:less|lower|fewer|smaller)than)(.+)"), "<"),
    (re.compile(r"(?:不超过|不高于|不多于|至多|atmost)(.+)|(.+)(?:及?以[下内]|orless)"), "<="),
)
_AMOUNT = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)(thousand|million|billion|trillion)?(yuan|cny|rmb|usd|dollars?|euros?|%|percent)?"
)
_SIZES = {"": 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_UNITS = {"yuan": "CCY_CNY", "cny": "CCY_CNY", "rmb": "CCY_CNY", "usd": "CCY_USD", "dollar": "CCY_USD",
          "euro": "CCY_EUR", "%": "PERCENT", "percent": "PERCENT"}  # fmt: skip


def readings(piece: str) -> Iterator[Reading]:
    """What a piece without spaces and case may stand for.

    `year` has the first and last year; `period` the first and last day, as of every year too; `ordinal` the place;
    `bound` the comparison, the value and its unit ("" where the piece names none).
    """
    if found := _YEARS.fullmatch(piece):
        first, last = found[1], found[2] or found[1]
        yield Reading("year", (first, last))
        yield Reading("period", (f"{first}-01-01", f"{last}-12-31"))
    elif part := _part(piece):
        yield Reading("period", part)
    elif place := _place(piece):
        yield Reading("ordinal", (place,))
    elif bound := _bound(piece):
        yield Reading("bound", bound)


def _part(piece: str) -> tuple[str, str] | None:
    """The first and last day of months, a quarter or half a year."""
    if found := _MONTHS.fullmatch(piece):
        return _days(found[1], int(found[2]), int(found[3] or found[2]))
    for pattern, months in _PARTS:
        if found := pattern.fullmatch(piece):
            return _days(next(filter(None, found.groups())), *months)
    return None


def _days(year: str, first: int, last: int) -> tuple[str, str] | None:
    if not 1 <= first <= last <= 12:
        return None
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(int(year), last)[1]}"


def _place(piece: str) -> str | None:
    if len(piece) > 1 and (found := _ORDINAL.fullmatch(piece)):
        return str(_DIGITS.index(found[1]) + 1) if found[1] else found[2]
    if found := _ENGLISH.fullmatch(piece):
        return found[1] or _WORDED[found[2]]
    return None


def _bound(piece: str) -> tuple[str, str, str] | None:
    """A comparison with a value: 超过1000亿元, 30%以上, at least 2 billion yuan."""
    for pattern, sign in _BOUNDS:
        if (found := pattern.fullmatch(piece)) and (amount := _amount(found[1] or found[found.re.groups])):
            value, unit = amount
            return sign, f"{plain(value):f}", unit
    return None


def _amount(text: str) -> tuple[Decimal, str] | None:
    """A value with its unit, read as the texts' own figures are; "" where no unit stands there."""
    if found := _AMOUNT.fullmatch(text):
        value = Decimal(found[1].replace(",", "")).scaleb(_SIZES[found[2] or ""])
        return value, _UNITS[found[3].removesuffix("s")] if found[3] else ""
    read = measures(text, rules.load())
    if len(read) == 1 and read[0].core == (0, len(text)):
        return read[0].value, read[0].unit
    bare = value_of(text)
    return None if bare is None else (bare, "")
