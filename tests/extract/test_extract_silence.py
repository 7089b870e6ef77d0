"""A hundred sentences that hold the words of zones, funds and signings, a hundred more that hold numbers, and no fact.

Each is read alone and behind a sentence that names a zone and a company, to whom a fact could be laid by mistake.
What is still heard stands in `cases/known_noise.txt`: the sentence, with ` +` for the second reading.
"""

from __future__ import annotations

import pytest

from phenomena import lines, read, shown

LISTS = {name: lines(name) for name in ("silence.txt", "silence_figures.txt")}
SENTENCES = [sentence for found in LISTS.values() for sentence in found]
LOUD = frozenset(lines("known_noise.txt"))
NAMES = "记者来到溱湖高新区，又见了溱湖机电有限公司的人。"


def parameter(sentence, suffix=""):
    """A sentence; one that still says something must do so until it is off the list."""
    marks = [pytest.mark.xfail(strict=True, reason="known noise")] if sentence + suffix in LOUD else []
    return pytest.param(sentence, id=sentence[:16], marks=marks)


def facts(text):
    found = read(text, "2025-03-02")
    return shown(found) if found.claims or found.observations else []


@pytest.mark.parametrize("sentence", [parameter(s) for s in SENTENCES])
def test_says_nothing(sentence):
    assert facts(sentence) == []


@pytest.mark.parametrize("sentence", [parameter(s, " +") for s in SENTENCES])
def test_says_nothing_of_what_the_sentence_before_names(sentence):
    assert facts(NAMES + sentence) == []


def test_there_are_a_hundred_of_each_and_no_two_alike():
    assert {name: len(found) for name, found in LISTS.items()} == {"silence.txt": 100, "silence_figures.txt": 100}
    assert len(set(SENTENCES)) == len(SENTENCES)
    assert sorted({loud.removesuffix(" +") for loud in LOUD} - set(SENTENCES)) == []


def test_a_sentence_that_says_something_is_noticed():
    assert facts("溱湖机电有限公司位于溱湖高新区。")
    assert facts("溱湖机电有限公司现有员工300人。")
    assert facts(NAMES) == []
