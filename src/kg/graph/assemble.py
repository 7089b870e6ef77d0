"""All readings together as quads: the graph is a pure function of the extractions and the resolution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pyoxigraph import Quad

from kg.graph import entities, inferred, statements, terms, view
from kg.graph.parts import part
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
    reprints: Mapping[str, str] = MappingProxyType({}),
) -> list[Quad]:
    """The whole dataset, without doubles and in the order in which it is written.

    A claim whose evidence does not hold, and a claim about something that no evidence shows, is left out. A claim
    `rejected` (the last part of its IRI, with the reason) stays in its document's graph and makes no fact. `reprints`
    are keys of documents, each with that of the one it repeats.
    """
    readings = _distinct(extractions)
    v = view.view(resolution, rules, base, rejected, reprints)
    typed = [list(entities.types(reading, v)) for reading in readings]
    v = view.seeing(v, frozenset(s.subject for said in typed for s in said if not statements.refused(s, v)))
    things = entities.things(v)
    described = (quad for thing in things for quad in entities.described(thing, rules))
    told = (quad for reading, said in zip(readings, typed, strict=True) for quad in part(reading, said, v))
    return ordered(inferred.added((*described, *told), inferred.brought(things, v)))


def _distinct(extractions: Iterable[Extraction]) -> list[Extraction]:
    """One reading a text: the same text under two names is one document."""
    found: dict[str, Extraction] = {}
    for reading in sorted(extractions, key=lambda x: (x.document.key, x.document.name, x.document.title or "")):
        found.setdefault(reading.document.key, reading)
    return list(found.values())
