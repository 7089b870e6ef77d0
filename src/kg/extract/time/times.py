"""Times in a text, as precise as it gives them and no more: 2024年, 去年前三季度, 截至今年8月底, 「十四五」期间.

What a text leaves out (今年, 8月) comes from an anchor: the document's date, else its dateline, else the latest year
that the text itself has stated nearby. Without an anchor the words are recognised and stay without a period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeGuard

from kg.extract.text import numbers
from kg.extract.time import periods
from kg.extract.time import time_words as words
from kg.records import Period, Sentence

YEAR_LENGTH, _MONTH_LENGTH, _DAY_LENGTH = 4, 7, 10


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date by which a text counts, as far as it is known.

    `report` is the period that its title or the heading of the part reports on.
    """

    year: int
    month: int | None = None
    day: int | None = None
    report: Period | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a sentence; `period` is None where nothing says which one it is (近年来, 今年 without an anchor).

    `close` is where the calendar's own words end: what follows up to `end` says before, since or at what hour.
    `attributive` marks one that belongs to the next word alone (2010年的434亿元), `now` one that means the day of
    writing, `vague` one that fixes no period by itself.
    """

    start: int
    end: int
    period: Period | None
    close: int
    attributive: bool = False
    now: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What the text before a time tells: the document's date, the year in force, the last period stated."""

    anchor: Anchor | None
    year: int | None = None
    last: Period | None = None


def times(sentence: Sentence, anchor: Anchor | None = None) -> list[TimeExpression]:
    """The times of a sentence from left to right, resolved against the anchor and against one another."""
    return read_times(sentence.text, anchor)


def read_times(text: str, anchor: Anchor | None = None) -> list[TimeExpression]:
    """The times of a text in normal form; a part of a year takes the year stated before it, two ends make one time."""
    if not words.HINT.search(text):
        return []
    found: list[TimeExpression] = []
    grains: list[str] = []
    known = _Known(anchor)
    for match in words.TIME.finditer(text):
        expression = _expression(text, match, known)
        if (
            found
            and _grain(match) == grains[-1] != ""
            and words.JOINT.fullmatch(text[found[-1].end : expression.start])
        ):
            found[-1] = _joined(found[-1], expression)
        else:
            found.append(expression)
            grains.append(_grain(match))
        if not words.COMPARED.match(text, expression.end):
            known = _after(known, expression)
    return found


def _after(known: _Known, expression: TimeExpression) -> _Known:
    """What is known after a time: no year from one that belongs to a single word or spans years."""
    period = expression.period
    if period is None or expression.attributive or expression.now:
        return known
    if period.start[:YEAR_LENGTH] != period.end[:YEAR_LENGTH]:
        return replace(known, last=period)
    return replace(known, year=int(period.start[:YEAR_LENGTH]), last=period)


def _grain(match: re.Match[str]) -> str:
    """Whether a match names a day or a month, the only ones that two times make a range of here."""
    if match["iso"] or match["day"] or match["only"]:
        return "day"
    return "month" if match["month"] else ""


def _joined(first: TimeExpression, last: TimeExpression) -> TimeExpression:
    """From one day or month to another."""
    period = None
    if first.period is not None and last.period is not None:
        if len(first.period.text) == len(last.period.text) == _MONTH_LENGTH:
            period = periods.months(_year_and_month(first.period), _year_and_month(last.period))
        else:
            period = periods.days(first.period, last.period)
    return replace(last, start=first.start, period=period or first.period)


def _year_and_month(period: Period) -> tuple[int, int]:
    return int(period.start[:YEAR_LENGTH]), int(period.start[5:7])


def issued_on(text: str) -> Anchor:
    """An ISO date, year-month or year as an anchor."""
    year, *rest = (int(part) for part in text.split("-"))
    return Anchor(year, rest[0] if rest else None, rest[1] if len(rest) > 1 else None)


def year_of(text: str) -> int:
    """The year that digits or a row of numerals (二○二四) say."""
    return number_of(text.replace("○", "〇"))


def number_of(text: str) -> int:
    """The number of a month, day, quarter or year as worded; 元 (月, 年) is the first."""
    return 1 if text == "元" else int(numbers.value_of(text) or 0)


def _expression(text: str, match: re.Match[str], known: _Known) -> TimeExpression:
    """One match as a time with what follows it."""
    period = _full(text, match, known) if match["full"] else _period(match, known)
    start, close = match.span()
    if closing := words.CLOSE.match(text[close : close + 3]):
        close += closing.end()
    after = text[match.end() : match.end() + 3]
    if period is not None and (words.SINCE.match(after) and (words.FROM.search(text[:start]) or after[0] in "起开至")):
        period = _open(period, known.anchor)
    end = _end(text, match, close)
    vague = bool(match["vague"]) or (period is None and _leans_on_others(match))
    return TimeExpression(
        start, end, period, close,
        attributive=text[end : end + 1] == "的" and text[end + 1 : end + 2] != ",",
        now=bool(match["now"] or match["today"]), vague=vague,
    )  # fmt: skip


def _leans_on_others(match: re.Match[str]) -> bool:
    """A day or week that has no meaning of its own."""
    return any(match[name] for name in ("only", "same", "week", "named", "named2", "monthly", "full"))


def _full(text: str, match: re.Match[str], known: _Known) -> Period | None:
    """全年 and 年末 of the year in force, of the year reported on, or of the running year where a plan is told."""
    if known.year is not None:
        return periods.whole_year(known.year)
    anchor = known.anchor
    if anchor is not None and anchor.report is not None:
        return periods.whole_year(int(anchor.report.end[:YEAR_LENGTH]))
    ahead = anchor is not None and anchor.month is not None and words.AHEAD.match(text, match.end())
    return periods.whole_year(anchor.year) if anchor is not None and ahead else None


def _end(text: str, match: re.Match[str], close: int) -> int:
    """Where a time's wording ends: after the hour of a day, after 前, 内, 以来."""
    daily = (
        _grain(match) == "day" or match["now"] or match["today"] or match["same"] or match["weekday"] or match["named"]
    )
    if (daily or match["named2"]) and (hour := words.HOUR.match(text[close : close + 9])) and hour[0].strip():
        return close + hour.end()
    tail = words.TAIL.match(text[close : close + 3])
    return close + tail.end() if tail else close


def _open(period: Period, anchor: Anchor | None) -> Period:
    """From a time on to the document's own year, if that is known and later."""
    year = period.start[:YEAR_LENGTH]
    if anchor is None or anchor.year <= int(year):
        return period
    return Period(f"{year}/{anchor.year}", period.start, f"{anchor.year}-12-31")


def _period(match: re.Match[str], known: _Known) -> Period | None:
    """What a match stands for, as far as the anchor and what stands before it tell."""
    if match["iso"]:
        return periods.day(year_of(match["iy"]), number_of(match["im"]), number_of(match["id"]))
    if match["y1"]:
        return periods.years(year_of(match["y1"]), year_of(match["y2"]))
    if number := match["plan"] or match["plan2"]:
        whole = periods.plan(number_of(number))
        return periods.whole_year(int(whole.end[:YEAR_LENGTH])) if match[0].endswith("末") else whole
    if match["republic"]:
        return periods.whole_year(_REPUBLIC + number_of(match["republic"]))
    if match["decade"] or match["tens"]:
        return _decade(match)
    if match["now"]:
        return _now(known.anchor)
    if match["today"]:
        return _today(match["today"], known.anchor)
    if match["part"] or match["whole"] or match["related"]:
        stated = _stated_year(match, known)
        if stated is None:
            return None
        return _part(match, stated) if match["part"] else periods.whole_year(stated)
    return _nearby(match, known)


_REPUBLIC = 1911


def _decade(match: re.Match[str]) -> Period:
    """1990年代 and 20世纪90年代 as ten years; 上世纪 is the twentieth."""
    if match["decade"]:
        first = int(match["decade"])
    else:
        century = 20 if match["century"].startswith("上") else number_of(match["century"])
        first = 100 * (century - 1) + number_of(match["tens"])
    return periods.years(first, first + 9)


def _nearby(match: re.Match[str], known: _Known) -> Period | None:
    """A month, week or day that counts from the document's date or from the day stated last."""
    if match["monthly"]:
        return _monthly(match, known)
    if match["only"]:
        return _only(number_of(match["only"]), known)
    if match["same"]:
        return periods.day_after(known.last, match["same"] in ("次日", "翌日")) if _is_day(known.last) else None
    return _week(match, known.anchor) if match["week"] else None


def _is_day(period: Period | None) -> TypeGuard[Period]:
    return period is not None and len(period.text) == _DAY_LENGTH


def _monthly(match: re.Match[str], known: _Known) -> Period | None:
    """本月 and 上月 count from the document's date, 当月 and 次月 from the month stated last."""
    word = match["monthly"]
    if word in ("当月", "同月", "次月"):
        here = _year_and_month(known.last) if known.last and len(known.last.text) >= _MONTH_LENGTH else None
    else:
        here = (known.anchor.year, known.anchor.month) if known.anchor and known.anchor.month else None
    if here is None:
        return None
    period = periods.month_before(*here, {"上": 1, "下": -1, "次": -1}.get(word[0], 0))
    return periods.day(*_year_and_month(period), number_of(match["of"])) if match["of"] else period


def _only(day: int, known: _Known) -> Period | None:
    """A day alone is one of the month stated last, else the nearest such day up to the document's date."""
    if _is_day(known.last):
        return periods.day(*_year_and_month(known.last), day)
    anchor = known.anchor
    if anchor is None or anchor.month is None:
        return None
    first = int(anchor.day is not None and day > anchor.day)
    months = (periods.month_before(anchor.year, anchor.month, steps) for steps in (first, first + 1))
    return next((found for month in months if (found := periods.day(*_year_and_month(month), day))), None)


def _week(match: re.Match[str], anchor: Anchor | None) -> Period | None:
    """本周 and 上周 as seven days, 上周五 as one."""
    if anchor is None or anchor.month is None or anchor.day is None:
        return None
    word = match["week"]
    steps = word.count("下") - word.count("上")
    whole = periods.week(anchor.year, anchor.month, anchor.day, steps)
    if whole is None or not match["weekday"]:
        return whole
    return periods.day_after(whole, "一二三四五六日".index(match["weekday"].replace("天", "日")) - 6)


def _stated_year(match: re.Match[str], known: _Known) -> int | None:
    """The year a match names, points to, or takes from what stands before it."""
    anchor, year = known.anchor, known.year
    if named := match["year"] or match["whole"]:
        return year_of(named) + (2000 if len(named) == 2 else 0)
    if match["short"]:
        return int(match["short"]) + (1900 if match["short"][0] == "9" else 2000)
    word = match["relative"] or match["related"]
    if word in ("当年", "同年", "次年"):
        return None if year is None else year + (word == "次年")
    if word:
        steps = {"去年": -1, "上年": -1, "上一": -1, "前年": -2, "明年": 1, "后年": 2}
        return None if anchor is None else anchor.year + steps.get(word[:2], 0)
    return year if year is not None else anchor.year if anchor else None


def _part(match: re.Match[str], year: int) -> Period | None:
    """A quarter, half, run of months, month or day of a year."""
    if number := match["quarter"] or match["q"]:
        return periods.quarter(year, "一二三四1234".index(number) % 4 + 1)
    if match["months"]:
        return periods.months((year, 1), (year, number_of(match["months"])))
    if match["m1"]:
        return periods.months((year, number_of(match["m1"])), (year, number_of(match["m2"])))
    for name, (first, last) in _RUNS.items():
        if match["part"].startswith(name):
            return periods.months((year, first), (year, last))
    month = number_of(match["month"])
    return periods.day(year, month, number_of(match["day"])) if match["day"] else periods.month(year, month)


_RUNS = {
    "上半年": (1, 6),
    "前半年": (1, 6),
    "下半年": (7, 12),
    "后半年": (7, 12),
    "前三季": (1, 9),
    "前二季度": (1, 6),
    "前两季度": (1, 6),
    "前2季度": (1, 6),
}


def _today(word: str, anchor: Anchor | None) -> Period | None:
    """The day of writing or one near it; the month where the day is not known."""
    if anchor is None or anchor.month is None or anchor.day is None:
        return _now(anchor)
    here = periods.day(anchor.year, anchor.month, anchor.day)
    return None if here is None else periods.day_after(here, "前昨今明后".index(word[0]) - 2)


def _now(anchor: Anchor | None) -> Period | None:
    """The day of writing, as a month where the month is known: 目前 is not a day."""
    if anchor is None or anchor.month is None:
        return None
    return periods.month(anchor.year, anchor.month)
