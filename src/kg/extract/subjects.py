"""Whose figure it is, by stated preference: named in the clause, the head the figure describes, named before, the topic."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.extract.context import Context, clause_start
from kg.extract.scene import Naming
from kg.records import EntityType as T

OWNERS = frozenset(
    {T.ZONE, T.VALLEY, T.PLACE, T.COMPANY, T.FUND, T.FACILITY, T.PROJECT, T.UNIVERSITY, T.INSTITUTE, T.LABORATORY,
     T.BODY, T.PRODUCT, T.EVENT, T.GROUP, T.MEDIA}
)  # fmt: skip
_AREAS = (T.ZONE, T.PLACE, T.VALLEY)
# A name after these says where, with whom or against what something happens, not whose figure it is.
_ASIDE = re.compile(
    r"(?:在|位于|坐落于|地处|落户|落户于|入驻|与|同|和|跟|向|对|为|由|被|从|较|比|居|列|占|位居|位列|高于|低于|达到|来自|围绕|依托|借鉴|毗邻|距|距离|"
    r"位列|按照|根据|据|面向|服务|服务于|覆盖|辐射|出口|出口到|销往|送到|融入|通过|除|除了|以|聚焦|作为|包括|给)$"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure it is and how that was told."""

    naming: Naming
    how: str


def owner(
    context: Context, position: int, types: Collection[T], *, head: Naming | None = None, blocked: Collection[Naming] = ()
) -> Owner | str:
    """The owner of the figure whose wording begins at `position`; a reason as text where none can be told."""
    if head is not None:
        return Owner(head, "head")
    wanted = frozenset(types) or OWNERS
    before = [n for n in context.namings if n.end <= position and n not in blocked and n.type in OWNERS]
    start = clause_start(context, position)
    here = [n for n in before if n.start >= start]
    if found := _fitting(context, reversed(here), wanted):
        return Owner(found, "clause")
    for naming in _subjects_backwards(context, before):
        if naming.type in wanted:
            return Owner(naming, "sentence")
    nearer = [n for n in _subjects_backwards(context, before) if n.type not in _AREAS]
    if nearer and not _compatible(nearer[0].type, wanted):
        return f"not told: {context.text[nearer[0].start : nearer[0].end]} is nearer, but of another kind"
    topic = context.scene.topic(context.sentence.index, wanted)
    return Owner(topic, "topic") if topic is not None else "nobody named whose figure it could be"


def _compatible(nearer: T, wanted: Collection[T]) -> bool:
    """Whether a nearer name of another kind leaves the topic a fair guess: products and events of an area do."""
    return nearer in (T.PRODUCT, T.EVENT, T.MEDIA, T.BODY) and bool(set(wanted) & set(_AREAS))


def _fitting(context: Context, namings: object, wanted: Collection[T]) -> Naming | None:
    """The first naming of a wanted type that is no mere circumstance."""
    for naming in namings:  # type: ignore[attr-defined]
        if naming.type in wanted and not is_aside(context, naming):
            return naming  # type: ignore[no-any-return]
    return None


def is_aside(context: Context, naming: Naming) -> bool:
    """Whether a name is only where or with whom something happens (在武汉, 与清华大学)."""
    return bool(_ASIDE.search(context.text, max(0, naming.start - 4), naming.start))


def _subjects_backwards(context: Context, before: list[Naming]) -> list[Naming]:
    """Of each clause before, nearest first, the first name that is no circumstance."""
    found: list[Naming] = []
    clauses = sorted({clause_start(context, n.start) for n in before}, reverse=True)
    for start in clauses:
        named = [n for n in before if clause_start(context, n.start) == start and not is_aside(context, n)]
        found += named[:1]
    return found
