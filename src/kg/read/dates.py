"""Dates as texts write them ──▶ ISO 8601. No clock, no guess: a date that the calendar lacks is no date."""

from __future__ import annotations

import re
from datetime import date

_NUMERALS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Ｏ", 0)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGIT = "[0-9〇○零一二三四五六七八九十]"
_MONTH_NAME = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DAY = (
    rf"(?:{_DIGIT}{{4}}\s*年\s*{_DIGIT}{{1,2}}\s*月\s*{_DIGIT}{{1,3}}\s*[日号]"
    r"|\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}(?!\d)"
    rf"|{_MONTH_NAME}\s*\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH_NAME}\s+\d{{4}})"
)
MONTH = rf"(?:{_DIGIT}{{4}}\s*年\s*{_DIGIT}{{1,2}}\s*月|\d{{4}}[-/.]\d{{1,2}}(?!\d))"
YEAR = rf"(?:{_DIGIT}{{4}}(?!\d)\s*年?)"
CLOCK = r"(?:\d{1,2}:\d{2}(?::\d{2})?)"
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")


def iso(wording: str) -> str | None:
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY` of a wording that begins with a date; None where it is no date."""
    wording = wording.strip()
    for pattern in (DAY, MONTH, YEAR):
        if found := re.match(pattern, wording):
            return _checked(_numbers(found.group()))
    return None


def iso_field(wording: str) -> str | None:
    """The same for a data field, where `20240305` is a date too."""
    compact = _COMPACT.fullmatch(wording.strip())
    return _checked([int(part) for part in compact.groups()]) if compact else iso(wording)


def valid_iso(wording: str) -> bool:
    """Whether a wording is a real ISO date, year-month or year as `dcterms:issued` takes it."""
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", wording)) and iso(wording) == wording


def _numbers(wording: str) -> list[int]:
    """Year, month, day of a written date, as far as it goes."""
    named = re.search("[A-Za-z]{3}", wording)
    digits = [_number(part) for part in re.findall(f"{_DIGIT}+", wording)]
    if not named:
        return digits
    return [digits[1], _MONTHS.index(named.group().lower()) + 1, digits[0]]


def _number(digits: str) -> int:
    """The value of Arabic digits, of a year's row of numerals (二〇二四) or of a numeral below a hundred (二十一)."""
    if digits.isascii():
        return int(digits)
    if "十" not in digits:
        return int("".join(str(_NUMERALS.get(digit, digit)) for digit in digits))
    tens, _, ones = digits.partition("十")
    return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)


def _checked(numbers: list[int]) -> str | None:
    """The ISO form, None where the calendar has no such day or the year is none of printed news."""
    year, month, day = [*numbers, 1, 1][:3]
    if not 1600 <= year <= 2999:
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return "-".join(f"{number:02d}" for number in numbers)
