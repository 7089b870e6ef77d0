"""The outside yardsticks run, and their scores mean what they say."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

import pytest

from kg import rules
from kg.records import Span


@pytest.fixture
def yardstick(monkeypatch, root):
    """`yardstick(name)` -> the module of bench/yardsticks."""
    monkeypatch.syspath_prepend(str(root / "bench" / "yardsticks"))
    return importlib.import_module


def printed(root, name, *options, seed="0"):
    environment = os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    command = [sys.executable, root / "bench" / "yardsticks" / f"{name}.py", *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.mark.parametrize(
    ("name", "options", "rows"),
    [
        ("fewfc", ("--first", "40"), ("| amount |", "| date |", "| proportion |", "| number |")),
        ("recognizers", ("--first", "5"), ("| number | 5 |", "| percentage | 5 |", "| date | 5 |", "theirs")),
        ("finre", ("--first", "30"), ("30 sentences", "| invests |", "| affiliatedWith |")),
    ],
)
def test_prints_its_tables_the_same_every_time(shared, root, name, options, rows):
    first = printed(root, name, *options, seed="1")
    assert [row for row in rows if row not in first] == []
    assert printed(root, name, *options, seed="2") == first


def test_finds_figures_and_times_with_both_edges(yardstick):
    text = "青禾科技8月6日晚间公告，斥资人民币2亿元受让1,200万股，不超过总股本的3%。"
    found = yardstick("fewfc").found(text, rules.load())
    spans = {f.kind: [text[s.start : s.end] for s in (f.narrow, f.marked, f.wide)] for f in found}
    assert spans == {
        "date": ["8月6日", "8月6日晚", "8月6日晚间"],
        "amount": ["2亿元", "2亿元", "人民币2亿元"],
        "number": ["1,200万", "1,200万", "1,200万股"],
        "proportion": ["3%", "不超过总股本的3%", "不超过总股本的3%"],
    }


@pytest.mark.parametrize(
    ("mark", "counts"),
    [
        (Span(4, 8), (1, 1, 1, 0)),
        (Span(5, 8), (0, 1, 1, 0)),
        (Span(2, 8), (0, 1, 1, 0)),
        (Span(3, 8), (0, 0, 1, 0)),
        (Span(6, 8), (0, 0, 0, 1)),
        (Span(0, 2), (0, 0, 0, 0)),
    ],
)
def test_a_mark_counts_by_its_edges(yardstick, mark, counts):
    module = yardstick("fewfc")
    scores = {"amount": module.Score()}
    reading = module.Found("amount", narrow=Span(5, 8), wide=Span(2, 8), marked=Span(4, 8))
    module.count(scores, "0123456789", [("amount", mark)], [reading])
    score = scores["amount"]
    assert (score.one, score.two, score.between, score.cut, score.read) == (*counts, 1)


@pytest.mark.parametrize(
    ("read", "agrees"),
    [
        ([(0, 3, ["5"])], True),
        ([(0, 2, ["5"])], False),
        ([(0, 3, ["6"])], False),
        ([(0, 3, ["5"]), (4, 5, ["1"])], False),
        ([], False),
        (None, False),
    ],
)
def test_a_case_passes_where_exactly_the_spec_is_read(yardstick, read, agrees):
    assert yardstick("recognizers").agrees(((0, 3, ["5", "7"]),), read) is agrees


@pytest.mark.parametrize(
    ("spec", "text", "expected"),
    [
        ("number", "三十多万", ["三十多万 300000"]),
        ("number", "负3.5和１，２００", ["负3.5 -3.5", "１，２００ 1200"]),
        ("percentage", "增长百分之五点二", ["百分之五点二 5.2"]),
        ("currency", "斥资1.2亿美元", ["1.2亿美元 120000000 USD"]),
        ("dimension", "占地三百亩", ["三百亩 200000 M2"]),
        ("date", "昨日至今", ["昨日 2024-02-29", "至今 2024-03-01/2024-04-01"]),
        ("date", "去年上半年", ["去年上半年 2023-01-01/2023-07-01"]),
    ],
)
def test_our_readings_are_spelt_as_the_specs_are(yardstick, spec, text, expected):
    module = yardstick("recognizers")
    case = module.Case(spec, 1, text, "2024-03-01T00:00:00", ())
    assert [f"{text[a:b]} {' '.join(values)}" for a, b, values in module.ours(case, text)] == expected


def test_every_verdict_is_one_and_has_a_reason(yardstick):
    module = yardstick("recognizers")
    known = module.verdicts()
    assert {verdict for verdict, _ in known.values()} <= {"ours", "theirs", "convention"}
    assert all(reason for _, reason in known.values())
    assert {spec for spec, _ in known} <= set(module.SPECS)


def test_no_disagreement_is_left_without_verdict(shared, root):
    rows = [line for line in printed(root, "recognizers").splitlines() if line.endswith("| open |  |")]
    assert rows == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾科技收购蓝湾生物。", {("invests", ("青禾科技", "蓝湾生物"))}),
        ("蓝湾生物是青禾科技的全资子公司。", {("affiliatedWith", ("青禾科技", "蓝湾生物"))}),
        ("青禾科技与蓝湾生物开展合作。", set()),
    ],
)
def test_relations_of_given_companies(yardstick, text, expected):
    assert yardstick("finre").stated(text, [("青禾科技", "蓝湾生物")], rules.load()) == expected
