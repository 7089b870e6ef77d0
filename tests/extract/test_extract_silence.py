"""A hundred sentences that hold the words of zones, funds, signings and sums, and state nothing."""

from __future__ import annotations

import pytest

from phenomena import lines, read, shown

SENTENCES = lines("silence.txt")
LOUD = frozenset(lines("known_noise.txt"))


def parameter(sentence):
    """A sentence; one that still says something must do so until it is off the list."""
    marks = [pytest.mark.xfail(strict=True, reason="known noise")] if sentence in LOUD else []
    return pytest.param(sentence, id=sentence[:16], marks=marks)


@pytest.mark.parametrize("sentence", [parameter(s) for s in SENTENCES])
def test_says_nothing(sentence):
    found = read(sentence, "2025-03-02")
    assert (found.claims, found.observations) == ((), ()), shown(found)


def test_there_are_a_hundred_and_no_two_alike():
    assert len(set(SENTENCES)) == len(SENTENCES) == 100
    assert sorted(LOUD - set(SENTENCES)) == []


def test_together_they_say_nothing_either():
    quiet = [s for s in SENTENCES if s not in LOUD]
    found = read("\n\n".join(quiet), "2025-03-02")
    assert (found.claims, found.observations) == ((), ()), shown(found)
