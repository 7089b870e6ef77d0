"""All readings together as quads: the graph is a pure function of the extractions and the resolution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode, Quad

from kg.graph import concepts, documents, entities, figures, inferred, relations, statements, terms, view
from kg.graph.concepts import Concept
from kg.graph.figures import Figure
from kg.graph.statements import Statement
from kg.graph.view import View
from kg.graph.write import ordered
from kg.records import Extraction, Resolution
from kg.rules import Rules


def quads(
    extractions: Iterable[Extraction],
    resolution: Resolution,
    rules: Rules,
    *,
    base: str = terms.BASE,
    rejected: Mapping[str, str] = MappingProxyType({}),
) -> list[Quad]:
    """The whole dataset, without doubles and in the order in which it is written.

    A claim whose evidence does not hold, and a claim about something that no evidence shows, is left out. A claim
    `rejected` (the last part of its IRI, with the reason) stays in its document's graph and makes no fact.
    """
    readings = _distinct(extractions)
    v = view.view(resolution, rules, base, rejected)
    typed = [statement for reading in readings for statement in entities.types(reading, v)]
    v = view.seeing(v, frozenset(statement.subject for statement in typed if not statements.refused(statement, v)))
    return ordered(inferred.added(_all(readings, typed, v), v))


def _distinct(extractions: Iterable[Extraction]) -> list[Extraction]:
    """One reading a text: the same text under two names is one document."""
    found: dict[str, Extraction] = {}
    for reading in sorted(extractions, key=lambda x: (x.document.key, x.document.name, x.document.title or "")):
        found.setdefault(reading.document.key, reading)
    return list(found.values())


def _all(readings: list[Extraction], typed: list[Statement], v: View) -> Iterator[Quad]:
    related = [statement for reading in readings for statement in relations.statements(reading, v)]
    counted = [figure for reading in readings for figure in figures.figures(reading, v)]
    measured = [statement for figure in counted for statement in figures.statements(figure, v)]
    yield from (Quad(s.subject, s.predicate, s.object) for s in typed if not statements.refused(s, v))
    yield from entities.quads(readings, v)
    yield from relations.quads(related, v)
    yield from (quad for figure in counted for quad in figures.quads(figure, v))
    yield from _indicators(counted)
    yield from (quad for reading in readings for quad in documents.quads(reading, v))
    yield from statements.quads([*typed, *related, *measured], v)


def _indicators(counted: list[Figure]) -> Iterator[Quad]:
    """The indicators in use, each with every wording that a document uses."""
    wordings: dict[NamedNode, set[str]] = {}
    found: dict[NamedNode, Concept] = {}
    for figure in counted:
        found[figure.indicator.iri] = figure.indicator
        wordings.setdefault(figure.indicator.iri, set()).add(figure.observation.indicator)
    for iri, concept in found.items():
        yield from concepts.quads(concept, wordings[iri])
