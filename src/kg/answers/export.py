"""The graph in the formats of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Store

RDF = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")
FORMATS = (*RDF, "graphml")


def exported(store: Store, form: str) -> bytes:
    """The graph as one file: an RDF format with the bytes of the build's own file, or GraphML.

    UsageError for another format.
    """
    if form == "graphml":
        return _graphml(store)
    if form not in RDF:
        raise UsageError(f"export: no format {form}; there are {', '.join(FORMATS)}")
    from kg.store.embedded import export

    return export(store, form)


def _graphml(store: Store) -> bytes:
    from kg.graph.network import graphml

    return graphml(store)


def tables(store: Store) -> dict[str, bytes]:
    """File name -> CSV of entities, relations, figures and evidence, as office programs open them."""
    from kg.graph.tables import tables

    return tables(store)
