"""kill -9 at any moment of a build, an addition or a withdrawal leaves a whole graph, and the next command goes on."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from project import environment, kg_command, run_kg
from small_texts import text

KILLS = 20
QUIET = ("--no-page", "--no-validate")


def put(folder: Path, numbers) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:02}.txt").write_text(text(number), "utf-8")
    return folder


def dataset(folder: Path) -> str:
    """What `kg validate --store` says the graph is."""
    done = run_kg("validate", "--store", "--graph", folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["dataset"]


@pytest.fixture(scope="module")
def operations(tmp_path_factory):
    """Three commands on copies of one graph, each with the graph before and after it and the seconds it takes."""
    top = tmp_path_factory.mktemp("kills")
    first, more = put(top / "first", range(8)), put(top / "more", range(8, 14))
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
        found[name] = (command, dataset(start), dataset(out), time.monotonic() - began)
    return start, found


@pytest.mark.slow
@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_leaves_the_graph_before_or_after(number, operations, tmp_path):
    start, found = operations
    chance = random.Random(number)
    name = ("build", "add", "withdraw")[number % 3]
    command, before, after, seconds = found[name]
    out = tmp_path / "out"
    shutil.copytree(start, out)
    arguments = [str(part).format(out=out) for part in command]
    # Most of the time goes into starting Python; the second half of it is where files change.
    _killed_after(chance.uniform(0.3, 1.0) * seconds, arguments)
    left = dataset(out)
    assert left in (before, after)
    # What was withdrawn before the kill is no longer there to be withdrawn: the answer is no, 1.
    assert run_kg(*arguments).returncode == (name == "withdraw" and left == after)
    assert dataset(out) == after


def _killed_after(seconds: float, arguments: list[str]) -> None:
    """Start `kg`, and end it in that moment unless it was faster."""
    with subprocess.Popen(kg_command(*arguments), env=environment(), stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, start_new_session=True) as running:  # fmt: skip
        try:
            running.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)


def test_two_at_once_do_not_mix(tmp_path):
    """While one writes, another is refused in one line; then it goes through."""
    from kg.pipeline import making

    put(tmp_path / "in", range(3))
    out = tmp_path / "out"
    with making.writing(out):
        done = run_kg("add", tmp_path / "in", "--graph", out, *QUIET)
    assert done.returncode == 5
    assert done.stderr.count("\n") == 1
    assert "another build is writing here" in done.stderr
    assert run_kg("add", tmp_path / "in", "--graph", out, *QUIET).returncode == 0


def test_a_broken_store_is_told(tmp_path):
    put(tmp_path / "in", range(3))
    out = tmp_path / "out"
    assert run_kg("add", tmp_path / "in", "--graph", out, *QUIET).returncode == 0
    (table,) = sorted((out / "store").glob("*/*.sst"))[:1]
    table.write_bytes(table.read_bytes()[:-200])
    done = run_kg("validate", "--store", "--graph", out)
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)
    assert "build the graph again" in done.stderr
    assert run_kg("add", tmp_path / "in", "--graph", out, *QUIET).returncode == 0
    assert run_kg("validate", "--store", "--graph", out).returncode == 0
