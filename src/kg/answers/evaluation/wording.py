"""When two wordings count as one: light normal forms of names, and likeness of paraphrases."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = re.compile(r"[\s“”\"'‘’`「」『』《》〈〉]+")
_DOTS = re.compile("[•‧・･⋅]")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """A name without width, quotes, spaces and case, its middle dots alike."""
    return _DOTS.sub("·", _QUOTES.sub("", unicodedata.normalize("NFKC", text))).casefold()


@lru_cache(maxsize=1 << 16)
def akin(a: str, b: str) -> bool:
    """Whether one holds the other, or three fifths of the shorter stand in the longer in the same order."""
    shorter = min(len(a), len(b))
    if shorter < 2:
        return False
    return a in b or b in a or _common(a, b) >= max(2, 0.6 * shorter)


def _common(a: str, b: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        above = 0
        for at, y in enumerate(b, 1):
            here = above + 1 if x == y else max(row[at], row[at - 1])
            above, row[at] = row[at], here
    return row[-1]


def bare(name: str) -> str:
    """A place's name without the word for its rank."""
    return normal(name).rstrip("省市区县")


def years(year: str) -> frozenset[str]:
    """A year as texts write it: 2018, 二〇一八, 二零一八."""
    spelt = year.translate(_DIGITS)
    return frozenset({year, spelt, spelt.replace("〇", "零")})


def chinese(text: str) -> bool:
    """Whether it is written in Han characters, wholly or in part."""
    return any("\u3400" <= c <= "\u9fff" for c in text)
