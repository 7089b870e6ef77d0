"""A graph behind a URL is the graph on disk: the same answers, the same export, whatever asks."""

from __future__ import annotations

import logging
import shutil
import sys

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from datasets import dataset, digest, lines
from kg.answers.graph import opened
from kg.errors import StoreError, UsageError
from kg.graph import terms
from kg.store import remote
from kg.store.remote_load import load
from kg.store.remote_store import Remote
from project import ROOT, run_kg
from servers import OXIGRAPH, Gate, oxigraph

sys.path.insert(0, str(ROOT / "tests" / "ontology"))
sys.path.insert(0, str(ROOT / "tests" / "readme"))
import readmes
from competency_rows import QUESTIONS, answer
from test_ontology_competency import adapted

pytestmark = pytest.mark.skipif(OXIGRAPH is None, reason="no oxigraph server")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as found:
        yield found


@pytest.fixture
def sample(url):
    """The store with the sample's graph in it."""
    store = Remote(url)
    load(store, dataset())
    yield store
    store.close()


@pytest.fixture(scope="module")
def embedded():
    store = Store()
    store.extend(dataset())
    return store


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.stem)
def test_questions_have_the_same_answers(question, sample, embedded):
    assert answer(sample, adapted(question)) == answer(embedded, adapted(question))


def test_questions_on_the_seed_have_the_same_answers(url, seed_build):
    here, there = Store(), Remote(url)
    here.load(path=str(seed_build / "graph.trig"), format=RdfFormat.TRIG)
    load(there, here)
    for question in QUESTIONS:
        assert answer(there, question.read_text("utf-8")) == answer(here, question.read_text("utf-8")), question.stem


def test_its_dataset_is_the_same_to_the_byte(sample):
    assert lines(sample) == lines(dataset())
    assert sample.generation() == digest(dataset())


PATTERNS = [
    (None, terms.TYPE, terms.zg("Zone"), None),
    (None, NamedNode(terms.OA + "start"), None, None),
    (None, terms.PREF_LABEL, Literal("霁川高新区", language="zh"), None),
    (None, terms.zg("locatedIn"), None, terms.INFERRED),
    (NamedNode("urn:example:nothing"), None, None, None),
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_patterns_find_the_same_quads(pattern, sample, embedded):
    assert set(sample.quads_for_pattern(*pattern)) == set(embedded.quads_for_pattern(*pattern))


def test_facts_alone_are_found_as_the_default_graph(sample, embedded):
    from pyoxigraph import DefaultGraph

    pattern = (None, terms.zg("locatedIn"), None, DefaultGraph())
    assert set(sample.quads_for_pattern(*pattern)) == set(embedded.quads_for_pattern(*pattern)) != set()


QUERIES = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
    "PREFIX zg: <https://w3id.org/zonegraph/ontology#> ASK { ?s zg:locatedIn ?o }",
    "ASK { ?s zg:noSuchThing ?o }",
    "CONSTRUCT { ?s zg:locatedIn ?o } WHERE { ?s zg:locatedIn ?o # SELECT\n}",
    'SELECT ?s { ?s ?p "ASK { } CONSTRUCT" }',
]


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("inferred", [True, False])
def test_queries_see_the_same_graphs(text, inferred, sample, embedded):
    from kg.answers import query

    found, wanted = (query.ask(store, text, inferred=inferred) for store in (sample, embedded))
    assert _plain(found) == _plain(wanted)


def _plain(answer):
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(answer, QueryBoolean):
        return bool(answer)
    if isinstance(answer, QuerySolutions):
        return [[str(term) for term in row] for row in answer]
    return sorted(map(str, answer))


def test_what_is_not_sparql_is_said_in_a_line(sample):
    with pytest.raises(StoreError, match="answered 400"):
        sample.query("SELECT ?s { ?s ?p")


def test_the_command_line_takes_a_url_for_a_folder(url, sample, seed_build, tmp_path):
    pushed = run_kg("push", url, "--graph", seed_build)
    assert pushed.returncode == 0, pushed.stderr
    for arguments in (("query", "valleys", "--format", "csv"), ("explain", "杭州高新区", "--lang", "zh"),
                      ("export", "--format", "nq"), ("validate",)):  # fmt: skip
        there, here = run_kg(*arguments, "--graph", url), run_kg(*arguments, "--graph", seed_build)
        assert (there.returncode, there.stdout) == (here.returncode, here.stdout), there.stderr
    there, here = (run_kg("query", "valleys", KG_GRAPH=str(place)) for place in (url, seed_build))
    assert there.stdout == here.stdout


def test_what_needs_a_folder_says_so(url):
    done = run_kg("add", ROOT / "seeds", "--graph", url)
    assert done.returncode == 2
    assert "a store has no folder" in done.stderr


def test_python_opens_a_url(sample):
    graph = opened(sample.endpoint.shown)
    assert len(graph) == len(dataset())
    assert graph.query("ASK { ?z a zg:Zone ; skos:prefLabel '霁川高新区'@zh }")
    assert graph.explain("霁川高新区").facts
    assert len(graph.to_rdflib()) == len(dataset())
    assert graph.validate().conforms


ENDPOINTS = {
    "http://127.0.0.1:7878": ("/query", "/update", "/store"),
    "http://127.0.0.1:7878/": ("/query", "/update", "/store"),
    "http://127.0.0.1:8890/sparql": ("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
    "http://127.0.0.1:8890#virtuoso": ("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
    "https://h.example/ds#fuseki": ("/ds/query", "/ds/update", "/ds/data"),
    "https://h.example/repositories/z#graphdb": (
        "/repositories/z", "/repositories/z/statements", "/repositories/z/rdf-graphs/service",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("url", "paths"), ENDPOINTS.items())
def test_where_a_product_has_its_services(url, paths):
    found = remote.endpoint(url)
    assert tuple(httpx.URL(address).path for address in (found.query, found.update, found.data)) == paths


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://me:secret@127.0.0.1:7878", "a URL with a password would be seen by others"),
        ("http://127.0.0.1:7878#other", "no product other"),
        ("http://127.0.0.1:7878?x=1", "no URL of a store"),
        ("http://", "no URL of a store"),
    ],
)
def test_urls_that_are_refused(url, reason):
    with pytest.raises(UsageError, match=reason) as caught:
        remote.endpoint(url)
    assert "secret" not in str(caught.value)


def test_nobody_there_is_said_in_a_line():
    with pytest.raises(StoreError, match="no answer"):
        Remote("http://127.0.0.1:9").query("ASK {}")


def test_an_empty_store_has_no_graph(tmp_path):
    with oxigraph(tmp_path) as fresh, pytest.raises(StoreError, match="no graph here; bring one there with kg push"):
        Remote(fresh).query("ASK {}")


LOGINS = {
    "basic": ({"KG_STORE_USER": "me", "KG_STORE_PASSWORD": "geheim"}, b"authorization: basic bwu6z2vozwlt"),
    "token": ({"KG_STORE_TOKEN": "geheim"}, b"authorization: bearer geheim"),
    "none": ({}, b""),
}


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """An environment without credentials."""
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return monkeypatch


@pytest.mark.parametrize(("settings", "header"), LOGINS.values(), ids=LOGINS)
def test_credentials_of_the_environment_travel_in_a_header_alone(url, sample, settings, header, bare, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    for name, value in settings.items():
        bare.setenv(name, value)
    with Gate(url) as gate:
        load(Remote(gate.url), dataset(1))
    heard = bytes(gate.heard).lower()
    assert header in heard
    assert (b"authorization" in heard) == bool(header)
    told = caplog.text + "".join(capfd.readouterr())
    assert "geheim" not in told
    assert "bWU6" not in told


def test_credentials_of_a_netrc_file(url, sample, bare, tmp_path):
    (tmp_path / "secrets").write_text("machine 127.0.0.1 login me password geheim\n", "utf-8")
    bare.setenv("NETRC", str(tmp_path / "secrets"))
    with Gate(url) as gate:
        Remote(gate.url).generation()
    assert b"authorization: basic bwu6z2vozwlt" in bytes(gate.heard).lower()
    (tmp_path / "secrets").write_text("machine", "utf-8")
    with pytest.raises(UsageError, match="no netrc file"):
        Remote(url)


@pytest.mark.parametrize("host", ["192.0.2.1", "store.example"])
def test_credentials_are_not_sent_in_the_clear_to_another_machine(host, bare):
    bare.setenv("KG_STORE_TOKEN", "geheim")
    with pytest.raises(UsageError, match="use https://"):
        Remote(f"http://{host}:7878")
    Remote(f"https://{host}:7878").close()


def test_a_proxy_of_the_environment_is_not_used(url, sample, bare):
    bare.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    bare.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert Remote(url).generation() == digest(dataset())


def test_a_connection_that_breaks_is_tried_again(url, sample):
    with Gate(url, cut=2) as gate:
        assert Remote(gate.url).generation() == digest(dataset())
    with Gate(url, cut=99) as gate, pytest.raises(StoreError, match="no answer"):
        Remote(gate.url).generation()


def test_what_the_page_shows_is_what_comes(url, tmp_path):
    """docs/stores.md, with this test's own server where the page has its address."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shown = readmes.shown("docs/stores.md")
    assert len(shown) >= 5
    for command, _ in shown:
        done = readmes.typed(command.replace("http://127.0.0.1:7878", url), folder)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
