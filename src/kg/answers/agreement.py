"""Whether two wordings of one figure agree: 2887.8亿 and 约2900亿 do, 2887.8亿 and 2900亿 do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.(\d+))?")
_NEAR = Decimal("0.05")


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A value in base units as one text words it, and how it is meant (exact, about, over, under)."""

    value: Decimal
    text: str
    modifier: str = "exact"


def step(value: Value) -> Decimal:
    """The size of the last digit that the wording gives: 0.1亿 for 2887.8亿, 100亿 for 约2900亿."""
    found = _NUMBER.search(value.text)
    if found is None or not value.value:
        return Decimal(1)
    digits = found[0].replace(",", "").replace("，", "")
    number = Decimal(digits)
    decimals = len(found[1] or "")
    if value.modifier != "exact" and not decimals:
        decimals = -(len(digits) - len(digits.rstrip("0")))
    return abs(value.value / number) * Decimal(1).scaleb(-decimals) if number else Decimal(1)


def agree(a: Value, b: Value) -> bool:
    """Whether both can be true of one figure, by how they are meant or by rounding."""
    if a.value == b.value:
        return True
    if a.modifier == b.modifier == "exact":
        return _rounded(a, b) or _rounded(b, a)
    return _within(a, b) and _within(b, a)


def _rounded(fine: Value, coarse: Value) -> bool:
    """Whether the finer, given to the digits of the coarser, is the coarser."""
    width = step(coarse)
    steps = (fine.value / width).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return step(fine) <= width and steps * width == coarse.value


def _within(a: Value, b: Value) -> bool:
    """Whether `b` may be what `a` means; how far over or under a number means is a step of it, or a twentieth."""
    slack = max(step(a), abs(a.value) * _NEAR)
    match a.modifier:
        case "over":
            return a.value <= b.value + step(b) and b.value <= a.value + slack
        case "under":
            return b.value <= a.value + step(b) and b.value >= a.value - slack
        case "about":
            return abs(a.value - b.value) <= slack
    return True


def conflict(values: Iterable[Value]) -> bool:
    """Whether two of the values cannot both be true."""
    found = sorted(set(values))
    return any(not agree(a, b) for at, a in enumerate(found) for b in found[at + 1 :])
