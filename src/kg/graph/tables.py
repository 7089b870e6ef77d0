"""The graph as CSV tables that office programs open: UTF-8 with a byte order mark, CRLF, and no cell that they run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import index, terms
from kg.graph.index import Index
from kg.graph.statements import Term

Cell = str | int | Decimal | None
# What office programs take for the beginning of a formula, full-width forms included.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SEPARATOR = "；"
"""What parts several values in one cell."""
_NUMBERS = frozenset(terms.XSD + name for name in ("decimal", "integer"))

ENTITIES = ("name", "type", "aliases", "founded", "documents", "iri")
RELATIONS = ("subject", "property", "object", "title", "status", "asserted", "sources", "subject_iri", "object_iri")
FIGURES = (
    "subject", "indicator", "period", "value", "unit", "modifier", "text", "growth_percent", "growth_basis", "ranks",
    "status", "iri",
)  # fmt: skip
EVIDENCE = (
    "subject", "property", "object", "status", "quote", "document", "issued", "start", "end", "rule", "confidence",
    "stated_by", "claim",
)  # fmt: skip


def tables(quads: Iterable[Quad]) -> dict[str, bytes]:
    """File name -> CSV of the entities, relations, figures and the evidence of each claim."""
    found = index.index(quads)
    return {
        "entities.csv": written(ENTITIES, entities(found)),
        "relations.csv": written(RELATIONS, relations(found)),
        "figures.csv": written(FIGURES, figures(found)),
        "evidence.csv": written(EVIDENCE, evidence(found)),
    }


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One table; texts that a program would run begin with an apostrophe, numbers stay numbers."""
    content = StringIO(newline="")
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return content.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUN) else str(cell)


def entities(found: Index) -> Iterator[Sequence[Cell]]:
    """A row for each entity."""
    for node in index.entities(found):
        kinds = SEPARATOR.join(kind.value for kind in index.kinds(found, node))
        aliases = _joined(found, index.many(found, node, terms.ALT_LABEL))
        founded = index.said(found, node, terms.zg("foundedIn"))
        documents = len(index.many(found, node, terms.zg("mentionedIn")))
        yield index.name(found, node), kinds, aliases, founded, documents, node.value


def relations(found: Index) -> Iterator[Sequence[Cell]]:
    """A row for each relation, plain or claimed."""
    for (subject, predicate, target), plain, claims in index.relations(found):
        end = _end(found, target)
        names = index.name(found, subject), index.local(predicate), index.name(found, end)
        title = index.said(found, target, NamedNode(terms.SCHEMA + "roleName"))
        status = SEPARATOR.join(index.statuses(found, claims))
        asserted = "yes" if plain else "no"
        yield *names, title, status, asserted, _sources(found, claims), subject.value, end.value


def figures(found: Index) -> Iterator[Sequence[Cell]]:
    """A row for each figure."""
    for node, predicate in found.values:
        if predicate == terms.zg("indicator"):
            yield [_figure(found, node, column) for column in FIGURES]


_PROPERTIES: Mapping[str, str] = {
    "value": "value",
    "growth_percent": "growthPercent",
    "period": "period",
    "modifier": "modifier",
    "unit": "unit",
    "status": "status",
    "text": "valueText",
    "growth_basis": "growthBasis",
    "subject": "subject",
    "indicator": "indicator",
}


def _figure(found: Index, node: NamedNode, column: str) -> Cell:
    """One cell of a figure: a number where there is exactly one."""
    if column == "iri":
        return node.value
    if column == "ranks":
        return SEPARATOR.join(_rank(found, rank) for rank in index.many(found, node, terms.zg("rank")))
    values = index.many(found, node, terms.zg(_PROPERTIES[column]))
    return _number(values[0]) if len(values) == 1 and _is_number(values[0]) else _joined(found, values)


def _rank(found: Index, rank: Term) -> str:
    place, basis = index.said(found, rank, terms.zg("place")), index.one(found, rank, terms.zg("rankBasis"))
    among = index.one(found, rank, terms.zg("among"))
    words = [place, index.name(found, among) if among else "", index.name(found, basis) if basis else ""]
    return " ".join(word for word in words if word)


def evidence(found: Index) -> Iterator[Sequence[Cell]]:
    """A row for each piece of evidence of a claim."""
    for (subject, predicate, target), claims in found.claims.items():
        names = _subject(found, subject), index.local(predicate), index.name(found, _end(found, target))
        for claim in claims:
            for piece in index.many(found, claim, terms.zg("evidence")):
                yield *names, *_piece(found, claim, piece), claim.value


def _piece(found: Index, claim: NamedNode, piece: Term) -> Iterator[Cell]:
    """Status, quote, document, date, place, rule and source of one piece of a claim's evidence."""
    document = index.one(found, piece, NamedNode(terms.OA + "hasSource")) or piece
    selector = index.one(found, piece, NamedNode(terms.OA + "hasSelector")) or piece
    yield SEPARATOR.join(index.statuses(found, (claim,)))
    yield index.said(found, selector, NamedNode(terms.OA + "exact"))
    yield _title(found, document)
    yield index.said(found, document, NamedNode(terms.DCTERMS + "issued"))
    yield from (int(index.said(found, selector, NamedNode(terms.OA + name))) for name in ("start", "end"))
    yield index.said(found, claim, terms.zg("rule")).rpartition("/")[2]
    confidence = index.one(found, claim, terms.zg("confidence"))
    yield _number(confidence) if confidence else None
    speaker = index.one(found, claim, terms.zg("statedBy"))
    yield index.name(found, speaker) if speaker else index.said(found, claim, terms.zg("attribution"))


def _subject(found: Index, subject: NamedNode) -> str:
    """The name of an entity; a figure is named by what it measures of whom."""
    whose, what = (index.one(found, subject, terms.zg(name)) for name in ("subject", "indicator"))
    return index.name(found, subject) if whose is None or what is None else _measured(found, whose, what)


def _measured(found: Index, whose: Term, what: Term) -> str:
    return f"{index.name(found, whose)} {index.name(found, what)}"


def _sources(found: Index, claims: Iterable[NamedNode]) -> str:
    """The titles of the documents that some claims rest on."""
    pieces = (piece for claim in claims for piece in index.many(found, claim, terms.zg("evidence")))
    documents = {index.one(found, piece, NamedNode(terms.OA + "hasSource")) for piece in pieces}
    return SEPARATOR.join(sorted(_title(found, document) for document in documents if document))


def _title(found: Index, document: Term) -> str:
    """A document's title, or the name of its file."""
    return index.said(found, document, NamedNode(terms.DCTERMS + "title")) or index.said(
        found, document, terms.zg("path")
    )


def _end(found: Index, target: Term) -> Term:
    """The organisation of a position, else the object itself."""
    return index.one(found, target, NamedNode(terms.ORG + "organization")) or target


def _joined(found: Index, values: Iterable[Term]) -> str:
    return SEPARATOR.join(index.name(found, value) for value in values)


def _is_number(value: Term) -> bool:
    return isinstance(value, Literal) and value.datatype.value in _NUMBERS


def _number(value: Term) -> Decimal:
    return Decimal(value.value)
