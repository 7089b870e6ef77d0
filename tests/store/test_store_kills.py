"""A commit that is killed leaves the earlier graph or the later one, whole, for whoever opens the folder next."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.graph import write
from kg.store import embedded, generations
from sample import summed

KILLS = 20
LOOP = """
import itertools, sys
from pathlib import Path
import sample
from kg.graph import assemble, write
from kg.rules import Rules
from kg.store import generations

def dataset(readings):
    quads = assemble.quads(readings, sample.sample_resolution(readings), Rules({}, (), {}))
    files = {f"graph.{form}": write.serialise(quads, form) for form in ("ttl", "trig", "nq")}
    texts = {f"texts/{r.document.sha256}.txt": r.document.text.encode() for r in readings}
    return {**files, **texts}, quads

both = sample.sample_extractions()
sets = [dataset(both), dataset(both[1:])]
print("ready", flush=True)
for files, quads in itertools.cycle(sets):
    generations.commit(Path(sys.argv[1]), files, quads)
    print("done", flush=True)
"""


def killed(folder: Path, commits: int, part: float) -> None:
    """A process that commits two datasets in turn, killed after some commits and a part of the time one takes."""
    command = [sys.executable, "-c", LOOP, str(folder)]
    with subprocess.Popen(command, env={"PYTHONPATH": ":".join(sys.path)}, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ready\n"
        began = time.monotonic()
        for _ in range(commits):
            assert process.stdout.readline() == b"done\n"
        time.sleep(part * (time.monotonic() - began) / commits)
        process.kill()


def agreed(folder: Path) -> str:
    """The dataset's hash, once all files, the texts and the store were found to be those that the manifest names."""
    found = generations.current(folder)
    for name, digest in found.files.items():
        assert hashlib.sha256(embedded.read(folder, name)).hexdigest() == digest, name
    quads = write.serialise(embedded.open_graph(folder), "nq")
    assert summed(quads) == found.dataset
    assert quads == embedded.read(folder, "graph.nq")
    return found.dataset


@pytest.mark.slow
def test_twenty_kills_leave_a_whole_graph(tmp_path):
    chance, seen, stages = random.Random(20250220), set(), set()
    for _ in range(KILLS):
        killed(tmp_path, chance.randint(1, 2), chance.random())
        stages |= {path.name.rstrip("0123456789") for path in tmp_path.glob(".next*")}
        before = agreed_unrecovered(tmp_path)
        generations.recover(tmp_path)
        assert agreed(tmp_path) == before
        assert not list(tmp_path.glob(".next*"))
        names = {f"texts/{path.name}" for path in (tmp_path / "texts").iterdir()}
        assert names == {name for name in generations.current(tmp_path).files if name.startswith("texts/")}
        assert [path.name for path in (tmp_path / "store").iterdir()] == [generations.current(tmp_path).store]
        seen.add(before)
    assert len(seen) == 2, "both datasets were found at some kill"
    assert stages, "some kill hit a commit"


def agreed_unrecovered(folder: Path) -> str:
    """What a reader finds who may not write: the files as `located` shows them, before anything is mended."""
    found = generations.current(folder)
    for name, digest in found.files.items():
        assert hashlib.sha256(embedded.read(folder, name)).hexdigest() == digest, name
    assert generations.located(folder, f"store/{found.store}").is_dir()
    return found.dataset
