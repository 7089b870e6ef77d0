"""Whether a graph conforms to the ontology's SHACL shapes; each complaint with the sentence behind the fact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.graph import index, shacl, terms, touched
from kg.graph.index import Index
from kg.graph.shacl import SH, Complaint, Term
from kg.graph.statements import Triple as Claimed
from kg.graph.write import written

_EVIDENCE, _SELECTOR = terms.zg("evidence"), NamedNode(terms.OA + "hasSelector")
_EXACT, _SOURCE = NamedNode(terms.OA + "exact"), NamedNode(terms.OA + "hasSource")
_ABOUT = (NamedNode(terms.RDF + "subject"), NamedNode(terms.RDF + "object"))
_FOLLOWED = (_EVIDENCE, _SELECTOR, _SOURCE, terms.zg("subject"), *_ABOUT)
_STEPS = 3  # from a claim to its evidence, from there to selector and document, and to what these say
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
    given = quads if isinstance(quads, Collection) else list(quads)
    return _reported(given, shacl.complaints(given))


def validate_nodes(store: Store, nodes: Set[Term]) -> Report:
    """The same of some nodes only, such as `touched.touched` gives after a change: it costs what they cost."""
    found = shacl.complaints(set(touched.surroundings(store, nodes)))
    return _reported(store, {complaint for complaint in found if complaint.focus in nodes})


def _reported(quads: Collection[Quad], broken: Set[Complaint]) -> Report:
    """Complaints in order, each with its sentence."""
    if not broken:
        return Report(True, ())
    found = index.index(_telling(quads, {complaint.focus for complaint in broken}))
    claims = _claims(found)
    return Report(False, tuple(sorted({_result_of(complaint, found, claims) for complaint in broken})))


def _telling(quads: Iterable[Quad], nodes: Set[Term]) -> list[Quad]:
    """What tells of some nodes: their own triples, the claims about them, and what those rest on."""
    about = {q.subject for q in quads if q.predicate in _ABOUT and q.object in nodes}
    wanted, kept = about | nodes, set[Quad]()
    for _ in range(_STEPS):
        kept = {quad for quad in quads if quad.subject in wanted}
        wanted = wanted | {quad.object for quad in kept if quad.predicate in _FOLLOWED}
    return list(kept)


def _claims(found: Index) -> Mapping[Term, list[Claimed]]:
    """What is claimed of each node, as subject or object."""
    about: dict[Term, list[Claimed]] = {}
    for triple in found.claims:
        for node in dict.fromkeys((triple[0], triple[2])):
            about.setdefault(node, []).append(triple)
    return about


def _result_of(complaint: Complaint, found: Index, claims: Mapping[Term, list[Claimed]]) -> Result:
    """A complaint as people are told it."""
    focus, path, value, shape = (_text(x) for x in (complaint.focus, complaint.path, complaint.value, complaint.shape))
    quote, document = _sentence(found, _claim(found, claims, focus, path, value))
    zh, en = _messages(shape)
    label = _label(found, focus)
    return Result(focus, shape, path, value, label, zh, en, complaint.constraint, quote, document)


def _text(term: Term | None) -> str:
    """An IRI or a literal as text; the name of a blank node differs from run to run."""
    return "" if term is None or isinstance(term, BlankNode) else term.value


def _messages(shape: str) -> tuple[str, str]:
    """What the shape says of itself in Chinese and English, its name where it says nothing."""
    said = shacl.messages()
    default = said.get((shape, ""), shape)
    return said.get((shape, "zh"), default), said.get((shape, "en"), default)


def _label(found: Index, focus: str) -> str:
    """A name for the node: of a claim or figure that of its subject."""
    node = _named(focus)
    if node is None:
        return focus
    subject = index.one(found, node, terms.zg("subject")) or index.one(found, node, _ABOUT[0])
    return index.name(found, subject or node)


def _named(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _claim(
    found: Index, claims: Mapping[Term, list[Claimed]], focus: str, path: str, value: str
) -> NamedNode | None:
    """The claim behind an offending fact: the node itself, that of the very triple, of both ends, or of the node."""
    node = _named(focus)
    if node is None or index.many(found, node, _EVIDENCE):
        return node
    about = list(claims.get(node, ()))
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
