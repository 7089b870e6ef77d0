"""The sample's graph and its page."""

from __future__ import annotations

import pytest

import sample
from kg import rules
from kg.graph import assemble
from kg.pages.graph_page import page
from kg.pages.model import model


@pytest.fixture(scope="session")
def quads():
    """The dataset of the sample, by the rules that ship."""
    readings = sample.sample_extractions()
    return assemble.quads(readings, sample.sample_resolution(readings), rules.load())


@pytest.fixture(scope="session")
def graph(quads):
    """The model of the sample."""
    return model(quads)


@pytest.fixture(scope="session")
def html(quads):
    """The page of the sample."""
    return page(quads, rules.load())
