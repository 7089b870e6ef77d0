"""Evidence: the spans of a document that show a claim, as nodes that quote them verbatim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms
from kg.read.origin import locator
from kg.records import Document, Span

LONGEST = 300
_RESOURCE = NamedNode(terms.OA + "SpecificResource")
_SELECTORS = (NamedNode(terms.OA + "TextPositionSelector"), NamedNode(terms.OA + "TextQuoteSelector"))
_SOURCE = NamedNode(terms.OA + "hasSource")
_SELECTOR = NamedNode(terms.OA + "hasSelector")
_START, _END, _EXACT = (NamedNode(terms.OA + name) for name in ("start", "end", "exact"))


def holds(document: Document, spans: Iterable[Span]) -> bool:
    """Whether there are pieces, all inside the text and none longer than the contract allows."""
    pieces = list(spans)
    return bool(pieces) and all(s.end <= len(document.text) and len(s) <= LONGEST for s in pieces)


def quads(document: Document, span: Span, base: str) -> Iterator[Quad]:
    """The node of a span, its selector, and its place in a file that is more than text, in the document's graph."""
    source = terms.document(document.key, base)
    node, selector = terms.evidence(source, span), terms.selector(source, span)
    yield Quad(node, terms.TYPE, _RESOURCE, source)
    yield Quad(node, _SOURCE, source, source)
    yield Quad(node, _SELECTOR, selector, source)
    place = locator(document, span.start)
    if place is not None:
        yield Quad(node, terms.zg("locator"), terms.text(place), source)
    yield from (Quad(selector, terms.TYPE, kind, source) for kind in _SELECTORS)
    yield Quad(selector, _START, terms.integer(span.start), source)
    yield Quad(selector, _END, terms.integer(span.end), source)
    yield Quad(selector, _EXACT, Literal(document.quote(span)), source)
