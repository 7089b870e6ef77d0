"""What 100 × kill -9, 1,000 broken files among 9,000 sound ones, and a full file system leave of a corpus.

    python bench/kills.py [KILLS] [SOUND BROKEN]        (100, 9000 and 1000 without)

The kills are those of tests/pipeline/test_pipeline_kills.py, which has 20, on a larger graph; the moments are seeded.
The full file systems are of a size that is set (tmpfs), and need the right to mount; without it they are left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "pipeline")]

from killing import NAMES, QUIET, dataset, malformed, operations, tried  # noqa: E402
from project import run_kg  # noqa: E402

OLD, NEW = 30, 60
ROOMS = (8, 64, 128, 256, 512, 768, 1024, 1536, 2048, 4096)
"""kB that a file system has beside the graph before."""


def kills(top: Path, number: int) -> None:
    start, found = operations(top, old=OLD, new=NEW)
    seen: Counter[tuple[str, str, bool, bool]] = Counter()
    for at in range(number):
        operation = found[NAMES[at % len(NAMES)]]
        killed = tried(at, start, operation, top / "out")
        went_on = killed.dataset == operation.after and killed.next_code in (0, int(operation.name == "withdraw"))
        seen[killed.name, killed.left, killed.halfway, went_on] += 1
        shutil.rmtree(top / "out")
    print(f"## {number} × kill -9, a graph of {OLD} texts\n")
    print("| command | kills | earlier graph | later graph | with an unfinished one beside | next command went on |")
    print("|---|---|---|---|---|---|")
    for name in NAMES:
        rows = {key: count for key, count in seen.items() if key[0] == name}
        parts = [sum(c for key, c in rows.items() if key[at] == value) for at, value in _COLUMNS]
        print(f"| {name} | {sum(rows.values())} | {' | '.join(map(str, parts))} |")


_COLUMNS = ((1, "old"), (1, "new"), (2, True), (3, True))


def broken(top: Path, good: int, bad: int) -> None:
    began = time.monotonic()
    done, unnamed, documents = malformed(top, good=good, bad=bad)
    print(f"\n## {bad:,} broken files among {good:,} sound ones\n")
    took = time.monotonic() - began
    print(f"{documents:,} texts in the graph, {bad - len(unnamed):,} named, exit {done.returncode}, {took:.0f} s.")


def full(top: Path) -> None:
    """An addition on file systems of several sizes: what it says, and what the graph is afterwards."""
    start, found = operations(top)
    size = int(subprocess.run(["du", "-sk", start], capture_output=True, text=True, check=True).stdout.split()[0])
    print("\n## A file system with so much room\n\n| kB | exit code | graph | said |\n|---|---|---|---|")
    disk = top / "disk"
    disk.mkdir()
    for room in ROOMS:
        options = f"size={size + room}k"
        if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True).returncode:
            print("| | | no right to mount | |")
            return
        try:
            done = run_kg(*found["add"].on(Path(shutil.copytree(start, disk / "out"))), *QUIET)
            left = {dataset(start): "earlier", found["add"].after: "later"}[dataset(disk / "out")]
            said = "No space left on device" if "No space left" in done.stderr else done.stderr.strip()
            print(f"| {room} | {done.returncode} | {left} | {said.replace(str(disk), '…')} |")
        finally:
            subprocess.run(["umount", disk], check=True)


def main() -> None:
    numbers = [int(argument) for argument in sys.argv[1:]]
    print("# Faults: what is left of a corpus\n\nWritten by `bench/kills.py`.\n")
    for work in (
        lambda top: kills(top, numbers[0] if numbers else 100),
        lambda top: broken(top, *(numbers[1:3] or (9000, 1000))),
        full,
    ):
        with tempfile.TemporaryDirectory() as top:
            work(Path(top))


if __name__ == "__main__":
    main()
