"""Counts and measures of a graph: by hand for a small network, and equal to queries for the sample."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from kg.answers import query
from kg.answers.stats import names, stats
from kg.errors import UsageError

# a — b — c, d — c; e and f apart from them, g alone; h is only planned by c.
EDGES = [("a", "b"), ("b", "c"), ("d", "c"), ("e", "f")]
TERMS = "@prefix zg: <https://w3id.org/zonegraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
RDF = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"


@pytest.fixture(scope="module")
def small():
    things = "".join(
        f'<urn:{n}> a zg:Company ; skos:prefLabel "{n}"@zh ; zg:mentionedIn <urn:doc> .\n' for n in "abcdefgh"
    )
    facts = "".join(f"<urn:{a}> zg:invests <urn:{b}> .\n" for a, b in EDGES)
    claims = "".join(_claim(n, *edge, "") for n, edge in enumerate(EDGES)) + _claim(
        9, "c", "h", "; zg:status zg:planned"
    )
    store = Store()
    store.load((TERMS + RDF + things + facts + f"<urn:doc> {{ {claims} }}").encode(), format=RdfFormat.TRIG)
    return store


def _claim(number, subject, value, more):
    return (
        f"<urn:claim{number}> a zg:Claim ; rdf:subject <urn:{subject}> ; rdf:predicate zg:invests ;"
        f" rdf:object <urn:{value}> {more} .\n"
    )


def section(store, name, **options):
    (found,) = stats(store, [name], **options)
    return {entry.name: entry.number for entry in found.entries}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("types", {"企业": 8}),
        ("relations", {"投资": 4}),
        ("statuses", {"计划": 1}),
        ("central", {"b": 2, "c": 2, "a": 1, "d": 1, "e": 1, "f": 1}),
        ("bridges", {"b": 2, "c": 2}),
        ("parts", {"b": 4, "e": 2}),
        ("alone", {"g": 0, "h": 0}),
    ],
)
def test_the_small_network_is_measured_as_by_hand(name, wanted, small):
    assert section(small, name) == wanted


def test_betweenness_is_the_share_of_shortest_paths(small):
    # Of the 42 / 2 pairs of the other seven things, two lead through b (a-c, a-d) and two through c (a-d, b-d).
    assert section(small, "between") == {"b": round(2 / 21, 4), "c": round(2 / 21, 4)}


def test_counts_equal_those_of_a_query(sample_store):
    rows = query.ask(sample_store, "SELECT (COUNT(DISTINCT ?c) AS ?n) { GRAPH ?g { ?c zg:status zg:planned } }")
    assert section(sample_store, "statuses")["计划"] == int(next(iter(rows))["n"].value)


def test_all_sections_come_in_their_order_and_are_cut(sample_store):
    found = stats(sample_store, most=1)
    assert tuple(one.name for one in found) == names()
    assert max(len(one.entries) for one in found) == 1
    assert any(one.total > 1 for one in found)
    assert found == stats(sample_store, most=1)


def test_an_unknown_name_is_a_usage_error_that_lists_the_known():
    with pytest.raises(UsageError, match="central"):
        stats(Store(), ["nonsense"])


def test_an_empty_graph_has_nothing_in_any_section():
    assert [one.total for one in stats(Store())] == [0] * len(names())
