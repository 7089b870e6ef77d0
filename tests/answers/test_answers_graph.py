"""The graph as a Python object."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

import kg
from kg.answers.explain import explanation, only
from kg.answers.graph import Graph, Rows
from kg.cli.main import run
from kg.errors import InputError, NotFoundError, StoreError, UsageError
from kg.graph import terms

VALLEYS = "SELECT ?name { ?valley a zg:Valley ; skos:prefLabel ?name }"
NEWS = "白鹿湾科技园位于浙江省。"


@pytest.fixture(scope="module")
def graph(sample_store) -> Graph:
    return Graph(sample_store, None)


def test_rows_are_a_sequence_of_dicts(graph):
    rows = graph.query("SELECT ?name ?value { ?o zg:subject/skos:prefLabel ?name ; zg:value ?value } ORDER BY ?value")
    assert isinstance(rows, Rows) and rows.columns == ("name", "value")
    assert rows[0] == {"name": "霁川高新区", "value": Decimal(21000)}
    assert len(rows) == len(list(rows)) == 6


def test_what_is_open_is_none(graph):
    rows = graph.query("SELECT ?name ?none { ?v a zg:Valley ; skos:prefLabel ?name OPTIONAL { ?v zg:x ?none } }")
    assert list(rows) == [{"name": "澄湖算谷", "none": None}]


def test_ask_and_construct(graph):
    assert graph.query("ASK { ?v a zg:Valley }") is True
    triples = graph.query("CONSTRUCT { ?v a zg:Valley } WHERE { ?v a zg:Valley }")
    assert triples == [(f"{terms.BASE}valley/澄湖算谷", terms.TYPE.value, f"{terms.ZG}Valley")]


def test_inferred_can_be_left_out(graph):
    query = "ASK { ?company a schema:Corporation }"
    assert (graph.query(query), graph.query(query, inferred=False)) == (True, False)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own ways
def test_rdflib_reads_the_same_store(graph, sample_store):
    data = graph.to_rdflib()
    assert isinstance(data, rdflib.Dataset)
    rows = data.query("PREFIX zg: <https://w3id.org/zonegraph/ontology#> SELECT ?v { ?z zg:hasValley ?v }")
    assert [str(row.v) for row in rows] == [f"{terms.BASE}valley/澄湖算谷"]
    assert sum(1 for _ in data.quads((None, None, None, None))) == len(sample_store)


def test_networkx_has_entities_and_relations(graph):
    network = graph.to_networkx()
    zone, valley = f"{terms.BASE}zone/霁川高新区", f"{terms.BASE}valley/澄湖算谷"
    assert network.nodes[valley]["label"] == "澄湖算谷"
    assert network.has_edge(zone, valley)


@pytest.mark.parametrize("form", ["ttl", "trig", "nq"])
def test_exports_parse(graph, sample_store, form):
    kinds = {"ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}
    found = list(parse(graph.export(form), kinds[form]))
    assert len(found) == len(sample_store) if form != "ttl" else found


def test_an_unknown_format_is_refused(graph):
    with pytest.raises(UsageError, match="no format docx; there are ttl, "):
        graph.export("docx")


def test_a_graph_that_conforms_is_true(graph):
    assert graph.validate()


def test_a_graph_that_does_not_says_why(sample_store):
    store = Store()
    store.extend(sample_store)
    valley = NamedNode(f"{terms.BASE}valley/澄湖算谷")
    store.add(Quad(valley, terms.zg("locatedIn"), NamedNode(f"{terms.BASE}person/陆知遥")))
    report = Graph(store, None).validate()
    assert not report
    assert {result.label for result in report.results} == {"澄湖算谷"}


def test_a_question_is_answered_or_refused_with_others(graph):
    answer = graph.ask("有哪些谷？")
    assert [row.name for row in answer.rows] == ["澄湖算谷"]
    assert graph.query(answer.query)
    assert graph.ask("谷为什么重要？", language="en").nearest


def test_explain_gives_quotes_that_stand_in_the_text(graph, sample_texts):
    found = graph.explain("晨曦机器人")
    quotes = [q for claims in (found.kinds, *(f.claims for f in (*found.facts, *found.figures)))
              for claim in claims for q in claim.quotes]  # fmt: skip
    assert len(quotes) > 8
    assert [q for q in quotes if sample_texts[q.source.path][q.start : q.end] != q.text] == []
    assert json.loads(json.dumps(found.plain()))["labels"] == ["晨曦机器人"]


def test_explain_knows_what_is_held_back_and_what_is_inferred(sample_store):
    found = explanation(sample_store, f"{terms.BASE}company/霁川晨曦机器人股份有限公司")
    held = {fact.name: fact.held for fact in found.facts}
    assert held["溪桥湿地公园"] and not held["智能关节产业园项目"]
    park = next(fact for fact in found.facts if fact.name == "智能关节产业园项目")
    assert sorted(claim.status for claim in park.claims) == ["planned", "underway"]
    assert not any(fact.inferred for fact in found.facts), "what follows from a claim is not told twice"


def test_only_keeps_what_fits_every_word(sample_store):
    found = explanation(sample_store, f"{terms.BASE}zone/霁川高新区")
    assert [f.text for f in only(found, ["2024", "生产总值"]).figures] == ["1234.5亿元"]
    assert next((f.name, f.incoming) for f in only(found, ["位于"]).facts) == ("霁川市", False)
    with pytest.raises(NotFoundError, match="盈利"):
        only(found, ["盈利"])


def test_a_name_of_several_things_is_no_answer(sample_store):
    store = Store()
    store.extend(sample_store)
    store.add(Quad(NamedNode("urn:other"), terms.ALT_LABEL, terms.label("晨曦机器人")))
    with pytest.raises(UsageError, match=r"2 things.*<urn:other>"):
        Graph(store, None).explain("晨曦机器人")


def test_build_in_memory_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    (tmp_path / "aside").mkdir()
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02")
    graph = kg.build([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert len(graph.query("SELECT * { ?zone a zg:Zone }")) == 1
    assert [problem.split(":")[0] for problem in graph.problems] == [str(tmp_path / "b.txt")]
    assert list((tmp_path / "aside").iterdir()) == []
    assert repr(graph) == f"<kg.Graph in memory: {len(graph)} statements>"


def test_build_to_a_folder_is_what_open_opens(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    built = kg.build(str(tmp_path / "*.txt"), tmp_path / "out", date="2025-03")
    assert (tmp_path / "out" / "graph.html").is_file()
    assert kg.open(tmp_path / "out").export("nq") == built.export("nq")


def test_a_notebook_shows_the_picture_that_is_exported(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    built = kg.build(tmp_path / "a.txt", tmp_path / "out")
    out = tmp_path / "graph.svg"
    assert run(["export", "--graph", str(tmp_path / "out"), "--format", "svg", "--out", str(out)]) == 0
    shown = out.read_text("utf-8")
    assert shown.startswith("<svg") and "白鹿湾科技园（园区）" in shown
    assert [kg.open(tmp_path / "out")._repr_svg_(), built._repr_svg_()] == [shown, shown]
    assert kg.build(tmp_path / "a.txt")._repr_svg_() == shown
    assert Graph(Store(), None)._repr_svg_() is None


def test_errors_are_the_projects_own(tmp_path):
    with pytest.raises(InputError, match="nothing to build"):
        kg.build(tmp_path / "none.txt")
    with pytest.raises(StoreError, match="no graph here"):
        kg.open(tmp_path)
    with pytest.raises(AttributeError, match="no attribute 'graphs'"):
        kg.graphs  # noqa: B018
