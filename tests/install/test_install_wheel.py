"""The wheel alone is enough: installed in an environment of its own it builds a text far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import sample
from project import ROOT

pytestmark = pytest.mark.slow
PIP = ("-m", "pip", "--disable-pip-version-check", "-qq")
SIZE = "SELECT (COUNT(*) AS ?n) WHERE { ?zone a zg:Zone }"


def run(*command: str | Path, cwd: Path) -> str:
    """stdout of a command that must succeed, in an environment that knows nothing of the checkout."""
    env = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"} and not k.startswith("KG_")}
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, env=env, timeout=400)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built with the pinned backend of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    return next(folder.glob("zonegraph-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder with the programs of an environment that holds the wheel and its pinned needs."""
    venv = tmp_path_factory.mktemp("away") / "venv"
    run(sys.executable, "-m", "venv", venv, cwd=venv.parent)
    run(venv / "bin" / "python", *PIP, "install", "-c", ROOT / "constraints.txt", wheel, cwd=venv.parent)
    return venv / "bin"


def test_the_wheel_holds_what_ships(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    shipped = subprocess.run(["git", "ls-files", "ontology"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [f for f in shipped.stdout.splitlines() if f"kg/{f}" not in names and (ROOT / f).is_file()] == []
    assert "kg/py.typed" in names
    assert [n for n in names if n.startswith(("tests/", "seeds/", "exports/"))] == []


def test_it_builds_and_answers_elsewhere(installed, tmp_path):
    kg = installed / "kg"
    (tmp_path / "text.txt").write_text(sample.FIRST, "utf-8")
    assert str(ROOT) not in run(installed / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    run(kg, "build", "text.txt", "--out", "graph", cwd=tmp_path)
    assert run(kg, "query", SIZE, "--graph", "graph", "--format", "csv", cwd=tmp_path).splitlines()[1] == "1"
    assert "霁川高新区" in run(kg, "explain", "霁川高新区", "--graph", "graph", cwd=tmp_path)
    run(kg, "validate", "--graph", "graph", cwd=tmp_path)
    run(kg, "export", "--graph", "graph", "--format", "jsonld", "--out", "graph.jsonld", cwd=tmp_path)
    written = {p.name for p in (tmp_path / "graph").iterdir()}
    assert {"graph.ttl", "graph.trig", "graph.html", "manifest.json", "texts"} <= written
    assert (tmp_path / "graph.jsonld").stat().st_size > 1000


def test_it_runs_without_what_tests_need(installed, tmp_path):
    script = "import importlib.util as u; print([n for n in ('pytest', 'hypothesis', 'mypy') if u.find_spec(n)])"
    assert run(installed / "python", "-c", script, cwd=tmp_path).strip() == "[]"
