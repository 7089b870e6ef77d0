"""Loading and writing beside the engines' own: ratios to pyoxigraph's bulk load and unsorted Turtle, and to rdflib.

    python bench/ratios.py [QUADS]        (200000 without)

The quads are those of bench/validation.py. Processor time, the best of three; rdflib is timed once.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize  # noqa: E402
from validation import graph, repeated  # noqa: E402

from kg.graph import terms, write  # noqa: E402
from kg.store import generations  # noqa: E402


def seconds(work: Callable[[int], object], times: int = 3) -> float:
    """Processor seconds of the best of some runs; each is told its number."""
    found = []
    for run in range(times):
        start = time.process_time()
        work(run)
        found.append(time.process_time() - start)
    return min(found)


def bulk(place: Path, content: bytes) -> None:
    """pyoxigraph's own bulk load, with what makes it last."""
    store = Store(place)
    store.bulk_load(content, RdfFormat.N_QUADS)
    store.flush()


def unsorted_turtle(quads: set[Quad]) -> bytes:
    """pyoxigraph's own Turtle of the same quads."""
    content = io.BytesIO()
    triples = (quad.triple for quad in quads if quad.graph_name != terms.INFERRED)
    serialize(triples, content, RdfFormat.TURTLE, prefixes=dict(terms.PREFIXES))
    return content.getvalue()


def rdflib_turtle(content: bytes) -> float:
    """The seconds that rdflib takes to write the same triples, once it has them."""
    import rdflib

    held = rdflib.Graph().parse(data=content, format="turtle")
    return seconds(lambda _: held.serialize(format="turtle"), times=1)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as top:
        content = "".join(repeated(graph(Path(top)), number)).encode("utf-8")
        quads = write.ordered(parse(content, RdfFormat.N_QUADS))
        folder = Path(top)
        ours = seconds(lambda run: generations.stored(folder / f"ours{run}", write.sliced(quads)))
        theirs = seconds(lambda run: bulk(folder / f"theirs{run}", content))
        given = set(quads)
        turtle = seconds(lambda _: write.serialise(given, "ttl"))
        unsorted = seconds(lambda _: unsorted_turtle(given))
        slow = rdflib_turtle(write.serialise(quads, "ttl"))
    print("# Loading and writing beside the engines' own\n")
    print(f"{number:,} quads, processor seconds on a shared x86-64 machine; written by `bench/ratios.py`.\n")
    print("| ours | s | beside | s | ratio | goal |\n|---|---|---|---|---|---|")
    rows = (
        ("a store of the built quads", ours, "pyoxigraph's bulk load of the same N-Quads", theirs, "≤ 1.5"),
        ("sorted Turtle of unsorted quads", turtle, "pyoxigraph's Turtle, unsorted", unsorted, "≤ 4"),
        ("sorted Turtle of unsorted quads", turtle, "rdflib's Turtle", slow, "≤ 0.125"),
    )
    for name, mine, peer, other, goal in rows:
        print(f"| {name} | {mine:.2f} | {peer} | {other:.2f} | {mine / other:.2f} | {goal} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200_000)
