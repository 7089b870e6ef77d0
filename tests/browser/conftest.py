"""One Chromium for all tests of a module, and pages written where it can open them."""

from __future__ import annotations

import pytest

import sample
from chromium import browser
from kg import rules
from kg.graph import assemble
from kg.pages.graph_page import page


@pytest.fixture(scope="module")
def tab():
    """A tab with the network cut."""
    with browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def quads():
    """The dataset of the sample."""
    readings = sample.sample_extractions()
    return assemble.quads(readings, sample.sample_resolution(readings), rules.load())


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """`written(quads)` -> the address of their page."""

    def write(quads, **options):
        file = tmp_path_factory.mktemp("page") / "graph.html"
        file.write_text(page(quads, rules.load(), **options), encoding="utf-8", newline="")
        return file.as_uri()

    return write


@pytest.fixture(scope="session")
def address(quads, written):
    """The page of the sample."""
    return written(quads)


@pytest.fixture
def at(tab, address):
    """`at(hash, width, height, dark=)` -> the tab with the sample's page freshly opened there."""

    def open_at(path="", width=1280, height=800, *, dark=False):
        tab.size(width, height, dark=dark)
        tab.open("about:blank")
        tab.requests.clear()
        tab.messages.clear()
        tab.open(f"{address}#{path}" if path else address)
        return tab

    return open_at
