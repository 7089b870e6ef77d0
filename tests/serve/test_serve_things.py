"""Things and documents under their addresses, the pages a browser gets, and what an answer never holds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode, Quad, Store

from inprocess import ASK, FIREFOX, HTML, LD, READING, ROWS, TTL, asked, kind, sent
from kg.graph import terms
from kg.serve.direct import Direct
from kg.serve.state import State
from sample import sample_extractions

# --- things

def test_a_thing_is_described_with_its_sentences(state):
    target = "/id/valley/" + quote("澄湖算谷")
    turtle = sent(state, "GET", target)
    assert (turtle.status, kind(turtle)) == (200, TTL)
    assert "拥有澄湖算谷" in turtle.body.decode()
    page = sent(state, "GET", target, accept=FIREFOX)
    assert kind(page) == HTML
    assert "<h1>澄湖算谷</h1>" in page.body.decode()
    assert "<script" not in page.body.decode()
    assert "script" not in page.header("Content-Security-Policy")
    assert kind(sent(state, "GET", target, accept="application/ld+json")) == LD
    assert sent(state, "GET", "/id/valley/" + quote("无名谷")).status == 404


def test_every_entity_of_the_graph_has_an_address(state, sample_store):
    things = {q.subject.value for q in sample_store.quads_for_pattern(None, None, None) if "/id/" in q.subject.value}
    paths = {thing.partition("/id/")[2].partition("#")[0] for thing in things}
    assert len(paths) > 50
    for path in sorted(paths):
        assert sent(state, "GET", "/id/" + quote(path, safe="/%"), accept="application/n-triples").status == 200, path


def test_an_old_name_leads_to_the_new_one(state, sample_store):
    base = "https://w3id.org/zonegraph/id/"
    replaced = Quad(NamedNode(f"{base}zone/旧"), NamedNode(terms.DCTERMS + "isReplacedBy"),
                    NamedNode(f"{base}valley/澄湖算谷"), terms.INFERRED)  # fmt: skip
    sample_store.add(replaced)
    moved = sent(state, "GET", "/id/zone/" + quote("旧"))
    assert (moved.status, moved.header("Location")) == (301, "/id/valley/" + quote("澄湖算谷"))
    assert sent(state, "GET", moved.header("Location")).status == 200


def test_a_document_is_found_by_its_hash(state):
    document = sample_extractions()[0].document
    response = sent(state, "GET", f"/document/{document.sha256}", accept="application/n-triples")
    assert response.status == 200
    assert document.sha256.encode() in response.body
    assert sent(state, "GET", f"/document/{'0' * 64}").status == 404


TAGS = set(
    "html head meta link title body header main nav section div p h1 h2 b span a ul li form input textarea pre button"
    " code table thead tbody tr th td blockquote".split()
)
OWN = re.compile(r"<style>.*?</style>|<script[^>]*>.*?</script>", re.DOTALL)
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><script>alert(1)</script>",
           "javascript:alert(1)", "' onmouseover='alert(1)", "&lt;b&gt;", "{{7*7}}"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(state, sample_store, text):
    literal = text.replace("\\", "\\\\").replace('"', '\\"')
    sample_store.update(f'INSERT DATA {{ <https://w3id.org/zonegraph/id/zone/x> skos:prefLabel "{literal}" ; zg:note '
                        f'"{literal}" , <javascript:alert(1)> ; oa:exact "{literal}" }}',
                        prefixes={"skos": "http://www.w3.org/2004/02/skos/core#", "zg": "urn:z:",
                                  "oa": "http://www.w3.org/ns/oa#"})  # fmt: skip
    pages = [sent(state, "GET", "/id/zone/x", accept="text/html"),
             asked(state, f'SELECT ("{literal}" AS ?x) {{}}', accept="text/html")]  # fmt: skip
    for page in pages:
        assert page.status == 200
        own = OWN.findall(page.body.decode())
        assert not any(text in part for part in own)
        rest = OWN.sub("", page.body.decode())
        assert set(re.findall(r"<\s*(\w+)", rest)) <= TAGS
        assert "href=\"javascript" not in rest.lower()
        assert not re.search(r"<[^>]*\son\w+=", rest)


def test_the_page_of_the_endpoint_works_without_scripts(state):
    page = sent(state, "GET", "/sparql", accept=FIREFOX)
    assert kind(page) == HTML
    assert re.search(rb'<form [^>]*action="/sparql" method="get"', page.body)
    assert sent(state, "GET", "/", accept=FIREFOX).header("Location") == "/sparql"


# --- never more than is asked

def test_an_answer_above_the_limit_is_refused_whole(state):
    small = replace(state, settings=replace(READING, result_limit=500))
    for target in (f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}", "/graph-store?default", "/graph-store"):
        response = sent(small, "GET", target)
        assert response.status == 422
        assert b"500 bytes" in response.body


def test_a_body_above_the_limit_is_refused(state):
    small = replace(state, settings=replace(READING, body_limit=10))
    response = sent(small, "POST", "/sparql", b"ASK { ?s ?p ?o }", content_type="application/sparql-query")
    assert response.status == 413


class Broken:
    """An engine that fails in a way nobody foresaw."""

    def dataset(self) -> str:
        raise ZeroDivisionError("a secret at /root/secret.py")


def test_a_mistake_of_ours_shows_nothing_of_itself():
    response = asked(State(READING, Broken()), ASK)
    assert response.status == 500
    assert b"secret" not in response.body
    assert b"Traceback" not in response.body
    assert isinstance(response.cause, ZeroDivisionError)


@pytest.mark.parametrize("target", ["/sparql", "/health", "/nothing", f"/sparql?query={quote(ROWS)}"])
def test_every_answer_carries_what_keeps_a_browser_safe(state, target):
    response = sent(state, "GET", target)
    assert response.header("X-Content-Type-Options") == "nosniff"
    assert "default-src 'none'" in response.header("Content-Security-Policy")


def test_health_says_which_dataset(state):
    assert json.loads(sent(state, "GET", "/health").body) == {"status": "ok", "dataset": state.engine.dataset()}
    assert sent(State(READING, Direct(Store())), "GET", "/health").status == 200
