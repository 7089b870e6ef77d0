"""Slow and endless queries: each ends at its limit, none keeps others waiting, and too many are refused."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from running import BEARER, ENDLESS, Running, token_file

LIMIT = 2.0
CYCLE = "INSERT DATA { " + " ".join(f"<urn:n{i}> <urn:next> <urn:n{(i * 7 + k) % 400}> ." for i in range(400)
                                    for k in range(8)) + " }"  # fmt: skip
SLOW = {
    "cartesian product": ENDLESS,
    "paths over cycles": "SELECT (COUNT(*) AS ?n) "
                         "{ ?a <urn:next>* ?b . ?b (<urn:next>|^<urn:next>)+ ?c . ?c <urn:next>+ ?d }",
    "growing text": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l "
                    "BIND(SHA512(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) AS ?x) FILTER(?x = '') }",
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i ?l LIMIT 1",
    "regex": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), "
             "'^(([a-z])+.)+[A-Z]([a-z])+$')) ?j ?k ?l }",
}  # fmt: skip


@pytest.fixture(scope="module")
def server(serve, tmp_path_factory) -> Running:
    """With a graph that has cycles, a short limit, and room for two slow queries."""
    options = ("--timeout", str(LIMIT), "--queries", "2", "--slow-queries", "2", "--memory", "1500")
    server = serve("--writable", "--token-file", token_file(tmp_path_factory.mktemp("token")), *options)
    assert server.update(CYCLE).status == 204
    return server


def quick(server: Running) -> float:
    answer = server.query("ASK { ?v a zg:Valley }", "application/json")
    assert answer.status == 200
    return answer.seconds


def test_endless_queries_end_and_the_others_go_on(server):
    """Two at a time, since more would be refused; each either has its time or eats its memory, and never answers."""
    names = list(SLOW)
    for pair in (names[:2], names[2:4], names[4:]):
        with ThreadPoolExecutor(4) as threads:
            slow = [threads.submit(server.query, SLOW[name]) for name in pair]
            waits = []
            while not all(one.done() for one in slow):
                waits.append(quick(server))
                time.sleep(0.05)
        answers = [one.result() for one in slow]
        assert [a.status for a in answers] == [504 if a.seconds >= LIMIT - 0.1 else 422 for a in answers], pair
        assert all(a.seconds < LIMIT + 2 for a in answers), pair
        assert len(waits) > 10
        assert sorted(waits)[len(waits) // 2] < 0.5, pair
        assert max(waits) < LIMIT, pair


def test_a_regex_built_to_explode_does_not():
    """Oxigraph's regexes take linear time, and refuse to grow beyond a size."""
    from pyoxigraph import Store

    began = time.monotonic()
    for pattern in ("(a+)+$", "^(((a|a|aa)*)*)*b$", "((((a{100}){100}){100}){100})"):
        assert list(Store().query(f'SELECT * {{ FILTER(REGEX("{"a" * 20000}!", "{pattern}")) }}')) == []
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("text", ["<" + "\\<" * 400_000, "a." * 800_000, '"' + '\\"' * 400_000])
def test_a_text_that_takes_long_to_split_into_words_blocks_nobody(server, text):
    """They take Python's regular expressions a time that grows with the square of their length."""
    given = {"Content-Type": "application/sparql-query"}
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(server.ask, "POST", "/sparql", given, f"SELECT * {{ {text}".encode())
        time.sleep(0.2)
        assert quick(server) < 1
        assert slow.result().status in (400, 504)
    assert quick(server) < 1


def test_too_many_slow_queries_are_refused(server):
    with ThreadPoolExecutor(8) as threads:
        answers = [one.result() for one in [threads.submit(server.query, ENDLESS) for _ in range(6)]]
    refused = [a for a in answers if a.status == 503]
    assert sorted({a.status for a in answers}) == [503, 504]
    # Two are let on; when they end, one of those that began after them may just find their place.
    assert 2 <= len(refused) <= 4
    assert all(a.headers["retry-after"] == "5" and a.seconds < LIMIT + 1 for a in refused)
    assert quick(server) < 1


def test_too_many_at_once_are_refused(serve):
    server = serve("--timeout", "2", "--queries", "1", "--slow-queries", "0", "--waiting", "1")
    with ThreadPoolExecutor(8) as threads:
        answers = [one.result() for one in [threads.submit(server.query, ENDLESS) for _ in range(6)]]
    # One runs and one waits for it; on a busy machine they come to their limit before they have computed for a second.
    refused = [a for a in answers if a.status == 503]
    assert {a.status for a in answers} <= {503, 504}
    assert len(refused) >= 4
    assert min(a.seconds for a in refused) < 0.5
    assert quick(server) < 1


def test_a_query_that_eats_memory_ends_alone(server):
    all_text = "GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g)))"
    answer = server.query(f"SELECT ({all_text} AS ?x) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}")
    assert answer.status in (422, 504)
    assert quick(server) < 1


def test_an_endless_update_ends_and_changes_nothing(server):
    before = server.ask("GET", "/health").body
    began = time.monotonic()
    pattern = ENDLESS.partition("{")[2].rpartition("}")[0]
    update = f"INSERT {{ <urn:x> <urn:y> ?n }} WHERE {{ {pattern} BIND(1 AS ?n) }}"
    answers: list = []
    slow = threading.Thread(target=lambda: answers.append(server.update(update)))
    slow.start()
    time.sleep(0.3)
    # Behind it in the line: it is not lost when the writer is ended and begun anew.
    assert server.update("INSERT DATA { <urn:behind> <urn:b> 1 }").status == 204
    slow.join(10)
    assert answers[0].status == 504
    assert time.monotonic() - began < 2 * LIMIT + 2
    left = server.query("ASK { <urn:behind> <urn:b> 1 FILTER NOT EXISTS { <urn:x> ?p ?o } }", "application/json")
    assert b"true" in left.body
    assert server.ask("GET", "/health").body != before


def test_a_client_that_goes_away_frees_its_place(server):
    for _ in range(3):
        with pytest.raises(TimeoutError):
            server.query(ENDLESS, timeout=1.2)
    time.sleep(0.4)
    with ThreadPoolExecutor(2) as threads:
        answers = [one.result() for one in [threads.submit(server.query, ENDLESS) for _ in range(2)]]
    assert [a.status for a in answers] == [504, 504]


def test_an_answer_above_the_limit_is_refused_over_the_wire(serve):
    server = serve("--max-result", "1")
    answer = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000")
    assert (answer.status, "1,048,576 bytes" in answer.text) == (422, True)
    assert server.ask("GET", "/graph-store?default", BEARER).status == 200
