"""How the page of `kg view` behaves with 5,000 nodes, 10,000 relations and 10,000 claims, in the installed Chromium.

    python bench/page.py [--runs 3] [--page FILE] [--nodes 5000] > bench/results/page.md

Prints each figure beside its goal. The graph is made up, always the same one (tests/browser/large.py). `--page` keeps
the page, `--nodes` makes a larger or smaller graph, with two relations a node and a claim for each. Exit code 1 where a
goal is missed: the figures are those of a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / name) for name in ("src", "tests", "tests/browser")]

import large  # noqa: E402
import pace  # noqa: E402
from chromium import browser  # noqa: E402
from kg import rules  # noqa: E402
from kg.pages.graph_page import page  # noqa: E402


def main() -> int:
    """The table on stdout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--nodes", type=int, default=large.NODES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.page or Path(folder) / "graph.html"
        seconds, busy = build(file, options.nodes)
        with browser() as tab:
            tab.size(1280, 800)
            found = pace.paces(tab, file.resolve().as_uri(), options.runs)
        found |= {"file": file.stat().st_size / 1e6, "build": seconds}
    print(report(found, options.runs, options.nodes))
    print(f"\nOf the seconds of the build {busy:.1f} were the processor's; the rest went to other programs.")
    return int(any(pace.missed(name, value) for name, value in found.items()))


def build(file: Path, nodes: int) -> tuple[float, float]:
    """Writes the page; the seconds that takes from the quads on, by the clock and of the processor."""
    quads, known = large.quads(nodes, 2 * nodes), rules.load()
    start, busy = time.perf_counter(), time.process_time()
    file.write_text(page(quads, known), encoding="utf-8", newline="")
    return time.perf_counter() - start, time.process_time() - busy


def report(found: dict[str, float], runs: int, nodes: int) -> str:
    """The figures as Markdown."""
    head = (
        f"# The graph page at {nodes:,} nodes, {2 * nodes:,} relations, {2 * nodes:,} claims",
        "",
        f"Made by `python bench/page.py`; medians over {runs} runs, headless Chromium, no GPU, 1280x800, "
        f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}. "
        "From an act (a click, a key) to the end of the frame that shows what came of it.",
        "",
        "| figure | measured | goal | met |",
        "|---|---|---|---|",
    )
    return "\n".join([*head, *(pace.row(name, found[name]) for name in pace.GOALS)])


if __name__ == "__main__":
    sys.exit(main())
