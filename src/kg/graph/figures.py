"""Figures: observations with their dimensions, their ranks, and the statements they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph import concepts, evidence, terms, view
from kg.graph.concepts import Concept, Scheme
from kg.graph.statements import Statement, Term
from kg.graph.statements import refused as rejects
from kg.graph.view import View
from kg.records import Extraction, Observation, Rank

_OBSERVATION = terms.zg("Observation")
_RANK = terms.zg("Rank")
_COUNTRY = "中国"
_COUNTRY_WORDS = frozenset({"全国", "我国", "国内", "中国"})


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rank as a node, with the node and the name of what it compares; `wording` where that is no entity."""

    node: NamedNode
    rank: Rank
    among: NamedNode
    name: str
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation that holds, with all its names."""

    reading: Extraction
    observation: Observation
    node: NamedNode
    subject: NamedNode
    indicator: Concept
    ranks: tuple[Ranked, ...]


def figures(reading: Extraction, v: View) -> Iterator[Figure]:
    """The document's observations of known entities whose evidence holds and contains their wording."""
    for observation in reading.observations:
        subject = view.shown(v, reading, observation.subject)
        if subject is not None and _holds(observation, reading):
            yield _figure(observation, subject, reading, v)


def _holds(observation: Observation, reading: Extraction) -> bool:
    if observation.value is None:
        says_something = observation.unit is None and (observation.growth is not None or bool(observation.ranks))
    else:
        says_something = observation.unit is not None
    shown = any(piece.holds(observation.span) for piece in observation.evidence)
    return says_something and shown and evidence.holds(reading.document, observation.evidence)


def _figure(observation: Observation, subject: NamedNode, reading: Extraction, v: View) -> Figure:
    named = concepts.concept(Scheme.INDICATORS, observation.concept, observation.indicator, v.rules, v.base)
    among = [_among(rank, reading, v) for rank in observation.ranks]
    node = _node(observation, subject, named.iri, [iri.value for iri, *_ in among], reading, v.base)
    ranks = tuple(
        Ranked(terms.rank(node, rank.place, rank.basis, name), rank, iri, name, wording)
        for rank, (iri, name, wording) in zip(observation.ranks, among, strict=True)
    )
    return Figure(reading, observation, node, subject, named, ranks)


def _among(rank: Rank, reading: Extraction, v: View) -> tuple[NamedNode, str, str | None]:
    """What a rank compares: IRI, name, and the wording where it is no entity of the graph."""
    if isinstance(rank.among, int):
        entity = view.entity(v, reading, rank.among)
        iri = view.iri(v, reading, rank.among)
        return iri, entity.name, None if iri in v.known else entity.name
    if rank.among in _COUNTRY_WORDS:
        return terms.entity(f"place/{_COUNTRY}", v.base), _COUNTRY, rank.among
    kind = _HOW_MANY.sub("", rank.among) or rank.among
    return terms.entity(f"among/{kind}", v.base), kind, rank.among


# How many were compared differs from year to year and is no part of what they are (全国178家高新区).
_HOW_MANY = re.compile(r"\d+(?:多|余)?[个家所座](?=.)")


def _node(
    o: Observation, subject: NamedNode, indicator: NamedNode, among: list[str], reading: Extraction, base: str
) -> NamedNode:
    """The IRI: what is measured, and where there is no value what is said instead."""
    value = "" if o.value is None else terms.decimal(o.value).value
    instead: list[str] = []
    if o.value is None:
        growth = "" if o.growth is None else terms.decimal(o.growth).value
        ranks = sorted(f"{r.place}-{r.basis}-{x}" for r, x in zip(o.ranks, among, strict=True))
        instead = [growth, *ranks]
    when = o.period.text if o.period else ""
    where = "" if o.period else reading.document.key
    parts = (subject.value, indicator.value, when, value, o.unit or "", o.modifier, o.status or "", where, *instead)
    return terms.hashed("observation", *parts, base=base)


def statements(figure: Figure, v: View) -> Iterator[Statement]:
    """One for the value, one for the growth, one a rank: documents may share the first and differ in the rest."""
    o, reading = figure.observation, figure.reading
    said: list[tuple[str, Term]] = [("rank", ranked.node) for ranked in figure.ranks]
    if o.growth is not None:
        said.append(("growthPercent", terms.decimal(o.growth)))
    if o.value is not None:
        said.append(("value", terms.decimal(o.value)))
    speaker = view.shown(v, reading, o.stated_by)
    for name, term in said:
        yield Statement(
            reading.document, figure.node, terms.zg(name), term, o.evidence, o.rule, o.status,
            stated_by=speaker, attribution=o.attribution,
        )  # fmt: skip


def quads(figure: Figure, v: View) -> Iterator[Quad]:
    """The observation in the default graph, without what a curator rejects; with its value goes all of it."""
    refused = [(s.predicate, s.object) for s in statements(figure, v) if rejects(s, v)]
    if any(predicate == terms.zg("value") for predicate, _ in refused):
        return
    for name, term in _properties(figure):
        if (terms.zg(name), term) not in refused:
            yield Quad(figure.node, terms.zg(name), term)
    yield Quad(figure.node, terms.TYPE, _OBSERVATION)
    for ranked in figure.ranks:
        yield from _rank(ranked)


def _properties(figure: Figure) -> Iterator[tuple[str, Term]]:
    o = figure.observation
    yield "subject", figure.subject
    yield "indicator", figure.indicator.iri
    yield "modifier", terms.zg(o.modifier)
    yield "valueText", terms.text(o.text)
    if o.value is not None:
        yield "value", terms.decimal(o.value)
    if o.unit is not None:
        yield "unit", unit(o.unit)
    if o.status is not None:
        yield "status", terms.zg(o.status)
    yield from _time(o)
    yield from _growth(o)
    yield from (("rank", ranked.node) for ranked in figure.ranks)


def unit(name: str) -> NamedNode:
    """QUDT's unit of that name, or our own where it says ``zg:``."""
    return terms.zg(name[3:]) if name.startswith("zg:") else NamedNode(terms.UNIT + terms.encode(name))


def _time(o: Observation) -> Iterator[tuple[str, Term]]:
    if o.period is not None:
        yield "period", terms.dated(o.period.text)
        yield "periodStart", terms.dated(o.period.start)
        yield "periodEnd", terms.dated(o.period.end)


def _growth(o: Observation) -> Iterator[tuple[str, Term]]:
    if o.growth is None:
        return
    yield "growthPercent", terms.decimal(o.growth)
    if o.growth_modifier is not None:
        yield "growthModifier", terms.zg(o.growth_modifier)
    if o.growth_basis is not None:
        yield "growthBasis", terms.text(o.growth_basis)


def _rank(ranked: Ranked) -> Iterator[Quad]:
    """The rank itself; what it compares has a label of the gazetteer's where the graph has no such entity."""
    yield Quad(ranked.node, terms.TYPE, _RANK)
    yield Quad(ranked.node, terms.zg("place"), terms.integer(ranked.rank.place))
    yield Quad(ranked.node, terms.zg("among"), ranked.among)
    yield Quad(ranked.node, terms.zg("rankBasis"), terms.zg(ranked.rank.basis))
    if ranked.wording is not None:
        yield Quad(ranked.among, terms.PREF_LABEL, terms.label(ranked.name), terms.INFERRED)
        if ranked.wording != ranked.name:
            yield Quad(ranked.among, terms.ALT_LABEL, terms.label(ranked.wording), terms.INFERRED)
