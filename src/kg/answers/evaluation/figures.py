"""The rows on figures: the number with its subject and indicator, then what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.answers.evaluation import telling
from kg.answers.evaluation.alignment import Case
from kg.answers.evaluation.gold import Measured, Order
from kg.answers.evaluation.measures import number, same, spelt
from kg.answers.evaluation.predicted import Counted
from kg.answers.evaluation.relations import status
from kg.answers.evaluation.tally import Count, Verdict, both
from kg.answers.evaluation.wording import akin, bare, normal
from kg.graph.terms import DCTERMS

MANY = 5  # of an indicator with more labels only those count that the text holds
LONGEST_LABEL = 40
UNITS = {
    "cny": "CNY CCY_CNY RMB YUAN",
    "usd": "USD CCY_USD",
    "m2": "M2 SQM",
    "m": "M",
    "nm": "NANOM NM",
    "count": "COUNT NUM NUMBER EA EACH UNITLESS ONE",
    "percent": "PERCENT PCT",
    "month": "MO MONTH",
    "times": "TIMES MULTIPLE FOLD RATIO UNITLESS",
    "second": "SEC S SECOND",
    "celsius": "DEG_C CELSIUS",
    "gauss": "GAUSS G",
    "w": "W WATT",
    "ordinal": "ORDINAL RANK COUNT NUM UNITLESS",
}
SCALED = {("nm", "M"): 1e-9, ("gauss", "T"): 1e-4}  # also right: the SI unit, with the value converted
Pairs = Mapping[int, tuple[str, bool]]


def figures(case: Case) -> Iterator[Count]:
    """All rows on figures."""
    pairs = _pairs(case)
    for at, wanted in enumerate(case.gold.figures):
        iri, good = pairs.get(at, (None, False))
        verdict = _verdict(case, wanted, iri)
        yield both("figures", good, predicted=iri is not None, wanted=not wanted.optional, verdict=verdict)
        if iri is not None:
            yield from _fields(case, wanted, iri)
    used = {iri for iri, _ in pairs.values()}
    for iri, counted in case.page.figures.items():
        if iri not in used:
            verdict = Verdict("", telling.came_figure(case, counted), (iri,))
            yield Count("figures", predicted=1, verdict=verdict)


def _verdict(case: Case, wanted: Measured, iri: str | None) -> Verdict:
    """The figure in words, with what of it is wrong."""
    about, places = telling.wanted_figure(case, wanted), _shown(case, wanted)
    if iri is None:
        return Verdict(about, places=places)
    counted = case.page.figures[iri]
    parts = {"subject": _subject(case, wanted, counted), "indicator": _indicator(case, wanted, counted),
             "unit": _unit(wanted, counted)}  # fmt: skip
    fault = "wrong " + " and ".join(part for part, right in parts.items() if not right)
    return Verdict(about, telling.came_figure(case, counted), (iri,), places, fault)


def _shown(case: Case, wanted: Measured) -> tuple[tuple[str, ...], ...]:
    """Where the text says it: the gold's quote, without one the names of the subject."""
    subject = case.gold.entity(wanted.subject)
    return ((wanted.quote,) if wanted.quote else (subject.name, *subject.aliases),)


def _pairs(case: Case) -> Pairs:
    """One to one, the best first: gold's place -> the figure, and whether subject, indicator and unit are all right."""
    pairs: dict[int, tuple[str, bool]] = {}
    used: set[str] = set()
    for _, at, iri, good in sorted(_candidates(case)):
        if at not in pairs and iri not in used:
            pairs[at] = iri, good
            used.add(iri)
    return pairs


def _candidates(case: Case) -> Iterator[tuple[list[bool], int, str, bool]]:
    """Pairs of the same number with two of subject, indicator and unit right; what is best sorts first."""
    for at, wanted in enumerate(case.gold.figures):
        for iri, counted in case.page.figures.items():
            if _same_number(case, wanted, counted):
                parts = _subject(case, wanted, counted), _indicator(case, wanted, counted), _unit(wanted, counted)
                if sum(parts) >= 2:
                    yield _rank(case, wanted, counted, parts), at, iri, all(parts)


def _rank(case: Case, wanted: Measured, counted: Counted, parts: tuple[bool, bool, bool]) -> list[bool]:
    subject, indicator, unit = parts
    exact = normal(wanted.indicator) in counted.indicator
    there = overlaps(case, wanted, counted)
    return [not v for v in (subject, indicator, exact, there, unit, counted.period == spelt(wanted.period))]


def _same_number(case: Case, wanted: Measured, counted: Counted) -> bool:
    """The number that the figure is about: its value, without one its growth, without that its rank."""
    ranked = any(_has(case, order, counted) for order in wanted.ranks)
    if _rank_only(wanted, counted):
        return ranked
    if wanted.value is not None:
        return same(counted.value, wanted.value * SCALED.get((wanted.unit.lower(), counted.unit), 1))
    if counted.value is not None:
        return False
    return same(counted.growth, wanted.growth) if wanted.growth is not None else ranked


def _rank_only(wanted: Measured, counted: Counted) -> bool:
    """Whether the gold has a place as an ordinal value that the graph has, as it should, as a rank alone."""
    return wanted.unit == "ordinal" and bool(wanted.ranks) and counted.value is None


def _has(case: Case, order: Order, counted: Counted) -> bool:
    """Whether one of the figure's ranks is that of the gold."""
    return any(
        order.place == rank.place and order.basis == rank.basis and bare(order.among) in _names(case, rank.among)
        for rank in counted.ranks
    )


def _names(case: Case, among: Mapping[str, frozenset[str]]) -> set[str]:
    """What the things compared may be called: their labels, and the gold's names where they are aligned."""
    labels = [label for found in among.values() for label in found]
    known = [case.gold.entity(case.aligned[iri]) for iri in among if iri in case.aligned]
    return {bare(name) for name in [*labels, *(name for e in known for name in (e.name, *e.aliases))]}


def _subject(case: Case, wanted: Measured, counted: Counted) -> bool:
    return len(counted.subjects) == 1 and any(case.aligned.get(iri) in wanted.subjects for iri in counted.subjects)


def _indicator(case: Case, wanted: Measured, counted: Counted) -> bool:
    """Whether a label is akin to the gold's wording."""
    few = len(counted.indicator) <= MANY
    labels = [label for label in counted.indicator if few or label in case.flat]
    want, *offered = (word.replace("gdp", "地区生产总值") for word in [normal(wanted.indicator), *labels])
    return any(len(label) <= LONGEST_LABEL and akin(label, want) for label in offered)


def _unit(wanted: Measured, counted: Counted) -> bool:
    unit = wanted.unit.lower()
    known = UNITS.get(unit, unit.upper()).split()
    free = wanted.value is None or _rank_only(wanted, counted)
    return free or counted.unit in known or (unit, counted.unit) in SCALED


def overlaps(case: Case, wanted: Measured, counted: Counted) -> bool:
    """Whether the evidence meets the place that the gold quotes."""
    at = case.text.find(wanted.quote) if case.text and wanted.quote else -1
    spans = [(number(piece.start), number(piece.end)) for piece in counted.pieces]
    end = at + len(wanted.quote or "")
    return at >= 0 and any(a is not None and b is not None and a < end and b > at for a, b in spans)


def _fields(case: Case, wanted: Measured, iri: str) -> Iterator[Count]:
    """What belongs to a figure that was found; of an optional one only precision counts."""
    need, counted = not wanted.optional, case.page.figures[iri]
    about, came = telling.wanted_figure(case, wanted), telling.came_figure(case, counted)
    verdict = Verdict(about, came, (iri,))
    yield _period(case, wanted, counted, verdict)
    grown = wanted.growth is not None
    good = grown and same(counted.growth, wanted.growth)
    yield both("growth", good, predicted=counted.growth is not None, wanted=grown and need, verdict=verdict)
    yield from _orders(case, wanted, counted, verdict)
    modifiers = Verdict(f"{'/'.join(sorted(wanted.modifiers))}: {about}", counted.modifier, (iri,))
    yield both("modifier", counted.modifier in wanted.modifiers, wanted=need, verdict=modifiers)
    yield status(wanted.status, counted.status, about, (iri,))
    if wanted.quote is not None and case.text:
        yield both("evidence place", overlaps(case, wanted, counted), wanted=need, verdict=verdict)


def _orders(case: Case, wanted: Measured, counted: Counted, verdict: Verdict) -> Iterator[Count]:
    """The ranks: each of the gold's once, and of the page's those that are none of them."""
    need = not wanted.optional
    right = [order for order in wanted.ranks if _has(case, order, counted)]
    for order in wanted.ranks:
        good = order in right
        yield Count("rank", good, good, good and need, need, verdict=verdict)
    surplus = len(counted.ranks) - len(right)
    yield from (Count("rank", predicted=1, verdict=verdict) for _ in range(surplus))
    yield Count("rank", predicted=min(surplus, 0))  # one rank of the page that is two of the gold's


def _period(case: Case, wanted: Measured, counted: Counted, verdict: Verdict) -> Count:
    """The period; where the gold leaves it open, the document's own date is no mistake."""
    need = not wanted.optional
    good = counted.period is not None and counted.period in {spelt(period) for period in wanted.periods}
    issued = (case.graph.facts.one(case.page.iri, DCTERMS + "issued") or "")[:10]
    here = wanted.period is None and counted.period is not None and issued.startswith(counted.period)
    said = counted.period is not None and not here
    return Count("period", good, said, good and need, wanted.period is not None and need, verdict=verdict)
