"""The page on agreement is what two annotations give, and its figures mean what they say."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace

import pytest

from project import ROOT


@pytest.fixture
def agreement(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module("agreement")


@pytest.fixture
def signing(agreement):
    """An own text, its first annotation taken twice."""
    (one,) = (each for each in agreement.twice() if each.doc == "o03")
    return replace(one, second=one.first)


def test_the_page_is_fresh(agreement):
    assert agreement.FILE.read_text("utf-8") == agreement.page(), "run make agreement"


def test_texts_that_are_not_ours_are_only_counted(agreement):
    page = agreement.page()
    borrowed = [each for each in agreement.twice() if not each.ours]
    names = [e["name"] for each in borrowed for e in json.loads(each.first.read_text("utf-8"))["entities"]]
    assert len(names) > 10
    assert [name for name in names if len(name) > 2 and name in page] == []


def test_an_annotation_agrees_with_itself(agreement, signing):
    assert agreement.disagreements(signing) == []
    assert agreement.kappa(agreement.types(signing)) == 1


def drop_entity(content):
    content["entities"][2]["name"] = "x"
    content["entities"][2]["aliases"] = []


@pytest.mark.parametrize(
    ("spoil", "kinds"),
    [
        (drop_entity, {"entities: only one has it", "relations: only one has it", "figures: wrong subject"}),
        (lambda c: c["entities"][0].update(type="Media"), {"entities: wrong type"}),
        (lambda c: c["entities"][0].update(aliases=[]), {"other names"}),
        (lambda c: c["relations"][4].__setitem__(3, "x"), {"position title"}),
        (lambda c: c["relations"][4].__setitem__(2, "fin"), {"relations: only one has it"}),
        (lambda c: c["observations"][0].update(value=29), {"figures: only one has it"}),
        (lambda c: c["observations"][0].update(optional=True), {"figures: required by one, optional for one"}),
        (lambda c: c["observations"][0].update(period="2020", period_alt=[]), {"period"}),
        (lambda c: c["observations"][9].update(growth_percent=41), {"growth"}),
        (lambda c: c["observations"][0].update(modifier="over"), {"modifier"}),
        (lambda c: c["relation_status"].update({"2": "completed"}), {"status"}),
    ],
)
def test_each_kind_of_disagreement_is_told(spoil, kinds, agreement, signing, tmp_path):
    content = json.loads(signing.first.read_text("utf-8"))
    spoil(content)
    (tmp_path / "o03.json").write_text(json.dumps(content), "utf-8")
    found = agreement.disagreements(replace(signing, second=tmp_path / "o03.json"))
    assert {one.kind for one in found} == kinds


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a")], 1.0),
    ],
)
def test_kappa_leaves_chance_out(agreement, pairs, expected):
    assert agreement.kappa(pairs) == pytest.approx(expected)
