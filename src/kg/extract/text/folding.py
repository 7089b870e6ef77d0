"""Traditional characters read as simplified ones, one for one, so that places in the text stay where they are."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from kg.records import Sentence
from kg.rules import Rules


@lru_cache(maxsize=4)
def _table(rules: Rules) -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in rules.table("traditional")}


def folded(sentence: Sentence, rules: Rules) -> Sentence:
    """The sentence in simplified characters with its own kept beside them, itself where it has no others."""
    text = sentence.text.translate(_table(rules))
    return sentence if text == sentence.text else replace(sentence, text=text, original=sentence.text)


def worded(wording: str, sentence: Sentence) -> str:
    """A wording made of pieces of a folded sentence in the characters of the document.

    From left to right the longest piece that the folded text holds is taken from the same place of the original; what
    the text does not hold (数, 的比重) stays as it is.
    """
    if not sentence.original:
        return wording
    found, at = "", 0
    while at < len(wording):
        length = _longest(wording, at, sentence.text)
        place = sentence.text.find(wording[at : at + length])
        found += sentence.surface(place, place + length) if place >= 0 else wording[at : at + length]
        at += length
    return found


def _longest(wording: str, at: int, text: str) -> int:
    """The length of the longest piece from a place on that the text holds, at least 1."""
    length = 1
    while at + length < len(wording) and wording[at : at + length + 1] in text:
        length += 1
    return length
