"""How `kg serve` carries load: 64 connections, memory before and after, throughput beside `oxigraph serve`.

    python bench/serve.py [--seconds 60] [--connections 64] [--oxigraph PATH] [--quick] > bench/results/serve.md

`oxigraph` is the server of the PyPI package of that name; without it only our own figures are printed. Both servers
answer from the same graph, on the same machine, one after the other. Exit code 1 where a request failed, memory grew by
more than a quarter, or a ratio that is promised (0.8 from 20 ms of engine time on) was missed; `--quick` is what CI
runs: 10 seconds of load, no peer.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.store import generations

ROOT = Path(__file__).resolve().parent.parent
THINGS = 4000
EX = "https://bench.example/"
QUERIES = {
    "tiny (ASK)": "ASK { ?a ?b ?c }",
    "lookup": f"SELECT ?n {{ <{EX}7> <{EX}near>/<{EX}name> ?n }}",
    "count over a join": f"SELECT (COUNT(*) AS ?n) {{ ?a <{EX}near> ?b . ?b <{EX}near> ?c }}",
    "filter and sort": f"SELECT ?a ?n {{ ?a <{EX}name> ?n FILTER(CONTAINS(?n, '7')) }} ORDER BY ?n LIMIT 50",
    "group": f"SELECT ?b (COUNT(?a) AS ?n) {{ ?a <{EX}near> ?b }} GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 20",
}
PROMISED, FROM_MS, GROWTH = 0.8, 20.0, 1.25


@dataclass(frozen=True)
class Load:
    """What came of a run: answers, what failed and how, and the median time of one answer, in milliseconds."""

    answers: int
    failures: tuple[str, ...]
    seconds: float
    median: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def quads() -> list[Quad]:
    """A graph of things with names that are near others."""
    found = []
    for i in range(THINGS):
        thing = NamedNode(f"{EX}{i}")
        found.append(Quad(thing, NamedNode(f"{EX}name"), Literal(f"第{i}号", language="zh")))
        others = [NamedNode(f"{EX}{(i * 7 + k * k) % THINGS}") for k in range(1, 9)]
        found += [Quad(thing, NamedNode(f"{EX}near"), other) for other in others]
    return found


def engine_ms(store: Store, query: str) -> float:
    """The median time of the engine alone, in this process."""
    times = []
    for _ in range(7):
        began = time.perf_counter()
        answer = store.query(query)
        list(answer) if hasattr(answer, "__iter__") else bool(answer)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


@contextmanager
def ours(folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a `kg serve`."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", "0", "--quiet", "--asserted"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        port = int(re.search(r":(\d+)/", process.stderr.readline())[1])  # type: ignore[index]
        try:
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def theirs(program: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process of an `oxigraph serve-read-only`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            time.sleep(2)
            yield port, process.pid
        finally:
            process.kill()


def loaded(port: int, path: str, query: str, connections: int, seconds: float) -> Load:
    """Ask over so many connections for so long."""
    times: list[float] = []
    failures: list[str] = []
    end = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        target, accept = f"{path}?query={quote(query, safe='')}", {"Accept": "application/sparql-results+json"}
        while time.monotonic() < end:
            began = time.perf_counter()
            try:
                connection.request("GET", target, headers=accept)
                response = connection.getresponse()
                response.read()
                if response.status != 200:
                    failures.append(str(response.status))
            except (OSError, http.client.HTTPException) as error:
                failures.append(repr(error))
                connection.close()
            times.append((time.perf_counter() - began) * 1000)

    began = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(len(times), tuple(failures), time.monotonic() - began, statistics.median(times))


def answer(port: int, path: str, query: str) -> bytes:
    """One answer, to compare."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    accept = {"Accept": "application/sparql-results+json"}
    connection.request("GET", f"{path}?query={quote(query, safe='')}", headers=accept)
    return connection.getresponse().read()


def memory(process: int) -> float:
    """Megabytes of the process and those below it; what several share counts once."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has just ended
        return 0.0
    own = next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return own * 1024 / 1e6 + sum(memory(int(child)) for child in below)


def settled(process: int) -> float:
    """The least memory within two seconds: a process that has just been replaced is still there for a moment."""
    found = []
    for _ in range(5):
        found.append(memory(process))
        time.sleep(0.4)
    return min(found)


def endurance(folder: Path, connections: int, seconds: float) -> bool:
    """Whether the server stands a long load of mixed queries without an error and without growing."""
    with ours(folder) as (port, process):
        mixed = QUERIES["filter and sort"]
        loaded(port, "/sparql", mixed, connections, max(2.0, seconds / 6))
        before = settled(process)
        run = loaded(port, "/sparql", mixed, connections, seconds)
        after = settled(process)
    print("# `kg serve` under load\n\nTwo x86-64 cores, shared with the client and other work; written by "
          f"`bench/serve.py`.\n\n{connections} connections, {seconds:g} s, a query that filters and sorts: "
          f"{run.answers} answers, {len(run.failures)} failures, {run.rate:.0f}/s, median {run.median:.0f} ms; "
          f"memory of all processes {before:.0f} MB before and {after:.0f} MB after.\n", flush=True)  # fmt: skip
    for failure, count in Counter(run.failures).most_common(5):
        print(f"{count} times {failure}", file=sys.stderr)
    return not run.failures and after < before * GROWTH


def beside(folder: Path, peer: str, store: Store, seconds: float) -> bool:
    """Whether our throughput keeps what is promised, query by query, over eight connections."""
    kept = True
    place = Path(tempfile.mkdtemp(prefix="bench-oxigraph-"))
    copy = Store(str(place))
    copy.bulk_extend(store)
    copy.flush()
    del copy
    print(f"Eight connections, {seconds:g} s a query, beside `oxigraph serve-read-only`; the goal is a ratio of "
          f"{PROMISED} from {FROM_MS:g} ms of engine time on.\n")  # fmt: skip
    print("| query | engine, ms | kg serve, answers/s | oxigraph, answers/s | ratio |\n|---|---|---|---|---|")
    for name, query in QUERIES.items():
        engine = engine_ms(store, query)
        with ours(folder) as (port, _):
            first = answer(port, "/sparql", query)
            own = loaded(port, "/sparql", query, 8, seconds)
        with theirs(peer, place) as (port, _):
            assert answer(port, "/query", query) == first, f"{name}: the servers do not agree"
            other = loaded(port, "/query", query, 8, seconds)
        ratio = own.rate / other.rate
        failures = f"  failures {len(own.failures)}, {len(other.failures)}" if own.failures or other.failures else ""
        print(f"| {name} | {engine:.1f} | {own.rate:.1f} | {other.rate:.1f} | {ratio:.2f}{failures} |", flush=True)
        kept &= (engine < FROM_MS or ratio >= PROMISED) and not own.failures
    shutil.rmtree(place)
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph"))
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    data = quads()
    store = Store()
    store.bulk_extend(data)
    with tempfile.TemporaryDirectory(prefix="bench-serve-") as aside:
        folder = Path(aside) / "exports"
        generations.commit(folder, {}, data)
        stood = endurance(folder, given.connections, 10 if given.quick else given.seconds)
        if given.quick or not given.oxigraph:
            return 0 if stood else 1
        kept = beside(folder, given.oxigraph, store, min(10.0, given.seconds))
    return 0 if stood and kept else 1


if __name__ == "__main__":
    sys.exit(main())
