"""What one document gives to the graph, once it is known who is who: the same on one machine and on many.

All of it is settled by the document alone: no other document changes what stands here, it can only say the same again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode, Quad

from kg.graph import concepts, documents, entities, figures, relations, statements
from kg.graph.concepts import Concept
from kg.graph.figures import Figure
from kg.graph.statements import Statement
from kg.graph.view import View
from kg.records import Extraction


def part(reading: Extraction, typed: Sequence[Statement], v: View) -> Iterator[Quad]:
    """What a document gives, doubles among it; `typed` are its statements of type, as `entities.types` has them."""
    related = list(relations.statements(reading, v))
    counted = list(figures.figures(reading, v))
    measured = [statement for figure in counted for statement in figures.statements(figure, v)]
    yield from (Quad(s.subject, s.predicate, s.object) for s in typed if not statements.refused(s, v))
    yield from entities.mentions(reading, v)
    yield from relations.quads(related, v)
    yield from (quad for figure in counted for quad in figures.quads(figure, v))
    yield from _indicators(counted)
    yield from documents.quads(reading, v)
    yield from statements.quads([*typed, *related, *measured], v)


def _indicators(found: Iterable[Figure]) -> Iterator[Quad]:
    """The indicators in use, each with every wording that the document uses."""
    wordings: dict[NamedNode, set[str]] = {}
    known: dict[NamedNode, Concept] = {}
    for figure in found:
        known[figure.indicator.iri] = figure.indicator
        wordings.setdefault(figure.indicator.iri, set()).add(figure.observation.indicator)
    for iri, concept in known.items():
        yield from concepts.quads(concept, wordings[iri])
