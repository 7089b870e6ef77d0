"""What one document gives to the graph, once it is known who is who: the same on one machine and on many.

Nearly all of it is settled by the document alone. What is not is kept apart: a position, whose description stands where
any document says it is true, and the wordings of an indicator, of which all documents together make its labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph import concepts, documents, entities, figures, relations, statements
from kg.graph.concepts import Concept
from kg.graph.statements import Statement
from kg.graph.view import View
from kg.records import Extraction

Wording = tuple[Concept, str]


@dataclass(frozen=True, slots=True)
class Part:
    """`settled` are quads that no other document changes; doubles may stand among them."""

    settled: tuple[Quad, ...]
    positions: tuple[Statement, ...]
    wordings: tuple[Wording, ...]


def part(reading: Extraction, typed: Sequence[Statement], v: View) -> Part:
    """What a document gives; `typed` are its statements of type, from which it is known what the view shows."""
    related = list(relations.statements(reading, v))
    counted = list(figures.figures(reading, v))
    measured = [statement for figure in counted for statement in figures.statements(figure, v)]
    return Part(
        (
            *(Quad(s.subject, s.predicate, s.object) for s in typed if not statements.refused(s, v)),
            *entities.mentions(reading, v),
            *relations.quads((s for s in related if not s.about), v),
            *(quad for figure in counted for quad in figures.quads(figure, v)),
            *documents.quads(reading, v),
            *statements.quads([*typed, *related, *measured], v),
        ),
        tuple(s for s in related if s.about),
        tuple((figure.indicator, figure.observation.indicator) for figure in counted),
    )


def indicators(found: Iterable[Wording]) -> Iterator[Quad]:
    """The indicators in use, each with every wording that a document uses."""
    wordings: dict[NamedNode, set[str]] = {}
    known: dict[NamedNode, Concept] = {}
    for concept, wording in found:
        known[concept.iri] = concept
        wordings.setdefault(concept.iri, set()).add(wording)
    for iri, concept in known.items():
        yield from concepts.quads(concept, wordings[iri])
