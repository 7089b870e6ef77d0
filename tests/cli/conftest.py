"""The graph of the two invented documents of tests/sample.py, as a folder that commands open."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import rules
from kg.graph import assemble, write
from kg.store import generations
from sample import sample_extractions, sample_resolution


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory) -> Path:
    """Read it, never write to it."""
    extractions = sample_extractions()
    quads = assemble.quads(extractions, sample_resolution(extractions), rules.load())
    files = {f"graph.{form}": write.serialise(quads, form) for form in ("ttl", "trig")}
    files |= {f"texts/{x.document.sha256}.txt": x.document.text.encode() for x in extractions}
    folder = tmp_path_factory.mktemp("sample") / "exports"
    generations.commit(folder, files, quads)
    return folder
