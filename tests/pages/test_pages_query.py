"""The query page as markup: editor, results, errors, answers, gallery; its script is tried in tests/browser."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import Store

from kg.answers import query
from kg.answers.asking.asking import ask
from kg.answers.questions import questions
from kg.pages import query_answer, query_page, query_results
from kg.pages.frame import Where

HERE = Where("/kg", "https://w3id.org/zonegraph/id/")
ROWS = "SELECT ?zone ?name { ?zone a zg:Zone ; skos:prefLabel ?name }"
COUNTS = "SELECT ?type (COUNT(?x) AS ?n) { ?x a ?type ; zg:mentionedIn ?d } GROUP BY ?type ORDER BY DESC(?n) LIMIT 9"


@pytest.fixture(scope="module")
def store(quads):
    made = Store()
    made.extend(quads)
    return made


@pytest.fixture(scope="module")
def shown(store):
    return lambda text, where=HERE: str(query_results.results(store, query.ask(store, text), text, where))


def page(text="", **more):
    return re.sub(r"<style>.*?</style>", "", query_page.page(text, HERE, "/kg/sparql?lang=en", **more), flags=re.DOTALL)


def test_it_is_a_plain_form_with_the_query_in_it():
    html = page("SELECT * {\n ?s ?p '</textarea><b>' }")
    assert re.search(r'<form id="editor" action="/kg/sparql" method="get"', html)
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert unescape(area[1]) == "\nSELECT * {\n ?s ?p '</textarea><b>' }"


def test_every_competency_question_is_one_click_away():
    links = re.findall(r'<a href="([^"]+)" class="card">', page())
    asked = [parse_qs(urlsplit(unescape(link)).query)["query"][0] for link in links]
    assert asked == [one.text for one in questions()]


def test_things_go_by_their_names_and_lead_to_their_pages(shown):
    html = shown(ROWS)
    assert "霁川高新区</a>" in html and 'href="/kg/id/zone/' in html
    assert "https://w3id.org/zonegraph/id/zone/" not in html


def test_all_files_carry_the_query(shown):
    links = re.findall(r'<a href="([^"]+)"[^>]*download', shown(ROWS))
    given = [parse_qs(urlsplit(unescape(link)).query) for link in links]
    assert [one["format"][0] for one in given] == ["csv", "tsv", "json", "xml"]
    assert {one["query"][0] for one in given} == {ROWS}


def test_names_with_numbers_are_drawn_as_bars(shown):
    html = shown(COUNTS)
    rows = html.count("<tr>") - 1
    assert html.count("<rect") == rows >= 5
    assert "园区" in html
    assert "<svg" not in shown(ROWS)


FIGURES = "SELECT ?name ?period ?value { ?o zg:subject/skos:prefLabel ?name ; zg:value ?value ; zg:period ?period }"


def test_figures_with_names_and_periods_are_bars_and_their_digits_are_grouped(shown):
    html = shown(FIGURES)
    assert "霁川高新区 · 2024: 123,450,000,000" in html and ">123,450,000,000</td>" in html
    assert html.count("<rect") == html.count("<tr>") - 1
    years = shown("SELECT ?name ?year { ?x zg:foundedIn ?year ; skos:prefLabel ?name }")
    assert re.search(r">\d{4}</td>", years) and "<rect" not in years


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?n { VALUES ?n { 1 2 3 } }",
        "SELECT ?a ?n { VALUES (?a ?n) { ('x' 1) } }",
        "SELECT ?a ?n { VALUES (?a ?n) { ('x' -1) ('y' 2) } }",
        "SELECT ?a ?n { VALUES (?a ?n) { ('x' 0) ('y' 0) } }",
        "SELECT ?a ?n { VALUES (?a ?n) { ('x' UNDEF) ('y' 2) } }",
        f"SELECT ?a ?n {{ VALUES (?a ?n) {{ ('{'长' * 50}' 1) ('y' 2) }} }}",
    ],
    ids=["no name", "one row", "below zero", "nothing", "one number", "a text"],
)
def test_what_makes_no_chart(text, shown):
    assert "<rect" not in shown(text)


def test_things_are_drawn_with_the_relations_between_them(shown):
    html = shown("SELECT ?zone ?valley { ?zone zg:hasValley ?valley }")
    drawing = html[html.index('class="sheet drawing"') :]
    assert drawing.count("<line ") == 1 and "澄湖算谷" in drawing
    assert "drawing" not in shown("SELECT ?zone { ?zone a zg:Zone }")
    triples = shown("CONSTRUCT { ?a zg:produces ?b } { ?a zg:produces ?b }")
    assert triples[triples.index("drawing") :].count("<line ") == 1
    assert 'class="sheet drawing" open' in triples


@pytest.mark.parametrize(
    ("text", "word"),
    [("ASK { ?x a zg:Zone }", "是"), ("ASK { ?x a zg:Nothing }", "否"),
     ("SELECT * { ?x a zg:Nothing }", "没有符合条件"), ("CONSTRUCT { ?x a zg:Zone } { ?x a zg:Zone }", "1 条三元组")],
)  # fmt: skip
def test_every_kind_of_answer_is_shown(text, word, shown):
    assert word in shown(text)


def test_of_many_rows_only_the_first_are_shown_and_that_is_said(shown):
    html = shown("SELECT * { GRAPH ?g { ?s ?p ?o } ?a a zg:Zone }")
    assert html.count("<tr>") == query_results.MOST + 1
    assert f"前 {query_results.MOST} 行" in html


def test_an_error_tells_its_place():
    html = page("SELECT * {\n ?s ?p }", error="query line 2, column 8: not SPARQL at '}'")
    assert 'data-line="2" data-column="8"' in html and "（第 2 行第 8 列）" in html


def test_an_answer_has_its_sentences_and_says_what_it_leaves_out(store):
    found = ask(store, "基金总规模一共多少")
    html = str(query_answer.answer(found, HERE))
    assert "未计入" in html and "溪桥未来产业基金" in html
    found = ask(store, "谁获得霁川市科技进步一等奖")
    html = str(query_answer.answer(found, HERE))
    assert "晨曦机器人生产的" in re.sub(r"<[^>]+>", "", html)


def test_a_question_that_is_not_understood_offers_others(store):
    html = str(query_answer.answer(ask(store, "霁川高新区有<b>多高"), HERE))
    assert "没有读懂" in html and "<b>「" in html and "&lt;b&gt;" in html
    assert 3 <= html.count('href="/kg/ask?question=') <= 5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_offered_is_our_ontology_with_its_labels(language):
    html = query_page.page("", Where("", HERE.base, language), "/")
    data = json.loads(re.search(r'<script type="application/json" id="terms">(.*?)</script>', html, re.DOTALL)[1])
    known = {name: (zh, en) for name, zh, en in data["terms"]}
    assert known["zg:locatedIn"] == ("位于", "located in")
    assert known["zg:Laboratory"] == ("实验室", "laboratory")
    assert len(known) == len(data["terms"])


def test_the_policy_allows_the_one_script_and_the_one_style_alone():
    policy = query_page.policy()
    assert policy.count("sha256-") == 2
    assert "unsafe" not in policy and "connect-src" not in policy and "default-src 'none'" in policy
