"""From texts to a graph in one call, for Python."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers.graph import Graph
from kg.graph.terms import BASE
from kg.pipeline.build import build

if TYPE_CHECKING:
    from kg.pipeline.build import Render


def built(
    inputs: list[str], out: str | Path | None, *, date: str | None, source: str | None, workers: int, base: str | None,
    render: Render | None,
) -> Graph:  # fmt: skip
    """The graph of the inputs, in `out` or in a temporary folder that goes when the graph goes."""
    from kg.store.embedded import open_graph

    keep = tempfile.TemporaryDirectory(prefix="kg-") if out is None else None
    folder = Path(keep.name if keep else str(out))
    done = build(inputs, out=folder, workers=workers, date=date, source=source, base=base or BASE, render=render)
    problems = tuple(map(str, (*done.unreadable, *done.crashes)))
    return Graph(open_graph(folder), folder, keep=keep, problems=problems)
