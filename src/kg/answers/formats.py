"""An answer as bytes: the standard result formats, and plain CSV and TSV with Unix line ends for pipes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.answers import query
from kg.errors import UsageError
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, QueryTriples

    from kg.answers.query import Answer, Term

ROWS = ("csv", "tsv", "json", "xml")
GRAPHS = ("ttl", "nt", "jsonld", "rdf")
BATCH = 500


def written(answer: Answer, form: str | None) -> Iterator[bytes]:
    """The answer in a format, in pieces; without one CSV for rows, `true` or `false`, Turtle for triples.

    UsageError where the format cannot hold that kind of answer.
    """
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(answer, QuerySolutions):
        return _table(answer, form or "csv")
    if isinstance(answer, QueryBoolean):
        return iter([_truth(answer, form)])
    return iter([_graph(answer, form or "ttl")])


def _table(answer: QuerySolutions, form: str) -> Iterator[bytes]:
    """A SELECT's rows."""
    from pyoxigraph import QueryResultsFormat

    match form:
        case "csv":
            return _csv(answer)
        case "tsv" | "json" | "xml":
            kind = {"tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}[form]
            return iter([answer.serialize(format=kind) or b""])
    raise UsageError(f"query: a SELECT gives rows, which {form} cannot hold; use --format {'|'.join(ROWS)}")


def _csv(answer: QuerySolutions) -> Iterator[bytes]:
    """The CSV of the SPARQL 1.1 results, but with LF, so that the tools of a shell see no stray CR."""
    yield _lines([query.columns(answer)])
    batch: list[tuple[str, ...]] = []
    for row in query.rows(answer):
        batch.append(tuple(plain(term) for term in row))
        if len(batch) == BATCH:
            yield _lines(batch)
            batch = []
    yield _lines(batch)


def _lines(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def plain(term: Term | None) -> str:
    """A term as CSV shows it: IRIs and texts bare, nothing where there is none."""
    if term is None:
        return ""
    return str(getattr(term, "value", term))


def _truth(answer: object, form: str | None) -> bytes:
    """An ASK's answer."""
    from pyoxigraph import QueryBoolean, QueryResultsFormat

    assert isinstance(answer, QueryBoolean)
    if form in ("json", "xml"):
        kind = QueryResultsFormat.JSON if form == "json" else QueryResultsFormat.XML
        return answer.serialize(format=kind) or b""
    if form in GRAPHS:
        raise UsageError(f"query: an ASK gives true or false, which {form} cannot hold; leave --format out")
    return b"true\n" if answer else b"false\n"


def _graph(answer: QueryTriples, form: str) -> bytes:
    """A CONSTRUCT's or DESCRIBE's triples, sorted, with the contract's prefixes."""
    from pyoxigraph import RdfFormat, serialize

    kinds = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
    kind = kinds.get("rdf" if form == "xml" else form)
    if kind is None:
        raise UsageError(f"query: CONSTRUCT and DESCRIBE give triples; use --format {'|'.join(GRAPHS)}, not {form}")
    prefixes = None if kind == RdfFormat.N_TRIPLES else dict(terms.PREFIXES)
    return serialize(query.triples(answer), format=kind, prefixes=prefixes) or b""
