"""Blanks inside the wording of one number: 7 万 5 千, 百 分 之 五, 四百 点 五, 三 分 之 一."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.text import numbers

_SIGNS = f"{numbers.NUMERALS}几幾数负負点點余餘多又分之成个個"
_RUN = re.compile(rf"[\d{_SIGNS}][\d.,{_SIGNS}]*(?: +[\d.,{_SIGNS}]+)+")
_PIECE = re.compile(r"\S+")
_WHOLE = re.compile(
    rf"负?(?:{numbers.NUMBER})[余餘多几]?(?:{numbers.MAGNITUDE})?(?:个?百分点|成)?|(?:{numbers.NUMBER})(?:个?百分点|成)"
)
_SIMPLE = str.maketrans("點個負幾餘", "点个负几余")
_PLACED = re.compile(r"[十百千万亿萬億拾佰仟点]|分之|成$")
_DIGITS = re.compile(r"\d \d")
_LONGEST = 12


def gaps(text: str) -> Iterator[int]:
    """The places of the blanks that stand inside a number's wording."""
    for run in _RUN.finditer(text) if " " in text else ():
        pieces = [(m.start() + run.start(), m.end() + run.start()) for m in _PIECE.finditer(run[0])]
        first = 0
        while first < len(pieces) - 1:
            last = _longest(text, pieces, first)
            for (_, end), (start, _) in pairwise(pieces[first : last + 1]):
                yield from range(end, start)
            first = last + 1 if last > first else first + 1


def _longest(text: str, pieces: list[tuple[int, int]], first: int) -> int:
    """The index of the last piece that with the first makes one number; the first's own where none does."""
    for last in range(min(len(pieces), first + _LONGEST) - 1, first, -1):
        parts = [text[a:b] for a, b in pieces[first : last + 1]]
        whole = "".join(parts).translate(_SIMPLE)
        if not _DIGITS.search(" ".join(parts)) and _PLACED.search(whole) and _WHOLE.fullmatch(whole):
            return last
    return first
