"""Small functions in small files: the ceilings of the house."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

from project import ROOT

PACKAGE = ROOT / "src" / "kg"
SOURCES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))]
LONGEST_FUNCTION, LONGEST_FILE, MEDIAN_FUNCTION = 60, 400, 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(file: Path) -> list[Function]:
    return [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, Function)]


def length(function: Function) -> int:
    """Lines from `def` to the end, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", WRITTEN, ids=name)
def test_file_is_small(file):
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_FILE
    assert [f"{f.name}: {length(f)} lines" for f in functions(file) if length(f) > LONGEST_FUNCTION] == []


def test_median_function_is_small():
    lengths = [length(f) for file in SOURCES for f in functions(file)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION


def public(file: Path) -> list[Function | ast.ClassDef]:
    """Classes, functions, methods without an underscore; what overrides a base's method inherits its docstring."""
    module = ast.parse(file.read_text("utf-8"))
    classes = [node for node in module.body if isinstance(node, ast.ClassDef) and not node.bases]
    nodes = [*module.body, *(node for each in classes for node in each.body)]
    return [n for n in nodes if isinstance(n, Function | ast.ClassDef) and not n.name.startswith("_")]


def test_every_file_says_what_it_is():
    texts = {name(file): file.read_text("utf-8") for file in SOURCES}
    assert [file for file, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_every_public_function_says_what_it_gives():
    silent = [f"{name(f)}:{n.lineno} {n.name}" for f in SOURCES for n in public(f) if not ast.get_docstring(n)]
    assert silent == []


def test_no_drawer_for_odds_and_ends():
    assert [name(f) for f in SOURCES if f.stem in {"utils", "util", "helpers", "helper", "misc", "common"}] == []
