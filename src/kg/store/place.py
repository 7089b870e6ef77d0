"""Which graph a command works on."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT = "exports"
VARIABLE = "KG_GRAPH"


def which(graph: str | None) -> Path:
    """The folder of the graph: what the user named, else ``$KG_GRAPH``, else ``./exports``."""
    return Path(graph or os.environ.get(VARIABLE) or DEFAULT)
