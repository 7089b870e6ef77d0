"""The clients that people have: rdflib's stores, SPARQLWrapper, and the curl lines of docs/serve.md."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, DIGEST, JSON, JSONLD, N3, POST, RDFXML, TURTLE, XML, SPARQLWrapper

from project import ROOT, environment
from running import BEARER, TOKEN, Running, running, token_file
from sample import sample_extractions

ZG = "https://w3id.org/zonegraph/ontology#"
VALLEYS = "SELECT ?n { ?v a zg:Valley ; skos:prefLabel ?n }"
NAME = Literal("澄湖算谷", lang="zh")
# The clients' own deprecations are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset).*:DeprecationWarning")
PAGE = (ROOT / "docs" / "serve.md").read_text("utf-8")


@pytest.fixture(scope="module")
def server(serve, tmp_path_factory) -> Running:
    return serve("--writable", "--token-file", token_file(tmp_path_factory.mktemp("token")))


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_asks(server, method, form):
    store = SPARQLStore(f"{server.url}sparql", method=method, returnFormat=form)
    names = [str(row.n) for row in Graph(store).query(VALLEYS)]
    assert names == ["澄湖算谷"]


def test_rdflib_gets_triples_truths_and_graphs(server):
    graph = Graph(SPARQLStore(f"{server.url}sparql"))
    (valley,) = graph.subjects(URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"), NAME)
    assert (valley, None, URIRef(ZG + "Valley")) in graph
    assert bool(graph.query("ASK { ?v a zg:Valley }"))
    assert len(graph.query("CONSTRUCT { ?v a zg:Valley } { ?v a zg:Valley }").graph) == 1


def test_rdflib_writes(server):
    store = SPARQLUpdateStore(f"{server.url}sparql", f"{server.url}sparql", headers=BEARER, autocommit=True)
    graph = Graph(store, URIRef("urn:notes"))
    graph.add((URIRef("urn:a"), URIRef("urn:says"), NAME))
    assert list(graph.objects(URIRef("urn:a"), URIRef("urn:says"))) == [NAME]
    graph.remove((URIRef("urn:a"), None, None))
    assert len(list(graph.triples((URIRef("urn:a"), None, None)))) == 0


def test_rdflib_parses_a_thing_at_its_address(server):
    for accept in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"):
        answer = server.ask("GET", "/id/valley/%E6%BE%84%E6%B9%96%E7%AE%97%E8%B0%B7", {"Accept": accept})
        graph = Graph().parse(data=answer.body, format=accept)
        assert NAME in set(graph.objects()), accept


def wrapped(server: Running, query: str, form: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{server.url}sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    return client


def test_sparqlwrapper_asks(server):
    rows = wrapped(server, VALLEYS, JSON).queryAndConvert()["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == ["澄湖算谷"]
    assert "澄湖算谷" in wrapped(server, VALLEYS, XML).queryAndConvert().toxml()
    assert wrapped(server, VALLEYS, CSV).queryAndConvert().decode() == "n\r\n澄湖算谷\r\n"
    assert wrapped(server, "ASK { ?v a zg:Valley }", JSON).queryAndConvert()["boolean"] is True


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_gets_graphs(server, form):
    found = wrapped(server, "CONSTRUCT { ?v a zg:Valley } { ?v a zg:Valley }", form).queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert len(graph) == 1


def test_sparqlwrapper_writes(server):
    client = wrapped(server, "INSERT DATA { <urn:w> <urn:b> 1 }", JSON)
    client.setMethod(POST)
    client.addCustomHttpHeader("Authorization", BEARER["Authorization"])
    client.query()
    assert wrapped(server, "ASK { <urn:w> <urn:b> 1 }", JSON).queryAndConvert()["boolean"] is True
    assert DIGEST  # basic and digest are not offered, a custom header carries the token


# --- the lines of docs/serve.md

SESSION = re.compile(r"^\$ (curl .*(?:\\\n.*)*)\n((?:(?!\$ |```).*\n)*)", re.M)
LINES = [(command.replace("\\\n", " "), output.strip()) for block in re.findall(r"```console\n(.*?)```", PAGE, re.S)
         for command, output in SESSION.findall(block)]  # fmt: skip


@pytest.fixture(scope="module")
def place(make_folder, tmp_path_factory) -> Path:
    """A folder with what the lines name, and a server at the address that they name."""
    folder = tmp_path_factory.mktemp("curl")
    token_file(folder)
    (folder / "query.rq").write_text(VALLEYS, "utf-8")
    (folder / "notes.ttl").write_text('<urn:note> <urn:says> "看过" .\n', "utf-8")
    return folder


@pytest.fixture(scope="module")
def documented(make_folder, place) -> Running:
    with running(make_folder(), "--writable", "--token-file", place / "token") as server:
        yield server


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
@pytest.mark.parametrize(("command", "output"), LINES, ids=[command[:60] for command, _ in LINES])
def test_the_lines_of_the_page_do_what_they_say(documented, place, command, output):
    sha256 = sample_extractions()[0].document.sha256
    line = command.replace("http://127.0.0.1:7878/", documented.url).replace("SHA256", sha256)
    shell, env = ["bash", "-c", line], environment()
    done = subprocess.run(shell, cwd=place, env=env, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert output in ("", done.stdout.replace("\r", "").strip())
    assert TOKEN not in done.stdout


def test_the_page_shows_enough():
    assert len(LINES) >= 8


def test_the_page_names_every_option():
    from kg.cli.serve import command

    options = [option for parameter in command.params for option in parameter.opts if option != "--debug"]
    assert [option for option in options if f"`{option}" not in PAGE] == []
