"""Each competency question is asked in two languages and answered, on an invented graph and on the seed's."""

from __future__ import annotations

import re
from functools import cache

import pytest
from pyoxigraph import RdfFormat, Store

from competency_rows import QUESTIONS, answer, expected
from kg import rules
from kg.graph import assemble
from project import ROOT
from sample import sample_extractions, sample_resolution

SAMPLE = ROOT / "tests" / "ontology" / "competency"
ENTITY = '"晨曦机器人"'
TOPICS = """zone valley laboratory project event fund money figure growth rank person entity evidence plan status
company product award policy industry founding document claim source""".split()


@cache
def sample() -> Store:
    store, readings = Store(), sample_extractions()
    store.extend(assemble.quads(readings, sample_resolution(readings), rules.load()))
    return store


def text(question) -> str:
    return question.read_text("utf-8")


def adapted(question) -> str:
    """The question about an entity of the sample, where it is about one."""
    return re.sub(r'(VALUES \?wanted \{ )"[^"]*"', rf"\1{ENTITY}", text(question))


def name(question) -> str:
    return question.stem


def test_there_are_enough_on_all_topics():
    tags = {tag for question in QUESTIONS for tag in re.findall(r"# tags: (.*)", text(question))[0].split()}
    assert len(QUESTIONS) >= 18
    assert set(TOPICS) - tags == set()
    assert [question.name[:2] for question in QUESTIONS] == [f"{n:02}" for n in range(1, len(QUESTIONS) + 1)]


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_question_is_put_in_both_languages(question):
    zh, en, tags, *_ = text(question).splitlines()
    assert re.match(r"# zh: .*[\u4e00-\u9fff]", zh)
    assert re.match(r"# en: [A-Z]", en)
    assert re.match(r"# tags: \w", tags)


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_question_binds_its_own_prefixes(question):
    """So it runs on any other SPARQL service as well."""
    sample().query(text(question))


@pytest.mark.parametrize("question", [q for q in QUESTIONS if "\nSELECT" in text(q)], ids=name)
def test_rows_come_in_one_order(question):
    columns = sample().query(text(question)).variables
    order = text(question).rpartition("ORDER BY")[2]
    assert [v for v in columns if not re.search(rf"\?{v.value}\b", order)] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_question_names_no_entity_but_the_one_to_edit(question):
    body = "\n".join(
        line for line in text(question).splitlines() if not line.startswith("#") and "?wanted {" not in line
    )
    assert not re.search(r'"[^"]*[\u4e00-\u9fff]|/id/', body)


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_answer_on_the_sample(question):
    assert answer(sample(), adapted(question)) == (SAMPLE / f"{question.stem}.csv").read_text("utf-8")


def test_samples_leave_few_questions_without_an_answer():
    """An answer that is always empty would pass for right."""
    empty = {file.stem for file in SAMPLE.glob("*.csv") if len(file.read_text("utf-8").splitlines()) < 2}
    assert empty <= {"13-policies", "27-contradictions", "28-any-plan"}


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_answer_on_the_seed(question, seed_build):
    store = Store()
    store.load(path=str(seed_build / "graph.trig"), format=RdfFormat.TRIG)
    assert answer(store, text(question)) == expected(question).read_text("utf-8")
