"""Whether a graph conforms to the ontology's SHACL shapes; each complaint with the sentence behind the fact."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg import resources
from kg.errors import RulesError
from kg.graph import index, terms
from kg.graph.index import Index
from kg.graph.write import ordered, written

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
_EVIDENCE, _SELECTOR = terms.zg("evidence"), NamedNode(terms.OA + "hasSelector")
_EXACT, _SOURCE = NamedNode(terms.OA + "exact"), NamedNode(terms.OA + "hasSource")
_TITLE, _PATH = NamedNode(terms.DCTERMS + "title"), terms.zg("path")


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One complaint: the node with its label, the shape it breaks and how, in Chinese and English.

    `quote` is the sentence behind the offending fact and `document` the title of its text, empty where the fact rests
    on none. `path` and `value` are what SHACL names, empty where it names none.
    """

    focus: str
    shape: str
    path: str
    value: str
    label: str
    zh: str
    en: str
    constraint: str
    quote: str
    document: str


@dataclass(frozen=True, slots=True)
class Report:
    """All complaints, in a fixed order."""

    conforms: bool
    results: tuple[Result, ...]


def validate(quads: Iterable[Quad]) -> Report:
    """The report on facts, claims, documents and inferences together; RulesError where the shapes are broken."""
    import pyshacl

    given = list(quads)
    with warnings.catch_warnings():
        # rdflib and pySHACL warn of their own deprecated ways, which are no news to the user.
        warnings.simplefilter("ignore")
        conforms, graph, _ = pyshacl.validate(_graph(given), shacl_graph=_shapes())
    if not hasattr(graph, "subjects"):
        raise RulesError(f"ontology/shapes: cannot be applied: {graph}")
    return Report(conforms, tuple(sorted(set(_results(graph, index.index(given))))))


def _graph(quads: list[Quad]) -> Graph:
    from rdflib import Graph

    union = ordered(Quad(q.subject, q.predicate, q.object) for q in quads)
    content = serialize((quad.triple for quad in union), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=content or b"", format="nt")


@lru_cache(maxsize=1)
def _shapes() -> Graph:
    from rdflib import Graph

    graph = Graph()
    for file in sorted((resources.ontology() / "shapes").glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


def _results(graph: Graph, found: Index) -> Iterator[Result]:
    """What the report names at its top: details of a result are not results of their own."""
    from rdflib import URIRef

    for node in graph.objects(None, URIRef(SH + "result")):
        focus, shape, path, value, constraint = (
            _text(graph.value(node, URIRef(SH + name)))
            for name in ("focusNode", "sourceShape", "resultPath", "value", "sourceConstraintComponent")
        )
        zh, en = _messages(list(graph.objects(node, URIRef(SH + "resultMessage"))), shape)
        claim = _claim(found, focus, path, value)
        quote, document = _sentence(found, claim)
        label = _label(found, focus)
        yield Result(focus, shape, path, value, label, zh, en, constraint.removeprefix(SH), quote, document)


def _text(term: Node | None) -> str:
    """An IRI or a literal as text; a path that is no IRI is left unnamed, its name differs from run to run."""
    from rdflib import BNode

    return "" if term is None or isinstance(term, BNode) else str(term)


def _messages(messages: list[Node], shape: str) -> tuple[str, str]:
    """The shape's own message in each language; where it has none, what pySHACL says of it."""
    by_language = {getattr(message, "language", None): str(message) for message in sorted(messages, key=str)}
    default = by_language.get(None) or next(iter(by_language.values()), shape)
    return by_language.get("zh", default), by_language.get("en", default)


def _label(found: Index, focus: str) -> str:
    """A name for the node: of a claim or figure that of its subject."""
    node = _named(focus)
    if node is None:
        return focus
    subject = index.one(found, node, terms.zg("subject")) or index.one(found, node, NamedNode(terms.RDF + "subject"))
    return index.name(found, subject or node)


def _named(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _claim(found: Index, focus: str, path: str, value: str) -> NamedNode | None:
    """The claim behind an offending fact: the node itself, that of the very triple, of both ends, or of the node."""
    node = _named(focus)
    if node is None or index.many(found, node, _EVIDENCE):
        return node
    about = [triple for triple in found.claims if node in (triple[0], triple[2])]
    about.sort(key=lambda t: (value not in (t[0].value, t[2].value), t[1].value != path, *map(str, t)))
    return found.claims[about[0]][0] if about else None


def _sentence(found: Index, claim: NamedNode | None) -> tuple[str, str]:
    """Quote and document title of a claim's first piece of evidence."""
    piece = index.one(found, claim, _EVIDENCE) if claim else None
    if piece is None:
        return "", ""
    selector, document = index.one(found, piece, _SELECTOR), index.one(found, piece, _SOURCE)
    quote = index.said(found, selector, _EXACT) if selector else ""
    title = (index.said(found, document, _TITLE) or index.said(found, document, _PATH)) if document else ""
    return quote, title


def turtle(report: Report) -> bytes:
    """The report as a SHACL validation report, each result with the sentence as dcterms:description."""
    return written(_report(report), {"sh": SH, **terms.PREFIXES})


def _report(report: Report) -> Iterator[Triple]:
    top = BlankNode("report")
    yield Triple(top, terms.TYPE, _sh("ValidationReport"))
    yield Triple(top, _sh("conforms"), Literal(report.conforms))
    nodes = [BlankNode(f"result{number}") for number in range(len(report.results))]
    yield from (Triple(top, _sh("result"), node) for node in nodes)
    for node, result in zip(nodes, report.results, strict=True):
        yield from _result(node, result)


def _result(node: BlankNode, result: Result) -> Iterator[Triple]:
    yield Triple(node, terms.TYPE, _sh("ValidationResult"))
    yield Triple(node, _sh("resultSeverity"), _sh("Violation"))
    yield Triple(node, _sh("sourceConstraintComponent"), _sh(result.constraint))
    for name, iri in (("focusNode", result.focus), ("sourceShape", result.shape), ("resultPath", result.path)):
        term = _named(iri)
        if term is not None:
            yield Triple(node, _sh(name), term)
    yield Triple(node, _sh("resultMessage"), terms.label(result.zh))
    yield Triple(node, _sh("resultMessage"), terms.label(result.en, "en"))
    if result.value:
        yield Triple(node, _sh("value"), _named(result.value) or terms.text(result.value))
    if result.quote:
        yield Triple(node, NamedNode(terms.DCTERMS + "description"), terms.label(result.quote))


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)
