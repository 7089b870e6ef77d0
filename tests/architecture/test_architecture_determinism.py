"""Nothing in the package asks the clock, chance, or the order of a set."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from project import ROOT

SOURCES = sorted((ROOT / "src" / "kg").rglob("*.py"))
CLOCK = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.time_ns",
         "time.localtime", "time.gmtime", "time.ctime", "os.urandom"}
# The ledger alone tells when something was read; it stands outside the graph and every hash.
TELLS_WHEN = ("pipeline/ledger.py",)
# Progress on a terminal and time limits measure durations; they may use a monotonic clock, never the date.


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def clock_calls(file: Path) -> list[str]:
    if file.as_posix().endswith(TELLS_WHEN):
        return []
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [f"{file.relative_to(ROOT)}:{c.lineno}" for c in calls if ".".join(dotted(c.func).split(".")[-2:]) in CLOCK]


def is_set(node: ast.expr) -> bool:
    made = isinstance(node, ast.Call) and dotted(node.func) in {"set", "frozenset"}
    return made or isinstance(node, ast.Set | ast.SetComp)


def loops_over_sets(file: Path) -> list[str]:
    """Loops and list-making straight over a set: their order hangs on the hash seed."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.For) and is_set(node.iter):
            found.append(node.lineno)
        if isinstance(node, ast.ListComp) and any(is_set(g.iter) for g in node.generators):
            found.append(node.lineno)
        if isinstance(node, ast.Call) and dotted(node.func) in {"list", "tuple", "enumerate"}:
            found += [node.lineno for argument in node.args if is_set(argument)]
    return [f"{file.relative_to(ROOT)}:{line}" for line in found]


@pytest.mark.parametrize("smell", [clock_calls, loops_over_sets])
def test_results_hang_on_inputs_alone(smell):
    assert [place for file in SOURCES for place in smell(file)] == []


def test_the_smells_are_smelt(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    file = tmp_path / "bad.py"
    file.write_text("a = datetime.now()\nb = list({1, 2})\nfor c in set(b): pass\nd = [x for x in {1}]\n", "utf-8")
    assert clock_calls(file) == ["bad.py:1"]
    assert sorted(loops_over_sets(file)) == ["bad.py:2", "bad.py:3", "bad.py:4"]
