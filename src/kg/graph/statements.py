"""What a document states, in the terms of the graph: a statement each, and the zg:Claim that tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import evidence, terms
from kg.graph.view import View
from kg.records import HELD_BACK, Document, Span, Status

MOST = 2 * evidence.LONGEST
_CLAIM = terms.zg("Claim")
_EVIDENCE = terms.zg("evidence")
_PLANS = terms.zg("plans")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(terms.RDF + name) for name in ("subject", "predicate", "object"))

Term = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Term]


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple on the authority of one document, with the spans that show it.

    `about` is what has to be said of the object for the triple to mean anything.
    """

    document: Document
    subject: NamedNode
    predicate: NamedNode
    object: Term
    evidence: tuple[Span, ...]
    rule: str
    status: Status | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    stated_by: NamedNode | None = None
    attribution: str | None = None
    about: tuple[Triple, ...] = ()


def holds(statement: Statement) -> bool:
    """Whether it speaks for a plain triple; a plan to plan is a plan all the same."""
    if statement.predicate == _PLANS:
        return statement.status is not Status.NEGATED
    return statement.status not in HELD_BACK


def iri(statement: Statement, base: str) -> NamedNode:
    """The claim's IRI: from document, subject, predicate, object, status, time and source."""
    source = statement.stated_by.value if statement.stated_by else ""
    time = (statement.valid_from or "", statement.valid_to or "")
    said = (statement.subject.value, statement.predicate.value, str(statement.object), statement.status or "")
    return terms.hashed("claim", statement.document.key, *said, *time, source, statement.attribution or "", base=base)


def refused(statement: Statement, v: View) -> bool:
    """Whether a curator rejects the claim."""
    return bool(v.rejected) and iri(statement, v.base).value.rpartition("/")[2] in v.rejected


def quads(statements: Iterable[Statement], v: View) -> Iterator[Quad]:
    """The claims in their documents' graphs; what one document says twice alike is one claim."""
    precision = v.rules.precision
    named = sorted(((iri(s, v.base).value, _strength(s, precision), s) for s in statements), key=lambda x: x[:2])
    shown: dict[tuple[str, Span], Document] = {}
    for name, alike in groupby(named, key=lambda x: x[0]):
        said = [s for _, _, s in alike]
        pieces = _pieces(said)
        shown |= {(said[0].document.key, piece): said[0].document for piece in pieces}
        yield from _claim(NamedNode(name), said[0], pieces, v)
        reason = v.rejected.get(name.rpartition("/")[2])
        if reason is not None:
            graph = terms.document(said[0].document.key, v.base)
            yield Quad(NamedNode(name), terms.zg("rejected"), terms.text(reason), graph)
    for (_, span), document in shown.items():
        yield from evidence.quads(document, span, v.base)


def _strength(statement: Statement, precision: Mapping[str, Decimal]) -> tuple[Decimal, tuple[Span, ...], str]:
    """Sorts the surest reading first."""
    return -precision.get(statement.rule, Decimal(0)), statement.evidence, statement.rule


def _claim(claim: NamedNode, best: Statement, pieces: list[Span], v: View) -> Iterator[Quad]:
    """One claim: rule and confidence of its surest reading, the evidence of all as far as a reader will follow."""
    graph = terms.document(best.document.key, v.base)
    for predicate, value in _said(best, v.rules.precision):
        yield Quad(claim, predicate, value, graph)
    for span in pieces:
        yield Quad(claim, _EVIDENCE, terms.evidence(graph, span), graph)


def _pieces(alike: list[Statement]) -> list[Span]:
    """The pieces of the surest reading, and of further ones while they stay short together."""
    pieces: dict[Span, None] = dict.fromkeys(alike[0].evidence)
    for statement in alike[1:]:
        more = {**pieces, **dict.fromkeys(statement.evidence)}
        pieces = more if sum(map(len, more)) <= MOST else pieces
    return sorted(pieces)


def _said(statement: Statement, precision: Mapping[str, Decimal]) -> Iterator[tuple[NamedNode, Term]]:
    yield terms.TYPE, _CLAIM
    yield _SUBJECT, statement.subject
    yield _PREDICATE, statement.predicate
    yield _OBJECT, statement.object
    yield terms.zg("rule"), terms.rule(statement.rule)
    if statement.rule in precision:
        yield terms.zg("confidence"), terms.decimal(precision[statement.rule])
    if statement.status:
        yield terms.zg("status"), terms.zg(statement.status)
    yield from _circumstances(statement)


def _circumstances(statement: Statement) -> Iterator[tuple[NamedNode, Term]]:
    """When it held and who said so."""
    for name, value in (("validFrom", statement.valid_from), ("validTo", statement.valid_to)):
        time = terms.time(value)
        if time is not None:
            yield terms.zg(name), time
    if statement.stated_by:
        yield terms.zg("statedBy"), statement.stated_by
    if statement.attribution:
        yield terms.zg("attribution"), terms.text(statement.attribution)
