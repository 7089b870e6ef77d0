"""A table of statistics ──▶ its figures: each line says all of one number, so nothing has to be found out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kg.extract.figures.indicators import concept_of
from kg.extract.figures.quantities import Measure, measures, plain
from kg.extract.time.times import read_times
from kg.read.cells import Line, lines
from kg.records import Document, EntityType, Extraction, Modifier, Observation, Period, Referent, Rejection
from kg.rules import Rules

SUBJECT, CELL = "table-subject", "table-cell"
_NUMBER = re.compile(r"([-+]?[\d,]*\.?\d+)(.+)")
_TYPES = {kind.value: kind for kind in EntityType}
_NO_FIGURES = frozenset({"duration", "ordinal"})


def tabled(document: Document, rules: Rules) -> Extraction:
    """The figures of a table's text, and a rejection for each line that cannot be one."""
    rows = list(lines(document.text))
    referents = _referents(document, rows)
    index = {(r.type, r.name): at for at, r in enumerate(referents)}
    found = [_figure(document, row, index, rules) for row in rows]
    figures = tuple(item for item in found if isinstance(item, Observation))
    refused = tuple(item for item in found if isinstance(item, Rejection))
    return Extraction(document, referents, (), figures, refused)


def _referents(document: Document, rows: Sequence[Line]) -> tuple[Referent, ...]:
    """The subjects in order of their first line, which shows their type."""
    found: dict[tuple[EntityType, str], list[Line]] = {}
    for row in rows:
        kind = _type(document, row)
        if kind is not None:
            found.setdefault((kind, document.quote(row.subject)), []).append(row)
    return tuple(
        Referent(name, kind, (), tuple(row.subject for row in mine), (mine[0].span,), SUBJECT)
        for (kind, name), mine in found.items()
    )


def _type(document: Document, row: Line) -> EntityType | None:
    return _TYPES.get(document.quote(row.type))


def _figure(
    document: Document, row: Line, index: dict[tuple[EntityType, str], int], rules: Rules
) -> Observation | Rejection:
    kind = _type(document, row)
    said = value_of(document.quote(row.value), rules)
    if kind is None or said is None:
        return Rejection(row.span, CELL, "no type of entity" if kind is None else "no number with a known unit")
    period = period_of(document.quote(row.period)) if row.period else None
    if row.period is not None and period is None:
        return Rejection(row.span, CELL, "no time that can be read")
    value, measure = said
    wording = document.quote(row.indicator)
    concept = concept_of(wording, rules, kind=measure.kind, subject=kind)
    return Observation(
        index[kind, document.quote(row.subject)], wording, concept.name if concept else None,
        document.quote(row.value), row.value, value, measure.unit, Modifier.EXACT, (row.span,), CELL, period,
    )  # fmt: skip


def value_of(text: str, rules: Rules) -> tuple[Decimal, Measure] | None:
    """The value in base units, with what the unit means: that of one such unit."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace("−", "-"))
    if found is None:
        return None
    one = "1" + found[2].strip()
    unit = next(iter(measures(one, rules)), None)
    if unit is None or (unit.start, unit.end) != (0, len(one)) or unit.per or unit.kind in _NO_FIGURES:
        return None
    try:
        return plain(Decimal(found[1].replace(",", "")) * unit.value), unit
    except InvalidOperation:
        return None


def period_of(wording: str) -> Period | None:
    """The one time that a wording is, None where it is none."""
    text = unicodedata.normalize("NFKC", wording)
    found = read_times(text)
    return found[0].period if len(found) == 1 and found[0].end - found[0].start == len(text) else None
