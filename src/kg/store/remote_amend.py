"""A large graph of which little changes: the store is asked for it, and told what differs instead of all of it.

What the store says is what counts, so nothing has to be remembered of earlier loads, and a load that broke off may be
done again. Reading a graph is some ten times faster for a store than taking it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import RdfFormat, Triple, parse

from kg.store import remote
from kg.store.remote_store import Remote

LARGE = 200_000
"""Bytes from which on it is worth asking."""
SHARE = 10
"""One statement in so many may differ; where more do, the graph is put whole."""
BATCH = 500
"""Statements in one update: stores compile an update whole."""


def amend(store: Remote, graph: str, content: bytes) -> bool:
    """Make the graph hold these N-Triples by what differs; False where it must be put whole, and nothing was done."""
    if len(content) < LARGE or not store.endpoint.layout.amends:
        return False
    held = _triples(remote.got(store.http, store.endpoint, graph))
    wanted = _triples(content)
    gone, new = held - wanted, wanted - held
    if len(gone) + len(new) > len(wanted) // SHARE:
        return False
    for verb, triples in (("DELETE", gone), ("INSERT", new)):
        for text in _updates(verb, graph, triples):
            store.update(text)
    return True


def _triples(content: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(content, RdfFormat.N_TRIPLES)}


def _updates(verb: str, graph: str, triples: Iterable[Triple]) -> Iterator[str]:
    """Updates that each may be done twice."""
    lines = sorted(f"{triple} ." for triple in triples)
    for some in (lines[at : at + BATCH] for at in range(0, len(lines), BATCH)):
        statements = "\n".join(some)
        yield f"{verb} DATA {{ GRAPH <{graph}> {{\n{statements}\n}} }}"
