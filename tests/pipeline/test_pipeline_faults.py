"""Disks that are full or read-only, stores cut short or of another version, two at once, broken inputs: a line each."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest

from killing import QUIET, dataset, malformed, put
from project import environment, kg_command, run_kg

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def start(tmp_path_factory) -> Path:
    """A graph of eight texts, and beside it fourteen more to add."""
    top = tmp_path_factory.mktemp("faults")
    put(top / "more", range(8, 22))
    assert run_kg("build", put(top / "first", range(8)), "--out", top / "start", *QUIET).returncode == 0
    return top / "start"


@pytest.fixture
def out(start, tmp_path) -> Path:
    return Path(shutil.copytree(start, tmp_path / "out"))


def told(done, code: int, words: str) -> None:
    """That it ended so, with one line that says so."""
    assert (done.returncode, done.stderr.count("\n")) == (code, 1), done.stderr
    assert words in done.stderr
    assert "internal error" not in done.stderr


@pytest.mark.parametrize("most", [0, 5000, 30_000])
def test_a_disk_that_takes_no_more_leaves_the_graph_before(most, start, out):
    """A limit on the size of files refuses a write just as a full disk does, wherever in the command it comes."""
    more = start.parent / "more"
    done = subprocess.run(
        kg_command("add", more, "--graph", out, *QUIET), env=environment(), capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    told(done, 5, "make room")
    assert dataset(out) == dataset(start)
    assert not list(out.glob(".next*"))
    assert run_kg("add", more, "--graph", out, *QUIET).returncode == 0
    assert dataset(out) != dataset(start)


@pytest.fixture
def read_only(out):
    """The graph where nobody may write."""
    paths = [out, *out.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield out
    for path in paths:
        path.chmod(0o755)


def bound() -> None:
    """Take away what lets root write where it may not: CAP_DAC_OVERRIDE, which goes for good by prctl(2)."""
    if os.geteuid() == 0:
        assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0


def run_bound(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`kg` by a user to whom read-only is read-only."""
    env = environment(PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run(kg_command(*arguments), env=env, capture_output=True, text=True, preexec_fn=bound)


def test_a_read_only_folder_is_read_and_not_written(read_only, start):
    asked = run_bound("query", COUNT, "--graph", read_only, "--format", "csv")
    assert (asked.returncode, asked.stderr) == (0, "")
    held = run_bound("validate", "--store", "--graph", read_only)
    assert json.loads(held.stdout)["dataset"] == dataset(start)
    texts = read_only / "texts"
    for command in (("add", texts, "--graph", read_only), ("build", texts, "--out", read_only, *QUIET)):
        told(run_bound(*command), 5, "Permission denied")
    assert dataset(read_only) == dataset(start)


def cut(file: Path, part: float) -> None:
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])


@pytest.mark.parametrize(
    ("kind", "part"), [("*.sst", 0), ("*.sst", 0.99), ("MANIFEST-*", 0.5), ("MANIFEST-*", 0.99), ("CURRENT", 0.5)]
)
def test_a_store_that_is_cut_short_is_told_and_made_again(kind, part, out, start):
    cut(sorted((out / "store").glob(f"*/{kind}"))[-1], part)
    told(run_kg("query", COUNT, "--graph", out), 5, "build the graph again")
    told(run_kg("validate", "--store", "--graph", out), 5, "build the graph again")
    assert run_kg("build", start.parent / "first", "--out", out, *QUIET).returncode == 0
    assert dataset(out) == dataset(start)


def other_version(manifest: Path) -> None:
    manifest.write_text(json.dumps({**json.loads(manifest.read_text("utf-8")), "format": 99}), "utf-8")


@pytest.mark.parametrize("spoil", [other_version, lambda file: cut(file, 0.5)], ids=["other version", "cut short"])
def test_a_graph_that_cannot_be_understood_is_refused_and_not_misread(spoil, out, start):
    spoil(out / "manifest.json")
    commands = [
        ("query", COUNT, "--graph", out), ("validate", "--store", "--graph", out), ("stats", "--graph", out),
        ("add", start.parent / "more", "--graph", out), ("build", start.parent / "first", "--out", out, *QUIET),
    ]  # fmt: skip
    for command in commands:
        told(run_kg(*command), 5, "move it away and build the graph again")
    (out / "manifest.json").unlink()
    assert run_kg("build", start.parent / "first", "--out", out, *QUIET).returncode == 0
    assert dataset(out) == dataset(start)


def test_two_at_once_do_not_mix(tmp_path):
    """While one writes, another is refused in one line; then it goes through."""
    from kg.pipeline import making

    put(tmp_path / "in", range(3))
    out = tmp_path / "out"
    with making.writing(out):
        told(run_kg("add", tmp_path / "in", "--graph", out, *QUIET), 5, "another build is writing here")
    assert run_kg("add", tmp_path / "in", "--graph", out, *QUIET).returncode == 0


def test_a_tenth_of_malformed_inputs_is_named_and_the_rest_is_in(tmp_path):
    """100 among 900; bench/kills.py has 1,000 among 9,000."""
    done, unnamed, documents = malformed(tmp_path, good=900, bad=100)
    assert (done.returncode, unnamed, documents) == (3, [], 900)
    notes = [line for line in done.stderr.splitlines() if "bad" not in line]  # one project's name in three cities
    assert done.stderr.count("\n") - len(notes) == 100
    assert all(line.startswith("kg: kept apart: project/") for line in notes)
