"""Every form that issue 4 lists, once there and once with its words alone, in sentences invented for it.

A case that the program cannot read yet stands in `cases/known_gaps.txt`; reading it makes the test fail until it is
taken off the list, so the list never says less than the truth.
"""

from __future__ import annotations

import re

import pytest

from phenomena import HEADINGS, KEYS, cases, has_entity, has_figure, has_relation, lines, read, shortcomings

CASES = cases()
GAPS = frozenset(lines("known_gaps.txt"))


def parameter(name):
    """A case under its name; a known gap is one that must fail until it is off the list."""
    marks = [pytest.mark.xfail(strict=True, reason="known gap")] if name in GAPS else []
    return pytest.param(CASES[name], id=name, marks=marks)


@pytest.mark.parametrize("case", [parameter(name) for name in CASES])
def test_reads_what_is_there_and_nothing_that_is_not(case):
    assert shortcomings(case) == []


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_form_is_there_and_is_not(heading):
    signs = {}
    for name in CASES:
        at, _, key = name.partition("/")
        if at == heading:
            form, sign = re.fullmatch(r"(.+)([+-])\d+", key).groups()
            signs.setdefault(form, set()).add(sign)
    assert {form for form, found in signs.items() if found != {"+", "-"}} == set()


def test_every_case_expects_something_in_known_words():
    for name, case in CASES.items():
        assert set(case) <= KEYS, name
        assert any(case.get(key) for key in ("entities", "relations", "figures", "absent")), name


def test_every_name_expected_stands_in_its_text():
    for case in CASES.values():
        for wanted in case.get("entities", ()):
            assert any(name in case["text"] for part in wanted.split("|")[1:] for name in part.split("~")), wanted


def test_gaps_are_cases():
    assert sorted(GAPS - CASES.keys()) == []


def test_a_wrong_expectation_is_noticed():
    found = read("潮见轴承股份有限公司成立于2006年，总部位于宁波市。潮见轴承股份有限公司现有员工2000人。")
    assert has_relation(found, "潮见轴承股份有限公司|foundedIn|2006")
    assert not has_relation(found, "潮见轴承股份有限公司|foundedIn|2007")
    assert not has_relation(found, "潮见轴承股份有限公司|locatedIn|宁波市; planned")
    assert not has_entity(found, "Place|潮见轴承股份有限公司")
    assert not has_entity(found, "Company|潮见轴承")
    assert not has_figure(found, "潮见轴承股份有限公司|2000人|target")
