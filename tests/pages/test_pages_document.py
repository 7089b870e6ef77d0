"""A document's page: all that it names, every sentence in its order, each statement of it under a sentence once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Store

from kg.answers import claims, lookup
from kg.answers.passages import paper
from kg.graph import terms
from kg.pages import document_page
from kg.pages.frame import Where

HERE = Where("", "https://w3id.org/zonegraph/id/")


@pytest.fixture(scope="module")
def store(quads):
    made = Store()
    made.extend(quads)
    return made


@pytest.fixture(scope="module")
def documents(store):
    return lookup.subjects(store, terms.TYPE.value, terms.zg("Document"))


@pytest.fixture(scope="module")
def first(store, documents):
    titles = {claims.source(store, iri).title: iri for iri in documents}
    return titles["霁川高新区按下科创加速键"]


def html(store, iri, where=HERE):
    page = document_page.page(paper(store, iri, where.language), where, "/x")
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_every_relation_and_figure_of_a_document_is_under_a_sentence(store, documents):
    for iri in documents:
        told = {claims.triple(store, q.subject.value)
                for q in store.quads_for_pattern(None, terms.TYPE, terms.zg("Claim"), NamedNode(iri))}  # fmt: skip
        relations = {(s, p) for s, p, _ in told if p != terms.TYPE.value and "/observation/" not in s}
        figures = {s for s, _, _ in told if "/observation/" in s}
        said = [one for passage in paper(store, iri).passages for one in passage.said]
        assert {(one.subject.iri, terms.ZG + one.property) for one in said if not one.figure} == relations
        assert {one.figure.iri for one in said if one.figure} == figures
        assert len(said) == len({(one.subject, one.property, one.object, one.title, one.telling.status,
                                  one.figure and one.figure.iri) for one in said})  # fmt: skip


def test_sentences_come_in_the_order_of_the_text(store, documents):
    for iri in documents:
        starts = [passage.quote.start for passage in paper(store, iri).passages]
        assert starts == sorted(starts) and len(starts) > 3


def test_all_that_is_named_is_there_by_type(store, first):
    found = paper(store, first)
    named = {q.subject.value for q in store.quads_for_pattern(None, terms.zg("mentionedIn"), NamedNode(first))}
    assert {thing.iri for thing in found.things} == named
    page = html(store, first)
    assert page.index("<dt>园区</dt>") < page.index("<dt>企业</dt>")
    assert page.count('class="entity"') >= len(named)


def test_a_sentence_has_its_facts_plans_and_figures(store, first):
    text = re.sub(r"<[^>]+>", " ", html(store, first))
    flat = " ".join(text.split())
    assert "2025-02-20" in flat and "sample-1.txt" in flat
    assert "地区生产总值 2024" in flat and "1234.5亿元" in flat
    assert "霁川晨曦机器人股份有限公司 计划" in flat or "计划" in flat
    sha = lookup.value(store, first, terms.ZG + "sha256")
    assert f'href="/document/{sha}?format=txt"' in html(store, first)


def test_a_year_is_an_end_without_a_page(store, first):
    years = [one.object for p in paper(store, first).passages for one in p.said if one.property == "foundedIn"]
    assert [(year.iri, year.name) for year in years] == [("", "2011")]


def test_in_english_labels_are_english(store, first):
    page = html(store, first, Where("", HERE.base, "en"))
    assert "Sentences and facts" in page and "located in" in page and "Gross regional product" in page


def test_no_text_becomes_markup(store, first):
    found = paper(store, first)
    text = "<img src=x onerror=alert(1)>"
    changed = replace(
        found,
        source=replace(found.source, title=text, path=text, url="javascript:alert(2)", issued=text),
        things=tuple(replace(thing, name=text) for thing in found.things),
        passages=tuple(replace(one, quote=replace(one.quote, text=text)) for one in found.passages),
    )
    page = document_page.page(changed, HERE, "/x")
    assert "<img" not in page and "javascript:" not in page
    # In the title, the heading, the date; for each thing; in each sentence.
    assert page.count("&lt;img") == 3 + len(found.things) + len(found.passages)
