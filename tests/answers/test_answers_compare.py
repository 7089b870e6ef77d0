"""Things side by side: every figure under its thing, what no text mentions as nothing, plans apart."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.answers.compare import compared
from kg.errors import NotFoundError, UsageError

ZONE, FIRM, PARK, FUND = "霁川高新区", "晨曦机器人", "智能关节产业园", "溪桥未来产业基金"


def texts(line):
    return [[figure.text for figure in cell] for cell in line.cells]


def lines(found):
    return {(line.indicator, line.period): texts(line) for line in found.lines}


def test_each_figure_stands_under_its_thing_and_the_rest_is_empty(sample_store):
    found = compared(sample_store, [ZONE, FIRM, PARK, FUND])
    assert [thing.name for thing in found.things] == [ZONE, "霁川晨曦机器人股份有限公司", "智能关节产业园项目", FUND]
    assert lines(found)["地区生产总值", "2024"] == [["1234.5亿元"], [], [], []]
    assert lines(found)["营业收入", "2026"] == [[], ["100亿元"], [], []]
    assert lines(found)["总投资", ""] == [[], [], ["约30亿元"], []]


def test_a_plan_carries_its_status_and_every_figure_its_sentence(sample_store):
    found = compared(sample_store, [ZONE, FIRM])
    figures = [figure for line in found.lines for cell in line.cells for figure in cell]
    assert {figure.text: figure.status for figure in figures}["100亿元"] == "target"
    assert [figure.text for figure in figures if not any(claim.quotes for claim in figure.claims)] == []


@pytest.mark.parametrize("name", ["GDP", "地区生产总值", "生产总值", "gross regional product"])
def test_an_indicator_goes_by_any_of_its_names(name, sample_store):
    found = compared(sample_store, [ZONE, FIRM], indicators=[name])
    assert list(lines(found)) == [("地区生产总值", "2024")]


@pytest.mark.parametrize(
    ("years", "periods"),
    [("2024", {"2024"}), ("2020-2025", {"2024"}), ("2026", {"2026"}), ("2024-2026", {"2024", "2026"})],
)
def test_only_figures_of_the_years_are_shown(years, periods, sample_store):
    assert {line.period for line in compared(sample_store, [ZONE, FIRM], years=years).lines} == periods


@pytest.mark.parametrize(
    ("names", "options", "error"),
    [
        ([ZONE], {}, UsageError),
        ([ZONE, ZONE], {}, UsageError),
        ([ZONE, "无此园区"], {}, NotFoundError),
        ([ZONE, FIRM], {"years": "最近"}, UsageError),
        ([ZONE, FIRM], {"indicators": ["无此指标"]}, NotFoundError),
    ],
)
def test_what_cannot_be_compared_says_why(names, options, error, sample_store):
    with pytest.raises(error):
        compared(sample_store, names, **options)


@pytest.fixture(scope="module")
def seed(seed_build):
    return ("--graph", seed_build)


def test_the_table_says_what_is_not_mentioned_and_numbers_the_sentences(kg, seed):
    done = kg("compare", "滨江", "招商基金池", *seed, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert "未提及" in done.stdout and "2887.8亿元" in done.stdout and "[1] “" in done.stdout
    assert "not mentioned" in kg("compare", "滨江", "招商基金池", *seed, "--lang", "en").stdout


def test_csv_and_json_hold_the_same_figures(kg, seed):
    rows = list(csv.DictReader(io.StringIO(kg("compare", "滨江", "招商基金池", *seed, "--format", "csv").stdout)))
    found = json.loads(kg("compare", "滨江", "招商基金池", *seed, "--format", "json", "--lang", "zh").stdout)
    told = [figure["text"] for line in found["lines"] for cell in line["cells"] for figure in cell]
    assert sorted(row["text"] for row in rows if row["text"]) == sorted(told)
    assert any(not row["text"] for row in rows)
    assert [row["quote"] for row in rows if row["text"] and not row["quote"]] == []
