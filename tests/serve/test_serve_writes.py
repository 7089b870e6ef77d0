"""Writes: what was answered is on the disk whatever is killed when, and readers see whole states."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.graph import write
from kg.store import embedded, generations, lock
from running import BEARER, Running, running, token_file
from test_serve_running import children

KILLS = 3


def item(number: int) -> str:
    return f"INSERT DATA {{ <urn:left> <urn:has> {number} . GRAPH <urn:g> {{ <urn:right> <urn:has> {number} }} }}"


def numbers(folder: Path) -> set[int]:
    """The numbers that the folder's graph has, the same on both sides."""
    store = embedded.open_graph(folder)
    left, right = (
        {int(row["n"].value) for row in store.query(f"SELECT ?n {{ {pattern} }}")}
        for pattern in ("<urn:left> <urn:has> ?n", "GRAPH <urn:g> { <urn:right> <urn:has> ?n }")
    )
    assert left == right
    return left


@pytest.fixture(scope="module")
def server(serve, token) -> Running:
    return serve("--writable", "--token-file", token)


@pytest.fixture(scope="module")
def token(tmp_path_factory) -> Path:
    return token_file(tmp_path_factory.mktemp("token"))


def writing(server: Running, start: int, answered: list[int]) -> None:
    """Write one number after the other until the server is gone."""
    for number in range(start, start + 10_000):
        try:
            if server.update(item(number)).status == 204:
                answered.append(number)
        except (OSError, http.client.HTTPException):
            return


@pytest.mark.slow
def test_what_was_answered_outlives_a_kill(make_folder, token):
    folder, chance, answered = make_folder(), random.Random(5), []
    for round_ in range(KILLS):
        with running(folder, "--writable", "--token-file", token) as server:
            starts = [100_000 * (3 * round_ + i) for i in range(3)]
            threads = [threading.Thread(target=writing, args=(server, start, answered)) for start in starts]
            for thread in threads:
                thread.start()
            before = len(answered)
            while len(answered) < before + 2:
                time.sleep(0.01)
            time.sleep(chance.random() / 2)
            everyone = [server.process.pid, *children(server.process.pid)]
            for process in everyone:
                kill(process)
            for thread in threads:
                thread.join(10)
        generations.recover(folder)
        assert set(answered) <= numbers(folder)
        found = generations.current(folder)
        assert write.serialise(embedded.open_graph(folder), "ttl") == embedded.read(folder, "graph.ttl")
        assert all(embedded.read(folder, name) for name in found.files)
    assert len(answered) >= 2 * KILLS


def kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_the_writer_alone_may_die(server):
    assert server.update(item(1)).status == 204
    below = set(children(server.process.pid))
    commands = {p: Path(f"/proc/{p}/stat").read_text() for p in below}
    assert commands
    # The newest process is the writer, which begins with the first write.
    kill(max(below))
    answers = [server.update(item(number)).status for number in (2, 3)]
    assert answers[1] == 204
    assert server.query("ASK { <urn:left> <urn:has> 1 , 3 }", "application/json").text.count("true") == 1


def test_readers_see_whole_states_while_others_write(server):
    query = "SELECT ?side (COUNT(?n) AS ?c) { { <urn:left> <urn:has> ?n BIND('l' AS ?side) } UNION " \
            "{ GRAPH <urn:g> { <urn:right> <urn:has> ?n } BIND('r' AS ?side) } } GROUP BY ?side"  # fmt: skip
    stop, seen, broken = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            answer = server.query(query)
            if answer.status != 200:
                broken.append(answer)
                continue
            counts = {line.split(",")[1] for line in answer.text.split()[1:]}
            seen.append(max(counts, default="0"))
            if len(counts) > 1:
                broken.append(answer)

    with ThreadPoolExecutor(6) as threads:
        reading = [threads.submit(read) for _ in range(2)]
        done = [one.result() for one in [threads.submit(server.update, item(1000 + n)) for n in range(8)]]
        stop.set()
        for one in reading:
            one.result()
    assert [answer.status for answer in done] == [204] * 8
    assert broken == []
    assert len(set(seen)) > 1, "no reader saw more than one state"


def test_a_write_is_seen_by_the_next_read(server):
    for number in range(5000, 5003):
        assert server.update(item(number)).status == 204
        assert "true" in server.query(f"ASK {{ <urn:left> <urn:has> {number} }}", "application/json").text


def test_the_folder_stays_that_of_a_build(server):
    server.update(item(7))
    found = generations.current(server.folder)
    assert found.more["edits"] >= 1
    assert json.loads(server.ask("GET", "/health").body)["dataset"] == found.dataset
    assert {name.partition("/")[0] for name in found.files} == {"graph.ttl", "graph.trig", "texts"}
    assert not (server.folder / "graph.html").exists()
    trig = embedded.read(server.folder, "graph.trig")
    assert trig == write.serialise(embedded.open_graph(server.folder), "trig")


def test_an_update_that_changes_nothing_makes_no_generation(server):
    server.update(item(8))
    before = generations.current(server.folder)
    assert server.update(item(8)).status == 204
    assert generations.current(server.folder) == before


def test_a_failed_write_leaves_those_beside_it(server):
    with ThreadPoolExecutor(9) as threads:
        texts = [item(9000 + n) if n % 3 else "INSERT DATA { nonsense" for n in range(9)]
        statuses = [one.result().status for one in [threads.submit(server.update, text) for text in texts]]
    assert statuses == [204 if n % 3 else 400 for n in range(9)]
    assert {9000 + n for n in range(9) if n % 3} <= numbers(server.folder)


def test_while_a_build_writes_a_write_comes_back_later(server):
    with lock.locked(server.folder):
        answer = server.update(item(77))
        assert (answer.status, answer.headers["retry-after"]) == (503, "5")
        assert str(server.folder) not in answer.text
    assert server.update(item(78)).status == 204
    assert 77 not in numbers(server.folder)


def test_what_follows_from_a_fact_comes_and_goes_with_it(server):
    zone, there = "<urn:zone>", "<urn:there>"
    asked = f"ASK {{ {there} zg:locationOf {zone} ; a zg:Place . {zone} a schema:Place }}"
    told = f"{zone} zg:locatedIn {there} ; a zg:Zone . {there} a zg:Place"
    assert server.update(f"INSERT DATA {{ {told} }}").status == 204
    assert "true" in server.query(asked, "application/json").text
    assert server.update(f"DELETE DATA {{ {told} }}").status == 204
    left = f"ASK {{ GRAPH ?g {{ {{ {there} ?p ?o }} UNION {{ ?s ?q {there} }} UNION {{ {zone} ?r ?v }} }} }}"
    assert "false" in server.query(left, "application/json").text
    before = generations.current(server.folder)
    assert server.update(f"INSERT DATA {{ GRAPH zg:inferred {{ {zone} zg:near {there} }} }}").status == 204
    assert server.update(item(605)).status == 204
    assert "true" in server.query(f"ASK {{ {zone} zg:near {there} }}", "application/json").text
    assert generations.current(server.folder) != before


def test_a_build_in_between_is_what_is_changed_next(server, sample_quads):
    server.update(item(600))
    generations.commit(server.folder, {}, sample_quads)
    assert server.update(item(601)).status == 204
    assert numbers(server.folder) == {601}


def test_graphs_over_the_wire(server):
    turtle = {"Content-Type": "text/turtle", **BEARER}
    assert server.ask("PUT", "/graph-store?graph=urn:w", turtle, b"<urn:a> <urn:b> 1 .").status == 201
    assert server.ask("POST", "/graph-store?graph=urn:w", turtle, b"<urn:a> <urn:b> 2 .").status == 204
    assert server.ask("GET", "/graph-store?graph=urn:w", {"Accept": "application/n-triples"}).body.count(b"\n") == 2
    made = server.ask("POST", "/graph-store", turtle, b"<urn:a> <urn:b> 3 .")
    assert made.status == 201
    path = made.headers["location"].removeprefix(server.url.rstrip("/"))
    assert server.ask("GET", path, {"Accept": "application/n-triples"}).status == 200
    assert server.ask("DELETE", path, BEARER).status == 204
    assert server.ask("GET", path).status == 404
    assert server.ask("DELETE", "/graph-store?graph=urn:w").status == 401
