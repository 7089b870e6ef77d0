"""Which graph a command works on."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import UsageError

DEFAULT = "exports"
VARIABLE = "KG_GRAPH"


def named(graph: str | None) -> str:
    """The graph as the user named it, else ``$KG_GRAPH``, else ``./exports``: a folder or the URL of a store."""
    return graph or os.environ.get(VARIABLE) or DEFAULT


def is_url(graph: str) -> bool:
    """Whether the name of a graph is the URL of a store."""
    return graph.lower().startswith(("http://", "https://"))


def which(graph: str | None) -> Path:
    """The folder of the graph; UsageError where it is a store behind a URL, which has none."""
    name = named(graph)
    if is_url(name):
        raise UsageError(f"--graph {name}: a store has no folder, which this needs; change the folder, then kg push it")
    return Path(name)
