"""A load sends what differs, may break off at any request, and is taken for whole only when it is."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from functools import cache

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from datasets import dataset, digest, lines
from kg.errors import StoreError
from kg.graph import terms
from kg.store import remote, remote_state
from kg.store.remote_load import load
from kg.store.remote_store import Remote
from project import environment, kg_command, run_kg
from servers import OXIGRAPH, Gate, oxigraph

pytestmark = pytest.mark.skipif(OXIGRAPH is None, reason="no oxigraph server")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as found:
        yield found


@pytest.fixture
def store(url):
    """An empty store."""
    found = Remote(url)
    found.update("DROP ALL")
    yield found
    found.close()


class Sent:
    """What goes out to a store, request by request; ends the load before or after the one of that number."""

    def __init__(self, store: Remote, *, stop: int | None = None, done: bool = False) -> None:
        self.seen: list[str] = []
        self.stop = stop
        store.http.event_hooks = {"request": [self._request], "response": [self._response] if done else []}
        self.done = done

    def _request(self, request: httpx.Request) -> None:
        if request.url.path == "/query":
            return
        if not self.done and len(self.seen) == self.stop:
            raise StoppedError
        graph = request.url.params.get("graph", "").rpartition("#")[2].rpartition("/")[2]
        self.seen.append(f"{request.method} {request.url.path[1:]} {graph}".strip())

    def _response(self, response: httpx.Response) -> None:
        if response.request.url.path != "/query" and len(self.seen) - 1 == self.stop:
            raise StoppedError


class StoppedError(BaseException):
    """The load dies here."""


def documents(count: int) -> list[str]:
    """The keys of a dataset's documents."""
    found = {q.graph_name for q in dataset(count) if isinstance(q.graph_name, NamedNode)} - {terms.INFERRED}
    return sorted(graph.value.rpartition("/")[2] for graph in found)


def test_a_first_load_puts_documents_then_inferred_then_facts_then_the_generation(store):
    sent = Sent(store)
    done = load(store, dataset())
    puts = [f"PUT store {key}" for key in documents(2)]
    assert sent.seen == ["POST update"] * 2 + [*puts, "PUT store inferred", "PUT store facts"] + ["POST update"] * 2
    assert (done.put, done.deleted, done.resumed, done.generation) == (4, 0, False, digest(dataset()))


def test_the_same_again_sends_nothing(store):
    load(store, dataset())
    sent = Sent(store)
    assert load(store, dataset()).put == 0
    assert sent.seen == []


def test_a_document_more_is_one_put_and_the_facts(store):
    load(store, dataset(1))
    sent = Sent(store)
    load(store, dataset(2))
    (new,) = set(documents(2)) - set(documents(1))
    assert [s for s in sent.seen if "store" in s] == [f"PUT store {new}", "PUT store inferred", "PUT store facts"]


def test_a_document_less_is_one_delete_and_the_facts(store):
    load(store, dataset(2))
    sent = Sent(store)
    done = load(store, dataset(1))
    (gone,) = set(documents(2)) - set(documents(1))
    assert [s for s in sent.seen if "store" in s] == [f"DELETE store {gone}", "PUT store inferred", "PUT store facts"]
    assert (done.put, done.deleted) == (2, 1)
    assert lines(store) == lines(dataset(1))


def test_no_document_is_left_of_an_empty_graph(store):
    load(store, dataset(2))
    load(store, dataset(0))
    assert lines(store) == b""
    assert store.generation() == digest(())


REQUESTS = 8


@pytest.mark.parametrize("done", [False, True], ids=["before it is sent", "after it is done"])
@pytest.mark.parametrize("stop", range(REQUESTS))
@pytest.mark.parametrize(("before", "target", "after"), [(0, 2, 2), (2, 1, 1), (1, 2, 1)])
def test_a_load_that_breaks_off_is_seen_and_finished(url, store, before, target, after, stop, done):
    """Wherever it dies, readers get the earlier graph, the later one or a clear line; the next load makes it whole."""
    if before:
        load(store, dataset(before))
    dying = Remote(url)
    Sent(dying, stop=stop, done=done)
    try:
        load(dying, dataset(target))
    except StoppedError:
        pass
    else:
        assert stop >= REQUESTS - 1 or target == 1
    dying.close()
    try:
        assert lines(store) in {lines(dataset(before)), lines(dataset(target))}
    except StoreError as error:
        assert "broke off" in str(error) or (not before and "no graph here" in str(error))
    load(store, dataset(after))
    assert lines(store) == lines(dataset(after))
    left = {row["g"].value for row in store._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert len(left) == 3 + after


def test_a_kill_at_any_moment_leaves_what_the_next_push_finishes(url, store, seed_build):
    """`kg push` in a process of its own, killed after a growing part of the time that it took whole."""
    load(store, dataset(1))
    command = kg_command("push", url, "--graph", seed_build)
    begun = time.monotonic()
    subprocess.run(command, env=environment(), check=True, capture_output=True, timeout=60)
    whole = time.monotonic() - begun
    killed = 0
    for part in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        load(store, dataset(1))
        wait = part * whole
        process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(wait)
        process.kill()
        process.communicate()
        killed += process.returncode < 0
    assert killed
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert store.generation() is not None
    assert run_kg("export", "--graph", url, "--format", "trig").stdout == (seed_build / "graph.trig").read_text("utf-8")


def test_readers_never_see_half_of_each(url, store):
    """One thread loads two graphs in turn; another counts documents and claims in two questions of one query."""
    load(store, dataset(1))
    stop, seen, lines_ = threading.Event(), [], []

    def read() -> None:
        with_own = Remote(url)
        while not stop.is_set():
            try:
                answer = with_own.query(
                    "SELECT (COUNT(DISTINCT ?d) AS ?n) (COUNT(?c) AS ?m) { GRAPH ?d { ?c a zg:Claim } }",
                    prefixes=terms.PREFIXES, default_graph=[terms.FACTS],
                )  # fmt: skip
                seen.append(tuple(int(row[0].value) * 10_000 + int(row[1].value) for row in answer))
            except StoreError as error:
                lines_.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(10):
        load(store, dataset(1 + turn % 2))
    stop.set()
    reader.join()
    claims = [sum(1 for q in dataset(n) if q.object == terms.zg("Claim")) for n in (1, 2)]
    assert set(seen) <= {(10_000 + claims[0],), (20_000 + claims[1],)}
    assert {line.partition(": ")[2].split(";")[0] for line in lines_} <= {"a load broke off here", "is being loaded"}


def test_a_second_load_in_the_middle_of_one_makes_the_first_say_so(url, store):
    first, turned = Remote(url), []

    def interrupt(request: httpx.Request) -> None:
        if request.url.params.get("graph") == terms.FACTS.value and not turned:
            turned.append(True)
            load(store, dataset(1))

    first.http.event_hooks = {"request": [interrupt]}
    with pytest.raises(StoreError, match="another load began meanwhile"):
        load(first, dataset(2))
    with pytest.raises(StoreError, match="broke off"):
        lines(store)
    assert load(first, dataset(2)).resumed
    assert lines(store) == lines(dataset(2))


def test_documents_of_somebody_else_are_taken_along_and_other_graphs_left_alone(store):
    """A document that zg:state does not speak of can only be of a load that died; other graphs are not ours."""
    document = "https://w3id.org/zonegraph/id/document/0123456789abcdef"
    remote.put(store.http, store.endpoint, document, f"<{document}> {terms.TYPE} {terms.zg('Document')} .\n".encode())
    remote.put(store.http, store.endpoint, "urn:example:theirs", b"<urn:a> <urn:b> <urn:c> .\n")
    load(store, dataset(2))
    left = {row["g"].value for row in store._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert document not in left
    assert "urn:example:theirs" in left


def test_a_busy_server_is_asked_again(url, store):
    """Connections that are cut while a load runs cost time, and nothing else."""
    with Gate(url, cut=2) as gate, Remote(gate.url) as through:
        load(through, dataset(2))
    assert lines(store) == lines(dataset(2))


def test_many_documents_go_in_batches(store):
    """More documents than one update marks."""
    count = remote_state.BATCH + 5
    quads = []
    for number in range(count):
        graph = NamedNode(f"https://w3id.org/zonegraph/id/document/{number:016x}")
        quads += [Quad(graph, terms.TYPE, terms.zg("Document"), graph), Quad(graph, terms.PREF_LABEL, terms.text("x"))]
    assert load(store, quads).put == count + 2
    assert lines(store) == lines(quads)
    done = load(store, quads[: 2 * 3])
    assert (done.put, done.deleted) == (1, count - 3)
    assert lines(store) == lines(quads[: 2 * 3])


@cache
def large(documents: int) -> list[Quad]:
    """The dataset with so many more facts that sending all of them again would take long."""
    thing = terms.entity("zone/霁川高新区")
    more = [Quad(thing, terms.zg("note"), Literal(f"“霁川”\n{number} " + "。" * 20)) for number in range(4000)]
    return [*dataset(documents), *more]


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1)])
def test_of_many_facts_those_that_differ_are_sent(store, before, after):
    load(store, large(before))
    sent = Sent(store)
    done = load(store, large(after))
    assert "PUT store facts" not in sent.seen
    assert sent.seen.count("GET store facts") == 1
    assert done.generation == digest(large(after))
    assert lines(store) == lines(large(after))


@pytest.mark.parametrize("done", [False, True], ids=["before it is sent", "after it is done"])
@pytest.mark.parametrize("stop", range(10))
def test_facts_of_which_a_part_was_sent_are_seen_and_finished(url, store, stop, done):
    load(store, large(1))
    dying = Remote(url)
    Sent(dying, stop=stop, done=done)
    with contextlib.suppress(StoppedError):
        load(dying, large(2))
    dying.close()
    try:
        assert lines(store) in {lines(large(1)), lines(large(2))}
    except StoreError as error:
        assert "broke off" in str(error)
    load(store, large(2))
    assert lines(store) == lines(large(2))


def test_facts_that_differ_much_are_put_whole(store):
    load(store, large(2))
    sent = Sent(store)
    few = large(2)[: len(dataset(2)) + 3000]
    load(store, few)
    assert "PUT store facts" in sent.seen
    assert lines(store) == lines(few)
