"""What executors do: functions of plain values, the same rooms as on one machine, and nothing of Spark."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.graph import entities, index, inferred, statements, tables, terms, view
from kg.graph.parts import part
from kg.graph.rows import Row, consequences, following, parsed, rows
from kg.graph.view import View
from kg.pipeline.correcting import corrected
from kg.pipeline.extracting import Crash, extracted
from kg.records import Document, Extraction, Resolution
from kg.resolve.decisions import Decision
from kg.resolve.groups import naming
from kg.rules import load


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


def names(reading: Extraction, *, ontology: Path | None, marks: frozenset[str]) -> bytes:
    """All of a reading that identity is judged by: names and what belongs where, no text."""
    return pickle.dumps(naming(reading, load(ontology), marks))


def seen(readings: Iterable[Extraction], shared: Shared) -> Iterator[str]:
    """The IRIs of all entities that a document shows."""
    v = viewed(shared)
    for reading in readings:
        for statement in entities.types(reading, v):
            if not statements.refused(statement, v):
                yield statement.subject.value


@dataclass(frozen=True, slots=True)
class Piece:
    """What a document gives, in a form that is shuffled: rows of the graph, and rows of two tables."""

    rows: tuple[Row, ...]
    evidence: tuple[tuple[str, ...], ...]
    relations: tuple[tuple[str, ...], ...]


def pieces(readings: Iterable[Extraction], shared: Shared) -> Iterator[Piece]:
    """What each document gives."""
    v = viewed(shared)
    names = labels(v)
    for reading in readings:
        made = list(part(reading, list(entities.types(reading, v)), v))
        found = index.index([*made, *_names_in(made, names)])
        told = (tuple(map(cells, make(found))) for make in (tables.evidence, tables.relations))
        yield Piece(tuple(all_rows(made)), *told)


def labels(v: View) -> Mapping[NamedNode, tuple[Quad, ...]]:
    """The names of each known entity."""
    found: dict[NamedNode, tuple[Quad, ...]] = {}
    for quad in (quad for thing in entities.things(v) for quad in entities.described(thing, v.rules)):
        if quad.predicate == terms.PREF_LABEL and isinstance(quad.subject, NamedNode):
            found[quad.subject] = (*found.get(quad.subject, ()), quad)
    return found


def _names_in(own: Sequence[Quad], names: Mapping[NamedNode, tuple[Quad, ...]]) -> list[Quad]:
    """The names of all that some quads speak of."""
    ends = {end for quad in own for end in (quad.subject, quad.object) if isinstance(end, NamedNode)}
    return [label for end in ends for label in names.get(end, ())]


def relation_row(rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The row of a relation out of those of single documents, each of which names one source."""
    found = list(rows)
    made = dict(zip(tables.RELATIONS, found[0], strict=True))
    column = {name: [row[at] for row in found] for at, name in enumerate(tables.RELATIONS)}
    statuses = {status for cell in column["status"] for status in cell.split(tables.SEPARATOR) if status}
    made["status"] = tables.SEPARATOR.join(sorted(statuses))
    made["asserted"] = max(column["asserted"])  # yes, if one document makes it a fact
    made["sources"] = tables.SEPARATOR.join(sorted(column["sources"]))
    return tuple(made.values())


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


def all_rows(quads: Iterable[Quad]) -> Iterator[Row]:
    """The quads, and what follows from those that are facts, each as a row."""
    given = list(quads)
    yield from rows(given)
    for quad in given:
        if isinstance(quad.graph_name, DefaultGraph):
            yield from consequences(quad)


def of_entities(shared: Shared) -> list[Row]:
    """What the entities themselves give: their names, and what they bring along."""
    v = viewed(shared)
    things = entities.things(v)
    described = [quad for thing in things for quad in entities.described(thing, v.rules)]
    return [*all_rows(described), *following(inferred.brought(things, v))]
