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
    from pyoxigraph import Store

    from kg.answers.graph import Draw
    from kg.pipeline.build import Render


def built(
    inputs: list[str], out: str | Path | None, *, date: str | None, source: str | None, workers: int, base: str | None,
    render: Render | None, draw: Draw | None = None,
) -> Graph:  # fmt: skip
    """The graph of the inputs in the folder `out`, or in memory without one."""
    with tempfile.TemporaryDirectory(prefix="kg-") as aside:
        folder = Path(out or aside)
        done = build(inputs, out=folder, workers=workers, date=date, source=source, base=base or BASE, render=render)
        problems = tuple(map(str, (*done.unreadable, *done.crashes)))
        store = _copy(folder) if out is None else open_graph(folder)
        return Graph(store, folder if out is not None else None, problems=problems, draw=draw)


def _copy(folder: Path) -> Store:
    """The folder's graph in memory, where it outlives the folder."""
    from pyoxigraph import Store

    store = Store()
    store.bulk_extend(open_graph(folder))
    return store
