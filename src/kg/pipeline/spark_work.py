"""What executors do: functions of plain values, the same rooms as on one machine, and nothing of Spark."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.graph import entities, index, inferred, relations, statements, tables, terms, view
from kg.graph.parts import Part, Wording, indicators, part
from kg.graph.statements import Statement, Triple
from kg.graph.view import View
from kg.pipeline.correcting import corrected
from kg.pipeline.extracting import Crash, extracted
from kg.records import Document, Extraction, Resolution
from kg.resolve.decisions import Decision
from kg.rules import load

FACT, FOLLOWS, TOLD = 1, 2, 4
"""Where a triple stands: in the default graph, in what follows from it, in a document's graph."""
Row = tuple[str, str, int]
"""A triple and its graph as N-Quads have them ("" for facts and what follows), and where it stands."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What every executor needs to know: who is who, and what the curator decided."""

    base: str
    ontology: Path | None
    resolution: Resolution
    known: frozenset[NamedNode] = frozenset()
    rejected: Mapping[str, str] = field(default_factory=dict)
    reprints: Mapping[str, str] = field(default_factory=dict)


def viewed(shared: Shared) -> View:
    """The view in which parts are made."""
    made = view.view(shared.resolution, load(shared.ontology), shared.base, shared.rejected, shared.reprints)
    return view.seeing(made, shared.known)


def staged(document: Document, *, ontology: Path | None) -> tuple[str, bytes]:
    """The key of a document and what reading it gave, an Extraction or a Crash."""
    (outcome,) = extracted([document], ontology=ontology)
    return document.key, pickle.dumps(outcome)


def outcome(content: bytes) -> Extraction | Crash:
    """What `staged` gave."""
    found: Extraction | Crash = pickle.loads(content)
    return found


def right(reading: Extraction, decisions: Mapping[str, Sequence[Decision]]) -> Extraction:
    """The reading with what was asserted of its document."""
    return corrected([reading], decisions.get(reading.document.key, ())).readings[0]


def bare(reading: Extraction) -> Extraction:
    """All of a reading that identity is judged by: names and claims, no text and no spans of evidence."""
    return Extraction(
        nameless(reading.document),
        tuple(replace(referent, evidence=()) for referent in reading.referents),
        tuple(replace(claim, evidence=()) for claim in reading.claims),
        (),
    )


def nameless(document: Document) -> Document:
    """The document without its text, but with the name that the text gave it."""
    empty = replace(document, text="")
    object.__setattr__(empty, "sha256", document.sha256)  # its own would be that of no text
    return empty


def seen(readings: Iterable[Extraction], shared: Shared) -> Iterator[str]:
    """The IRIs of all entities that a document shows."""
    v = viewed(shared)
    for reading in readings:
        for statement in entities.types(reading, v):
            if not statements.refused(statement, v):
                yield statement.subject.value


@dataclass(frozen=True, slots=True)
class Piece:
    """What a document gives, in a form that is shuffled: rows, positions by their IRI, wordings, rows of tables."""

    rows: tuple[Row, ...]
    positions: tuple[tuple[str, Statement], ...]
    wordings: tuple[tuple[str, Wording], ...]
    evidence: tuple[tuple[str, ...], ...]


def pieces(readings: Iterable[Extraction], shared: Shared) -> Iterator[Piece]:
    """What each document gives."""
    v = viewed(shared)
    names = labels(v)
    for reading in readings:
        made = part(reading, list(entities.types(reading, v)), v)
        yield Piece(
            tuple(rows(made.settled)),
            tuple((str(s.object), replace(s, document=nameless(s.document))) for s in made.positions),
            tuple({(c.iri.value, word): (c.iri.value, (c, word)) for c, word in made.wordings}.values()),
            tuple(evidence(made, names, v)),
        )


def labels(v: View) -> Mapping[NamedNode, tuple[Quad, ...]]:
    """The names of each known entity."""
    found: dict[NamedNode, tuple[Quad, ...]] = {}
    for quad in entities.described(v):
        if quad.predicate == terms.PREF_LABEL and isinstance(quad.subject, NamedNode):
            found[quad.subject] = (*found.get(quad.subject, ()), quad)
    return found


def evidence(made: Part, names: Mapping[NamedNode, tuple[Quad, ...]], v: View) -> Iterator[tuple[str, ...]]:
    """The document's rows of the table of evidence, each cell as text."""
    own = [*made.settled, *relations.quads(made.positions, v), *indicators(made.wordings)]
    ends = {end for quad in own for end in (quad.subject, quad.object) if isinstance(end, NamedNode)}
    named = [label for end in ends for label in names.get(end, ())]
    yield from map(cells, tables.evidence(index.index([*own, *named])))


def cells(row: Iterable[tables.Cell]) -> tuple[str, ...]:
    """A row of a table, each cell as text, "" where there is none."""
    return tuple("" if cell is None else format(cell, "f") if isinstance(cell, Decimal) else str(cell) for cell in row)


def entity_rows(grouped: tuple[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The row of an entity, out of the facts about it."""
    return list(map(cells, tables.entities(index.index(parsed(grouped[1])))))


def figure_rows(grouped: tuple[str, Iterable[str]], names: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The row of a figure, out of the facts about it and the names that they need."""
    own = list(parsed(grouped[1]))
    ends = sorted({quad.object.value for quad in own if isinstance(quad.object, NamedNode)})
    named = parsed(label for end in ends for label in names.get(end, ()))
    return list(map(cells, tables.figures(index.index([*own, *named]))))


def parsed(triples: Iterable[str]) -> Iterator[Quad]:
    """Facts out of N-Triples."""
    return iter(parse("".join(f"{triple} .\n" for triple in triples).encode("utf-8"), RdfFormat.N_TRIPLES))


def rows(quads: Iterable[Quad]) -> Iterator[Row]:
    """The quads, and what follows from those that are facts, each as a row."""
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            yield str(quad.triple), "", FACT
            yield from following(quad)
        elif quad.graph_name == terms.INFERRED:
            yield str(quad.triple), "", FOLLOWS
        else:
            yield str(quad.triple), str(quad.graph_name), TOLD


def following(fact: Quad) -> Iterator[Row]:
    """What follows from one fact alone."""
    triple = cast(Triple, (fact.subject, fact.predicate, fact.object))
    return (_follows(one) for one in inferred.consequences([triple]))


def _follows(triple: Triple) -> Row:
    return str(Quad(*triple).triple), "", FOLLOWS


def positions(grouped: tuple[str, Iterable[Statement]], shared: Shared) -> list[Row]:
    """What is said of one position in all documents together."""
    _, said = grouped
    thin = View(shared.base, load(shared.ontology), shared.resolution, (), rejected=shared.rejected)
    return list(rows(relations.quads(said, thin)))


def concepts(grouped: tuple[str, Iterable[Wording]]) -> list[Row]:
    """One indicator with all its wordings."""
    return list(rows(indicators(grouped[1])))


def of_entities(shared: Shared) -> list[Row]:
    """What the entities themselves give: their names, and what they bring along."""
    v = viewed(shared)
    return [*rows(entities.described(v)), *map(_follows, inferred.brought(v))]

