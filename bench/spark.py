"""What a build on Spark costs, and what its driver holds: the same texts as bench/corpus.py, at several sizes.

    python bench/spark.py [SIZE…] [--master URL] [--local]        (100 and 1000 without sizes)

Prints one row a size: seconds in all and of each step, processor seconds of all processes, kilobytes of names that came
to the driver and the driver's peak memory; then what ten million texts would cost by the last two rows. With --local
the local engine is built as well, and the datasets' hashes are compared.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

from corpus import texts  # noqa: E402
from kg.pipeline import spark  # noqa: E402
from kg.pipeline.build import build  # noqa: E402
from kg.store import generations  # noqa: E402

MANY = 10_000_000
COLUMNS = ("documents", "seconds", *spark.STEPS, "processor", "names_kb", "driver_mb", "statements")
Row = dict[str, float]


class Clock(threading.Thread):
    """Processor seconds of this process and all that it started, also of those that have ended."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: dict[int, float] = {}
        self.over = threading.Event()

    def run(self) -> None:
        here = psutil.Process()
        while not self.over.wait(0.3):
            for process in (here, *here.children(recursive=True)):
                try:
                    used = process.cpu_times()
                    self.seen[process.pid] = used.user + used.system
                except psutil.Error:
                    continue


def measured(number: int, master: str, top: Path, *, local: bool) -> Row:
    """One build of that size."""
    file = top / f"{number}.jsonl"
    rows = ({"id": str(at), "date": "2025-01", "text": text} for at, text in enumerate(texts(number)))
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    begun: list[tuple[str, float]] = []
    clock = Clock()
    clock.start()
    start = time.perf_counter()
    built = spark.build(
        [str(file)], out=top / f"spark{number}", master=master,
        progress=lambda step, done, total: begun.append((step, time.perf_counter())),
    )  # fmt: skip
    end = time.perf_counter()
    clock.over.set()
    clock.join()
    if local:
        build([str(file)], out=top / f"local{number}", workers=None, check=False)
        same = generations.current(top / f"local{number}").dataset == built.dataset
        print(f"{number} texts: the local engine's dataset is {'the same' if same else 'ANOTHER'}", flush=True)
    ends = [*(at for _, at in begun[1:]), end]
    steps = {step: ends[at] - began for at, (step, began) in enumerate(begun)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "documents": number, "seconds": end - start, **steps, "processor": sum(clock.seen.values()),
        "names_kb": built.names / 1024, "driver_mb": peak, "statements": built.quads,
    }  # fmt: skip


def extrapolated(rows: list[Row]) -> str:
    """What many texts would cost, along the line through the last two sizes."""
    a, b = rows[-2:]
    grown = b["documents"] - a["documents"]
    per = {name: (b[name] - a[name]) / grown for name in ("processor", "names_kb")}
    hours, giga = per["processor"] * MANY / 3600, per["names_kb"] * MANY / 1024**2
    return f"{MANY:,} such texts: {hours:,.0f} processor hours, {giga:,.0f} GB of names in the driver"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--local", action="store_true")
    given = parser.parse_args()
    rows = []
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    with tempfile.TemporaryDirectory() as top:
        for number in given.sizes:
            rows.append(measured(number, given.master, Path(top), local=given.local))
            print("| " + " | ".join(f"{rows[-1][name]:.1f}" for name in COLUMNS) + " |", flush=True)
    if len(rows) > 1:
        print(extrapolated(rows))


if __name__ == "__main__":
    main()
