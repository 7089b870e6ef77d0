"""The graph in the formats of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Store

RDF = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")
NETWORKS = ("graphml", "gexf")
FORMATS = (*RDF, *NETWORKS)


def exported(store: Store, form: str) -> bytes:
    """The graph as one file: an RDF format with the bytes of the build's own file, GraphML, or GEXF for Gephi.

    UsageError for another format.
    """
    if form in NETWORKS:
        return _network(store, form)
    if form not in RDF:
        raise UsageError(f"export: no format {form}; there are {', '.join(FORMATS)}")
    from kg.store.embedded import export

    return export(store, form)


def _network(store: Store, form: str) -> bytes:
    from kg.graph import network

    return network.graphml(store) if form == "graphml" else network.gexf(store)


def tables(store: Store) -> dict[str, bytes]:
    """File name -> CSV of entities, relations, figures and evidence, as office programs open them."""
    from kg.graph.tables import tables

    return tables(store)
