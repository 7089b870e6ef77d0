"""Numbers and periods in one spelling, so that they can be compared."""

from __future__ import annotations

import calendar
import re

_YEAR = re.compile(r"(\d{4})-01(?:-01)?/\1-12(?:-31)?")
_QUARTER = re.compile(r"(\d{4})-(01|04|07|10)(?:-01)?/\1-(03|06|09|12)(?:-3[01])?")
_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$")


def number(text: str | float | None) -> float | None:
    """The number a literal writes, None where it is none."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def same(a: float | None, b: float | None) -> bool:
    """Whether two numbers agree to six digits; nothing agrees with nothing."""
    return a is not None and b is not None and abs(a - b) <= 1e-6 * max(1e-9, abs(a), abs(b))


def spelt(period: str | None) -> str | None:
    """A period with whole years and quarters that are written as intervals as YYYY and YYYYQn."""
    if not period:
        return None
    plain = _ZONE.sub("", period.strip())
    if year := _YEAR.fullmatch(plain):
        return year[1]
    quarter = _QUARTER.fullmatch(plain)
    if quarter and int(quarter[3]) - int(quarter[2]) == 2:
        return f"{quarter[1]}Q{int(quarter[3]) // 3}"
    return plain


def between(start: str | None, end: str | None) -> str | None:
    """The period from one date to another, as months, a quarter or years where it is whole ones."""
    if not start or not end:
        return None
    first, last = start[:10], end[:10]
    if not _whole_months(first, last):
        return first if first == last else f"{first}/{last}"
    if first[4:] == "-01-01" and last[5:7] == "12" and first[:4] != last[:4]:
        return f"{first[:4]}/{last[:4]}"
    return first[:7] if first[:7] == last[:7] else spelt(f"{first[:7]}/{last[:7]}")


def _whole_months(first: str, last: str) -> bool:
    """Whether the dates are the first day of a month and the last of one."""
    if not re.fullmatch(r"\d{4}-\d\d-01", first) or not re.fullmatch(r"\d{4}-\d\d-\d\d", last):
        return False
    return int(last[8:]) == calendar.monthrange(int(last[:4]), int(last[5:7]))[1]
