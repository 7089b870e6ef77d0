"""Who wrote a text: 本报记者 甲 通讯员 乙, （记者甲、乙）, 作者：甲.

A line is taken apart at its roles, since one pattern for all of it would try every way to cut the names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.lines import Frame, Line

NEAR = 80
_OWN = r"(?:本报|本刊|本网|本台|本社)"
_KIND = r"(?:特约|实习|见习|特派|首席|全媒体|融媒体|驻[一-鿿]{1,4})"
_ROLE = f"(?:{_KIND}?(?:记者|通讯员|评论员|撰稿人)|作者|撰文|撰稿|文(?=[/:]))"
_ROLES = re.compile(f"{_OWN}?\\s*{_ROLE}\\s*[:/]?\\s*")
_AGENCY = re.compile(f"(?!{_OWN})[一-鿿]{{1,10}}(?:社|报|网|台|客户端)")
_BRACKET = re.compile(f"\\((?P<inside>{_OWN}?(?:[一-鿿]{{2,10}}(?:社|报|网|台))?\\s*{_ROLE}[^()]{{2,40}})\\)")
_LABEL = re.compile(r"(?:^|\s)(?P<inside>(?:作者|记者|撰文|撰稿)\s*:.*)")
_NEXT = re.compile(r"[()\[\]|\d]|[一-鿿]{2,5}:")
_NAME = re.compile(r"[一-鿿]{2,4}|[一-鿿]{1,8}(?:·[一-鿿]{1,8})+")
_WIDE = re.compile(r"(?<![一-鿿])([一-鿿])\s+([一-鿿])(?![一-鿿])")
_NO_NAMES = frozenset("手记 观察 调查 走访 采访 报道 摄影 供图 获悉 了解 综合 整理 编辑".split())


@dataclass(frozen=True, slots=True)
class Part:
    """What follows a role, up to the next role: the names, and whether there is nothing but names."""

    names: tuple[str, ...]
    pure: bool


def authors(page: Frame) -> tuple[str, ...]:
    """The people whom a text names as its authors, in its order, each once."""
    found = [name for row in page.lines for form, kept in _pieces(row) for p in _parts(form, kept) for name in p.names]
    return tuple(dict.fromkeys(found))


def is_byline(row: Line) -> bool:
    """Whether a line holds nothing but its authors, with their agency at most."""
    form, kept = _bare(row)
    first = _ROLES.search(form)
    if not first:
        return False
    before = form[: first.start()].strip()
    return (not before or bool(_AGENCY.fullmatch(before))) and all(part.pure for part in _parts(form, kept))


def agency(row: Line) -> str | None:
    """The agency whose reporter a byline names: 新华社 in 新华社记者 甲."""
    if not is_byline(row):
        return None
    form, kept = _bare(row)
    first = _ROLES.search(form)
    return kept[: first.start()].strip() or None if first else None


def _pieces(row: Line) -> list[tuple[str, str]]:
    """The part of a line that names authors, in form and as kept: a byline, a bracket near the start, a label."""
    if is_byline(row):
        return [_bare(row)]
    found = _BRACKET.search(row.form[:NEAR]) or _LABEL.search(row.form[:NEAR])
    return [(row.form[slice(*found.span("inside"))], row.kept[slice(*found.span("inside"))])] if found else []


def _bare(row: Line) -> tuple[str, str]:
    """A line's form and kept characters without the brackets around it."""
    inside = slice(1, -1) if row.form[:1] in "([" and row.form[-1:] in ")]" and len(row.form) > 1 else slice(None)
    return row.form[inside], row.kept[inside]


def _parts(form: str, kept: str) -> list[Part]:
    """The names behind each role of a piece."""
    roles = list(_ROLES.finditer(form))
    ends = [role.start() for role in roles[1:]] + [len(form)]
    return [_part(kept[role.end() : end]) for role, end in zip(roles, ends, strict=True)]


def _part(wording: str) -> Part:
    """The names of a list; a name set wide (靳 博) is closed up, and what follows the names is cut off."""
    listed, *rest = _NEXT.split(wording, maxsplit=1)
    words = [word for word in re.split(r"[\s、,]+", _WIDE.sub(r"\1\2", listed)) if word]
    names = [word for word in words if _NAME.fullmatch(word) and word not in _NO_NAMES]
    return Part(tuple(names), bool(names) and len(names) == len(words) and not rest)
