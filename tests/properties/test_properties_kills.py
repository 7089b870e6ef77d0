"""Law 6: a build that is killed leaves the earlier graph whole, and the next build goes through."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

import sample
from project import build, run_kg, started

KILLS = 20
FILES = ("graph.ttl", "graph.trig", "graph.html", "manifest.json")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def state(folder: Path) -> tuple[str, dict[str, bytes]]:
    """What the store answers, and then the files: any `kg` command first finishes a build that had already counted."""
    return counted(folder), written(folder)


def written(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def counted(folder: Path) -> str:
    """How many triples the store answers with."""
    done = run_kg("query", COUNT, "--graph", folder, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_killed_build_leaves_the_earlier_graph_whole(tmp_path):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(sample.FIRST, "utf-8")
    new.write_text(sample.SECOND, "utf-8")
    out = build(old, out=tmp_path / "out")
    began = time.monotonic()
    other = build(new, out=tmp_path / "other")
    whole = time.monotonic() - began
    states = {"old": state(out), "new": state(other)}
    assert states["old"] != states["new"]
    seen = []
    for kill in range(KILLS):
        source = new if not seen or seen[-1] == "old" else old
        interrupt(source, out, after=whole * chance(kill))
        found = state(out)
        assert found in states.values(), f"kill {kill}: files or store are neither the earlier graph nor the new one"
        seen.append("old" if found == states["old"] else "new")
    assert state(build(new, out=out)) == states["new"]
    assert len(seen) == KILLS


def chance(kill: int) -> float:
    """Scattered over the run, denser towards its end where files are put in place; the same in every run."""
    return 1.1 * (1 - ((kill * 0.618034) % 1) ** 2)


def interrupt(source: Path, out: Path, *, after: float) -> None:
    """`kg build` over an earlier graph, killed after some seconds."""
    command, nothing = ("build", source, "--out", out, "--workers", "1", "--no-validate"), subprocess.DEVNULL
    with started(*command, stdout=nothing, stderr=nothing) as running:
        try:
            running.wait(timeout=after)
        except subprocess.TimeoutExpired:
            running.kill()
