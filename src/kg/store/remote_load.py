"""A dataset ──▶ a store behind a URL: one PUT or DELETE a document, then the facts, then the generation.

Of facts and inferences, which are large and change a little with every document, what differs is sent.

Each step may be done twice, and what a load that broke off has changed is marked as such, so the next load does exactly
what is left. Two loads at once are no good idea; the later one wins, and the earlier one says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Quad

from kg.errors import StoreError
from kg.graph import terms
from kg.graph.digest import digest
from kg.store import remote, remote_state
from kg.store.remote_amend import amend
from kg.store.remote_state import CHANGING
from kg.store.remote_store import Remote

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: graphs put and deleted, whether it took up one that had broken off, the dataset's hash."""

    generation: str
    put: int
    deleted: int
    resumed: bool


def load(store: Remote, quads: Iterable[Quad], *, progress: Progress = lambda done, total: None) -> Loaded:
    """Make the store hold the dataset, sending what differs from what it holds; StoreError where it does not answer.

    Graphs of the store that are neither documents nor named in `zg:state` are not ours and are left alone.
    """
    dataset = list(quads)
    target = digest(dataset)
    contents = _contents(dataset)
    wanted = {graph: hashlib.sha256(content).hexdigest() for graph, content in contents.items()}
    before = store.state()
    put, gone = remote_state.changes(before.versions, wanted)
    if before.generation == target and not put and not gone:
        return Loaded(target, 0, 0, False)
    _begin(store, target, [*put, *gone])
    for at, graphs in enumerate(_batches(put, gone), 1):
        _moved(store, graphs, contents, wanted, target)
        progress(min(at * remote_state.BATCH, len(put) + len(gone)), len(put) + len(gone))
    _end(store, target, [*put, *gone])
    return Loaded(target, len(put), len(gone), before.broken)


def _contents(quads: list[Quad]) -> dict[str, bytes]:
    """Each graph as sorted N-Triples; the default graph is `zg:facts`, which a store has even when it is empty."""
    lines: dict[str, list[str]] = {terms.FACTS.value: [], terms.INFERRED.value: []}
    for quad in quads:
        plain = isinstance(quad.graph_name, DefaultGraph)
        graph = terms.FACTS.value if plain else str(quad.graph_name)[1:-1]
        lines.setdefault(graph, []).append(f"{quad.triple} .\n")
    return {graph: "".join(sorted(set(found))).encode("utf-8") for graph, found in lines.items()}


def _begin(store: Remote, target: str, touched: list[str]) -> None:
    """From here on no reader takes the store for whole, and every graph that will change is known as changing."""
    store.update(remote_state.begun(target))
    for text in remote_state.marked(dict.fromkeys(touched, CHANGING), target=target):
        store.update(text)


def _batches(put: list[str], gone: list[str]) -> list[list[str]]:
    """All graphs in the order in which they move: documents that go, documents that come, inferred, facts."""
    graphs = [*gone, *put]
    return [graphs[at : at + remote_state.BATCH] for at in range(0, len(graphs), remote_state.BATCH)]


def _moved(
    store: Remote, graphs: list[str], contents: Mapping[str, bytes], wanted: Mapping[str, str], target: str
) -> None:
    """Put, amend or delete some graphs, then say that it is done."""
    for graph in graphs:
        if graph in (terms.INFERRED.value, terms.FACTS.value) and amend(store, graph, contents[graph]):
            continue
        if graph in contents:
            remote.put(store.http, store.endpoint, graph, contents[graph])
        else:
            remote.delete(store.http, store.endpoint, graph)
    for text in remote_state.marked({graph: wanted.get(graph) for graph in graphs}, target=target):
        store.update(text)


def _end(store: Remote, target: str, touched: list[str]) -> None:
    """Make the store whole, if it is still ours to do so; else have the next load look at all that was touched here."""
    store.update(remote_state.ended(target))
    if store.generation() != target:
        _begin(store, target, touched)
        raise StoreError(f"{store.endpoint.shown}: another load began meanwhile; run this again when it has ended")
