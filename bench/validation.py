"""What it costs to validate 100,000 and 1,000,000 triples, beside pySHACL.

    python bench/validation.py [TRIPLES…]        (100000 and 1000000 without; pySHACL at the first only)

The graph is that of 350 made texts (bench/corpus.py) again and again, each time with other names of things; one figure
in a thousand is broken, and so is the end where the last round is cut, so that there is something to complain of. Each
engine runs in a process of its own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

TEXTS = 350
_NAMES = re.compile(r"(zonegraph/id/[a-z]+/)")
ENGINES = ("native", "reference", "changed")


def graph(folder: Path) -> str:
    """The N-Quads of some made texts."""
    from corpus import texts
    from kg.graph.write import serialise
    from kg.pipeline.build import build
    from kg.store.embedded import open_graph

    (folder / "in").mkdir()
    for at, text in enumerate(texts(TEXTS)):
        (folder / "in" / f"{at:05}.txt").write_text(text, "utf-8")
    build([str(folder / "in")], out=folder / "out", workers=2, check=False)
    return serialise(open_graph(folder / "out"), "nq").decode("utf-8")


def repeated(content: str, triples: int) -> Iterator[str]:
    """So many lines of it, each round with other names, one figure in a thousand without its wording."""
    lines = content.splitlines(keepends=True)
    for at in range(0, triples, len(lines)):
        part = [line for line in lines[: triples - at] if not _dropped(line)]
        yield _NAMES.sub(rf"\g<1>n{at}-", "".join(part))


def _dropped(line: str) -> bool:
    """Whether this is the wording of one figure in a thousand."""
    return "#valueText> " in line and zlib.crc32(line.encode("utf-8")) % 1000 == 0


def work(engine: str, file: str) -> None:
    """One engine over one file: prints processor seconds, MiB more than before, complaints."""
    from pyoxigraph import RdfFormat, Store, parse

    from kg.graph import shacl, shapes, touched

    store = Store()
    store.bulk_load(path=file, format=RdfFormat.N_QUADS)
    quads = list(parse(path=file, format=RdfFormat.N_QUADS)) if engine == "reference" else store
    shacl.messages()
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak begins anew: loading has a higher one
    before, start = _peak(), time.process_time()
    if engine == "changed":
        nodes = touched.touched(store, list(store.quads_for_pattern(None, None, None, _a_document(store))))
        found = shapes.validate_nodes(store, nodes).results
    else:
        found = tuple(getattr(shacl, engine)(quads))
    print(f"{time.process_time() - start:.2f} {_peak() - before:.0f} {len(found)}")


def _a_document(store: object) -> object:
    """The graph of one text, in the middle of all."""
    graphs = sorted(store.named_graphs(), key=str)  # type: ignore[attr-defined]
    return graphs[len(graphs) // 2]


def _peak() -> float:
    (line,) = [x for x in Path("/proc/self/status").read_text("ascii").splitlines() if x.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def measured(engine: str, file: Path) -> list[str]:
    done = subprocess.run([sys.executable, __file__, engine, str(file)], capture_output=True, text=True, check=True)
    return done.stdout.split()


def main(sizes: list[int]) -> None:
    print("# Validating: the engine beside pySHACL\n")
    print("Processor time of one process on a shared x86-64 machine; written by `bench/validation.py`. Memory is how")
    print("much the peak rises above the store with the quads. One text more is what its own graph touches.\n")
    print("| triples | engine | processor s | MiB more | complaints |\n|---|---|---|---|---|")
    names = {"native": "shacl (wheel), all", "reference": "pySHACL, all", "changed": "shacl (wheel), one text more"}
    with tempfile.TemporaryDirectory() as top:
        content = graph(Path(top))
        for size in sizes:
            file = Path(top) / f"{size}.nq"
            file.write_text("".join(repeated(content, size)), "utf-8")
            for engine in ENGINES:
                if engine != "reference" or size == sizes[0]:
                    seconds, memory, found = measured(engine, file)
                    print(f"| {size:,} | {names[engine]} | {seconds} | {memory} | {found} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in ENGINES:
        work(*sys.argv[1:3])
    else:
        main([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000])
