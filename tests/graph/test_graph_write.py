"""The graph as bytes: it comes back as it was, in two libraries, and is the same whenever it is written."""

from __future__ import annotations

import hashlib
import itertools
import random
import subprocess
import sys
from dataclasses import replace

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

import sample
from kg.graph import assemble, terms, write
from kg.graph.write import Format
from kg.rules import Rules
from project import ROOT

OXIGRAPH = {
    Format.TURTLE: RdfFormat.TURTLE, Format.TRIG: RdfFormat.TRIG, Format.N_TRIPLES: RdfFormat.N_TRIPLES,
    Format.N_QUADS: RdfFormat.N_QUADS, Format.JSON_LD: RdfFormat.JSON_LD, Format.RDF_XML: RdfFormat.RDF_XML,
}  # fmt: skip
RDFLIB = {
    Format.TURTLE: "turtle", Format.TRIG: "trig", Format.N_TRIPLES: "nt", Format.N_QUADS: "nquads",
    Format.JSON_LD: "json-ld", Format.RDF_XML: "xml",
}  # fmt: skip
DATASETS = (Format.TRIG, Format.N_QUADS)
HOSTILE = '霁\r\n川\t<b>"\'&]]></b>\\u0041 """@zh . } ; # \u202e\u2066\u2028\x85 = %41 e\u0301 😀'
CONTROLS = "\x00\x01\x1b\x7f\ufffe\uffff"


def expected(quads, form):
    """The quads that a format holds."""
    if form in DATASETS:
        return set(quads)
    return {Quad(t.subject, t.predicate, t.object) for t in write.union(quads)}


def hostile(word):
    """The sample's graph with a wording in its literals."""
    first = sample.sample_extractions()[0]
    claims = tuple(replace(c, title=word, attribution=word) for c in first.claims)
    document = replace(first.document, title=word, source=word, url=word, text=first.document.text + word)
    readings = [replace(first, document=document, claims=claims)]
    return assemble.quads(readings, sample.sample_resolution(readings), Rules({}, (), {}))


def as_rdflib(quads):
    """Quads as rdflib reads their N-Quads from Oxigraph, without the names of documents' graphs."""
    lines = b"".join(f"{Quad(q.subject, q.predicate, q.object)} .\n".encode() for q in quads)
    return set(rdflib.Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("word", ["霁川", HOSTILE], ids=["plain", "hostile"])
def test_oxigraph_reads_back_what_was_written(form, word):
    quads = hostile(word)
    assert set(parse(write.serialise(quads, form), format=OXIGRAPH[form])) == expected(quads, form)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("word", ["霁川", HOSTILE], ids=["plain", "hostile"])
def test_rdflib_reads_back_what_was_written(form, word):
    quads = hostile(word)
    dataset = rdflib.Dataset()
    dataset.parse(data=write.serialise(quads, form), format=RDFLIB[form])
    found = set(dataset.quads())
    assert {triple[:3] for triple in found} == as_rdflib(expected(quads, form))
    assert len(found) == len(expected(quads, form))


@pytest.mark.parametrize("form", [f for f in Format if f is not Format.RDF_XML])
def test_control_characters_come_back(form):
    quads = hostile(CONTROLS)
    assert set(parse(write.serialise(quads, form), format=OXIGRAPH[form])) == expected(quads, form)


def test_rdf_xml_shows_where_it_cannot_hold_a_character():
    graph = rdflib.Graph().parse(data=write.serialise(hostile("霁" + CONTROLS), Format.RDF_XML), format="xml")
    titles = [str(o) for o in graph.objects(None, rdflib.DCTERMS.title)]
    assert titles == ["霁\ufffd\ufffd\ufffd\x7f\ufffd\ufffd"]


def test_one_graph_leaves_out_what_is_only_inferred(quads):
    assert any(q.graph_name == terms.INFERRED for q in quads)
    facts = {q.triple for q in quads if q.graph_name == DefaultGraph()}
    only = {q.triple for q in quads if q.graph_name == terms.INFERRED}
    assert only & facts == set()
    assert only & set(write.union(quads)) == set()


def test_prefixes_stand_in_their_order_and_names_keep_their_characters(quads):
    text = write.serialise(quads, Format.TURTLE).decode()
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == [
        f"{prefix}:" for prefix in terms.PREFIXES
    ]
    assert "<https://w3id.org/zonegraph/id/company/霁川晨曦机器人股份有限公司> a zg:Company ;" in text
    assert "_:" not in text


@pytest.mark.parametrize("form", DATASETS)
def test_lines_of_n_quads_are_sorted(quads, form):
    lines = write.serialise(quads, Format.N_QUADS).splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("form", Format)
def test_order_of_the_quads_and_a_store_between_change_no_byte(quads, form):
    shuffled = [*quads, *quads[:50]]
    random.Random(7).shuffle(shuffled)
    store = Store()
    store.bulk_extend(shuffled)
    assert write.serialise(shuffled, form) == write.serialise(quads, form) == write.serialise(store, form)


def test_literals_are_written_as_the_store_keeps_them():
    def literal(value, name):
        return Literal(value, datatype=NamedNode(terms.XSD + name))

    made = [terms.decimal(sample.Decimal("1.50")), terms.integer(7), terms.dated("2024-02"), terms.label("a", "zh")]
    node = NamedNode("https://a.example/")
    store = Store()
    store.bulk_extend(Quad(node, node, term) for term in made)
    assert {q.object for q in store} == set(made)
    store.add(Quad(node, node, literal("1.50", "decimal")))
    assert len(store) == len(made), "the store knows no other form"


PROGRAM = """
import hashlib, sample
from kg import rules
from kg.graph import assemble, network, tables, write
readings = sample.sample_extractions()
quads = assemble.quads(readings, sample.sample_resolution(readings), rules.load())
for form in write.Format:
    print(form.value, hashlib.sha256(write.serialise(quads, form)).hexdigest())
print("graphml", hashlib.sha256(network.graphml(quads)).hexdigest())
for name, content in tables.tables(quads).items():
    print(name, hashlib.sha256(content).hexdigest())
"""


def test_every_hash_seed_gives_the_same_bytes(quads):
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "2025")
    ]  # fmt: skip
    assert len(set(runs)) == 1
    assert f"ttl {hashlib.sha256(write.serialise(quads, 'ttl')).hexdigest()}" in runs[0]
    assert len(runs[0].splitlines()) == len(Format) + 5


def test_an_empty_graph_is_written():
    for form in Format:
        assert list(parse(write.serialise([], form), format=OXIGRAPH[form])) == []


@pytest.mark.parametrize("word", ["霁川", HOSTILE, CONTROLS, f" {terms.TYPE} ", " <\0", ""], ids=range(6))
def test_turtle_is_the_same_whether_the_quads_come_in_order_or_not(word):
    quads = hostile(word)
    shuffled = random.Random(1).sample(quads, len(quads)) + quads[:20]
    assert write.serialise(shuffled, "ttl") == write.serialise(write.ordered(quads), "ttl")


def test_no_property_begins_with_another_in_a_way_that_lines_sort_apart_from_terms():
    """Terms are sorted by their IRIs, lines with the bracket behind: the same where letters alone follow."""
    ontology = {q.subject.value for q in parse(path=ROOT / "ontology" / "zonegraph.ttl", format=RdfFormat.TURTLE)
                if isinstance(q.subject, NamedNode)}  # fmt: skip
    used = {q.predicate.value for q in assemble.quads(sample.sample_extractions(), *BESIDE)}
    names = sorted(ontology | used)
    assert [b for a, b in itertools.combinations(names, 2) if b.startswith(a) and b[len(a)] < ">" and a in used] == []


BESIDE = (sample.sample_resolution(sample.sample_extractions()), Rules({}, (), {}))
