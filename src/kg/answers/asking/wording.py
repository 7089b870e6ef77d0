"""How an answer is put in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.answers import vocabulary
from kg.answers.asking.words import table
from kg.answers.figures import Figure

_SHOWN = 12
_LARGE = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_QUALIFIED = re.compile(r"^(?:约|超|逾|近|不到|突破|最高|达)")


def listed(names: Sequence[str], language: str, total: int = 0) -> str:
    """Names as a list; of many only the first, and how many there are (`total` where not all are given)."""
    shown = list(dict.fromkeys(names))
    joined = ("、" if language == "zh" else ", ").join(shown[:_SHOWN])
    count = max(len(shown), total)
    if len(shown) <= _SHOWN:
        return joined
    return f"{joined}等{count}个" if language == "zh" else f"{joined} and {count - _SHOWN} more"


def phrases(texts: Sequence[str], language: str, total: int = 0) -> str:
    """Whole phrases one after the other, of many only the first."""
    shown = list(dict.fromkeys(texts))
    more = max(len(shown), total) - _SHOWN
    joined = ("；" if language == "zh" else "; ").join(shown[:_SHOWN])
    if len(shown) <= _SHOWN:
        return joined
    return f"{joined}；另有{more}条" if language == "zh" else f"{joined}; and {more} more"


def bracketed(name: str, *more: str, language: str) -> str:
    """A name with what belongs to it in brackets."""
    inside = ("，" if language == "zh" else ", ").join(part for part in more if part)
    if not inside:
        return name
    return f"{name}（{inside}）" if language == "zh" else f"{name} ({inside})"


def relation(subject: str, verb: str, value: str, language: str) -> str:
    """A relation as a phrase."""
    return f"{subject}{verb}{value}" if language == "zh" else f"{subject} {verb} {value}"


def position(person: str, title: str, place: str, language: str) -> str:
    """Who is what where."""
    return f"{person}：{place}{title}" if language == "zh" else f"{person}: {title}, {place}"


def chained(hops: Sequence[str], language: str) -> str:
    """The links of a chain."""
    return ("，" if language == "zh" else ", ").join(hops)


def span(begin: str, end: str, language: str) -> str:
    """A period from its first to its last day, in whole years or in months.

    >>> span("2024-01-01", "2024-06-30", "zh")
    '2024年1—6月'
    """
    if (begin[5:], end[5:]) == ("01-01", "12-31"):
        first, last = begin[:4], end[:4]
        years = first if first == last else f"{first}—{last}"
        return f"{years}年" if language == "zh" else f"in {years}"
    months = "—".join(dict.fromkeys((str(int(begin[5:7])), str(int(end[5:7])))))
    return f"{begin[:4]}年{months}月" if language == "zh" else f"in months {months} of {begin[:4]}"


def bound(sign: str, value: str, unit: str, language: str) -> str:
    """A comparison with a value in words."""
    word = table()["bounds"][sign][0 if language == "zh" else 1]
    gap = "" if language == "zh" else " "
    return f"{word}{gap}{amount(Decimal(value), unit, language)}"


def valued(found: Figure, language: str) -> str:
    """A figure's wording, with what qualifies it where the wording itself does not say so."""
    if found.modifier in (None, "exact") or _QUALIFIED.match(found.text):
        return found.text
    word = vocabulary.named(found.modifier or "", language)
    return f"{word}{found.text}" if language == "zh" else f"{word} {found.text}"


def ranked(found: Figure, language: str) -> str:
    """The places of a figure."""
    return ("，" if language == "zh" else ", ").join(_place(r.among, r.place, r.basis, language) for r in found.ranks)


def _place(among: str, place: str, basis: str, language: str) -> str:
    growth = basis == "growth"
    if language == "zh":
        return f"{'增速' if growth else ''}居{among}第{place}位"
    return f"{'growth ' if growth else ''}no. {place} of {among}"


def short(found: Figure, language: str) -> str:
    """How much, its growth and its places."""
    parts = [valued(found, language)] if found.value else []
    rest = [part for part in (*(growth(value, language) for value in found.growth), ranked(found, language)) if part]
    return ("，" if language == "zh" else ", ").join([*parts, *rest]) or found.text


def figure(subject: str, indicator: str, found: Figure, language: str) -> str:
    """A figure in one phrase: whose, when, what, how much, its growth and its places."""
    if language == "zh":
        year = f"{found.period}年" if re.fullmatch(r"\d{4}", found.period or "") else found.period or ""
        return f"{subject}{year}{indicator}{short(found, language)}"
    return f"{indicator} of {subject}{f', {found.period}' if found.period else ''}: {short(found, language)}"


def growth(value: str, language: str) -> str:
    """How a growth is put."""
    if language == "en":
        return f"growth {value}%"
    return f"下降{value[1:]}%" if value.startswith("-") else f"增长{value}%"


def amount(value: Decimal, unit: str, language: str) -> str:
    """A sum in its unit.

    >>> amount(Decimal("1500000000"), "CCY_CNY", "zh")
    '15亿元'
    """
    names = table()["units"].get(unit, ["", unit])
    if language == "en":
        return f"{_plain(value, grouped=True)} {names[1]}".strip()
    for size, word in _LARGE:
        if abs(value) >= size:
            return f"{_plain(value / size)}{word}{names[0]}"
    return f"{_plain(value)}{names[0]}"


def _plain(value: Decimal, *, grouped: bool = False) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
