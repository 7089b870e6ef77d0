"""How each type looks: a colour of its family, a shape, and one character that tells it without colour.

Families share a hue and the character tells their members apart, so nothing rests on colour alone. White characters
stand on every colour with a contrast of at least 4.5:1 (a test computes it).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

LINE = 9  # characters of a label on one line
FONT = 13  # its size at scale 1, in pixels
_LINES = 2


@dataclass(frozen=True, slots=True)
class Look:
    """`shape` is circle, square or diamond."""

    glyph: str
    colour: str
    shape: str


LOOKS: Mapping[str, Look] = {
    "Zone": Look("区", "#0b6b63", "circle"),
    "Valley": Look("谷", "#12805c", "circle"),
    "Facility": Look("设", "#4d7c0f", "circle"),
    "Place": Look("地", "#5b6b7c", "circle"),
    "Laboratory": Look("室", "#1d4ed8", "square"),
    "ResearchInstitute": Look("研", "#0369a1", "square"),
    "University": Look("学", "#4338ca", "square"),
    "Company": Look("企", "#b45309", "square"),
    "Group": Look("群", "#92400e", "square"),
    "Fund": Look("金", "#8a6a00", "square"),
    "Product": Look("品", "#c2410c", "square"),
    "Project": Look("项", "#b91c1c", "diamond"),
    "Event": Look("会", "#be185d", "diamond"),
    "Award": Look("奖", "#a21caf", "diamond"),
    "Policy": Look("策", "#7e22ce", "diamond"),
    "Industry": Look("业", "#52606d", "square"),
    "GovernmentBody": Look("政", "#334155", "square"),
    "Person": Look("人", "#6d4c41", "circle"),
    "Media": Look("媒", "#57534e", "square"),
}


def look(kind: str) -> Look:
    """The look of a type; a grey one for a type that is new."""
    return LOOKS.get(kind, Look(kind[:1] or "?", "#52606d", "circle"))


def radius(degree: int) -> int:
    """Half the size of a node with so many relations, in pixels."""
    return min(13 + isqrt(6 * degree), 30)


def width(text: str) -> float:
    """How many full-width characters wide a text is."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)


def lines(name: str) -> tuple[str, ...]:
    """A name as at most two lines of about equal length, cut with an ellipsis where it is longer."""
    shown = " ".join(name.split())
    if width(shown) <= LINE + 1:
        return (shown,)
    target = min(width(shown) / _LINES, LINE)
    first, rest = _cut(shown, target)
    second, over = _cut(rest, LINE)
    return (first, second[:-1] + "…" if over else second)


def _cut(text: str, limit: float) -> tuple[str, str]:
    """The longest beginning that is hardly wider than `limit`, and the rest; a word in Latin letters stays whole."""
    end = next((i for i in range(1, len(text) + 1) if width(text[:i]) > limit + 0.5), len(text) + 1) - 1
    end = max(end, 1)
    back = end
    while 0 < back < len(text) and text[back - 1].isascii() and text[back].isascii() and text[back - 1].isalnum():
        back -= 1
    end = back if back > end // 2 else end
    return text[:end], text[end:]


def box(name: str, degree: int) -> tuple[int, int]:
    """Width and height that a node takes with its label beneath."""
    across = max(2 * radius(degree), round(max(width(row) for row in lines(name)) * FONT))
    return across + 14, 2 * radius(degree) + 2 * lift(name) + 12


def lift(name: str) -> int:
    """How far a node's own middle stands above the middle of the box that holds it and its label."""
    return len(lines(name)) * (FONT + 4) // 2
