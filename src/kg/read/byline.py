"""Who wrote a text: 本报记者 甲 通讯员 乙, （记者甲、乙）, 作者：甲."""

from __future__ import annotations

import re

from kg.read.lines import Frame, Line

_PREFIX = r"(?:本报|本刊|本网|本台|本社)"
_ROLE = r"(?:(?:特约|实习|见习|特派|首席|全媒体|融媒体|驻[一-鿿]{1,4})?(?:记者|通讯员|评论员|撰稿人)|作者|撰文|撰稿|文(?=[/:]))"
_ROLES = re.compile(f"{_PREFIX}?\\s*{_ROLE}\\s*[:/]?\\s*")
_PERSON = r"[一-鿿](?:[一-鿿]|\s(?=[一-鿿](?:[\s、,)]|$)))[一-鿿]{0,2}|[一-鿿]{1,8}(?:·[一-鿿]{1,8})+"
_PEOPLE = f"(?:{_PERSON})(?:[\\s、,]+(?:{_PERSON}))*"
_WHOLE = re.compile(
    f"^[(\\[]?(?:[一-鿿]{{2,10}}(?:社|报|网|台|客户端))?(?:{_PREFIX}?\\s*{_ROLE}\\s*[:/]?\\s*{_PEOPLE}[\\s、,]*)+[)\\]]?$"
)
_BRACKET = re.compile(f"\\((?P<inside>{_PREFIX}?(?:[一-鿿]{{2,10}}(?:社|报|网|台))?\\s*{_ROLE}[^()]{{2,40}})\\)")
_LABEL = re.compile(f"(?:^|\\s)(?P<inside>(?:作者|记者|撰文|撰稿)\\s*:\\s*(?:{_PERSON}).*)")
_STOP = re.compile(r"[()\[\]|\d]|[一-鿿]{2,5}:")
AGENCY = re.compile(f"^[(\\[]?(?P<who>(?!{_PREFIX})[一-鿿]{{1,10}}?(?:社|报|网|台|客户端))\\s*{_ROLE}\\s*{_PEOPLE}")
NEAR = 80


def authors(page: Frame) -> tuple[str, ...]:
    """The people whom a text names as its authors, in its order, each once."""
    found = [name for row in page.lines for piece in _pieces(row) for name in _names(piece)]
    return tuple(dict.fromkeys(found))


def is_byline(row: Line) -> bool:
    """Whether a line holds nothing but its authors."""
    return bool(_WHOLE.match(row.form))


def _pieces(row: Line) -> list[tuple[str, str]]:
    """The part of a line that names authors, in form and as kept: a byline, a bracket near the start, a label."""
    if is_byline(row):
        return [(row.form, row.kept)]
    found = _BRACKET.search(row.form[:NEAR]) or _LABEL.search(row.form[:NEAR])
    cut = slice(*found.span("inside")) if found else None
    return [(row.form[cut], row.kept[cut])] if cut else []


def _names(piece: tuple[str, str]) -> list[str]:
    """The names behind each role of a piece."""
    form, kept = piece
    roles = list(_ROLES.finditer(form))
    ends = [role.start() for role in roles[1:]] + [len(form)]
    parts = (kept[role.end() : end] for role, end in zip(roles, ends, strict=True))
    return [name for part in parts for name in _people(_STOP.split(part, maxsplit=1)[0])]


def _people(part: str) -> list[str]:
    """The names of a list; a name set wide (靳 博) is closed up."""
    closed = re.sub(r"(?<![一-鿿])([一-鿿])\s+([一-鿿])(?![一-鿿])", r"\1\2", part)
    words = (word for word in re.split(r"[\s、,]+", closed) if word)
    return [word for word in words if 2 <= len(word) <= 4 or "·" in word]
