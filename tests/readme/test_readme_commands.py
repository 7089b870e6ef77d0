"""What the READMEs and `make` tell people to type works, and prints what they say it prints."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import readmes
from project import ROOT, environment

PYTHON = re.compile(r"^```python\n(.*?)^```", re.M | re.S)
CASES = [pytest.param(*s, id=f"{name}: {s[0][:50]}") for name in readmes.READMES for s in readmes.shown(name)]


@pytest.fixture(scope="module")
def place(tmp_path_factory, seed_build) -> Path:
    return readmes.checkout(tmp_path_factory.mktemp("readme") / "checkout", seed_build)


@pytest.mark.parametrize(("command", "output"), CASES)
def test_what_the_readme_shows_is_what_comes(command, output, place):
    done = readmes.typed(command, place)
    assert done.returncode == 0, done.stderr
    assert not output or done.stdout.strip() == output, "run: python tests/readme/readmes.py"


@pytest.mark.parametrize("name", readmes.READMES)
def test_the_python_example_runs(name, place):
    code = "\n".join(PYTHON.findall((ROOT / name).read_text("utf-8")))
    assert "kg.build" in code
    (place / "example.py").write_text(code, "utf-8")
    done = readmes.typed("python example.py", place)
    assert done.returncode == 0, done.stderr


def test_both_languages_show_the_same_commands():
    english, chinese = (readmes.shown(name) for name in readmes.READMES)
    assert english == chinese
    assert len(english) >= 5


@pytest.fixture(scope="module")
def score_table(seed_build, shared, tmp_path_factory) -> str:
    return readmes.score_table(seed_build, tmp_path_factory.mktemp("twins"))


@pytest.mark.parametrize("name", readmes.READMES)
def test_the_scores_are_those_of_this_build(name, score_table):
    table = readmes.SCORES.search((ROOT / name).read_text("utf-8"))
    assert table is not None
    assert table[0] == score_table, "run: python tests/readme/readmes.py"


@pytest.mark.parametrize("line", (ROOT / "docs" / "samples.txt").read_text("utf-8").splitlines())
def test_the_samples_that_make_prints_find_something(line, place):
    done = readmes.typed(line, place)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().splitlines()) >= 2


NEEDED = ("Makefile", "pyproject.toml", "constraints.txt", "seeds", "docs/samples.txt")


def test_make_graph_builds_validates_and_says_where_to_look(tmp_path):
    """In a copy of what is committed, with this environment in place of a new one."""
    for name in NEEDED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', "utf-8")
    (venv / "bin" / "kg").chmod(0o755)
    (venv / ".runtime").touch()
    command = ["make", "graph", f"VENV={venv}", "-o", f"{venv}/.runtime"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "exports" / "graph.ttl").is_file()
    assert "graph.html" in done.stdout
    assert len(re.findall(r"^  \S+/kg query ", done.stdout, re.M)) == 3


@pytest.mark.parametrize("target", ["graph", "test", "check", "picture", "bench", "constraints"])
def test_make_knows_its_targets(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_inside_the_repository_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
