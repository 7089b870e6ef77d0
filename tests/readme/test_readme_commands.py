"""What the READMEs and `make` tell people to type works, and prints what they say it prints."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from project import ROOT, environment

READMES = ("README.md", "README.zh.md")
BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


def sessions(name: str) -> list[tuple[str, str]]:
    """Each `$ command` of the console blocks with the lines printed under it."""
    found = []
    for block in BLOCK.findall((ROOT / name).read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = command[:-1] + more.strip()
            found.append((command, output.strip()))
    return found


CASES = [pytest.param(*session, id=f"{name}: {session[0][:50]}") for name in READMES for session in sessions(name)]


@pytest.fixture(scope="module")
def place(tmp_path_factory, seed_build) -> Path:
    """A folder like a checkout in which `make graph` has run, and in which commands may write."""
    folder = tmp_path_factory.mktemp("readme") / "checkout"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(seed_build, folder / "exports")
    return folder


def typed(command: str, folder: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """A line as a shell runs it, with `kg` and `python` those of this environment, and no browser opened."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, line in {"kg": f'exec "{sys.executable}" -m kg "$@"', "python": f'exec "{sys.executable}" "$@"'}.items():
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (programs / name).chmod(0o755)
    env = environment(LANG="en_US.UTF-8", BROWSER="true")
    env["PATH"] = f"{programs}:{env['PATH']}"
    return subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(("command", "output"), CASES)
def test_what_the_readme_shows_is_what_comes(command, output, place, tmp_path):
    if shlex.split(command)[0] in {"make", "pip", "git"}:
        pytest.fail("show what installs in a block that is not `console`: it is not run here")
    done = typed(command, place, tmp_path)
    assert done.returncode == 0, done.stderr
    if output:
        assert done.stdout.strip() == output


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_runs(name, place, tmp_path):
    code = "\n".join(PYTHON.findall((ROOT / name).read_text("utf-8")))
    assert "kg.build" in code
    (place / "example.py").write_text(code, "utf-8")
    done = typed("python example.py", place, tmp_path)
    assert done.returncode == 0, done.stderr


def test_both_languages_show_the_same_commands():
    assert [command for command, _ in sessions("README.md")] == [command for command, _ in sessions("README.zh.md")]
    assert len(sessions("README.md")) >= 5


@pytest.mark.parametrize("line", (ROOT / "docs" / "samples.txt").read_text("utf-8").splitlines())
def test_the_samples_that_make_prints_find_something(line, place, tmp_path):
    done = typed(line, place, tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().splitlines()) >= 2


def test_make_graph_builds_validates_and_says_where_to_look(tmp_path):
    """In a copy of what is committed, with this environment in place of a new one."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "seeds", "docs/samples.txt"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', "utf-8")
    (venv / "bin" / "kg").chmod(0o755)
    command = ["make", "graph", f"VENV={venv}", "-o", f"{venv}/.runtime"]
    (venv / ".runtime").touch()
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "exports" / "graph.ttl").is_file()
    assert "graph.html" in done.stdout
    assert len(re.findall(r"^  \S+/kg query ", done.stdout, re.M)) == 3
