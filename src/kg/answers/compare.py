"""Things side by side: for each indicator and period what each of them reached, with the sentences behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import figures, lookup, names
from kg.answers.asking.words import phrases
from kg.answers.figures import Figure
from kg.answers.lookup import Thing
from kg.errors import NotFoundError, UsageError
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

MOST = 12
_YEARS = re.compile(r"(\d{4})(?:[-–—:](\d{4}))?")
Years = tuple[int, int]
_COLUMNS = ("indicator", "period", "thing", "text", "value", "unit", "modifier", "growth", "ranks", "status", "quote",
            "title", "issued")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in one period ("" where the texts name none): for each thing its figures, none if not mentioned."""

    indicator: str
    period: str
    cells: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The things, and the lines, those that most of the things have first."""

    things: tuple[Thing, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure with its indicator, what that is called, and its years."""

    concept: str
    labels: tuple[str, ...]
    name: str
    years: Years | None
    figure: Figure


def compared(
    store: Store,
    asked: Sequence[str],
    *,
    indicators: Sequence[str] = (),
    years: str | None = None,
    language: str = "zh",
) -> Comparison:
    """The things of those names, by their figures; only some indicators, by any of their names, and years.

    UsageError for fewer than two things, too many, a name of several things, or years that are none; NotFoundError for
    a name or an indicator that the graph does not have.
    """
    wanted = _years(years)
    things = list(dict.fromkeys(_thing(store, name, language) for name in asked))
    if not 2 <= len(things) <= MOST:
        raise UsageError(f"compare: {len(things)} different things; name two to {MOST}")
    found = [[one for one in _figures(store, thing.iri, language) if _within(one, wanted)] for thing in things]
    shown = _indicators([one for column in found for one in column], indicators)
    lines = list(_lines(found, shown))
    return Comparison(tuple(things), tuple(sorted(lines, key=lambda line: _rank(line, lines))))


def _thing(store: Store, name: str, language: str) -> Thing:
    first, *others = names.entities(store, name)
    if others:
        iris = " ".join(f"<{iri}>" for iri in (first, *others))
        raise UsageError(f"compare: {name} is the name of {len(others) + 1} things; give the IRI of one: {iris}")
    return lookup.thing(store, first, language)


def _years(text: str | None) -> Years | None:
    """The first and last year that are asked for."""
    if not text:
        return None
    if not (found := _YEARS.fullmatch(text.strip())):
        raise UsageError(f"compare: {text} are no years; write 2024 or 2020-2024")
    first, last = int(found[1]), int(found[2] or found[1])
    return min(first, last), max(first, last)


def _figures(store: Store, iri: str, language: str) -> Iterator[_Found]:
    from pyoxigraph import NamedNode

    for node in lookup.subjects(store, terms.ZG + "subject", NamedNode(iri)):
        concept = lookup.value(store, node, terms.ZG + "indicator") or ""
        ends = [lookup.value(store, node, terms.ZG + name) for name in ("periodStart", "periodEnd")]
        span = (int(ends[0][:4]), int(ends[1][:4])) if ends[0] and ends[1] else None
        labels, name = tuple(lookup.labels(store, concept)), lookup.name(store, concept, language)
        yield _Found(concept, labels, name, span, figures.figure(store, node, language))


def _within(one: _Found, wanted: Years | None) -> bool:
    return wanted is None or (one.years is not None and wanted[0] <= one.years[0] and one.years[1] <= wanted[1])


def _indicators(found: Sequence[_Found], asked: Sequence[str]) -> list[str]:
    """The indicators to show, by their preferred names."""
    if not asked:
        return list(dict.fromkeys(one.name for one in found))
    chosen = []
    for name in asked:
        fitting = [one.name for one in found if _is(one, name)]
        if not fitting:
            known = "、".join(sorted(dict.fromkeys(one.name for one in found))) or "none"
            raise NotFoundError(f"compare: no figure of these things is of {name}; there are {known}")
        chosen += fitting
    return list(dict.fromkeys(chosen))


def _is(one: _Found, name: str) -> bool:
    """Whether the figure's indicator has that name, in the graph or in the ontology's scheme."""
    wanted = names.bare(name)
    scheme = (iri for reading in phrases().get(wanted, ()) if reading.kind == "indicator" for iri in reading.values)
    return wanted in map(names.bare, one.labels) or one.concept in scheme


def _lines(found: Sequence[Sequence[_Found]], indicators: Iterable[str]) -> Iterator[Line]:
    """A line for each indicator and period that any of the things has."""
    for name in indicators:
        columns = [[one.figure for one in column if one.name == name] for column in found]
        periods = dict.fromkeys(figure.period or "" for column in columns for figure in column)
        for period in sorted(periods, reverse=True):
            cells = (tuple(_ordered(f for f in column if (f.period or "") == period)) for column in columns)
            yield Line(name, period, tuple(cells))


def _ordered(found: Iterable[Figure]) -> list[Figure]:
    """What is so before what is only planned."""
    return sorted(found, key=lambda figure: (figure.status or "", figure.text, figure.iri))


def _rank(line: Line, lines: Sequence[Line]) -> tuple[int, int, int]:
    """Indicators that more things have first, then as they came; the latest period first."""
    same = [other for other in lines if other.indicator == line.indicator]
    shared = max(sum(bool(cell) for cell in other.cells) for other in same)
    return -shared, lines.index(same[0]), same.index(line)


def as_csv(found: Comparison) -> bytes:
    """The comparison as CSV: a row a figure with its sentence, and one with nothing in it for a thing that lacks it."""
    from kg.answers.formats import lines

    return lines([_COLUMNS, *_rows(found)])


def _rows(found: Comparison) -> Iterator[tuple[str, ...]]:
    """One row a figure, and one with nothing in it for a thing that lacks it."""
    for line in found.lines:
        for thing, cell in zip(found.things, line.cells, strict=True):
            for figure in cell:
                yield line.indicator, line.period, thing.name, *_values(figure), *best_quote(figure)
            if not cell:
                yield (line.indicator, line.period, thing.name, *[""] * (len(_COLUMNS) - 3))


def _values(figure: Figure) -> tuple[str, ...]:
    ranks = "; ".join(f"{rank.among} {rank.place} {rank.basis}" for rank in figure.ranks)
    growth = "; ".join(figure.growth)
    return (
        figure.text,
        figure.value or "",
        figure.unit or "",
        figure.modifier or "",
        growth,
        ranks,
        figure.status or "",
    )


def best_quote(figure: Figure) -> tuple[str, str, str]:
    """The piece of evidence that holds the figure, with its document's title and date."""
    quotes = [quote for claim in figure.claims for quote in claim.quotes]
    best = next((quote for quote in quotes if figure.text in quote.text), quotes[0] if quotes else None)
    return (best.text, best.source.title, best.source.issued or "") if best else ("", "", "")
