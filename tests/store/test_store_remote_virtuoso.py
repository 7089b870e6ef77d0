"""The same graph in Virtuoso, a store with ways of its own: where it answers otherwise is in one table."""

from __future__ import annotations

import sys

import pytest
from pyoxigraph import RdfFormat, Store

from datasets import dataset, lines
from kg.errors import StoreError
from kg.store.remote_load import load
from kg.store.remote_store import Remote
from project import ROOT, run_kg
from servers import VIRTUOSO, VIRTUOSO_LOGIN, virtuoso

sys.path.insert(0, str(ROOT / "tests" / "ontology"))
from competency_rows import QUESTIONS, answer
from test_ontology_competency import adapted

pytestmark = pytest.mark.skipif(VIRTUOSO is None, reason="no Virtuoso")
# Question -> what Virtuoso writes otherwise, and what the standard has there.
DEVIATIONS = {
    "04-funds": [(",1\n", ",true\n"), (",0\n", ",false\n")],  # a truth value that a query computes is a number
}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
        yield found


@pytest.fixture(scope="module", autouse=True)
def login():
    with pytest.MonkeyPatch.context() as patch:
        for name, value in VIRTUOSO_LOGIN.items():
            patch.setenv(name, value)
        yield patch


@pytest.fixture(scope="module")
def sample(url, login):
    with Remote(url) as store:
        load(store, dataset())
        yield store


@pytest.fixture(scope="module")
def embedded():
    store = Store()
    store.extend(dataset())
    return store


def standard(question, text: str) -> str:
    """Virtuoso's answer in the standard's words."""
    for theirs, right in DEVIATIONS.get(question.stem, ()):
        text = text.replace(theirs, right)
    return text


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.stem)
def test_questions_have_the_same_answers(question, sample, embedded):
    assert standard(question, answer(sample, adapted(question))) == answer(embedded, adapted(question))


@pytest.mark.parametrize("name", DEVIATIONS)
def test_deviations_are_real(name, sample, embedded):
    """A line of the table that is no longer needed goes."""
    (question,) = [question for question in QUESTIONS if question.stem == name]
    assert answer(sample, adapted(question)) != answer(embedded, adapted(question))


def test_its_dataset_is_the_same_to_the_byte(sample):
    assert lines(sample) == lines(dataset())


def test_documents_come_and_go(url, sample):
    with Remote(url) as store:
        assert load(store, dataset()).put == 0
        done = load(store, dataset(1))
        assert (done.put, done.deleted) == (2, 1)
        assert lines(store) == lines(dataset(1))
        assert load(store, dataset()).put == 3
        assert lines(store) == lines(dataset())


def test_a_load_that_breaks_off_is_seen_and_finished(url, sample):
    with Remote(url) as store:

        def die(request) -> None:
            if request.method == "PUT" and request.url.params["graph"].endswith("#facts"):
                raise KeyboardInterrupt

        store.http.event_hooks = {"request": [die]}
        with pytest.raises(KeyboardInterrupt):
            load(store, dataset(1))
    with Remote(url) as store:
        with pytest.raises(StoreError, match="broke off"):
            store.query("ASK {}")
        assert load(store, dataset()).resumed
        assert lines(store) == lines(dataset())


def test_the_command_line_pushes_and_asks(url, sample, seed_build):
    pushed = run_kg("push", url, "--graph", seed_build, **VIRTUOSO_LOGIN)
    assert pushed.returncode == 0, pushed.stderr
    there = run_kg("query", "valleys", "--format", "csv", "--graph", url, **VIRTUOSO_LOGIN)
    assert there.stdout == run_kg("query", "valleys", "--format", "csv", "--graph", seed_build).stdout != ""
    here = Store()
    here.load(path=str(seed_build / "graph.trig"), format=RdfFormat.TRIG)
    with Remote(url) as store:
        for question in QUESTIONS:
            text = question.read_text("utf-8")
            assert standard(question, answer(store, text)) == answer(here, text), question.stem
        load(store, dataset())


def test_a_wrong_password_is_said_in_a_line(url, sample, login):
    login.setenv("KG_STORE_PASSWORD", "wrong")
    try:
        with Remote(url) as store, pytest.raises(StoreError, match=r"refused \(401\)") as caught:
            store.query("ASK {}")
    finally:
        login.setenv("KG_STORE_PASSWORD", VIRTUOSO_LOGIN["KG_STORE_PASSWORD"])
    assert "wrong" not in str(caught.value)
