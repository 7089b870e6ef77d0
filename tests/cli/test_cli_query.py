"""`kg query` in a pipe and on a terminal."""

from __future__ import annotations

import csv
import io
import json
import time
import unicodedata

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import write
from kg.store import generations
from terminal import seen

VALLEYS = "SELECT ?name { ?valley a zg:Valley ; skos:prefLabel ?name }"
LONG = "SELECT ?name ?quote { ?e skos:prefLabel ?name . GRAPH ?d { ?c rdf:subject ?e ; zg:evidence/oa:hasSelector/oa:exact ?quote } }"  # noqa: E501


@pytest.fixture
def ask(kg, sample_graph):
    """`ask(query, *options)` -> the finished process."""
    return lambda *arguments, **more: kg("query", *arguments, "--graph", sample_graph, **more)


def test_a_pipe_gets_plain_csv(ask):
    done = ask(VALLEYS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "name\n澄湖算谷\n", "")


def test_csv_is_never_wrapped(ask):
    rows = list(csv.reader(io.StringIO(ask(LONG, COLUMNS="20").stdout)))
    assert rows[0] == ["name", "quote"]
    assert max(len(quote) for _, quote in rows[1:]) > 40
    assert {len(row) for row in rows} == {2}


def test_the_query_may_come_from_a_file_or_stdin(ask, tmp_path):
    (tmp_path / "q.rq").write_text("\ufeff" + VALLEYS, "utf-8")
    expected = ask(VALLEYS).stdout
    assert ask(f"@{tmp_path / 'q.rq'}").stdout == expected
    assert ask("-", stdin=VALLEYS).stdout == expected


@pytest.mark.parametrize("name", ["valleys", "01", "01-valleys"])
def test_a_question_goes_by_name_or_number(ask, name):
    assert "澄湖算谷" in ask(name).stdout


def test_the_questions_are_listed_in_both_languages(kg):
    lines = kg("query", "--list").stdout.splitlines()
    assert len(lines) >= 30 and len(lines) % 2 == 0
    assert lines[0].startswith("01  valleys ") and lines[0].endswith("？")
    assert lines[1].strip().startswith("Which valleys")


@pytest.mark.parametrize(("form", "check"), [
    ("json", lambda text: json.loads(text)["results"]["bindings"][0]["name"]["value"] == "澄湖算谷"),
    ("tsv", lambda text: text == '?name\n"澄湖算谷"@zh\n'),
    ("xml", lambda text: "<literal xml:lang=\"zh\">澄湖算谷</literal>" in text),
    ("csv", lambda text: text == "name\n澄湖算谷\n"),
    ("table", lambda text: text.splitlines()[-1] == "澄湖算谷"),
])  # fmt: skip
def test_formats_of_rows(ask, form, check):
    done = ask(VALLEYS, "--format", form)
    assert done.returncode == 0, done.stderr
    assert check(done.stdout)


@pytest.mark.parametrize(("form", "part"), [
    (None, "a zg:Valley"), ("ttl", "a zg:Valley"), ("nt", "ontology#Valley> ."), ("jsonld", '"@context"'),
    ("rdf", "rdf:RDF"), ("xml", "rdf:RDF"), ("table", "zg:Valley"),
])  # fmt: skip
@pytest.mark.parametrize("query", ["CONSTRUCT { ?v a zg:Valley } WHERE { ?v a zg:Valley }",
                                   "DESCRIBE ?v { ?v a zg:Valley }"])  # fmt: skip
def test_formats_of_triples(ask, query, form, part):
    done = ask(query, *(["--format", form] if form else []))
    assert done.returncode == 0, done.stderr
    assert part in done.stdout
    assert done.stdout == ask(query, *(["--format", form] if form else []), PYTHONHASHSEED="7").stdout


@pytest.mark.parametrize(("kind", "options", "answer", "code"), [
    ("Valley", (), "true\n", 0),
    ("Cave", (), "false\n", 0),
    ("Valley", ("--exit-status",), "true\n", 0),
    ("Cave", ("--exit-status",), "false\n", 1),
    ("Cave", ("--format", "json"), '{"head":{},"boolean":false}', 0),
])  # fmt: skip
def test_ask_prints_its_answer(ask, kind, options, answer, code):
    done = ask(f"ASK {{ ?s a zg:{kind} }}", *options)
    assert (done.stdout, done.returncode) == (answer, code)


def test_exit_status_of_rows(ask):
    assert ask(VALLEYS, "--exit-status").returncode == 0
    assert ask("SELECT * { ?s a zg:Cave }", "--exit-status").returncode == 1


def test_asserted_leaves_the_inferred_out(ask):
    query = "SELECT * { ?company a schema:Corporation }"
    assert ask(query).stdout.count("\n") == 3
    assert ask(query, "--asserted").stdout == "company\n"


def test_a_line_number_is_the_users_own(ask):
    done = ask("SELECT * {\n  ?s a zg:Zone .\n  ?s foo:bar ?o }\n")
    assert done.returncode == 2
    assert done.stderr.startswith("kg: query line 3, column 13: the prefix of foo:bar is not bound")


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "DROP ALL"])
def test_what_a_query_may_not_do_is_refused(ask, query):
    done = ask(query)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_a_time_limit_ends_the_work(ask):
    before = time.monotonic()
    done = ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }", "--timeout", "0.5")
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith("kg: query: stopped after 0.5 s")
    assert time.monotonic() - before < 5


def cells(line: str) -> int:
    """The columns that a terminal gives a line."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_a_terminal_gets_an_aligned_table_of_names(sample_graph):
    query = "SELECT ?zone ?text ?value { ?o zg:subject ?zone ; zg:valueText ?text ; zg:value ?value ; zg:period ?p }"
    head, rule, *rows, count = seen("query", query, "--graph", sample_graph, NO_COLOR="1").splitlines()
    assert head.split() == ["zone", "text", "value"] and set(rule) == {"─"}
    assert {cells(row) for row in rows} == {cells(rule)}, "numbers end where the rule ends"
    assert {row.split()[0] for row in rows} == {"霁川高新区", "霁川晨曦机器人股份有限公司"}
    assert count == "2 rows"


def test_a_terminal_wraps_to_its_width(sample_graph):
    lines = seen("query", LONG, "--graph", sample_graph, columns=50, NO_COLOR="1").splitlines()
    assert max(map(cells, lines)) <= 50


def test_colour_is_for_terminals_that_want_it(ask, sample_graph):
    assert "\x1b[" in seen("query", VALLEYS, "--graph", sample_graph)
    assert "\x1b" not in seen("query", VALLEYS, "--graph", sample_graph, NO_COLOR="1")
    assert "\x1b" not in seen("query", VALLEYS, "--graph", sample_graph, "--format", "csv")
    assert "\x1b" not in ask(VALLEYS, "--format", "table").stdout


@pytest.mark.parametrize(("language", "answer"), [("zh_CN.UTF-8", "是 (true)"), ("en_GB.UTF-8", "true")])
def test_a_terminal_hears_yes_in_its_language(sample_graph, language, answer):
    said = seen("query", "ASK { ?s a zg:Valley }", "--graph", sample_graph, LANG=language, LC_ALL=language)
    assert said.strip() == answer


def test_nothing_in_a_name_moves_the_cursor(tmp_path, kg):
    """A name with escape sequences, bidi controls, tabs and markup of the table's library."""
    name = "谷\x1b[2J\u202e倒\u2066\t[red]x\u0007\u200b"
    quads = [Quad(NamedNode("urn:v"), NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), Literal(name))]
    generations.commit(tmp_path, {"graph.trig": write.serialise(quads, "trig")}, quads)
    said = seen("query", "SELECT * { ?v skos:prefLabel ?name }", "--graph", tmp_path, NO_COLOR="1")
    assert r"谷\x1b[2J\u202e倒\u2066\t[red]x\x07\u200b" in said
    assert not set(said) & set("\x1b\u202e\u2066\t\x07\u200b")
    piped = kg("query", "SELECT ?name { ?v skos:prefLabel ?name }", "--graph", tmp_path).stdout
    assert next(csv.reader(io.StringIO(piped.split("\n", 1)[1])))[0] == name, "a program gets what is there"
