"""`kg push`: bring a store behind a URL up to a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.store.remote import Endpoint

EXAMPLES = (
    "kg push http://127.0.0.1:7878 --graph exports --check",
    "kg push https://store.example/zones#fuseki --check",
)


@options.command("push", examples=EXAMPLES)
@click.argument("url", metavar="URL")
@click.option("--graph", metavar="PATH", help="The graph: a folder that kg build wrote.  [default: ./exports]")
@click.option("--check", is_flag=True, help="Say what would be sent where, and stop.")
def command(url: str, graph: str | None, check: bool) -> int:
    """Bring a SPARQL store up to a graph.

    URL is the store's; #virtuoso, #fuseki or #graphdb behind it names the product, Oxigraph without. Only documents
    that differ are sent, then the facts. A load that broke off goes on. Credentials: $KG_STORE_USER and
    $KG_STORE_PASSWORD, $KG_STORE_TOKEN, or a netrc file.
    """
    from kg.store.embedded import open_graph
    from kg.store.place import DEFAULT, which
    from kg.store.remote import endpoint

    quads = list(open_graph(which(graph or DEFAULT)))
    found = endpoint(url)
    output.write(_planned(found, quads) if check else _sent(url, quads))
    return 0


def _planned(found: Endpoint, quads: list[Quad]) -> bytes:
    graphs = len({quad.graph_name for quad in quads})
    rows = (
        ("query", found.query), ("update", found.update), ("data", found.data), ("graphs", graphs),
        ("statements", len(quads)),
    )  # fmt: skip
    return "".join(f"{name}\t{value}\n" for name, value in rows).encode()


def _sent(url: str, quads: list[Quad]) -> bytes:
    from kg.pipeline.progress import progress
    from kg.store.remote_load import load
    from kg.store.remote_store import Remote

    with Remote(url) as store, progress() as shown:
        done = load(store, quads, progress=lambda at, all_: shown("pushing", at, all_))
    again = "after a load that had broken off, " if done.resumed else ""
    text = f"{store.endpoint.shown}: {again}{done.put} graphs put, {done.deleted} deleted; generation {done.generation}"
    return f"{text}\n".encode()
