"""Requests to the server as a function, without a socket."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from kg.serve.messages import Request, Response
from kg.serve.protocol import respond
from kg.serve.settings import Settings
from kg.serve.state import State

HOST = "localhost:7878"
TOKEN = "a-token-of-the-tests"
READING = Settings(hosts=frozenset({HOST}))
WRITING = replace(READING, writable=True, token=TOKEN)
ROWS, ASK = "SELECT ?n { ?v a zg:Valley ; skos:prefLabel ?n }", "ASK { ?v a zg:Valley }"
GRAPH = "CONSTRUCT { ?v a zg:Valley } { ?v a zg:Valley }"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TURTLE = b"<urn:a> <urn:b> <urn:c> ."
JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv; charset=utf-8"
TTL, NT, RDF, LD = "text/turtle; charset=utf-8", "application/n-triples", "application/rdf+xml", "application/ld+json"
HTML = "text/html; charset=utf-8"


def sent(state: State, method: str, target: str, body: bytes = b"", **headers: str) -> Response:
    """The response to a request; headers are given with `_` for `-`."""
    path, _, query = target.partition("?")
    given = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return respond(Request(method, path, query, given, body), state)


def asked(state: State, query: str, **headers: str) -> Response:
    return sent(state, "GET", f"/sparql?query={quote(query, safe='')}", **headers)


def written(state: State, method: str, target: str, body: bytes = TURTLE, **headers: str) -> Response:
    given = {"content_type": "text/turtle", "authorization": f"Bearer {TOKEN}", **headers}
    return sent(state, method, target, body, **given)


def updated(state: State, text: str, **more: str) -> Response:
    """The response to an update with its token."""
    return written(state, "POST", "/sparql", text.encode(), content_type="application/sparql-update", **more)


def kind(response: Response) -> str:
    return response.header("Content-Type")
