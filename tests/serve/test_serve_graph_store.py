"""Graphs and updates: what is changed, when it is not, and what is left as it was."""

from __future__ import annotations

import pytest

from inprocess import HOST, TOKEN, TURTLE, asked, kind, sent, updated, written
from kg.serve import media

# --- the graph store

def test_the_whole_dataset_is_there(state):
    assert kind(sent(state, "GET", "/graph-store")) == "application/trig"
    assert kind(sent(state, "GET", "/graph-store", accept="application/n-quads")) == "application/n-quads"


def test_the_default_graph_is_the_facts_without_what_is_inferred(state):
    body = sent(state, "GET", "/graph-store?default", accept="application/n-triples").body
    assert body
    assert b"schema.org/Corporation" not in body


def test_a_graph_is_the_same_bytes_each_time(writable):
    written(writable, "PUT", "/graph-store?graph=urn:g", b"<urn:a> <urn:b> [ <urn:c> 1 ] .")
    first, second = (sent(writable, "GET", "/graph-store?graph=urn:g") for _ in range(2))
    assert first.body == second.body
    assert first.header("ETag")[0] == '"'


def test_a_graph_is_changed_only_as_it_was_read(writable):
    assert written(writable, "PUT", "/graph-store?graph=urn:g", if_none_match="*").status == 201
    assert written(writable, "PUT", "/graph-store?graph=urn:g", if_none_match="*").status == 412
    tag = sent(writable, "GET", "/graph-store?graph=urn:g").header("ETag")
    assert written(writable, "PUT", "/graph-store?graph=urn:g", b"<urn:a> <urn:b> 2 .", if_match=tag).status == 204
    assert written(writable, "PUT", "/graph-store?graph=urn:g", if_match=tag).status == 412
    assert written(writable, "DELETE", "/graph-store?graph=urn:g", if_match=tag).status == 412
    assert written(writable, "DELETE", "/graph-store?graph=urn:g", if_match="*").status == 204
    assert written(writable, "DELETE", "/graph-store?graph=urn:g").status == 404


def test_a_graph_that_cannot_be_read_changes_nothing(writable):
    written(writable, "PUT", "/graph-store?graph=urn:g")
    for body, content_type, status in [
        (b"<urn:a> <urn:b>", "text/turtle", 400),
        (TURTLE, "text/csv", 415),
        (TURTLE, "", 415),
        (TURTLE, "text/turtle; charset=utf-16", 415),
        (b"\xff\xfe", "text/turtle", 400),
        (b'{"@context":"http://localhost:9/","a":1}', "application/ld+json", 400),
        (b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r/>', "application/rdf+xml", 400),
        (b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><r>&a;</r>", "application/rdf+xml", 400),
    ]:
        assert written(writable, "PUT", "/graph-store?graph=urn:g", body, content_type=content_type).status == status
    assert sent(writable, "GET", "/graph-store?graph=urn:g", accept="application/n-triples").body == TURTLE + b"\n"


@pytest.mark.parametrize("form", list(media.READ))
def test_every_form_that_is_given_is_taken(writable, form):
    graph = sent(writable, "GET", "/graph-store?default", accept=form.sent)
    assert written(writable, "PUT", "/graph-store?graph=urn:copy", graph.body, content_type=form.sent).status == 201
    original, copy = (
        sent(writable, "GET", f"/graph-store?{name}", accept="application/n-triples").body
        for name in ("default", "graph=urn:copy")
    )
    assert original == copy


def test_relative_names_are_below_the_graph(writable):
    written(writable, "PUT", "/graph-store/notes/1", b"<#it> <urn:b> <other> .")
    body = sent(writable, "GET", "/graph-store/notes/1", accept="application/n-triples").body.decode()
    here = f"http://{HOST}/graph-store/notes"
    assert body == f"<{here}/1#it> <urn:b> <{here}/other> .\n"


# --- updates

def test_an_update_is_all_or_nothing(writable):
    assert updated(writable, "INSERT DATA { <urn:a> <urn:b> 1 } ; CLEAR GRAPH <urn:no>").status == 409
    assert b"false" in asked(writable, "ASK { <urn:a> ?p ?o }").body
    assert updated(writable, "INSERT DATA { <urn:a> zg:note 1 }").status == 204
    assert b"true" in asked(writable, "ASK { <urn:a> zg:note 1 }").body


def test_delete_where_reads_the_graphs_that_the_protocol_names(writable):
    updated(writable, "INSERT DATA { <urn:a> <urn:b> 1 GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
    used = sent(writable, "POST", "/sparql?using-graph-uri=urn:nothing", b"DELETE WHERE { <urn:a> ?p ?o }",
                content_type="application/sparql-update", authorization=f"Bearer {TOKEN}")  # fmt: skip
    assert used.status == 204
    assert b"true" in asked(writable, "ASK { <urn:a> <urn:b> 1 }").body


@pytest.mark.parametrize("text", [
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT {} USING <urn:g> WHERE {}",
    "DELETEWHERE { ?s ?p ?o }",
])  # fmt: skip
def test_two_datasets_of_an_update_are_one_too_many(writable, text):
    target = "/sparql?using-graph-uri=urn:g"
    given = {"content_type": "application/sparql-update", "authorization": f"Bearer {TOKEN}"}
    assert sent(writable, "POST", target, text.encode(), **given).status == 400
