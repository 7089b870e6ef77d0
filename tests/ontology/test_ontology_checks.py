"""Every must-return-nothing check returns nothing on a good graph and something on its bad one."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import RdfFormat, Store

from kg import rules
from kg.graph import assemble
from project import ROOT
from sample import sample_extractions, sample_resolution

CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
BAD = ROOT / "tests" / "ontology" / "checks"
LANGUAGES = ("# zh: ", "# en: ")


@cache
def good() -> Store:
    store, readings = Store(), sample_extractions()
    store.extend(assemble.quads(readings, sample_resolution(readings), rules.load()))
    return store


def bad(name: str) -> Store:
    store = Store()
    store.load(path=str(BAD / f"{name}.trig"), format=RdfFormat.TRIG)
    return store


def offenders(store: Store, check) -> list[str]:
    return [str(row) for row in store.query(check.read_text("utf-8"))]


@pytest.mark.parametrize("check", CHECKS, ids=lambda file: file.stem)
def test_good_graph_passes(check):
    assert offenders(good(), check) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda file: file.stem)
def test_bad_graph_is_caught(check):
    assert offenders(bad(check.stem), check) != []


@pytest.mark.parametrize("check", CHECKS, ids=lambda file: file.stem)
def test_check_says_what_is_wrong(check):
    lines = check.read_text("utf-8").splitlines()
    assert [line[:6] for line in lines[:2]] == list(LANGUAGES)


def test_no_bad_graph_without_its_check():
    assert [file.stem for file in CHECKS] == sorted(file.stem for file in BAD.glob("*.trig"))
