"""Who may ask what: hosts, tokens, pages from elsewhere, proxies, connections to elsewhere."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from urllib.parse import quote

import pytest
from pyoxigraph import Store

from inprocess import ASK, HOST, READING, ROWS, TOKEN, TTL, WRITING, asked, kind, sent, updated, written
from kg.errors import UsageError
from kg.serve import outside, settings
from kg.serve.direct import Direct
from kg.serve.messages import Request
from kg.serve.protocol import respond
from kg.serve.state import State

INSERT = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


@pytest.mark.parametrize(("host", "status"), [
    (HOST, 200), (HOST.upper(), 200), ("localhost", 421), ("localhost:80", 421), ("evil.example", 421),
    ("evil.example:7878", 421), ("127.0.0.1:7878", 421), ("localhost:7878.evil.example", 421), ("", 421),
    ("localhost:7878, evil.example", 421),
])  # fmt: skip
def test_a_host_that_is_not_ours_is_refused(state, host, status):
    for target in ("/sparql", "/health", "/id/zone/x", "/nothing"):
        response = sent(state, "GET", target, host=host)
        assert (response.status == 421) is (status == 421)
    assert sent(state, "GET", "/sparql", host=host).status == status


@pytest.mark.parametrize(("address", "names", "host", "answered"), [
    ("127.0.0.1", (), "127.0.0.1:7878", True),
    ("127.0.0.1", (), "localhost:7878", True),
    ("127.0.0.1", (), "[::1]:7878", True),
    ("::1", (), "localhost:7878", True),
    ("127.0.0.1", (), "10.0.0.1:7878", False),
    ("127.0.0.1", ("kg.example",), "kg.example", True),
    ("127.0.0.1", ("kg.example",), "kg.example:7878", False),
    ("127.0.0.1", ("kg.example:8443",), "kg.example:8443", True),
    ("0.0.0.0", (), "10.0.0.1:7878", True),
    ("0.0.0.0", (), "[fe80::1]:7878", True),
    ("0.0.0.0", (), "10.0.0.1", False),
    ("0.0.0.0", (), "evil.example:7878", False),
    ("10.0.0.1", (), "10.0.0.1:7878", True),
    ("10.0.0.1", (), "localhost:7878", False),
])  # fmt: skip
def test_hosts_follow_from_what_is_bound(sample_store, address, names, host, answered):
    port = 7878 if settings.everywhere(address) else None
    known = replace(READING, hosts=settings.hosts(address, 7878, names), any_port=port)
    assert (sent(State(known, Direct(sample_store)), "GET", "/sparql", host=host).status == 200) is answered


@pytest.mark.parametrize(("target", "method"), [
    ("/sparql", "POST"), ("/graph-store?default", "PUT"), ("/graph-store?graph=urn:g", "POST"),
    ("/graph-store/x", "DELETE"),
])  # fmt: skip
def test_a_server_that_only_reads_refuses_to_write(state, target, method):
    assert written(state, method, target, INSERT.encode(), content_type="application/sparql-update").status == 403


@pytest.mark.parametrize("authorization", [
    "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}",
    f"Bearer {TOKEN} {TOKEN}", "Bearer \udcff",
])  # fmt: skip
def test_a_write_needs_the_token(writable, authorization):
    response = updated(writable, INSERT, authorization=authorization)
    assert response.status == 401
    assert response.header("WWW-Authenticate") == "Bearer"
    assert TOKEN.encode() not in response.body
    assert b"false" in asked(writable, "ASK { <urn:a> ?p ?o }").body


def test_with_the_token_it_is_done(writable):
    assert updated(writable, INSERT).status == 204
    assert updated(writable, INSERT, authorization=f"bearer {TOKEN}").status == 204


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://localhost"},
    {"origin": f"https://{HOST}"}, {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"},
])  # fmt: skip
def test_a_page_from_elsewhere_may_not_write(writable, headers):
    assert updated(writable, INSERT, **headers).status == 403
    assert written(writable, "DELETE", "/graph-store?default", **headers).status == 403


@pytest.mark.parametrize("headers", [{"origin": f"http://{HOST}"}, {"sec_fetch_site": "same-origin"},
                                     {"sec_fetch_site": "none"}])  # fmt: skip
def test_our_own_page_may(writable, headers):
    assert updated(writable, INSERT, **headers).status == 204


def test_reading_from_elsewhere_needs_the_token_too(sample_store):
    closed = State(replace(READING, token=TOKEN, open=False), Direct(sample_store))
    things = ["/id/valley/x", f"/document/{'0' * 64}"]
    for target in (f"/sparql?query={quote(ROWS)}", "/sparql", "/graph-store?default", *things):
        assert sent(closed, "GET", target).status == 401
        assert sent(closed, "GET", target, authorization=f"Bearer {TOKEN}").status in (200, 404)
    assert sent(closed, "GET", "/health").status == 200


# --- CORS

PAGE = "https://page.example"


def cors(response) -> dict[str, str]:
    return {name: value for name, value in response.headers if name.startswith("Access-Control")}


def test_without_being_asked_no_page_may_read(state):
    assert cors(asked(state, ASK, origin=PAGE)) == {}
    preflight = sent(state, "OPTIONS", "/sparql", origin=PAGE, access_control_request_method="POST")
    assert (preflight.status, cors(preflight)) == (204, {})
    assert preflight.header("Allow") == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(("listed", "origin", "expected"), [
    ({PAGE}, PAGE, PAGE), ({PAGE}, "https://other.example", None), ({"*"}, PAGE, "*"), ({"*"}, "null", "*"),
    ({"*", PAGE}, PAGE, PAGE), ({PAGE}, "", None), ({PAGE}, "https://page.example.evil", None),
])  # fmt: skip
def test_listed_pages_may_read(sample_store, listed, origin, expected):
    state = State(replace(READING, origins=frozenset(listed)), Direct(sample_store))
    response = asked(state, ASK, origin=origin)
    assert cors(response).get("Access-Control-Allow-Origin") == expected
    assert "Origin" in response.header("Vary")
    assert "Access-Control-Allow-Credentials" not in cors(response)


def test_only_a_page_that_is_named_may_write(sample_store):
    for listed, status, methods in [(PAGE, 204, "PUT"), ("*", 403, "GET")]:
        state = State(replace(WRITING, origins=frozenset({listed})), Direct(sample_store))
        assert updated(state, INSERT, origin=PAGE).status == status
        preflight = sent(state, "OPTIONS", "/graph-store", origin=PAGE, access_control_request_method="PUT")
        told = cors(preflight)
        assert methods in told["Access-Control-Allow-Methods"].split(", ")
        assert ("PUT" in told["Access-Control-Allow-Methods"]) is (listed == PAGE)
        assert ("Authorization" in told["Access-Control-Allow-Headers"]) is (listed == PAGE)


# --- behind a proxy

FORWARDED = {"x_forwarded_host": "kg.example", "x_forwarded_proto": "https", "x_forwarded_prefix": "/kg"}


def base_of(state: State, target: str = "/sparql", **headers: str) -> str:
    """The root of the server's addresses as its description has them."""
    body = sent(state, "GET", target, accept="application/n-triples", **headers).body.decode()
    return body.partition("service-description#endpoint> <")[2].partition("/sparql>")[0]


def test_a_proxy_that_is_not_known_is_not_believed(state):
    assert base_of(state, **FORWARDED) == f"http://{HOST}"


def test_a_known_proxy_says_how_the_server_is_seen(sample_store):
    known = replace(READING, hosts=frozenset({"kg.example"}), proxies=frozenset({"127.0.0.1"}))
    state = State(known, Direct(sample_store))
    assert base_of(state, **FORWARDED) == "https://kg.example/kg"
    assert base_of(state, "/kg/sparql", **FORWARDED) == "https://kg.example/kg"
    assert sent(state, "GET", "/sparql", **{**FORWARDED, "x_forwarded_host": "evil.example"}).status == 421
    assert sent(state, "GET", "/sparql", **{**FORWARDED, "x_forwarded_prefix": '/"><script>'}).status == 400
    elsewhere = Request("GET", "/sparql", "", {"host": HOST, "x-forwarded-host": "kg.example"}, peer="10.0.0.9")
    assert respond(elsewhere, state).status == 421


@pytest.mark.parametrize("target", ["/sparql", "/kg/sparql"])
def test_a_prefix_stands_before_every_address(sample_store, target):
    state = State(replace(WRITING, prefix="/kg"), Direct(sample_store))
    assert base_of(state, target) == f"http://{HOST}/kg"
    assert b'action="/kg/sparql"' in sent(state, "GET", target, accept="text/html").body
    assert sent(state, "GET", "/kg/id/valley/" + quote("澄湖算谷")).status == 200
    assert kind(sent(state, "GET", "/kg/id/valley/" + quote("澄湖算谷"))) == TTL
    made = written(state, "POST", "/kg/graph-store")
    assert made.header("Location").startswith(f"http://{HOST}/kg/graph-store/")
    assert sent(state, "GET", "/kg/graph-store/" + made.header("Location").rsplit("/", 1)[1]).status == 200
    assert sent(state, "GET", "/kgx/sparql").status == 404


# --- no connection to elsewhere

@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def heard(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except TimeoutError:
        return False
    return True


CALLS = [
    "INSERT { ?s ?p ?o } WHERE { SERVICE <{url}> { ?s ?p ?o } }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } WHERE { OPTIONAL { SERVICE <{url}> { ?s ?p ?o } } }",
    "LOAD <{url}>",
    "load silent <{url}> into graph <urn:g>",
    "LOADSILENT<{url}>",
    "PREFIX x: <{url}> LOAD x:",
    "PREFIX x: <{url}> LOADx:",
    "PREFIX : <{url}> LOAD:",
    "INSERT DATA { <urn:a> <urn:b> 1 } ;LOAD <{url}>",
    "# nothing\nLOAD # at all\n<{url}>",
]


@pytest.mark.parametrize("update", CALLS)
def test_no_update_opens_a_connection(writable, listener, update):
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    assert updated(writable, update.replace("{url}", url)).status in (400, 403)
    assert not heard(listener)
    assert b"false" in asked(writable, "ASK { <urn:a> ?p ?o }").body


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <{url}> {} }", "SELECT * { SERVICE SILENT <{url}> {} }",
                                   "ASK { VALUES ?u { <{url}> } SERVICE ?u {} }"])  # fmt: skip
def test_no_query_opens_one(state, listener, query):
    response = asked(state, query.replace("{url}", f"http://127.0.0.1:{listener.getsockname()[1]}/x"))
    assert (response.status, b"SERVICE" in response.body) == (403, True)
    assert not heard(listener)


def test_a_listed_host_is_reached_and_no_other(sample_store, listener):
    here = f"127.0.0.1:{listener.getsockname()[1]}"
    state = State(replace(WRITING, outside=frozenset({here})), Direct(sample_store))
    listener.settimeout(5)
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.05)
        there = f"http://127.0.0.1:{other.getsockname()[1]}/x"
        for query in ("SERVICE <{url}> {}", "VALUES ?u { <{url}> } SERVICE ?u {}", "SERVICE <http://a@{here}> {}"):
            assert asked(state, f"ASK {{ {query.replace('{url}', there).replace('{here}', here)} }}").status == 403
        for update in CALLS:
            assert updated(state, update.replace("{url}", there)).status in (400, 403)
        assert not heard(other)
    answers: list = []
    asking = threading.Thread(target=lambda: answers.append(asked(state, f"ASK {{ SERVICE <http://{here}/x> {{}} }}")))
    asking.start()
    assert heard(listener)
    asking.join(10)
    assert answers[0].status == 502


@pytest.mark.parametrize(("make", "value"), [
    (settings.prefix, "kg"), (settings.prefix, "/a b"), (settings.prefix, '/"'), (settings.origin, "page.example"),
    (settings.origin, "https://page.example/path"), (outside.reachable, "http://x"), (outside.reachable, "a/b"),
    (lambda text: settings.hosts("127.0.0.1", 1, (text,)), "http://x"),
    (lambda text: settings.token(text, "f"), "short"),
    (lambda text: settings.token(text, "f"), "two tokens that are long"),
])  # fmt: skip
def test_a_setting_that_means_nothing_is_refused(make, value):
    with pytest.raises(UsageError):
        make(value)


def test_the_empty_store_is_a_graph_too():
    assert asked(State(READING, Direct(Store())), ROWS).status == 200
