"""Queries on a store: what they read, what comes back, what is said of a mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.answers import formats, query
from kg.errors import UsageError
from kg.graph import terms

XSD = terms.XSD


@pytest.mark.parametrize(("text", "expected"), [
    ("SELECT * {\n ?s ?p ", r"line 2, column 8: not SPARQL at the end of the line after '\?p'"),
    ("SELECT * { ?s foo:x ?o }", r"line 1, column 20: the prefix of foo:x is not bound"),
    ("SELECT ?x {\n\n ?s ?p ?o }\nGROUP BY ?s", r"line 4, column 12: .*a variable that is unbound"),
    ("SELEC", "line 1, column 6: not SPARQL"),
    ("", "line 1, column 1: not SPARQL"),
])  # fmt: skip
def test_a_mistake_is_shown_where_it_stands(text, expected):
    with pytest.raises(UsageError, match=expected):
        query.ask(Store(), text)


@pytest.mark.parametrize(("term", "expected"), [
    (Literal("2887.80", datatype=NamedNode(XSD + "decimal")), Decimal("2887.80")),
    (Literal("15", datatype=NamedNode(XSD + "integer")), 15),
    (Literal("2024-02-20", datatype=NamedNode(XSD + "date")), date(2024, 2, 20)),
    (Literal("true", datatype=NamedNode(XSD + "boolean")), True),
    (Literal("2024", datatype=NamedNode(XSD + "gYear")), "2024"),
    (Literal("many", datatype=NamedNode(XSD + "integer")), "many"),
    (Literal("算谷", language="zh"), "算谷"),
    (NamedNode("urn:a"), "urn:a"),
    (BlankNode("b"), "b"),
    (None, None),
])  # fmt: skip
def test_terms_are_python_values(term, expected):
    assert query.value(term) == expected
    assert type(query.value(term)) is type(expected)


@pytest.fixture
def store() -> Store:
    a, b, p = NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:p")
    store = Store()
    store.extend([Quad(a, p, b), Quad(b, p, a, terms.INFERRED), Quad(a, p, Literal("1"), NamedNode("urn:document"))])
    return store


@pytest.mark.parametrize(("text", "inferred", "rows"), [
    ("SELECT * { ?s <urn:p> ?o }", True, 2),
    ("SELECT * { ?s <urn:p> ?o }", False, 1),
    ("SELECT * { GRAPH ?g { ?s <urn:p> ?o } }", True, 2),
    ("SELECT * FROM <urn:document> { ?s <urn:p> ?o }", True, 1),
])  # fmt: skip
def test_a_pattern_reads_facts_and_inferred(store, text, inferred, rows):
    assert len(list(query.ask(store, text, inferred=inferred))) == rows


@pytest.mark.parametrize(("text", "expected"), [
    ("SELECT * { ?s ?p ?o }", ("s", "p", "o")),
    ("SELECT DISTINCT * { ?z ?y ?a }", ("z", "y", "a")),
    ("SELECT ?o ?s { ?s ?p ?o }", ("o", "s")),
    ("SELECT * { { SELECT ?o ?s { ?s ?hidden ?o } } }", ("o", "s")),
])  # fmt: skip
def test_columns_come_in_the_order_of_the_query(store, text, expected):
    found = query.columns(query.ask(store, text), text)
    assert set(found) == set(expected)
    assert found == expected or "hidden" in text


def answered(store: Store, text: str, form: str | None) -> tuple[str, bool]:
    pieces: list[bytes] = []
    something = formats.write(query.ask(store, text), text, form, pieces.append)
    return b"".join(pieces).decode(), something


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", None])
def test_every_format_tells_rows_from_none(store, form):
    full, some = answered(store, "SELECT * { ?s <urn:p> ?o }", form)
    assert some and "urn:b" in full and "\r" not in full and full.endswith("\n")
    assert answered(store, "SELECT * { ?s <urn:none> ?o }", form)[1] is False


@pytest.mark.parametrize(("form", "expected"), [
    (None, "true\n"), ("csv", "true\n"), ("json", '{"head":{},"boolean":true}'),
])  # fmt: skip
def test_an_ask_is_a_word(store, form, expected):
    assert answered(store, "ASK { ?s <urn:p> ?o }", form)[0] == expected


@pytest.mark.parametrize(("text", "form"), [
    ("SELECT * { ?s ?p ?o }", "ttl"), ("ASK {}", "nt"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"),
])  # fmt: skip
def test_a_format_that_cannot_hold_the_answer_is_refused(store, text, form):
    with pytest.raises(UsageError, match="--format"):
        answered(store, text, form)


def test_triples_are_written_like_an_export(store):
    lines = answered(store, "CONSTRUCT WHERE { ?s <urn:p> ?o }", "nt")[0].splitlines()
    assert lines == ["<urn:a> <urn:p> <urn:b> .", "<urn:b> <urn:p> <urn:a> ."]


def test_csv_quotes_what_it_must():
    assert formats.lines([["a,b", 'say "x"', "two\nlines", "谷"]]).decode() == '"a,b","say ""x""","two\nlines",谷\n'
