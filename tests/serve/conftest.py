"""The graph of the two invented documents of tests/sample.py, in memory and in a folder, and servers of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pyoxigraph import Store

from inprocess import READING, WRITING
from kg import rules
from kg.graph import assemble, write
from kg.serve.direct import Direct
from kg.serve.state import State
from kg.store import generations
from running import Running, running, token_file
from sample import sample_extractions, sample_resolution


@pytest.fixture(scope="session")
def sample_quads() -> list:
    extractions = sample_extractions()
    return assemble.quads(extractions, sample_resolution(extractions), rules.load())


@pytest.fixture
def sample_store(sample_quads) -> Store:
    """A store of the test's own."""
    store = Store()
    store.extend(sample_quads)
    return store


@pytest.fixture
def state(sample_store) -> State:
    """A server that only reads, as a function looks at it."""
    return State(READING, Direct(sample_store))


@pytest.fixture
def writable(sample_store) -> State:
    """One that writes."""
    return State(WRITING, Direct(sample_store))


@pytest.fixture(scope="session")
def make_folder(sample_quads, tmp_path_factory) -> Callable[[], Path]:
    """`make_folder()` -> a new folder with the graph, as a build leaves it."""
    texts = {f"texts/{r.document.sha256}.txt": r.document.text.encode() for r in sample_extractions()}
    exports = {f"graph.{form}": write.serialise(sample_quads, form) for form in ("ttl", "trig")}

    def make() -> Path:
        folder = tmp_path_factory.mktemp("served") / "exports"
        generations.commit(folder, {**texts, **exports, "graph.html": b"<!doctype html>"}, sample_quads)
        return folder

    return make


@pytest.fixture(scope="session")
def serve(make_folder) -> Iterator[Callable[..., Running]]:
    """`serve(*options, folder=None)` -> a running server; all are ended with the session."""
    with ExitStack() as stack:
        yield lambda *options, folder=None: stack.enter_context(running(folder or make_folder(), *options))


@pytest.fixture(scope="session")
def reading(serve) -> Running:
    """A server as it is without options."""
    return serve()


@pytest.fixture(scope="session")
def writing(serve, tmp_path_factory) -> Running:
    """A writable server."""
    return serve("--writable", "--token-file", token_file(tmp_path_factory.mktemp("token")))
