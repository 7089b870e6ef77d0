"""The page that puts things side by side."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pyoxigraph import Store

from kg.answers.compare import compared
from kg.pages import compare_page
from kg.pages.frame import Where

HERE = Where("", "https://w3id.org/zonegraph/id/")
ZONE, FIRM, FUND = "霁川高新区", "晨曦机器人", "溪桥未来产业基金"


@pytest.fixture(scope="module")
def store(quads):
    made = Store()
    made.extend(quads)
    return made


@pytest.fixture(scope="module")
def html(store):
    return body(compare_page.page(compared(store, [ZONE, FIRM, FUND]), HERE, "?lang=en", known=[ZONE, "霁川市"]))


def body(page):
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def rows(html):
    """Cells of each line as texts."""
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("</tr>")[:-1]]
    return [[re.sub(r"<details.*?</details>", "", cell) for cell in line] for line in lines]


def plain(cell):
    return re.sub(r"<[^>]+>", "", cell)


def test_a_cell_holds_value_growth_place_and_sentence(html):
    line = next(line for line in rows(html) if plain(line[0]) == "地区生产总值")
    assert plain(line[2]) == "1234.5亿元增长6.2%增长6.3%增速居霁川市第1位，居霁川市第2位"
    assert "2024年，霁川高新区实现地区生产总值" in re.sub(r"</?mark[^>]*>", "", html)


def test_what_no_text_mentions_is_said_to_be_so(html):
    for line in rows(html):
        assert all(plain(cell) for cell in line[2:]), line
    assert html.count("未提及") >= 8


def test_plans_are_told_from_facts(html):
    line = next(line for line in rows(html) if plain(line[0]) == "基金规模")
    assert 'class="figure plan"' in line[4] and "计划" in plain(line[4])


def test_the_form_keeps_what_was_asked_and_offers_names(html):
    assert f'value="{ZONE}"' in html and f'<option value="{ZONE}">' in html
    assert '<form action="/compare" method="get"' in html
    assert "<script" not in html and "script" not in compare_page.policy()


def test_without_things_there_is_a_choice():
    html = body(compare_page.page(None, HERE, "?lang=en", known=[ZONE, FUND]))
    assert html.count('class="alias"') == 2
    assert "<table" not in html


def test_an_error_stands_on_the_page():
    html = body(
        compare_page.page(None, replace(HERE, language="en"), "/", asked=["<b>", ZONE], error="nothing named <b>")
    )
    assert 'role="alert">nothing named &lt;b&gt;<' in html
    assert 'value="&lt;b&gt;"' in html
