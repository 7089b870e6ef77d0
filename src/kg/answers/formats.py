"""An answer as bytes: the standard result formats, and plain CSV with Unix line ends for pipes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Quad, QueryBoolean, QueryResultsFormat, QuerySolutions

from kg.answers import query
from kg.errors import UsageError
from kg.graph.write import serialise

if TYPE_CHECKING:
    from pyoxigraph import QueryTriples

    from kg.answers.query import Answer, Term

Out = Callable[[bytes], object]
BATCH = 500
_RESULTS = {"tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
# What stands in the bytes only where there is a row.
_ROW = {"tsv": b"\n", "json": b'"bindings":[{', "xml": b"<result>"}
GRAPHS = ("ttl", "nt", "jsonld", "rdf", "xml")


def write(answer: Answer, text: str, form: str | None, out: Out) -> bool:
    """Hand the answer to `text` in a format to `out`; whether there is something in it (a true, a row, a triple).

    Without a format: CSV for rows, `true` or `false`, Turtle for triples. UsageError where the format cannot hold that
    kind of answer.
    """
    if isinstance(answer, QuerySolutions):
        return _rows(answer, text, form or "csv", out)
    if isinstance(answer, QueryBoolean):
        return _truth(answer, form or "csv", out)
    return _triples(answer, form or "ttl", out)


def _rows(answer: QuerySolutions, text: str, form: str, out: Out) -> bool:
    """A SELECT's rows."""
    if form == "csv":
        return _csv(answer, query.columns(answer, text), out)
    if form not in _RESULTS:
        raise UsageError(f"query: a SELECT gives rows, which {form} cannot hold; use --format csv, tsv, json or xml")
    data = (answer.serialize(format=_RESULTS[form]) or b"").rstrip(b"\n") + b"\n"
    out(data)
    return _ROW[form] in data[:-1]


def _csv(answer: QuerySolutions, columns: Sequence[str], out: Out) -> bool:
    """The CSV of SPARQL 1.1 results, but with LF, so that the tools of a shell see no stray CR."""
    out(lines([columns]))
    found, rows = False, query.rows(answer, columns)
    while batch := list(islice(rows, BATCH)):
        found = True
        out(lines(tuple(map(plain, row)) for row in batch))
    return found


def lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV in UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def plain(term: Term | None) -> str:
    """A term as CSV shows it: IRIs and texts bare, nothing where there is none."""
    return "" if term is None else str(getattr(term, "value", term))


def _truth(answer: QueryBoolean, form: str, out: Out) -> bool:
    """An ASK's answer."""
    if form in ("json", "xml"):
        out(answer.serialize(format=_RESULTS[form]) or b"")
    elif form in ("csv", "tsv"):
        out(b"true\n" if answer else b"false\n")
    else:
        raise UsageError(f"query: an ASK gives true or false, which {form} cannot hold; leave --format out")
    return bool(answer)


def _triples(answer: QueryTriples, form: str, out: Out) -> bool:
    """A CONSTRUCT's or DESCRIBE's triples, written as an export is."""
    if form not in GRAPHS:
        raise UsageError(f"query: CONSTRUCT and DESCRIBE give triples; use --format ttl, nt, jsonld or rdf, not {form}")
    found = [Quad(t.subject, t.predicate, t.object) for t in answer]
    out(serialise(found, "rdf" if form == "xml" else form))
    return bool(found)
