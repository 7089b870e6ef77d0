"""`/ask`, `/compare`, `/stats`, and the query page's errors, as requests."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote, urlencode

import pytest

from inprocess import FIREFOX, HTML, READING, asked, kind, sent
from kg.serve.state import State


def to(path, **given):
    return f"{path}?{urlencode(given, doseq=True)}"


def test_a_question_gets_its_answer_with_query_and_sentences(state):
    response = sent(state, "GET", to("/ask", question="谁获得霁川市科技进步一等奖"))
    assert (response.status, kind(response)) == (200, "application/json")
    found = json.loads(response.body)
    assert found["understood"] and found["rows"][0]["cells"][0]["text"] == "“小满”四足机器人"
    assert found["rows"][0]["claims"][0]["quotes"][0]["text"].startswith("晨曦机器人生产的")
    assert asked(state, found["query"]).status == 200


def test_a_question_that_is_not_understood_is_no_error(state):
    found = json.loads(sent(state, "GET", to("/ask", question="今天天气怎么样")).body)
    assert not found["understood"] and found["nearest"]


def test_a_browser_gets_the_answer_over_the_editor(state):
    response = sent(state, "GET", to("/ask", question="有哪些园区"), accept=FIREFOX)
    html = response.body.decode()
    assert kind(response) == HTML
    assert "霁川高新区" in html and "SELECT DISTINCT ?thing" in html and 'value="有哪些园区"' in html
    assert "script-src 'sha256-" in response.header("Content-Security-Policy")


@pytest.mark.parametrize("target", ["/ask", "/ask?question=", "/ask?question=%20"])
def test_without_a_question_a_browser_is_led_to_the_page_and_a_program_told(target, state):
    assert sent(state, "GET", target, accept=FIREFOX).header("Location") == "/sparql"
    assert sent(state, "GET", target).status == 400


def test_a_question_that_is_too_long_is_refused(state):
    assert sent(state, "GET", to("/ask", question="哪" * 400)).status == 400
    page = sent(state, "GET", to("/ask", question="哪" * 400), accept=FIREFOX)
    assert (page.status, kind(page)) == (400, HTML)


def test_the_language_is_kept(state):
    html = sent(state, "GET", to("/ask", question="有哪些园区", lang="en"), accept=FIREFOX).body.decode()
    assert 'lang="en"' in html and 'name="lang" value="en"' in html and "zones in the graph (1)" in html
    assert re.search(r'<a href="/ask\?question=[^"]+" class="tool" hreflang="zh-CN">', html)


def test_things_side_by_side(state):
    names = ["霁川高新区", "晨曦机器人"]
    found = json.loads(sent(state, "GET", to("/compare", thing=names)).body)
    assert [thing["name"] for thing in found["things"]] == ["霁川高新区", "霁川晨曦机器人股份有限公司"]
    page = sent(state, "GET", to("/compare", thing=names, years="2024"), accept=FIREFOX)
    html = page.body.decode()
    assert "1234.5亿元" in html and "未提及" in html and 'value="2024"' in html
    assert "script" not in page.header("Content-Security-Policy")


def test_a_comparison_is_kept_as_csv_and_json(state):
    target = to("/compare", thing=["霁川高新区", "晨曦机器人"], years="2024")
    html = sent(state, "GET", target, accept=FIREFOX).body.decode()
    links = re.findall(r'href="(/compare\?[^"]+)" class="tool" download="compare\.(csv|json)"', html)
    assert [form for _, form in links] == ["csv", "json"]
    table, data = (sent(state, "GET", unescape(address), accept=FIREFOX) for address, _ in links)
    assert kind(table) == "text/csv; charset=utf-8" and kind(data) == "application/json"
    rows = table.body.decode().splitlines()
    assert rows[0].startswith("indicator,period,thing,text") and any("1234.5亿元" in row for row in rows)
    assert {one["period"] for one in json.loads(data.body)["lines"]} == {"2024"}


def test_a_comparison_that_cannot_be_made_says_why(state):
    target = to("/compare", thing=["霁川高新区", "无此园区"])
    assert sent(state, "GET", target).status == 404
    page = sent(state, "GET", target, accept=FIREFOX)
    assert page.status == 200 and 'role="alert"' in page.body.decode()
    assert sent(state, "GET", "/compare").status == 400
    assert sent(state, "GET", "/compare", accept=FIREFOX).status == 200


def test_a_wrong_query_comes_back_in_the_editor_with_its_place(state):
    target = "/sparql?query=" + quote("SELECT * {\n ?s ?p }")
    page = sent(state, "GET", target, accept=FIREFOX)
    assert (page.status, kind(page)) == (400, HTML)
    assert 'data-line="2"' in page.body.decode() and "?s ?p }" in page.body.decode()
    assert kind(sent(state, "GET", target)).startswith("text/plain")


def test_what_is_refused_has_the_same_status_on_a_page(state):
    small = replace(state, settings=replace(READING, result_limit=500))
    target = "/sparql?query=" + quote("SELECT * { ?s ?p ?o }")
    assert sent(small, "GET", target, accept=FIREFOX).status == 422
    service = "/sparql?query=" + quote("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")
    assert sent(state, "GET", service, accept=FIREFOX).status == sent(state, "GET", service).status == 403


def test_counts_and_measures(state):
    found = {one["name"]: one for one in json.loads(sent(state, "GET", "/stats").body)}
    assert found["central"]["entries"][0]["name"] == "霁川高新区" and "COUNT" in found["types"]["query"]
    page = sent(state, "GET", "/stats", accept=FIREFOX)
    assert kind(page) == HTML and "关系最多的实体" in page.body.decode()
    assert "script" not in page.header("Content-Security-Policy")
    (one,) = json.loads(sent(state, "GET", to("/stats", name="types", most=1)).body)
    assert len(one["entries"]) == 1 < one["total"]


@pytest.mark.parametrize("query", ["name=nonsense", "most=0", "most=x", "most=99999999", "most=²"])
def test_counts_that_there_are_not(query, state):
    assert sent(state, "GET", f"/stats?{quote(query, safe='=')}").status == 400


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        ("/nowhere", 404, "这里没有内容"),
        ("/nowhere?lang=en", 404, "Nothing is here"),
        ("/id/zone/nothing", 404, "the graph says nothing of"),
        ("/stats?name=nonsense", 400, "请求有误"),
        ("/document/x", 404, "64 digits"),
        ("/id/zone/%3Cb%3E", 404, "%3Cb%3E"),
    ],
)
def test_a_browser_gets_a_page_where_there_is_no_answer_and_a_program_a_line(target, status, words, state):
    page = sent(state, "GET", target, accept=FIREFOX)
    html = page.body.decode()
    assert (page.status, kind(page)) == (status, HTML)
    assert words in html and "<b>" not in html and 'action="/ask"' in html
    assert "style-src 'sha256-" in page.header("Content-Security-Policy")
    assert "Accept" in page.header("Vary")
    line = sent(state, "GET", target)
    assert (line.status, kind(line)) == (status, "text/plain; charset=utf-8")
    assert len(line.body.splitlines()) == 1
    assert sent(state, "HEAD", target, accept=FIREFOX).body == b""


def test_the_link_of_such_a_page_leads_to_no_other_host(state):
    html = sent(state, "GET", "//evil.example/x", accept=FIREFOX).body.decode()
    assert 'href="/evil.example/x?lang=en"' in html and 'href="//' not in html


def test_a_page_that_needs_the_token_asks_for_it(state):
    closed = State(replace(READING, open=False, token="t" * 16), state.engine)
    page = sent(closed, "GET", "/stats", accept=FIREFOX)
    assert (page.status, kind(page), page.header("WWW-Authenticate")) == (401, HTML, "Bearer")
    assert "需要令牌" in page.body.decode()


@pytest.mark.parametrize("path", ["/ask?question=x", "/compare", "/stats"])
def test_who_may_not_read_may_not_ask(path, state):
    closed = State(replace(READING, open=False, token="t" * 16), state.engine)
    assert sent(closed, "GET", path).status == 401
    assert sent(state, "POST", path).status == 405
