"""Documents: what is known of a text itself, in the text's own graph."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms, view
from kg.graph.statements import Term
from kg.graph.view import View
from kg.records import EntityType, Extraction

_DOCUMENT = terms.zg("Document")


def quads(reading: Extraction, v: View) -> Iterator[Quad]:
    """The document's metadata; what neither the text nor its user gave is left out."""
    node = terms.document(reading.document.key, v.base)
    for predicate, term in _metadata(reading):
        yield Quad(node, predicate, term, node)
    for publisher in _publishers(reading, v):
        yield Quad(node, NamedNode(terms.DCTERMS + "publisher"), publisher, node)


def _metadata(reading: Extraction) -> Iterator[tuple[NamedNode, Term]]:
    document = reading.document
    yield terms.TYPE, _DOCUMENT
    yield terms.zg("sha256"), terms.text(document.sha256)
    yield terms.zg("path"), terms.text(document.name)
    if document.title:
        yield NamedNode(terms.DCTERMS + "title"), terms.text(document.title)
    issued = terms.time(document.issued)
    if issued is not None:
        yield NamedNode(terms.DCTERMS + "issued"), issued
    if document.source:
        yield NamedNode(terms.DCTERMS + "source"), terms.text(document.source)
    if document.url:
        address = Literal(terms.readable(document.url), datatype=NamedNode(terms.XSD + "anyURI"))
        yield NamedNode(terms.SCHEMA + "url"), address


def _publishers(reading: Extraction, v: View) -> Iterator[NamedNode]:
    """The medium that the source names, where the text itself shows it as one."""
    for index, referent in enumerate(reading.referents):
        named = reading.document.source in (referent.name, *referent.aliases)
        if named and view.entity(v, reading, index).type is EntityType.MEDIA:
            node = view.shown(v, reading, index)
            if node is not None:
                yield node
