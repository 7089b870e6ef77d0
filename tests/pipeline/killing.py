"""Commands that are killed at random moments of a corpus, as the tests and bench/kills.py do it."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from project import run_kg, started
from small_texts import text

QUIET = ("--no-page", "--no-validate")
_NAME = re.compile(r"bad\d{5}\.\w+")
LONGEST_COMMIT = 0.25
"""Seconds that the last part of a command may take, in which it writes the new graph aside and puts it in place."""
NAMES = ("build", "add", "withdraw")


@dataclass(frozen=True, slots=True)
class Operation:
    """A command on a copy of the start: the graph that it leaves, and the seconds it takes."""

    name: str
    command: tuple[str | Path, ...]
    after: str
    seconds: float

    def on(self, out: Path) -> list[str]:
        return [str(part).format(out=out) for part in self.command]


@dataclass(frozen=True, slots=True)
class Killed:
    """What a kill left: `old` or `new` graph, whether files of an unfinished one lay there, and what came next."""

    name: str
    left: str
    halfway: bool
    next_code: int
    dataset: str


def put(folder: Path, numbers: Iterable[int]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:02}.txt").write_text(text(number), "utf-8")
    return folder


def dataset(folder: Path) -> str:
    """What `kg validate --store` says the graph is."""
    done = run_kg("validate", "--store", "--graph", folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["dataset"]


def operations(top: Path, *, old: int = 8, new: int = 14) -> tuple[Path, dict[str, Operation]]:
    """A graph of some texts, and three commands on it."""
    first, more = put(top / "first", range(old)), put(top / "more", range(old, new))
    start = top / "start"
    assert run_kg("build", first, "--out", start, *QUIET).returncode == 0
    commands = {
        "build": ("build", more, "--out", "{out}", *QUIET),
        "add": ("add", more, "--graph", "{out}", *QUIET),
        "withdraw": ("withdraw", first / "03.txt", "--graph", "{out}", *QUIET),
    }
    found = {}
    for name, command in commands.items():
        out = top / name
        shutil.copytree(start, out)
        began = time.monotonic()
        assert run_kg(*(str(part).format(out=out) for part in command)).returncode == 0
        found[name] = Operation(name, command, dataset(out), time.monotonic() - began)
    return start, found


def tried(number: int, start: Path, operation: Operation, out: Path) -> Killed:
    """Kill the operation on a copy of the start at that number's moment, and do it once more."""
    shutil.copytree(start, out)
    chance = random.Random(number)
    if chance.random() < 0.5:
        # Most of the time goes into starting Python; the second half of it is where files change.
        _killed(operation.on(out), lambda: None, chance.uniform(0.3, 1.0) * operation.seconds)
    else:
        _killed(operation.on(out), lambda: any(out.glob(".next*")), chance.uniform(0, LONGEST_COMMIT))
    halfway = any(out.glob(".next*"))
    left = {dataset(start): "old", operation.after: "new"}[dataset(out)]
    again = run_kg(*operation.on(out))
    return Killed(operation.name, left, halfway, again.returncode, dataset(out))


def _killed(arguments: list[str], begun: Callable[[], bool | None], seconds: float) -> None:
    """Start `kg`, and end it so long after it has begun what is awaited, unless it was faster."""
    with started(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while begun() is False and running.poll() is None:
            time.sleep(0.001)
        try:
            running.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)


_BROKEN = {
    ".txt": (b"", b"\0" * 40, b"\xff\xfe\xff", b"  \n", b"\x81\x20\x81", b"\xef\xbb\xbf", b"\x1f\x8b\x08cut"),
    ".jsonl": (b'{"text": "cut', b"[]", b'{"id": 1}'),
    ".html": (b"", b"<html><p></p></html>"),
    ".zip": (b"PK",),
}


def malformed(top: Path, *, good: int, bad: int) -> tuple[subprocess.CompletedProcess[str], list[str], int]:
    """`kg add` of a folder with so many sound and broken files; broken ones not named, and texts in the graph."""
    folder = put(top / "in", range(good))
    kinds = [(ending, data) for ending, some in _BROKEN.items() for data in some]
    broken = {f"bad{n:05}{kinds[n % len(kinds)][0]}": kinds[n % len(kinds)][1] for n in range(bad)}
    for name, data in broken.items():
        (folder / name).write_bytes(data)
    done = run_kg("add", folder, "--graph", top / "out", *QUIET, timeout=3600)
    named = {name for line in done.stderr.splitlines() for name in _NAME.findall(line)}
    manifest = json.loads((top / "out" / "manifest.json").read_text("utf-8"))
    return done, sorted(set(broken) - named), len(manifest["documents"])
