"""Years and bands of confidence by which the page filters."""

from __future__ import annotations

import pytest

from kg.pages.facets import Times, band, span, years
from kg.pages.statements import Statement, Told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024", ("2024",)),
        ("2024-06", ("2024",)),
        ("2024Q3", ("2024",)),
        ("2021/2024-06", ("2021", "2022", "2023", "2024")),
        ("2024/2021", ("2021", "2022", "2023", "2024")),
        ("", ()),
        ("/", ()),
        ("第20240101号", ()),
        ("1003/2024", ("1003", "2024")),
        ("<script>", ()),
    ],
)
def test_the_years_of_a_period(text, found):
    assert span(text) == found


@pytest.mark.parametrize(
    ("confidence", "found"),
    [("0.667", "0.6"), ("0.9", "0.9"), ("1", "0.9"), ("1.0", "0.9"), ("0.5", "0.5"), ("0.499", "0"), ("0", "0"),
     ("0.35", "0"), ("", ""), ("1.5", ""), ("-0.2", ""), ("viel", ""), ("0.7x", "")],
)  # fmt: skip
def test_the_band_of_a_confidence(confidence, found):
    assert band(confidence) == found


def statement(document: int | None, since: str = "", until: str = "") -> Statement:
    return Statement(document, (), "", "", "", since, until, "")


TOLD = Told((), (statement(0), statement(1), statement(0, "2016", "2018"), statement(None), statement(1, "2016")), {})


@pytest.mark.parametrize(
    ("own", "indices", "found"),
    [
        ("2011", (0,), ("2011",)),
        ("", (0,), ("2025",)),
        ("", (1,), ("",)),
        ("", (0, 1), ("", "2025")),
        ("", (2,), ("2016", "2017", "2018")),
        ("", (3,), ("",)),
        ("", (4,), ("2016",)),
        ("", (), ("",)),
    ],
)
def test_a_year_is_the_facts_own_else_of_its_time_else_of_its_document(own, indices, found):
    assert years(Times(TOLD, ("2025-02-20", "")), indices, own) == found


def test_facts_and_figures_of_the_sample_have_their_years(graph):
    assert {fact.years for fact in graph.facts if fact.relation == "foundedIn"} == {("2011",)}
    assert {figure.years for figure in graph.figures if figure.period == "2024"} == {("2024",)}
