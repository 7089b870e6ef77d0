"""The model holds what the graph holds: facts, figures and sentences, held back or not."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.graph import terms
from kg.pages import payload
from kg.pages.model import model
from kg.pages.statements import Piece, Quote, Sentence, shelve
from kg.records import Relation

PREFIXES = dict(terms.PREFIXES)
RELATIONS = ", ".join(f"zg:{relation.value}" for relation in Relation)


@pytest.fixture(scope="module")
def store(quads):
    made = Store()
    made.extend(quads)
    return made


def number(store: Store, query: str) -> int:
    (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ {query} }}", prefixes=PREFIXES)
    return int(row["n"].value)


def fact(graph, subject: str, relation: str, end: str):
    """The one fact between these names."""
    names = [node.name for node in graph.nodes]
    found = [f for f in graph.facts if names[f.subject] == subject and f.relation == relation]
    (only,) = [f for f in found if (f.text if f.object is None else names[f.object]) == end]
    return only


def test_every_entity_relation_and_figure_is_there_once(graph, store):
    assert len(graph.nodes) == number(store, "SELECT DISTINCT ?e { ?e zg:mentionedIn ?d }")
    assert len(graph.figures) == number(store, "?o a zg:Observation")
    assert len([f for f in graph.facts if not f.held]) == number(store, f"?s ?p ?o . FILTER(?p IN ({RELATIONS}))")


def test_each_quote_is_the_evidence_of_the_graph(graph, store):
    cited = {
        s.text[p.start : p.end] for told in graph.statements for p in told.pieces for s in [graph.sentences[p.sentence]]
    }
    exact = store.query(
        "SELECT DISTINCT ?x { GRAPH ?g { ?c zg:evidence/oa:hasSelector/oa:exact ?x } }", prefixes=PREFIXES
    )
    assert cited == {row["x"].value for row in exact}


@pytest.mark.parametrize(
    ("subject", "relation", "end", "held", "statuses", "style"),
    [
        ("霁川高新区", "locatedIn", "霁川市", False, ("",), "plain"),
        ("霁川晨曦机器人股份有限公司", "builds", "智能关节产业园项目", False, ("planned", "underway"), "plain"),
        ("霁川市", "plans", "溪桥未来产业基金", False, ("planned",), "plan"),
        ("溪桥未来产业基金", "locatedIn", "霁川高新区", True, ("planned",), "plan"),
        ("霁川晨曦机器人股份有限公司", "builds", "溪桥湿地公园", True, ("negated",), "void"),
        ("霁川高新区", "hosts", "岚石芯片有限公司", True, ("terminated",), "void"),
        ("霁川高新区", "foundedIn", "2011", False, ("",), "plain"),
        ("陆知遥", "holdsPosition", "霁川晨曦机器人股份有限公司", False, ("",), "plain"),
    ],
)
def test_facts(graph, subject, relation, end, held, statuses, style):
    found = fact(graph, subject, relation, end)
    assert (found.held, found.statuses, payload.style(found.statuses)) == (held, statuses, style)
    assert found.statements


def test_a_position_has_its_title(graph):
    assert fact(graph, "陆知遥", "holdsPosition", "霁川晨曦机器人股份有限公司").text == "董事长"


def test_a_figure_has_growth_of_both_documents_and_its_ranks(graph):
    (figure,) = [f for f in graph.figures if f.indicator == "地区生产总值"]
    assert (figure.text, figure.period, figure.growth) == ("1234.5亿元", "2024", ("6.2", "6.3"))
    assert {(r.place, r.among, r.basis) for r in figure.ranks} == {("2", "霁川市", "total"), ("1", "霁川市", "growth")}
    assert len(figure.documents) == 2


def test_only_what_is_planned_in_all_its_relations_is_hollow(graph):
    assert {graph.nodes[i].name for i in payload.unreal(graph)} == {"溪桥未来产业基金"}


def test_quotes_share_the_sentence_that_holds_them():
    whole, part, other = Quote(0, 10, -6, "甲乙丙丁戊己"), Quote(0, 12, -2, "丙丁"), Quote(0, 12, -2, "子丑")
    sentences, pieces = shelve([part, other, whole])
    assert sentences == (Sentence(0, 10, "甲乙丙丁戊己"), Sentence(0, 12, "子丑"))
    assert pieces == {whole: Piece(0, 0, 6), part: Piece(0, 2, 4), other: Piece(1, 0, 2)}


def test_an_earlier_name_leads_to_the_entity(quads):
    old = NamedNode(terms.BASE + "company/晨曦")
    new = next(q.subject for q in quads if q.object == terms.zg("Company"))
    replaced = Quad(old, NamedNode(terms.DCTERMS + "isReplacedBy"), new, terms.INFERRED)
    graph = model([*quads, replaced])
    assert [(path, terms.BASE + graph.nodes[i].path) for path, i in graph.moved] == [("company/晨曦", new.value)]


def test_facts_of_a_remote_store_are_facts(quads):
    def moved(quad: Quad) -> Quad:
        default = isinstance(quad.graph_name, DefaultGraph)
        return Quad(quad.subject, quad.predicate, quad.object, terms.FACTS) if default else quad

    assert model(map(moved, quads)) == model(quads)


def test_evidence_that_is_incomplete_is_passed_over(quads):
    exact = NamedNode(terms.OA + "exact")
    graph = model(quad for quad in quads if quad.predicate != exact)
    assert graph.statements and not any(told.pieces for told in graph.statements)
    assert model([Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"))]).nodes == ()
