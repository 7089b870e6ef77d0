"""What characters a regular expression cannot do without: most patterns need not be tried on most sentences."""

from __future__ import annotations

from collections.abc import Iterator

_OPTIONAL = ("?", "*", "{0")


def signs(expression: str) -> tuple[frozenset[str], ...]:
    """Sets of Chinese characters of each of which a text must hold one for the expression to match; the smallest first.

    Only what stands at the top of the expression is looked at: single characters, and groups whose alternatives all
    begin with one. Empty where none can be told.
    """
    parts = list(_parts(expression))
    if "|" in parts:
        return ()
    told = [found for part, after in zip(parts, [*parts[1:], ""], strict=True) if (found := _needed(part, after))]
    return tuple(sorted(dict.fromkeys(told), key=lambda found: (len(found), min(found))))


def _needed(part: str, after: str) -> frozenset[str]:
    """What a part at the top needs; nothing where it may be left out."""
    if after.startswith(_OPTIONAL):
        return frozenset()
    if len(part) == 1:
        return frozenset(part) if _chinese(part) else frozenset()
    if not part.startswith("(?:"):
        return frozenset()
    branches = _branches(part[3:-1])
    plain = all(_chinese(b[:1]) and not b[1:].startswith(_OPTIONAL) for b in branches)
    return frozenset(b[0] for b in branches) if plain else frozenset()


def _chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _branches(inside: str) -> list[str]:
    """The alternatives of a group."""
    branches = [""]
    for part in _parts(inside):
        if part == "|":
            branches.append("")
        else:
            branches[-1] += part
    return branches


def _parts(expression: str) -> Iterator[str]:
    """The parts at the top: characters, escapes, classes, groups, and counts in braces."""
    at = 0
    while at < len(expression):
        end = _end(expression, at)
        yield expression[at:end]
        at = end


def _end(expression: str, at: int) -> int:
    """Where the part that begins at a position ends."""
    if expression[at] == "\\":
        return at + 2
    if expression[at] == "{":
        return expression.index("}", at) + 1
    if expression[at] == "[":
        return _class_end(expression, at)
    if expression[at] != "(":
        return at + 1
    inner = at + 1
    while expression[inner] != ")":
        inner = _end(expression, inner)
    return inner + 1


def _class_end(expression: str, at: int) -> int:
    """Where a class of characters ends; a bracket that comes first in it is one of them."""
    inner = at + 1 + expression.startswith("^", at + 1)
    inner += expression.startswith("]", inner)
    while expression[inner] != "]":
        inner += 2 if expression[inner] == "\\" else 1
    return inner + 1
