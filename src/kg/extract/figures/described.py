"""What a figure is told of by the build of its clause: the name behind 的, the zone for whose committee one speaks."""

from __future__ import annotations

import re

from kg.extract.figures.context import Context
from kg.extract.figures.subjects import OWNERS, Owner
from kg.extract.scene.naming import Naming
from kg.extract.text.words import any_of, titles
from kg.records import EntityType

# From a figure to the 的 before the name that it describes, figures told beside it included.
_TO_HEAD = re.compile(r"(?:、[^,。;:、的]{2,24})*[^,。;:、的\d]{0,12}的[“‘「]?")
_REACH = 48
_AREAS = (EntityType.ZONE, EntityType.FACILITY, EntityType.VALLEY)


def described(context: Context, end: int) -> Naming | None:
    """The name that the relative clause of a figure describes: 聚集了60多家企业的“追光街”; None without one."""
    behind = (n for n in context.namings if end < n.start <= end + _REACH and n.type in OWNERS)
    return next((n for n in behind if _TO_HEAD.fullmatch(context.text, end, n.start)), None)


def official(context: Context, position: int) -> Owner | None:
    """The area for whose committee an official of the sentence speaks, where nobody else owns a figure."""
    bodies = (n for n in context.namings if n.type is EntityType.BODY and n.end <= position and _speaks(context, n))
    areas = (area for body in bodies if (area := represented(context, body)) != body)
    return next((Owner(area, "official") for area in areas), None)


def represented(context: Context, owner: Naming) -> Naming:
    """The zone for whose committee an official speaks (甲高新区管委会主任某某介绍,…); else the owner itself."""
    if owner.type is not EntityType.BODY or not _speaks(context, owner):
        return owner
    areas = (context.scene.within(owner, type_) for type_ in _AREAS)
    return next((area for area in areas if area is not None), owner)


def _speaks(context: Context, body: Naming) -> bool:
    """Whether a post in the body and a verb of saying follow its name."""
    text = context.scene.sentences[body.sentence].text
    said = re.compile(rf"[^,。;:]{{0,8}}?{titles(context.rules)}[^。;]{{1,14}}?{any_of(context.rules, 'say')}")
    return said.match(text, body.end) is not None
