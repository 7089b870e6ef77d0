"""The sample's graph."""

from __future__ import annotations

import pytest

import sample
from kg import rules
from kg.graph import assemble


@pytest.fixture(scope="session")
def quads():
    """The dataset of the sample, by the rules that ship."""
    readings = sample.sample_extractions()
    return assemble.quads(readings, sample.sample_resolution(readings), rules.load())
