"""Every command says what it does, and its examples work as they stand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli.main import COMMANDS, app
from kg.cli.reference import reference
from project import ROOT, environment

EXAMPLES = [(name, example) for name in COMMANDS for example in app.get_command(click.Context(app), name).examples]
# A gold file for the invented text that the examples of `kg evaluate` score.
TEXT = "白鹿湾科技园位于浙江省。\n"
GOLD = {
    "doc": "white",
    "entities": [
        {"id": "z", "type": "Zone", "name": "白鹿湾科技园", "aliases": []},
        {"id": "p", "type": "Place", "name": "浙江省", "aliases": []},
    ],
    "relations": [["z", "locatedIn", "p"]],
    "observations": [],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory, seed_build) -> Path:
    """A folder with what the examples name: seeds, their graph in exports, a gold file with its text."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(seed_build, folder / "exports")
    (folder / "gold").mkdir()
    (folder / "gold" / "white.json").write_text(json.dumps(GOLD), "utf-8")
    (folder / "texts").mkdir()
    (folder / "texts" / "white.txt").write_text(TEXT, "utf-8")
    (folder / "bin").mkdir()
    program = folder / "bin" / "kg"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', "utf-8")
    program.chmod(0o755)
    return folder


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = environment(LANG="en_US.UTF-8")
    env["PATH"] = f"{folder / 'bin'}{os.pathsep}{env['PATH']}"
    return subprocess.run(line, shell=True, cwd=folder, env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_the_examples_work(name, example, place):
    done = typed(example, place)
    assert done.returncode == 0, done.stderr
    assert f"kg {name}" in example
    assert done.stdout or "--out" in example


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained(name):
    command = app.get_command(click.Context(app), name)
    assert command.name == name
    assert 15 < len(command.get_short_help_str(60)) < 60
    assert len(command.examples) == 2
    bare = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert bare == []


def test_the_reference_is_fresh():
    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert text == reference(), "run: python -m kg.cli.reference > docs/cli.md"


def test_the_reference_does_not_depend_on_the_terminal():
    code = "from kg.cli.reference import reference; print(reference(), end='')"
    env = environment(COLUMNS="40", LANG="zh_CN.UTF-8")
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
    assert done.stdout == reference()


@pytest.mark.parametrize("code", range(6))
def test_the_reference_lists_every_exit_code(code):
    assert f"\n| {code} | " in reference()
