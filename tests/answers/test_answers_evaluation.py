"""Our figures are those of the corpus's own scorer, row by row, on spoilt graphs and on real builds."""

from __future__ import annotations

import importlib.util
import json
import random
from dataclasses import astuple
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import RdfFormat, parse

from golden import reading
from kg import rules
from kg.answers.evaluation.comparison import score
from kg.answers.evaluation.gold import load
from kg.answers.evaluation.measures import between, spelt
from kg.answers.evaluation.wording import akin, normal
from kg.graph import assemble
from sample import sample_resolution

SEEDS = range(6)


@pytest.fixture(scope="session")
def scorer(shared) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "corpus" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def texts(shared) -> dict[str, str]:
    files = [*(shared / "corpus" / "texts").glob("*.txt"), *(shared / "seeds").glob("*.txt")]
    return {file.name: file.read_bytes().decode() for file in files}


def outside(scorer, quads, folder: Path, texts) -> dict[str, dict[str, tuple]]:
    """The outside scorer's rows by document, over all, and by type and predicate."""
    golds = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
    scores, kinds, _ = scorer.score_build(quads, golds, texts)
    by_kind = scorer.total(kinds)
    rows = dict(scores) | {"all": scorer.total(scores), "kinds": by_kind}
    names = dict.fromkeys(rows, scorer.ROWS) | {"kinds": sorted({row for row, _ in by_kind})}
    return {doc: {row: found.line(row) for row in names[doc] if found.line(row)} for doc, found in rows.items()}


def ours(quads, folder: Path, texts) -> dict[str, dict[str, tuple]]:
    found = score(quads, load(folder), texts)
    rows = {**found.docs, "all": found.micro, "kinds": found.kinds}
    return {doc: {row: astuple(line) for row, line in lines.items()} for doc, lines in rows.items()}


def assert_same(scorer, quads, folder: Path, texts) -> dict[str, tuple]:
    theirs, mine = outside(scorer, quads, folder, texts), ours(quads, folder, texts)
    for doc, rows in theirs.items():
        assert {row: pytest.approx(line) for row, line in rows.items()} == mine[doc], doc
    return mine["all"]


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_the_scorers_on_spoilt_graphs(seed, scorer, shared, texts):
    dice, readings = random.Random(seed), []
    for file in sorted((shared / "corpus" / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        name = next(name for name in sorted(texts) if name.startswith(gold["doc"]))
        if dice.random() < 0.9:
            readings.append(reading(gold, name, texts[name], dice))
    quads = assemble.quads(readings, sample_resolution(readings), rules.load())
    rows = assert_same(scorer, quads, shared / "corpus" / "gold", texts)
    assert set(rows) == set(scorer.ROWS)
    assert all(line[2] > 0 for line in rows.values()), "a row without a hit compares nothing"
    assert sum(line[2] < 1 for line in rows.values()) >= 10, "a graph without faults compares little"


def test_rows_are_the_scorers_on_the_seed(scorer, shared, seed_build, texts):
    quads = list(parse(path=str(seed_build / "graph.trig"), format=RdfFormat.TRIG))
    assert_same(scorer, quads, shared / "corpus" / "gold", texts)


@pytest.mark.parametrize(("given", "expected"), [
    ("2024-01/2024-12", "2024"),
    ("2024-01-01/2024-12-31", "2024"),
    ("2024-04/2024-06", "2024Q2"),
    ("2024-04/2024-09", "2024-04/2024-09"),
    ("2024-02-20Z", "2024-02-20"),
    ("", None),
])  # fmt: skip
def test_periods_have_one_spelling(given, expected):
    assert spelt(given) == expected


@pytest.mark.parametrize(("start", "end", "expected"), [
    ("2024-01-01", "2024-12-31", "2024"),
    ("2010-01-01", "2019-12-31", "2010/2019"),
    ("2024-02-01", "2024-02-29", "2024-02"),
    ("2024-07-01", "2024-09-30", "2024Q3"),
    ("2024-02-20", "2024-02-20", "2024-02-20"),
    ("2024-02-20", "2024-03-05", "2024-02-20/2024-03-05"),
    ("2024-01-01", None, None),
])  # fmt: skip
def test_two_dates_are_a_period(start, end, expected):
    assert between(start, end) == expected


@pytest.mark.parametrize(("a", "b", "expected"), [
    ("地区生产总值", "生产总值", True),
    ("高新技术企业数量", "高新技术企业", True),
    ("固定资产投资", "固定资产完成投资", True),
    ("进出口总额", "税收收入", False),
    ("人", "人口", False),
])  # fmt: skip
def test_paraphrases_are_akin(a, b, expected):
    assert akin(a, b) is akin(b, a) is expected


def test_names_lose_width_quotes_and_case():
    assert normal("「Ｈ１ ‧ 甲」") == "h1·甲"
