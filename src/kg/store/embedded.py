"""The graph in an output folder, for reading."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.errors import StoreError
from kg.graph import write
from kg.store import generations, seal
from kg.store.manifest import Manifest

_TRIG = "graph.trig"
_TRIES = 3


def open_graph(folder: Path) -> Store:
    """A read-only store of the folder's graph.

    A folder without its store (a fresh clone) is read from its graph.trig. StoreError where there is no graph, it is
    broken, or another version wrote it.
    """
    generations.recover(folder)
    for _ in range(_TRIES):
        found = generations.current(folder)
        place = generations.located(folder, f"{generations.STORE}/{found.store}")
        if place.is_dir():
            return _opened(place)
        if generations.current(folder) == found:
            return _loaded(folder, found)
    raise StoreError(f"{folder}: is being written again and again; try once more when the builds have ended")


def _opened(place: Path) -> Store:
    cut = seal.broken(place)
    if cut is not None:
        raise StoreError(f"{place}: broken store ({cut} is missing or cut short); build the graph again")
    try:
        return Store.read_only(str(place))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{place}: broken store ({error}); build the graph again") from None


def _loaded(folder: Path, found: Manifest) -> Store:
    """The dataset from its TriG, if that is the one that the manifest names."""
    content = read(folder, _TRIG)
    if hashlib.sha256(content).hexdigest() != found.files.get(_TRIG):
        raise StoreError(f"{folder / _TRIG}: not the file that the manifest names; build the graph again")
    store = Store()
    store.bulk_load(content, RdfFormat.TRIG)
    return store


def read(folder: Path, name: str) -> bytes:
    """A file of the current graph (``texts/<sha256>.txt``); StoreError where it is missing."""
    try:
        return generations.located(folder, name).read_bytes()
    except OSError as error:
        raise StoreError(f"{folder / name}: cannot be read ({error.strerror}); build the graph again") from None


def export(store: Store, format: write.Format | str) -> bytes:
    """The store's graph in a format: the bytes of the build's own file."""
    return write.serialise(store, format)
