"""The W3C's tests of SPARQL Protocol, Graph Store Protocol and Service Description, replayed without a socket."""

from __future__ import annotations

import pytest
from pyoxigraph import Store
from rdflib import RDF, Graph, Namespace, URIRef

import w3c
from kg.serve.direct import Direct
from kg.serve.messages import Request
from kg.serve.protocol import respond
from kg.serve.settings import Settings
from kg.serve.state import State
from project import SHARED

SUITES = SHARED / "data" / "w3c" / "sparql11"
MANIFESTS = {
    "protocol": ("protocol/manifest.ttl", 34),
    "indirect": ("graph-store-protocol/manifest-indirect.ttl", 9),
    "direct": ("graph-store-protocol/manifest-direct.ttl", 4),
}
# Tests that this server fails, each with the reason. None at present; a name here must fail, or the test does.
DEVIATIONS: dict[str, str] = {}
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
# The classes and properties of the vocabulary that a description may use.
VOCABULARY = frozenset(
    "Service Language Feature EntailmentRegime EntailmentProfile Function Aggregate GraphCollection Dataset Graph"
    " NamedGraph endpoint feature defaultEntailmentRegime entailmentRegime defaultSupportedEntailmentProfile"
    " supportedEntailmentProfile extensionFunction extensionAggregate languageExtension supportedLanguage"
    " propertyFeature defaultDataset availableGraphs resultFormat inputFormat defaultGraph namedGraph name graph"
    " DereferencesURIs UnionDefaultGraph RequiresDataset EmptyGraphs BasicFederatedQuery"
    " SPARQL10Query SPARQL11Query SPARQL11Update".split()
)

pytestmark = pytest.mark.shared


def listed() -> list:
    if not SUITES.is_dir():
        return []
    cases = {suite: w3c.cases(SUITES / file) for suite, (file, _) in MANIFESTS.items()}
    cases["unlisted"] = w3c.cases(SUITES / MANIFESTS["direct"][0], unlisted=True)
    return [pytest.param(case, id=f"{suite}-{case.name}") for suite, found in cases.items() for case in found]


@pytest.mark.parametrize("case", listed())
def test_the_case_passes(case):
    faults = w3c.replay(case)
    assert bool(faults) is (case.name in DEVIATIONS), "\n".join(faults)


@pytest.mark.parametrize(("file", "count"), MANIFESTS.values(), ids=MANIFESTS)
def test_every_listed_case_is_there(file, count, shared):
    assert len(w3c.cases(SUITES / file)) == count


def described(accept: str = "text/turtle") -> tuple[Graph, str]:
    state = State(Settings(hosts=frozenset({"www.example"}), writable=True, token="x" * 16), Direct(Store()))
    answer = respond(Request("GET", "/sparql", headers={"host": "www.example", "accept": accept}), state)
    kind = answer.header("Content-Type").partition(";")[0]
    assert answer.status == 200
    return Graph().parse(data=answer.body, format=kind), kind


def test_service_description_returns_rdf():
    for accept in ("text/turtle", "application/rdf+xml", "application/n-triples", "*/*"):
        graph, kind = described(accept)
        assert len(graph) > 5
        assert accept in (kind, "*/*")


def test_service_description_has_the_endpoint():
    graph, _ = described()
    assert list(graph.objects(None, SD.endpoint)) == [URIRef("http://www.example/sparql")]


def test_service_description_conforms_to_the_vocabulary():
    graph, _ = described()
    used = {str(t).removeprefix(str(SD)) for triple in graph for t in triple if str(t).startswith(str(SD))}
    assert used - VOCABULARY == set()
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert len(list(graph.objects(service, SD.endpoint))) == 1
    (dataset,) = graph.objects(service, SD.defaultDataset)
    (default,) = graph.objects(dataset, SD.defaultGraph)
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert (default, RDF.type, SD.Graph) in graph
    assert SD.SPARQL11Query in set(graph.objects(service, SD.supportedLanguage))


def test_the_description_suite_has_these_three(shared):
    assert sorted(w3c.entries(SUITES / "service-description" / "manifest.ttl")) == [
        "conforms-to-schema", "has-endpoint-triple", "returns-rdf",
    ]  # fmt: skip
