"""No query opens a connection: every way to write SERVICE is refused, what only looks like it is not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pyoxigraph import Store

from kg.answers import guard
from kg.answers.query import ask
from kg.errors import UsageError

CALLS = {
    "plain": "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "silent run together": "SELECT * { SERVICESILENT<{url}>{ ?s ?p ?o } }",
    "odd case": "SELECT * { sErViCe <{url}> { ?s ?p ?o } }",
    "no white space": "SELECT*{SERVICE<{url}>{?s ?p ?o}}",
    "line breaks": "SELECT * {\n SERVICE\r\n\t<{url}>\n{ ?s ?p ?o } }",
    "comment between": "SELECT * { SERVICE # <x> {\n <{url}> { ?s ?p ?o } }",
    "after a comment": "SELECT * { # 'quiet\n SERVICE <{url}> { ?s ?p ?o } }",
    "after a string": "SELECT * { ?s ?p '#' . SERVICE <{url}> { ?s ?p ?o } }",
    "after an escaped quote": r"SELECT * { ?s ?p '\'' . SERVICE <{url}> { ?s ?p ?o } }",
    "after a long string": "SELECT * { ?s ?p '''it's \"#''' . SERVICE <{url}> { ?s ?p ?o } }",
    "after an IRI with a hash": "SELECT * { ?s <urn:a#b> ?o . SERVICE <{url}> { ?s ?p ?o } }",
    "after an escaped hash in a name": r"SELECT * { ?s zg:a\#b ?o . SERVICE <{url}> { ?s ?p ?o } }",
    "after a comparison": "SELECT * { FILTER(1<2) SERVICE <{url}> { ?s ?p ?o } }",
    "variable": "SELECT * { VALUES ?e { <{url}> } SERVICE ?e { ?s ?p ?o } }",
    "prefixed": "PREFIX x: <{url}> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "empty prefix run together": "PREFIX : <{url}> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "run into a number": "SELECT * { OPTIONAL { ?s ?p 1SERVICE <{url}> { ?s ?p ?o } } }",
    "run into a word": "SELECT * { OPTIONAL { ?s ?p trueSERVICE <{url}> { ?s ?p ?o } } }",
    "subquery": "SELECT * { { SELECT ?s { SERVICE <{url}> { ?s ?p ?o } } } }",
    "optional": "SELECT * { OPTIONAL { SERVICE <{url}> { ?s ?p ?o } } }",
    "exists": "SELECT * { FILTER EXISTS { SERVICE <{url}> { ?s ?p ?o } } }",
    "graph": "SELECT * { GRAPH ?g { SERVICE <{url}> { ?s ?p ?o } } }",
    "nested": "SELECT * { SERVICE <{url}> { SERVICE <{url}> { ?s ?p ?o } } }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <{url}> { ?s ?p ?o } }",
    "ask": "ASK { SERVICE <{url}> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s { SERVICE <{url}> { ?s ?p ?o } }",
    "load": "LOAD <{url}>",
    "load silent": "# quiet\nload silent <{url}> into graph <urn:g>",
    "load after a prologue": "PREFIX zg: <urn:x> LOAD <{url}>",
    "insert": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "insert from service": "INSERT { ?s ?p ?o } WHERE { SERVICE <{url}> { ?s ?p ?o } }",
    "from": "SELECT * FROM <{url}> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <{url}> { GRAPH ?g { ?s ?p ?o } }",
}
HARMLESS = [
    "SELECT * { ?service ?p ?o }",
    "SELECT * { ?s schema:service ?o }",
    "SELECT * { ?s schema:service ?o { ?o a zg:Zone } }",
    "SELECT * { ?s ?p 'SERVICE <http://localhost/> {}' }",
    "SELECT * { ?s ?p \"\"\"say \"SERVICE\" <x> {\"\"\" }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://localhost/> {",
    "SELECT * { ?s <http://localhost/SERVICE#SERVICE> ?o }",
    "SELECT * { ?s ?p 'a'@service }",
    "PREFIX service: <urn:x:> SELECT * { ?s service:name ?o }",
    "SELECT (COUNT(*) AS ?load) { ?s ?p ?o }",
    "SELECT * { ?s a zg:SERVICE , <urn:insert> }",
]


@dataclass
class Listener:
    """A socket that nobody should connect to."""

    server: socket.socket

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/sparql"

    def calls(self) -> int:
        """How many connected: those who stand before a caller of our own in the queue."""
        count = 0
        with socket.create_connection(self.server.getsockname()) as own:
            while True:
                connection, address = self.server.accept()
                connection.close()
                if address == own.getsockname():
                    return count
                count += 1


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        yield Listener(server)


def tried(query: str) -> None:
    """Ask, and fetch what would only then be computed."""
    answer = ask(Store(), query)
    for _ in answer if hasattr(answer, "__iter__") else ():
        break


@pytest.mark.parametrize("query", CALLS.values(), ids=CALLS)
def test_no_connection_is_made(query, listener):
    query = query.replace("{url}", listener.url)
    if "FROM" in query:
        tried(query)  # names a graph of the store, and nothing is fetched
    else:
        with pytest.raises(UsageError, match=r"SERVICE|LOAD|INSERT"):
            tried(query)
    assert listener.calls() == 0


def test_the_listener_would_hear_a_call(listener):
    """Without the guard Oxigraph does connect: the test above could fail."""
    query = f"SELECT * {{ SERVICE SILENT <{listener.url}> {{ ?s ?p ?o }} }}"
    asking = threading.Thread(target=lambda: list(Store().query(query)), daemon=True)
    asking.start()
    asking.join(0.3)
    assert listener.calls() == 1
    listener.server.close()
    asking.join(5)


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_like_a_call_is_answered(query):
    tried(query)


@pytest.mark.parametrize(("query", "expected"), [
    ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
    ("SELECT * { ?from ?p 'FROM' } # FROM", False),
])  # fmt: skip
def test_a_query_that_names_its_graphs_is_known(query, expected):
    assert guard.names_dataset(query) is expected
