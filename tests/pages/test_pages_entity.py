"""The page of a thing: all that is known of it, each fact with its sentence, no script, no markup out of data."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pyoxigraph import Store

from kg.answers import lookup
from kg.answers.explain import explain, explanation
from kg.pages import entity_page, frame
from kg.pages.drawing import drawing
from kg.pages.frame import Where
from sample import sample_extractions

HERE = Where("", "https://w3id.org/zonegraph/id/")
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></style><b>", "javascript:alert(1)"]


@pytest.fixture(scope="module")
def store(quads):
    made = Store()
    made.extend(quads)
    return made


@pytest.fixture(scope="module")
def page(store):
    """`page(name)` -> its markup without the style."""

    def make(name, where=HERE, change=lambda found: found):
        found = change(explain(store, name)[0])
        kinds = {fact.other: tuple(lookup.types(store, fact.other)) for fact in found.facts if fact.other}
        return re.sub(r"<style>.*?</style>", "", entity_page.page(found, kinds, where, "?lang=en"), flags=re.DOTALL)

    return make


def test_names_types_facts_figures_and_documents_are_there(page):
    html = page("霁川高新区")
    for text in ("<h1>霁川高新区</h1>", "园区", "地区生产总值", "1234.5亿元", "6.2%", "居霁川市第2位", "澄湖算谷",
                 "霁川市", "《霁川高新区按下科创加速键》", "《溪桥观察》", "成立年份"):  # fmt: skip
        assert text in html, text


def test_every_sentence_stands_verbatim_with_its_document(page, store):
    texts = [reading.document.text for reading in sample_extractions()]
    shown = re.findall(r'<span class="sentence">(.*?)</span>', page("霁川高新区"))
    plain = [re.sub(r"<[^>]+>", "", part) for part in shown]
    assert len(plain) > 8
    assert [part for part in plain if not any(part in text for text in texts)] == []


def test_the_other_end_is_marked_in_the_sentence_and_leads_on(page):
    html = page("霁川高新区")
    assert '<mark class="quote">澄湖算谷</mark>' in html
    assert re.search(r'<a class="entity"|<a href="/id/valley/[^"]+" class="entity">', html)


@pytest.mark.parametrize(
    ("name", "badge", "class_"),
    [
        ("智能关节产业园", "planned", "fact"),
        ("溪桥湿地公园", "negated", "fact void"),
        ("溪桥未来产业基金", "planned", "fact plan"),
    ],
)
def test_plans_and_denials_look_like_what_they_are(name, badge, class_, page):
    html = page(name)
    assert f'class="badge {badge}"' in html
    assert f'class="{class_}"' in html


def test_it_is_drawn_among_its_neighbours_with_plans_dashed(store):
    iris = [fact.other for fact in explanation(store, f"{HERE.base}zone/霁川高新区").facts if fact.other]
    drawn = drawing(store, [f"{HERE.base}zone/霁川高新区", *iris], HERE)
    assert drawn.count("<g><title>") == len(set(iris)) + 1
    assert "stroke-dasharray" in drawn and "澄湖算谷（产业谷）" in drawn
    english = drawing(store, [f"{HERE.base}zone/霁川高新区", *iris], replace(HERE, language="en"))
    assert "澄湖算谷 (valley)" in english and "As a graph" in english
    assert drawing(store, iris[:1], HERE) is None


def test_the_page_speaks_english_and_keeps_to_it(page):
    html = page("霁川高新区", replace(HERE, language="en"))
    assert "Figures" in html and "growth no. 1 of 霁川市" in html
    assert 'lang="en"' in html
    inner = [link for link in re.findall(r'href="(/[^"]+)"', html) if "format=" not in link]
    assert inner and all("lang=en" in link for link in inner)


def test_there_is_no_script_and_the_policy_allows_none(page):
    html = page("霁川高新区")
    assert "<script" not in html and " style=" not in html
    assert "script" not in entity_page.policy()
    assert "default-src 'none'" in entity_page.policy()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text, page):
    def change(found):
        told = tuple(
            replace(
                fact, name=text, title=text, claims=tuple(replace(c, stated_by=text, rule=text) for c in fact.claims)
            )
            for fact in found.facts
        )
        return replace(found, name=text, labels=(text,), facts=told, iri=text, types=(text,))

    html = page("霁川高新区", change=change)
    known = set("html head meta link title body header a nav form input button main div p h1 h2 h3 span details summary"
                " blockquote section table thead tbody tr th td mark ul li".split())  # fmt: skip
    assert set(re.findall(r"<\s*(\w+)", html)) <= known
    assert not re.search(r"<[^>]*\son\w+=", html)
    assert 'href="javascript' not in html


def test_what_is_nothing_of_the_text_has_its_statements():
    own = [(frame.joined("rdf:subject"), frame.joined("甲<"))]
    html = entity_page.plain("c", "urn:c", own, [], ["甲<乙"], HERE, "?lang=en")
    assert "甲&lt;乙" in html and "rdf:subject" in html and "<td>甲&lt;</td>" in html


def test_links_lead_to_the_server_or_the_web_only():
    assert HERE.thing("https://w3id.org/zonegraph/id/zone/甲(乙)") == "/id/zone/%E7%94%B2(%E4%B9%99)"
    assert HERE.thing("http://qudt.org/vocab/unit/M") == "http://qudt.org/vocab/unit/M"
    assert HERE.thing("javascript:alert(1)") == HERE.thing("urn:x") == ""
    assert frame.link("", "甲") == "<span>甲</span>"


@pytest.mark.parametrize("names", [["甲乙", "甲"], ["乙", ""], ["(", "a.c"]])
def test_marking_names_changes_no_text(names):
    text = "甲乙在(甲)，abc & a.c<b>"
    assert re.sub(r"<[^>]+>", "", str(frame.marked(text, names))) == "甲乙在(甲)，abc &amp; a.c&lt;b&gt;"
