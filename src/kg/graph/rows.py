"""Quads as rows: a triple, its graph, and whether it is a fact, follows from one, or is told by a document.

What stands in the default graph and in ``zg:inferred`` hangs on all rows of a triple together: a fact that several
documents give is one fact, and what follows stands only where it is no fact. Rows are what engines sort and count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kg.graph import inferred, terms
from kg.graph.statements import Triple

FACT, FOLLOWS, TOLD = 1, 2, 4
Row = tuple[str, str, int]
"""A triple and its graph as N-Quads have them ("" for facts and what follows), and where it stands."""


def rows(quads: Iterable[Quad]) -> Iterator[Row]:
    """The quads, each as a row."""
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            yield str(quad.triple), "", FACT
        elif quad.graph_name == terms.INFERRED:
            yield str(quad.triple), "", FOLLOWS
        else:
            yield str(quad.triple), str(quad.graph_name), TOLD


def consequences(fact: Quad) -> Iterator[Row]:
    """What follows from one fact alone."""
    return following(inferred.consequences([cast(Triple, (fact.subject, fact.predicate, fact.object))]))


def following(triples: Iterable[Triple]) -> Iterator[Row]:
    """Triples that follow, each as a row."""
    return ((str(Quad(*triple)), "", FOLLOWS) for triple in triples)


def parsed(triples: Iterable[str]) -> Iterator[Quad]:
    """Facts out of N-Triples."""
    return iter(parse("".join(f"{triple} .\n" for triple in triples).encode("utf-8"), RdfFormat.N_TRIPLES))
