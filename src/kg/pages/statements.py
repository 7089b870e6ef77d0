"""Claims with their evidence: each cited sentence once, each quote as a range of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.pages.triples import OA, RDF, ZG, Triples, local


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
    valid: tuple[str, str]
    stated_by: str


@dataclass(frozen=True, slots=True)
class Told:
    """All statements in reading order; `index` by the claim's IRI, `of` the claims of a triple."""

    sentences: tuple[Sentence, ...]
    all: tuple[Statement, ...]
    index: Mapping[str, int]
    of: dict[tuple[str, str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class _Quote:
    """A quote where it stands; the longest of those that begin together comes first."""

    document: int
    start: int
    reach: int
    text: str


def statements(known: Triples, papers: Mapping[str, int]) -> Told:
    """The claims of all documents with their quotes."""
    claims = [iri for iri in known.told if ZG + "Claim" in known.values(iri, RDF + "type")]
    quotes = {iri: _quotes(known, iri, papers) for iri in claims}
    sentences, pieces = shelve(quote for found in quotes.values() for quote in found)
    made = {iri: _statement(known, iri, [pieces[quote] for quote in quotes[iri]], quotes[iri]) for iri in claims}
    order = sorted(claims, key=lambda iri: (made[iri].pieces, iri))
    of: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for iri in order:
        key = (known.value(iri, RDF + "subject"), known.value(iri, RDF + "predicate"), known.value(iri, RDF + "object"))
        of[key] = (*of.get(key, ()), iri)
    return Told(sentences, tuple(made[iri] for iri in order), {iri: i for i, iri in enumerate(order)}, of)


def _quotes(known: Triples, claim: str, papers: Mapping[str, int]) -> list[_Quote]:
    found = [_quote(known, evidence, papers) for evidence in known.values(claim, ZG + "evidence")]
    return sorted(quote for quote in found if quote is not None)


def _quote(known: Triples, evidence: str, papers: Mapping[str, int]) -> _Quote | None:
    """The quote of an evidence node; None where it is incomplete."""
    selector = known.value(evidence, OA + "hasSelector")
    document = papers.get(known.value(evidence, OA + "hasSource"))
    start, exact = known.number(selector, OA + "start"), known.value(selector, OA + "exact")
    if document is None or start is None or not exact:
        return None
    return _Quote(document, start, -len(exact), exact)


def shelve(quotes: Iterable[_Quote]) -> tuple[tuple[Sentence, ...], dict[_Quote, Piece]]:
    """Each quote as a range of the longest quote that holds it."""
    sentences: list[Sentence] = []
    pieces: dict[_Quote, Piece] = {}
    for quote in sorted(set(quotes)):
        offset = _offset(sentences[-1], quote) if sentences else None
        if offset is None:
            sentences.append(Sentence(quote.document, quote.start, quote.text))
            offset = 0
        pieces[quote] = Piece(len(sentences) - 1, offset, offset + len(quote.text))
    return tuple(sentences), pieces


def _offset(sentence: Sentence, quote: _Quote) -> int | None:
    """Where the quote stands in the sentence; None where it does not, word for word."""
    offset = quote.start - sentence.start
    same = sentence.document == quote.document and sentence.text[offset : offset + len(quote.text)] == quote.text
    return offset if same and offset >= 0 else None


def _statement(known: Triples, claim: str, pieces: list[Piece], quotes: list[_Quote]) -> Statement:
    stated = known.value(claim, ZG + "statedBy")
    return Statement(
        quotes[0].document if quotes else None,
        tuple(pieces),
        local(known.value(claim, ZG + "rule")),
        known.value(claim, ZG + "confidence"),
        local(known.value(claim, ZG + "status")),
        (known.value(claim, ZG + "validFrom"), known.value(claim, ZG + "validTo")),
        known.name(stated) if stated else known.value(claim, ZG + "attribution"),
    )
