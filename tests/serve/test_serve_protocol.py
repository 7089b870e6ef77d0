"""What HTTP asks beyond the W3C's tests: content negotiation, the graphs that are read, caches, methods, parameters."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import quote

import pytest

from inprocess import ASK, CSV, FIREFOX, GRAPH, HTML, JSON, LD, NT, RDF, READING, ROWS, TTL, XML, asked, kind, sent
from kg.serve import media
from kg.serve.messages import RefusedError

NEGOTIATED = [
    (ROWS, "", JSON),
    (ROWS, "*/*", JSON),
    (ROWS, "application/*", JSON),
    (ROWS, "text/*", CSV),
    (ROWS, "text/*;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    (ROWS, "text/csv;q=0.2, application/sparql-results+xml;q=0.3", XML),
    (ROWS, "text/csv;q=1.000, application/sparql-results+json;q=0.999", CSV),
    (ROWS, "application/sparql-results+json;q=0, */*;q=0.1", XML),
    (ROWS, "APPLICATION/SPARQL-RESULTS+XML", XML),
    (ROWS, "  text/csv  ;  q=0.9  ,  */* ; q=0.1 ", CSV),
    (ROWS, "application/json", JSON),
    (ROWS, "application/xml", XML),
    (ROWS, "text/csv;charset=utf-8", CSV),
    (ROWS, "text/csv;charset=gbk, application/sparql-results+xml;q=0.1", XML),
    (ROWS, "nonsense, text/csv", CSV),
    (ROWS, "text/csv;q=2, application/sparql-results+xml;q=0.1", XML),
    (ROWS, "text/turtle, text/csv;q=0.1", CSV),
    (ROWS, FIREFOX, HTML),
    (ASK, "", JSON),
    (ASK, "application/sparql-results+xml", XML),
    (GRAPH, "", TTL),
    (GRAPH, "application/n-triples", NT),
    (GRAPH, "application/rdf+xml;q=0.9, application/ld+json", LD),
    (GRAPH, "text/turtle;q=0.1, */*;q=0.2", NT),
    (GRAPH, "application/x-turtle", TTL),
    ("DESCRIBE zg:Valley", "application/rdf+xml", RDF),
    (GRAPH, FIREFOX, HTML),
]


@pytest.mark.parametrize(("query", "accept", "expected"), NEGOTIATED)
def test_the_client_gets_the_form_it_likes_best(state, query, accept, expected):
    response = asked(state, query, accept=accept)
    assert (response.status, kind(response)) == (200, expected)
    assert "Accept" in response.header("Vary")


@pytest.mark.parametrize(("query", "accept"), [
    (ROWS, "text/turtle"), (ROWS, "image/png"), (ROWS, "*/*;q=0"), (ASK, "text/csv"), (GRAPH, "text/csv"),
    (ROWS, "text/csv;charset=gbk"), (ROWS, "nonsense"),
])  # fmt: skip
def test_a_form_that_there_is_not_is_refused_with_a_list(state, query, accept):
    response = asked(state, query, accept=accept)
    assert response.status == 406
    assert b"application/sparql-results+json" in response.body or b"text/turtle" in response.body


@pytest.mark.parametrize(("word", "expected"), [("csv", CSV), ("xml", XML), ("ttl", JSON), ("nonsense", JSON)])
def test_a_link_can_name_the_form(state, word, expected):
    response = sent(state, "GET", f"/sparql?query={quote(ROWS)}&format={word}", accept="*/*")
    assert kind(response) == expected


def test_the_answers_are_right(state):
    assert asked(state, ROWS, accept="text/csv").body == "n\r\n澄湖算谷\r\n".encode()
    assert json.loads(asked(state, ROWS).body)["results"]["bindings"][0]["n"] == {
        "type": "literal", "value": "澄湖算谷", "xml:lang": "zh",
    }  # fmt: skip
    assert json.loads(asked(state, ASK).body)["boolean"] is True
    assert b"Valley" in asked(state, GRAPH).body


# --- what is inferred, and which graphs are read

INFERRED = "ASK { ?place schema:containsPlace|zg:hosts|^zg:locatedIn ?x . GRAPH zg:inferred { ?place ?p ?x } }"
ONLY_INFERRED = "ASK { ?s a schema:Corporation }"


def test_facts_and_what_is_inferred_are_read_together(state):
    assert b"true" in asked(state, ONLY_INFERRED).body
    assert b"false" in asked(replace(state, settings=replace(READING, asserted=True)), ONLY_INFERRED).body


@pytest.mark.parametrize(("parameters", "query", "expected"), [
    (["default-graph-uri=zg%23facts"], ONLY_INFERRED, False),
    (["default-graph-uri=zg%23inferred"], ONLY_INFERRED, True),
    (["default-graph-uri=zg%23facts"], ASK, True),
    (["default-graph-uri=urn:nothing"], ASK, False),
    (["named-graph-uri=zg%23inferred"], ASK, False),
    (["named-graph-uri=zg%23inferred"], "ASK { GRAPH ?g { ?s a schema:Corporation } }", True),
    (["default-graph-uri=zg%23facts"], "ASK { GRAPH ?g { ?s a schema:Corporation } }", False),
])  # fmt: skip
def test_the_protocol_names_the_graphs(state, parameters, query, expected):
    named = "&".join(parameters).replace("zg", quote("https://w3id.org/zonegraph/ontology", safe=""))
    response = sent(state, "GET", f"/sparql?query={quote(query)}&{named}")
    assert json.loads(response.body)["boolean"] is expected


# --- caches

def test_an_answer_is_asked_for_again_by_its_tag(state):
    first = asked(state, ROWS)
    again = asked(state, ROWS, if_none_match=first.header("ETag"))
    assert first.header("ETag").startswith('W/"') and first.header("Cache-Control") == "no-cache"
    assert (again.status, again.body, again.header("ETag")) == (304, b"", first.header("ETag"))
    assert "Accept" in again.header("Vary")


@pytest.mark.parametrize("header", ['"other"', 'W/"x", "y"', "*"])
def test_another_tag_gives_the_answer(state, header):
    assert asked(state, ROWS, if_none_match=header).status == 200


def test_one_of_several_tags_is_enough(state):
    tag = asked(state, ROWS).header("ETag")
    assert asked(state, ROWS, if_none_match=f'"a", {tag}').status == 304


def test_the_tag_hangs_on_dataset_and_form_alone(state, sample_store):
    json_tag, csv_tag = asked(state, ROWS).header("ETag"), asked(state, ROWS, accept="text/csv").header("ETag")
    assert json_tag != csv_tag
    assert state.engine.dataset()[:16] in json_tag
    sample_store.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert asked(state, ROWS).header("ETag") != json_tag


def test_the_tag_of_a_page_changes_with_the_edition_of_the_server(state, monkeypatch):
    tag, data = (asked(state, ROWS, accept=accept).header("ETag") for accept in (HTML, JSON))
    assert asked(state, ROWS, accept=HTML, if_none_match=tag).status == 304
    monkeypatch.setattr("kg.serve.pages.edition", lambda: "another")
    assert asked(state, ROWS, accept=HTML, if_none_match=tag).status == 200
    assert asked(state, ROWS, accept=JSON, if_none_match=data).status == 304


@pytest.mark.parametrize("function", ["NOW", "rand", "UUID", "STRUUID"])
def test_what_differs_from_call_to_call_has_no_tag(state, function):
    response = asked(state, f"SELECT ({function}() AS ?n) {{}}")
    assert (response.status, response.header("ETag"), response.header("Cache-Control")) == (200, "", "no-store")


def test_a_post_is_not_kept(state):
    response = sent(state, "POST", "/sparql", ASK.encode(), content_type="application/sparql-query")
    assert (response.status, response.header("ETag")) == (200, "")


@pytest.mark.parametrize("target", ["/sparql", f"/sparql?query={quote(ROWS)}", "/graph-store?default", "/health"])
def test_head_is_get_without_a_body(state, target):
    get, head = sent(state, "GET", target), sent(state, "HEAD", target)
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")
    assert head.header("Content-Length") == str(len(get.body)) != "0"


def test_head_of_what_is_not_there(state):
    assert sent(state, "HEAD", "/graph-store?graph=urn:no").status == 404


# --- methods, paths, parameters

@pytest.mark.parametrize(("method", "target", "allowed"), [
    ("PUT", "/sparql", "GET, HEAD, POST, OPTIONS"),
    ("PATCH", "/graph-store?default", "GET, HEAD, PUT, POST, DELETE, OPTIONS"),
    ("POST", "/health", "GET, HEAD, OPTIONS"),
    ("DELETE", "/id/zone/x", "GET, HEAD, OPTIONS"),
    ("TRACE", "/sparql", "GET, HEAD, POST, OPTIONS"),
])  # fmt: skip
def test_a_method_that_there_is_not(state, method, target, allowed):
    response = sent(state, method, target)
    assert (response.status, response.header("Allow")) == (405, allowed)


@pytest.mark.parametrize("path", ["/nothing", "/sparql/x", "/id/zone", "/document/12", "/..%2f", "/id", "//sparql/x"])
def test_a_path_where_nothing_is(state, path):
    assert sent(state, "GET", path).status == 404


@pytest.mark.parametrize(("method", "target", "body", "content_type", "status"), [
    ("GET", "/sparql?query=", b"", "", 400),
    ("GET", "/sparql?query=nonsense", b"", "", 400),
    ("GET", "/sparql?query=%FF", b"", "", 400),
    ("GET", "/sparql?query=ASK%7B%7D&using-graph-uri=urn:g", b"", "", 400),
    ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=relative", b"", "", 400),
    ("GET", "/sparql?query=INSERT%20DATA%20%7B%7D", b"", "", 400),
    ("POST", "/sparql?query=ASK%7B%7D", b"ASK{}", "application/sparql-query", 400),
    ("POST", "/sparql", b"query=ASK%7B%7D&update=x", "application/x-www-form-urlencoded", 400),
    ("POST", "/sparql", b"", "application/x-www-form-urlencoded", 400),
    ("POST", "/sparql", b"\xff", "application/sparql-query", 400),
    ("POST", "/sparql", b"ASK{}", "application/sparql-query; charset=GBK", 415),
    ("POST", "/sparql", b"ASK{}", 'application/sparql-query; charset="UTF-8"', 200),
    ("POST", "/sparql", b"query=ASK%7B%7D", "application/x-www-form-urlencoded; charset=utf-8", 200),
    ("POST", "/sparql", b"ASK{}", "APPLICATION/SPARQL-QUERY", 200),
    ("POST", "/sparql", b"a=1&" * 2000, "application/x-www-form-urlencoded", 400),
    ("GET", "/graph-store?default&graph=urn:g", b"", "", 400),
    ("GET", "/graph-store/a?default", b"", "", 400),
    ("GET", "/graph-store?graph=relative", b"", "", 400),
    ("GET", "/graph-store?graph=urn:a&graph=urn:b", b"", "", 400),
])  # fmt: skip
def test_parameters_come_once_and_in_utf8(state, method, target, body, content_type, status):
    assert sent(state, method, target, body, content_type=content_type).status == status


def test_a_compressed_body_is_not_read(state):
    response = sent(state, "POST", "/sparql", b"x", content_type="application/sparql-query", content_encoding="gzip")
    assert response.status == 415


def test_the_error_says_where(state):
    response = asked(state, "SELECT * { ?s ?p }")
    assert response.status == 400
    assert re.match(rb"query line 1, column \d+: not SPARQL", response.body)
    assert b"the prefix of no:such is not bound" in asked(state, "SELECT * { ?s no:such ?o }").body


def test_a_broken_range_is_as_if_it_were_not_there():
    with pytest.raises(RefusedError):
        media.chosen(media.Kind.ROWS, "text/csv;q=high")
    assert media.chosen(media.Kind.ROWS, "text/csv;q=high, */*;q=0.1") is media.JSON
