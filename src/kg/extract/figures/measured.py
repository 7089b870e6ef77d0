"""A figure before it is known whose it is: its number and what it is a figure of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.figures.quantities import Measure
from kg.extract.scene.naming import Naming
from kg.records import Modifier, Rank


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure before it is known whose it is; `start` to `end` is the wording from indicator to number and changes."""

    indicator: str
    measure: Measure | None
    start: int
    end: int
    core: tuple[int, int]
    rule: str
    head: Naming | None = None
    base: str = ""
    value: Decimal | None = None
    unit: str | None = None
    modifier: Modifier = Modifier.EXACT
    growth: Decimal | None = None
    growth_modifier: Modifier | None = None
    growth_basis: str | None = None
    ranks: tuple[Rank, ...] = ()
    origin: bool = False
    since: int = 0


def simple(indicator: str, measure: Measure, start: int, rule: str, **more: object) -> Draft:
    """A draft with the measure's value."""
    if measure.per and not _PER.search(indicator):
        indicator = f"每{measure.per}{indicator}"
    return Draft(
        indicator, measure, min(start, measure.start), measure.end, measure.core, rule,
        value=measure.value, unit=measure.unit, modifier=measure.modifier, **more,  # type: ignore[arg-type]
    )  # fmt: skip


_PER = re.compile(r"均|每|单位|强度|率")
