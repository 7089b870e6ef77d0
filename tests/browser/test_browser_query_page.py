"""The query page in a real Chromium: the editor highlights, completes and marks; nothing is requested, nothing said."""

from __future__ import annotations

import pytest

from kg.pages import query_page
from kg.pages.frame import Where

pytestmark = pytest.mark.browser
WHERE = Where("", "https://w3id.org/zonegraph/id/")


@pytest.fixture
def opened(tab, tmp_path):
    """`opened(query, error=)` -> the tab with the page, under its own policy."""

    def open_at(text, width=1280, **more):
        html = query_page.page(text, WHERE, "/", **more)
        policy = query_page.policy().replace("; frame-ancestors 'none'", "")  # only a header may say that
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        file = tmp_path / "query.html"
        file.write_text(html.replace("<head>", f"<head>{meta}", 1), encoding="utf-8", newline="")
        tab.size(width, 900)
        tab.open("about:blank")
        for log in (tab.requests, tab.messages, tab.dialogs):
            log.clear()
        tab.open(file.as_uri())
        assert tab.requests == [file.as_uri()]
        return tab

    yield open_at
    assert (tab.messages, tab.dialogs) == ([], [])


def typed(tab, text):
    tab.run("document.getElementById('text').focus()")
    tab.run("document.getElementById('text').setSelectionRange(1e6, 1e6)")
    tab.type(text)


VALUE = "document.getElementById('text').value"
OFFERS = "[...document.querySelectorAll('#offers li')].map(x => x.textContent)"


def test_the_query_is_drawn_behind_the_text_exactly(opened):
    text = 'SELECT ?a { # 注释\n  ?a zg:locatedIn <urn:x> ; skos:prefLabel "甲"@zh . FILTER(?a > 3) }'
    tab = opened(text)
    assert tab.run("document.getElementById('behind').textContent") == text + "\n"
    classes = tab.run("[...document.querySelectorAll('#behind span')].map(x => [x.textContent, x.className])")
    seen = dict(classes)
    wanted = {"SELECT": "k", "?a": "v", "zg:locatedIn": "n", "<urn:x>": "i", "# 注释": "c", "3": "d", "FILTER": "k"}
    assert {content: seen[content] for content in wanted} == wanted
    boxes = "(id => { const b = document.getElementById(id).getBoundingClientRect(); return [b.x, b.y, b.width] })"
    assert tab.run(f"{boxes}('text')") == tab.run(f"{boxes}('behind')")


@pytest.mark.parametrize(
    ("piece", "offered", "label"),
    [
        ("zg:loc", "zg:locatedIn", "位于"),
        ("位于", "zg:locatedIn", "位于"),
        ("locat", "zg:locatedIn", "位于"),
        ("实验", "zg:Laboratory", "实验室"),
    ],
)
def test_terms_are_completed_by_name_and_by_label(piece, offered, label, opened):
    tab = opened("SELECT * { ?s ")
    typed(tab, piece)
    assert tab.run(OFFERS)[0] == offered + label
    tab.key("Enter")
    assert tab.run(VALUE) == f"SELECT * {{ ?s {offered}"
    assert tab.run("document.getElementById('offers').hidden")


def test_variables_of_the_query_are_offered_and_arrows_choose(opened):
    tab = opened("SELECT ?zone ?zeit { ?zone a zg:Zone . ")
    typed(tab, "?z")
    assert tab.run(OFFERS) == ["?zone", "?zeit"]
    tab.key("ArrowDown")
    tab.key("Enter")
    assert tab.run(VALUE).endswith(". ?zeit")


def test_nothing_is_offered_inside_texts_and_escape_closes(opened):
    tab = opened('SELECT * { ?s ?p "')
    typed(tab, "zg:loc")
    assert tab.run("document.getElementById('offers').hidden")
    tab = opened("SELECT * { ?s ")
    typed(tab, "zg:")
    tab.key("Escape")
    assert tab.run("document.getElementById('offers').hidden")


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("SELECT * { ?s a zg:Zonne }", ["zg:Zonne"]),
        ("SELECT * { ?s foo:bar ?o }", ["foo:bar"]),
        ("PREFIX foo: <urn:f> SELECT * { ?s foo:bar ?o }", []),
        ("SELECT * { ?s ?p ?o", ["{"]),
        ("SELECT * { ?s ?p ?o ) }", [")", "{"]),
        ("SELECT * { ?s ?p '}' . # )\n }", []),
    ],
)
def test_what_cannot_be_right_is_marked(text, bad, opened):
    tab = opened(text)
    marked = tab.run("[...document.querySelectorAll('#behind .bad')].map(x => x.textContent)")
    assert sorted(marked) == sorted(bad) or (")" in bad and ")" in marked)
    assert bool(tab.run("document.querySelectorAll('#found li').length")) == bool(bad)


def test_the_place_of_an_error_is_marked_and_has_the_caret(opened):
    tab = opened("SELECT * {\n  ?𠮷 ?p }", error="query line 2, column 9: not SPARQL at '}'")
    assert tab.run("document.querySelector('#behind .here').textContent") == "}"
    assert tab.run("document.getElementById('text').selectionStart") == tab.run(f"{VALUE}.length") - 1


def test_an_error_at_the_end_of_a_line_marks_what_stands_last(opened):
    tab = opened("SELECT * {\n ?s ?p  \n", error="query line 3, column 1: not SPARQL at the end")
    assert tab.run("document.querySelector('#behind .here').textContent") == "?p"


def test_the_history_is_kept_and_can_be_cleared(opened):
    opened("ASK { ?first ?p ?o }")
    tab = opened("ASK { ?second ?p ?o }")
    listed = tab.run("[...document.querySelectorAll('#history a')].map(x => x.textContent)")
    assert listed[:2] == ["ASK { ?second ?p ?o }", "ASK { ?first ?p ?o }"]
    link = tab.run("document.querySelector('#history a').getAttribute('href')")
    assert link.startswith("/sparql?query=ASK")
    tab.run("document.getElementById('forget').click()")
    assert tab.run("document.getElementById('recent').hidden")


def test_on_a_phone_nothing_is_wider_than_the_window(opened):
    tab = opened(
        "SELECT ?zone { ?zone a zg:Zone ; skos:prefLabel '一个很长很长的名字一个很长很长的名字一个很长很长的名字' }",
        width=390,
    )
    assert tab.run("document.documentElement.scrollWidth") <= 390
