"""Periods as the contract writes them, from the numbers that make them; None for a time that the calendar lacks."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from kg.records import Period

_FIRST_PLAN = (1953, 5)  # the first five-year plan; the tenth ran 2001-2005 and all since follow on
_MONTHS = 12


def whole_year(year: int) -> Period:
    """`2024`."""
    return Period(str(year), f"{year}-01-01", f"{year}-12-31")


def years(first: int, last: int) -> Period:
    """`2010/2019`."""
    return Period(f"{first}/{last}", f"{first}-01-01", f"{last}-12-31") if first < last else whole_year(first)


def plan(number: int) -> Period:
    """The years of a five-year plan: the fourteenth is 2021 to 2025."""
    first, length = _FIRST_PLAN
    start = first + length * (number - 1) if number < 3 else 1966 + length * (number - 3)
    return years(start, start + length - 1)


def quarter(year: int, number: int) -> Period:
    """`2024Q1`."""
    last = 3 * number
    return Period(f"{year}Q{number}", f"{year}-{last - 2:02}-01", _last_day(year, last))


def month(year: int, number: int) -> Period:
    """`2024-02`."""
    return Period(f"{year}-{number:02}", f"{year}-{number:02}-01", _last_day(year, number))


def months(first: tuple[int, int], last: tuple[int, int]) -> Period | None:
    """`2024-01/2024-06` from year and month of both ends; None where they run backwards."""
    if first == last:
        return month(*first)
    if first > last or not 1 <= first[1] <= _MONTHS >= last[1]:
        return None
    (y1, m1), (y2, m2) = first, last
    return Period(f"{y1}-{m1:02}/{y2}-{m2:02}", f"{y1}-{m1:02}-01", _last_day(y2, m2))


def month_before(year: int, number: int, steps: int) -> Period:
    """The month that lies some steps before another."""
    index = year * _MONTHS + number - 1 - steps
    return month(index // _MONTHS, index % _MONTHS + 1)


def day(year: int, number: int, of_month: int) -> Period | None:
    """`2024-02-20`; None for a day that the calendar lacks."""
    try:
        text = date(year, number, of_month).isoformat()
    except ValueError:
        return None
    return Period(text, text, text)


def days(first: Period | None, last: Period | None) -> Period | None:
    """`2024-02-20/2024-03-05` from two days; the first alone where the second is none or not later."""
    if first is None or last is None or first.start >= last.start:
        return first
    return Period(f"{first.text}/{last.text}", first.start, last.end)


def day_after(period: Period, steps: int) -> Period:
    """The day that lies some steps after the last day of a period."""
    text = (date.fromisoformat(period.end) + timedelta(days=steps)).isoformat()
    return Period(text, text, text)


def week(year: int, number: int, of_month: int, steps: int) -> Period | None:
    """Monday to Sunday of the week that lies some steps after that of a day."""
    if (here := day(year, number, of_month)) is None:
        return None
    monday = day_after(here, 7 * steps - date.fromisoformat(here.start).weekday())
    return days(monday, day_after(monday, 6))


def _last_day(year: int, number: int) -> str:
    return date(year, number, calendar.monthrange(year, number)[1]).isoformat()
