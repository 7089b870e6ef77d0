"""Claims with their evidence: each cited sentence once, each quote as a range of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph import terms
from kg.graph.index import Index, local, many, name, one, said

_SOURCE, _SELECTOR, _START, _EXACT = (
    NamedNode(terms.OA + part) for part in ("hasSource", "hasSelector", "start", "exact")
)


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A stretch of a document's text as evidence quotes it; `start` counts code points of the document."""

    document: int
    start: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """`sentence.text[start:end]` is the quote, in code points."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document claims. `confidence` and times are as the graph writes them, "" where it gives none."""

    document: int | None
    pieces: tuple[Piece, ...]
    rule: str
    confidence: str
    status: str
    since: str
    until: str
    stated_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """All statements in the order of the texts; `place` leads from a claim to its statement."""

    sentences: tuple[Sentence, ...]
    all: tuple[Statement, ...]
    place: Mapping[NamedNode, int]


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A quote where it stands; the longest of those that begin together comes first."""

    document: int
    start: int
    shortness: int
    text: str


def statements(found: Index, papers: Mapping[NamedNode, int]) -> Told:
    """The claims of all documents with their quotes."""
    claims = sorted({claim for all_ in found.claims.values() for claim in all_}, key=lambda claim: claim.value)
    quotes = {claim: _quotes(found, claim, papers) for claim in claims}
    sentences, pieces = shelve(quote for cited in quotes.values() for quote in cited)
    made = {claim: _statement(found, claim, quotes[claim], pieces) for claim in claims}
    order = sorted(claims, key=lambda claim: (made[claim].pieces, claim.value))
    return Told(sentences, tuple(made[claim] for claim in order), {claim: i for i, claim in enumerate(order)})


def _quotes(found: Index, claim: NamedNode, papers: Mapping[NamedNode, int]) -> list[Quote]:
    """A claim's quotes in the order of the text; evidence that is incomplete is passed over."""
    made = [
        _quote(found, node, papers) for node in many(found, claim, terms.zg("evidence")) if isinstance(node, NamedNode)
    ]
    return sorted(quote for quote in made if quote is not None)


def _quote(found: Index, evidence: NamedNode, papers: Mapping[NamedNode, int]) -> Quote | None:
    document, selector = one(found, evidence, _SOURCE), one(found, evidence, _SELECTOR)
    if not isinstance(document, NamedNode) or document not in papers or selector is None:
        return None
    start, exact = said(found, selector, _START), said(found, selector, _EXACT)
    return Quote(papers[document], int(start), -len(exact), exact) if start.isdecimal() and exact else None


def shelve(quotes: Iterable[Quote]) -> tuple[tuple[Sentence, ...], dict[Quote, Piece]]:
    """Each quote as a range of the longest quote that holds it, word for word."""
    sentences: list[Sentence] = []
    pieces: dict[Quote, Piece] = {}
    for quote in sorted(set(quotes)):
        offset = _offset(sentences[-1], quote) if sentences else None
        if offset is None:
            sentences.append(Sentence(quote.document, quote.start, quote.text))
            offset = 0
        pieces[quote] = Piece(len(sentences) - 1, offset, offset + len(quote.text))
    return tuple(sentences), pieces


def _offset(sentence: Sentence, quote: Quote) -> int | None:
    """Where the quote stands in the sentence; None where it does not."""
    offset = quote.start - sentence.start
    inside = sentence.document == quote.document and offset >= 0
    return offset if inside and sentence.text[offset : offset + len(quote.text)] == quote.text else None


def _statement(found: Index, claim: NamedNode, quotes: list[Quote], pieces: Mapping[Quote, Piece]) -> Statement:
    stated = one(found, claim, terms.zg("statedBy"))
    return Statement(
        quotes[0].document if quotes else None,
        tuple(pieces[quote] for quote in quotes),
        term(found, claim, "rule"),
        said(found, claim, terms.zg("confidence")),
        term(found, claim, "status"),
        said(found, claim, terms.zg("validFrom")),
        said(found, claim, terms.zg("validTo")),
        said(found, claim, terms.zg("attribution")) if stated is None else name(found, stated),
    )


def term(found: Index, node: NamedNode, predicate: str) -> str:
    """The local name of what one of our properties leads to, or nothing."""
    value = one(found, node, terms.zg(predicate))
    return local(value) if isinstance(value, NamedNode) else ""
