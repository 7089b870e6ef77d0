"""A later status supersedes an earlier one along the ladder, and both stay to be seen."""

from __future__ import annotations

import pytest

from kg.answers.claims import Quote, Source, Telling
from kg.answers.explain import explain
from kg.answers.progress import Step, steps
from kg.pages import entity_page
from kg.pages.frame import Where
from kg.pipeline import corpus
from kg.pipeline.making import Options
from kg.records import Status
from kg.store.embedded import open_graph
from project import run_kg

TEXTS = {
    "a.txt": "日期：2023-05-04\n溪桥芯片有限公司计划建设鹿鸣智能产业园项目。",
    "b.txt": "日期：2024-02-28\n溪桥芯片有限公司开工建设鹿鸣智能产业园项目。",
    "c.txt": "日期：2023-11-30\n溪桥芯片有限公司计划建设霁川光电产业园项目。",
}


def claim(status: str | None, day: str | None, rejected: str | None = None) -> Telling:
    source = Source("d", "t", day, None, None)
    return Telling("c", "r", None, status, None, None, None, (Quote("q", 0, 1, source),), rejected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([("planned", "2023")], []),
        ([("started", "2024"), ("planned", "2023"), ("planned", "2022")], ["planned 2022", "started 2024 now"]),
        ([("completed", "2023"), ("planned", "2024")], ["planned 2024", "completed 2023 now"]),
        ([("planned", "2023"), ("terminated", "2024")], ["planned 2023", "terminated 2024 now"]),
        ([("terminated", "2023"), ("planned", "2024")], ["planned 2024 now", "terminated 2023"]),
        ([("terminated", None), ("started", None)], ["started now", "terminated"]),
        ([("planned", "2023"), ("signed", "2024", "误读")], []),
        ([("planned", "2023"), (None, "2024")], []),
    ],
)
def test_where_a_thing_stands(given, expected):
    found = steps(claim(*one) for one in given)
    assert [" ".join(filter(None, (s.status, s.since, "now" if s.current else ""))) for s in found] == expected


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    top = tmp_path_factory.mktemp("progress")
    for name, text in TEXTS.items():
        (top / name).write_text(text, "utf-8")
    corpus.add([str(top / name) for name in TEXTS], folder=top / "out", options=Options(check=False))
    return top / "out"


def test_an_explanation_tells_the_stages(folder):
    store = open_graph(folder)
    (found,) = explain(store, "鹿鸣智能产业园项目")
    assert found.progress == (Step(Status.PLANNED, "2023-05-04", False), Step(Status.STARTED, "2024-02-28", True))
    assert {t.status for fact in found.facts for t in fact.claims} >= {"planned", "started"}
    for other in ("霁川光电产业园项目", "溪桥芯片有限公司"):
        assert explain(store, other)[0].progress == ()
    page = entity_page.page(found, {}, Where("", "https://w3id.org/zonegraph/id/"), "?")
    assert '<p class="progress">' in page
    assert page.index("2023-05-04") < page.index("2024-02-28")


def test_the_command_line_shows_them(folder):
    told = run_kg("explain", "鹿鸣智能产业园项目", "--graph", folder, "--lang", "zh").stdout
    assert "进展 计划 (2023-05-04) → 已开工 (2024-02-28, 目前)" in told
    rows = run_kg("query", "progress", "--graph", folder, "--format", "csv").stdout.splitlines()
    assert rows[1:] == ["鹿鸣智能产业园项目,2,planned,2023-05-04", "鹿鸣智能产业园项目,4,started,2024-02-28"]
