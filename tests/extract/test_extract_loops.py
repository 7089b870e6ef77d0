"""No text holds up the reading: every loop of every regular expression is cut in one way."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from loops import loops, slow, units
from project import ROOT, environment

# All that reading texts compiles, at import and when a text asks for it.
PROGRAM = """
import importlib, json, pkgutil, re, sys
compiled, compile_ = {}, re.compile
def noting(pattern, flags=0):
    if isinstance(pattern, str):
        compiled[pattern, int(flags)] = None
    return compile_(pattern, flags)
re.compile = noting
import kg.extract, kg.read
for package in (kg.extract, kg.read):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
from kg import rules
from kg.extract.extraction import extraction
from kg.records import Document
for text in sys.stdin.read().split("\\f"):
    extraction(Document(text, "text.txt"), rules.load())
json.dump(list(compiled), sys.stdout)
"""


@pytest.fixture(scope="module")
def expressions():
    texts = sorted((ROOT / "tests" / "gold" / "own" / "texts").glob("*.txt"))[:8]
    given = "\f".join(text.read_text("utf-8") for text in texts).encode()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=given, env=environment(), capture_output=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


def test_no_loop_has_two_ways_to_pass_the_same_text(expressions):
    found = {loop: flags for expression, flags in expressions for loop in loops(expression)}
    assert len(found) > 400
    assert {loop: unit for loop, flags in found.items() if (unit := slow(loop, flags))} == {}


@pytest.mark.parametrize("loop", [
    "(?:刚|刚刚)", "(?:园区|园|区)", "(?:正式|在[^,]{0,4})", r"(?:\d+|年)", "(?:(?:新|老)+的?)", "(?:三方|[二三]方)",
])  # fmt: skip
def test_what_has_two_ways_is_seen(loop):
    assert slow(loop)


@pytest.mark.parametrize("loop", ["(?:刚|新)", "(?:园区|区内)", r"(?:\d|年)", "(?:(?:新|老)的?)", "(?:双方|[二三]方)"])
def test_what_has_one_way_is_not(loop):
    assert not slow(loop)


def test_loops_are_found_in_an_expression():
    expression = r"甲(?:乙|(?P<x>[)*]丙)+)*丁(?:戊)?(?>己)*+\)[(](?:庚){2}"
    assert list(loops(expression)) == ["(?:[)*]丙)", "(?:乙|(?:[)*]丙)+)"]


def test_units_are_the_words_and_some_of_the_classes():
    assert {"刚刚", "甲", "0"} <= set(units(r"(?:刚刚|[甲乙]\d)"))
