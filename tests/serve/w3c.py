"""The W3C's protocol tests as plain values, read from their manifests (see ../shared/data/w3c/README.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from kg.serve.direct import Direct
from kg.serve.messages import Request, Response
from kg.serve.protocol import respond
from kg.serve.settings import Settings
from kg.serve.state import State

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
HTS = Namespace("http://www.w3.org/2011/http-statusCodes#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
ENDPOINTS = {"/sparql/": "/sparql/", "/gsp": "/graph-store"}
TOKEN = "a-token-of-the-tests"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}  # fmt: skip


@dataclass(frozen=True)
class Exchange:
    """One request of a test, and what must come back."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str | None
    location: bool
    graph: str | None


@dataclass(frozen=True)
class Case:
    """One test: its host, the graphs that must be there, its requests in order."""

    name: str
    host: str
    data: dict[str, Path]
    exchanges: list[Exchange]


def entries(manifest: Path) -> list[str]:
    """The names of the tests that a manifest lists."""
    graph, (listed,) = _listed(manifest)
    return [str(test).rsplit("#", 1)[-1] for test in Collection(graph, listed)]


def cases(manifest: Path, *, unlisted: bool = False) -> list[Case]:
    """The tests that a manifest lists, in its order; `unlisted` gives those it only defines."""
    graph, (listed,) = _listed(manifest)
    tests = list(Collection(graph, listed))
    if unlisted:
        tests = [test for test in graph.subjects(MF.action) if test not in tests]
    return [_case(graph, test, manifest) for test in tests]


def _listed(manifest: Path) -> tuple[Graph, list[Node]]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    return graph, list(graph.objects(None, MF.entries))


def _case(graph: Graph, test: Node, manifest: Path) -> Case:
    action = graph.value(test, MF.action)
    data = {
        str(graph.value(node, RDFS.label)): manifest.parent / str(graph.value(node, UT.graph)).rsplit("/", 1)[-1]
        for node in graph.objects(test, UT.graphData)
    }
    requests = Collection(graph, graph.value(action, HT.requests))
    host = str(graph.value(action, HT.connectionAuthority))
    return Case(str(test).rsplit("#", 1)[-1], host, data, [_exchange(graph, node) for node in requests])


def _exchange(graph: Graph, node: Node) -> Exchange:
    response = graph.value(node, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    return Exchange(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        _headers(graph, node),
        _body(graph, node),
        frozenset(str(status).removeprefix(str(HTS)) for status in graph.objects(response, MF.expectedStatus)),
        None if boolean is None else bool(boolean.toPython()),
        str(found) if (found := graph.value(response, MF.expectedFormat)) else None,
        graph.value(response, MF.expectedLocation) is not None,
        _body(graph, response).decode() or None,
    )


def _headers(graph: Graph, node: Node) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    fields = Collection(graph, listed) if listed else []
    return {str(graph.value(f, HT.fieldName)).lower(): str(graph.value(f, HT.fieldValue)) for f in fields}


def _body(graph: Graph, node: Node) -> bytes:
    body = graph.value(node, HT.body)
    if body is None:
        return b""
    return str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))


def replay(case: Case) -> list[str]:
    """What differs from what the test expects, in a store of its own; nothing where it passes."""
    store, location, wrong = Store(), "", []
    for name, file in case.data.items():
        triples = parse(path=str(file), format=RdfFormat.N_TRIPLES)
        store.extend(Quad(t.subject, t.predicate, t.object, NamedNode(name)) for t in triples)
    state = State(Settings(hosts=frozenset({case.host}), token=TOKEN, writable=True), Direct(store))
    for exchange in case.exchanges:
        response = respond(_request(case, exchange, location), state)
        location = response.header("Location") if exchange.location else location
        wrong += [f"{exchange.method} {exchange.path}: {fault}" for fault in faults(exchange, response)]
    return wrong


def _request(case: Case, exchange: Exchange, location: str) -> Request:
    """The request with our own paths, and the token that a write needs."""
    path = exchange.path.replace("$LOCATION$", quote(location, safe=""))
    own = next(path.replace(theirs, ours, 1) for theirs, ours in ENDPOINTS.items() if path.startswith(theirs))
    below, _, query = own.partition("?")
    headers = {"host": case.host, "authorization": f"Bearer {TOKEN}", **exchange.headers}
    body = exchange.body.replace(b"$LOCATION$", location.encode())
    return Request(exchange.method, below, query, headers, body)


def faults(exchange: Exchange, response: Response) -> list[str]:
    """In what a response differs from the expected one."""
    wrong = []
    if not any(fits(response.status, status) for status in exchange.statuses):
        wrong.append(f"status {response.status} {response.body!r}, expected {sorted(exchange.statuses)}")
    kind = response.header("Content-Type").partition(";")[0]
    if exchange.format and kind not in FORMATS[exchange.format]:
        wrong.append(f"{kind} is not {exchange.format}")
    if exchange.boolean is not None and f'"boolean":{str(exchange.boolean).lower()}'.encode() not in response.body:
        wrong.append(f"{response.body!r} is not {exchange.boolean}")
    if exchange.location and not response.header("Location"):
        wrong.append("no Location")
    if exchange.graph and not same(exchange.graph, response):
        wrong.append(f"another graph: {response.body.decode()}")
    return wrong


def fits(status: int, expected: str) -> bool:
    if expected.startswith("StatusCode"):
        return str(status)[0] == expected[len("StatusCode")]
    return CODES[expected] == status


def same(turtle: str, response: Response) -> bool:
    kind = response.header("Content-Type").partition(";")[0]
    expected, found = (Graph().parse(data=d, format=f) for d, f in ((turtle, "turtle"), (response.body, kind)))
    return isomorphic(expected, found)


