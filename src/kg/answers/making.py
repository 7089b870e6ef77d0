"""From texts to a graph in one call, for Python."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers.graph import Graph
from kg.graph.terms import BASE
from kg.pipeline.build import build
from kg.store.embedded import open_graph

if TYPE_CHECKING:
    from kg.pipeline.build import Render


def built(
    inputs: list[str], out: str | Path | None, *, date: str | None, source: str | None, workers: int, base: str | None,
    render: Render | None,
) -> Graph:  # fmt: skip
    """The graph of the inputs in the folder `out`, or in memory without one."""
    with tempfile.TemporaryDirectory(prefix="kg-") as aside:
        folder = Path(out or aside)
        done = build(inputs, out=folder, workers=workers, date=date, source=source, base=base or BASE, render=render)
        problems = tuple(map(str, (*done.unreadable, *done.crashes)))
        return _in_memory(folder, problems) if out is None else Graph(open_graph(folder), folder, problems=problems)


def _in_memory(folder: Path, problems: tuple[str, ...]) -> Graph:
    """A copy of the folder's graph that outlives it."""
    from pyoxigraph import Store

    store = Store()
    store.bulk_extend(open_graph(folder))
    return Graph(store, None, problems=problems)
