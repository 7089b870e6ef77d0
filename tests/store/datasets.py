"""Two graphs of invented documents: one of both reports, one of the first alone."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Quad

from kg import rules
from kg.graph import assemble, write
from sample import sample_extractions, sample_resolution, summed


@cache
def dataset(documents: int = 2) -> tuple[Quad, ...]:
    """The graph of the first few documents."""
    readings = sample_extractions()[:documents]
    return tuple(assemble.quads(readings, sample_resolution(readings), rules.load())) if readings else ()


def lines(quads) -> bytes:
    """Sorted N-Quads: equal where the datasets are."""
    return write.serialise(quads, "nq")


def digest(quads) -> str:
    return summed(lines(quads))
