"""The page of counts and measures: every entry leads to what it counts, as a thing or as a query."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlparse

import pytest
from pyoxigraph import Store

from kg.answers import lookup, query
from kg.answers.stats import Entry, Section, names, stats
from kg.graph import terms
from kg.pages import stats_page
from kg.pages.frame import Where

HERE = Where("", "https://w3id.org/zonegraph/id/")
ZONE = "霁川高新区"


@pytest.fixture(scope="module")
def store(quads):
    made = Store()
    made.extend(quads)
    return made


def drawn(store, where=HERE, **options):
    found = stats(store, most=12, language=where.language, **options)
    kinds = {iri: tuple(lookup.types(store, iri)) for iri in stats_page.things(found)}
    page = stats_page.page(found, kinds, where, "/stats?lang=en")
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def cards(html):
    return dict(re.findall(r'<section class="sheet" id="(\w+)">(.*?)</section>', html, re.DOTALL))


def entries(card):
    """Address, name and number of each row."""
    rows = re.findall(r'<li><a href="([^"]+)" class="named">(.*?)</a>(?:<span class="number">([^<]+))?', card)
    return [(unescape(to), re.sub("<span.*</span>", "", name), number) for to, name, number in rows]


def test_every_count_and_measure_has_a_card(store):
    assert list(cards(drawn(store))) == list(names())


@pytest.mark.parametrize("name", ["types", "relations", "statuses", "indicators"])
def test_a_row_leads_to_a_query_with_at_least_as_many_rows(name, store):
    rows = entries(cards(drawn(store))[name])
    assert rows
    for address, _, number in rows:
        (text,) = parse_qs(urlparse(address).query)["query"]
        answer = query.ask(store, text, inferred=False)
        assert len(list(answer)) >= int(number.replace(",", "")), text


def test_the_query_behind_a_card_is_there(store):
    (address,) = re.findall(r'href="(/sparql[^"]+)">查询</a>', cards(drawn(store))["types"])
    (text,) = parse_qs(urlparse(unescape(address)).query)["query"]
    first = next(iter(query.ask(store, text)))
    assert int(first["number"].value) == int(entries(cards(drawn(store))["types"])[0][2])


def test_things_have_their_sign_and_page(store):
    address, name, _ = entries(cards(drawn(store))["central"])[0]
    assert (name, address.startswith("/id/zone/")) == (ZONE, True)
    assert 'class="chip small circle t-Zone"' in cards(drawn(store))["central"]


def test_in_english_all_words_are(store):
    html = drawn(store, Where("", HERE.base, "en"))
    labels = re.findall(r"<h[12]>(.*?)<", html)
    assert "Entities by type" in labels and not [label for label in labels if re.search(r"[一-鿿]", label)]
    assert '<a href="/stats?lang=en" aria-current="page">Statistics</a>' in html


def test_what_is_cut_off_is_counted_and_led_to():
    one = Section("central", "甲", "a", (Entry("<b>", f"{terms.BASE}zone/x", 3.0),), 1234)
    html = stats_page.page([one], {}, HERE, "/stats")
    assert 'href="/stats?name=central&amp;most=1000">另有 1,233 项<' in html and "&lt;b&gt;" in html


def test_an_empty_graph_says_so():
    assert "图谱是空的" in drawn(Store())
