"""The graph of the two invented documents of tests/sample.py, in memory."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg import rules
from kg.graph import assemble
from sample import sample_extractions, sample_resolution


@pytest.fixture(scope="session")
def sample_store() -> Store:
    """Read it, never write to it."""
    store = Store()
    extractions = sample_extractions()
    store.extend(assemble.quads(extractions, sample_resolution(extractions), rules.load()))
    return store


@pytest.fixture(scope="session")
def sample_texts() -> dict[str, str]:
    """The texts by the names of their files."""
    return {reading.document.name: reading.document.text for reading in sample_extractions()}
