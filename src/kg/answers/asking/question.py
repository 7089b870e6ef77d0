"""A question as tokens: the things, types, relations, indicators, years and words that it consists of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.answers.asking import numbered
from kg.answers.asking.words import Reading, phrases
from kg.answers.names import bare

MOST = 300  # characters of a question
_KEPT = 12  # ways to part a question that are looked at
_UNKNOWN = 6
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the question with the ways to take it; none where it is not understood."""

    text: str
    readings: tuple[Reading, ...]

    def as_(self, kind: str) -> Reading | None:
        """The reading of that kind."""
        return next((reading for reading in self.readings if reading.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Compact:
    """A question without spaces, quotes and case; `bounds` are the places where a word of Latin letters may end."""

    text: str
    bounds: frozenset[int] = field(repr=False)


def compact(question: str) -> Compact:
    """The question as it is looked at."""
    flat = re.sub(r"[?？!！。;；]+", " ", unicodedata.normalize("NFKC", question)).strip()
    text, bounds = "", {0}
    for word in flat.split():
        for piece in re.findall(r"[A-Za-z]+|\d+|.", word):
            part = bare(piece)
            # Digits behind letters belong to a name (H1), unless they are a year.
            if not (part.isdigit() and len(part) != 4 and text[-1:].isascii() and text[-1:].isalnum()):
                bounds.add(len(text))
            text += part
        bounds.add(len(text))
    return Compact(text, frozenset(bounds))


def partings(given: Compact, things: Mapping[str, tuple[Reading, ...]]) -> list[tuple[Token, ...]]:
    """The best ways to part the question into tokens, fewest pieces and fewest unknown characters first.

    `things` are the names that the graph adds to the phrases.
    """
    best: list[list[tuple[int, tuple[Token, ...]]]] = [[(0, ())], *([] for _ in given.text)]
    for start in range(len(given.text)):
        for end, token in _tokens(given, start, things):
            price = 1 if token.readings else _UNKNOWN * (end - start)
            best[end] = _kept([*best[end], *((cost + price, (*before, token)) for cost, before in best[start])])
    least = best[-1][0][0]
    return [tokens for cost, tokens in best[-1] if cost <= least + 1]


def _kept(ways: list[tuple[int, tuple[Token, ...]]]) -> list[tuple[int, tuple[Token, ...]]]:
    """The cheapest ways; of equal ones that with the longer first pieces."""
    return sorted(ways, key=lambda way: (way[0], [-len(token.text) for token in way[1]]))[:_KEPT]


def _tokens(given: Compact, start: int, things: Mapping[str, tuple[Reading, ...]]) -> Iterator[tuple[int, Token]]:
    """The pieces that begin at a place."""
    text = given.text
    if start in given.bounds or not _latin(text, start):
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            if _bounded(given, start, end) and (readings := _readings(text[start:end], things)):
                yield end, Token(text[start:end], readings)
    yield start + 1, Token(text[start], ())


def _readings(piece: str, things: Mapping[str, tuple[Reading, ...]]) -> tuple[Reading, ...]:
    return (*things.get(piece, ()), *phrases().get(piece, ()), *numbered.readings(piece))


def _latin(text: str, at: int) -> bool:
    return text[at].isascii() and text[at].isalnum()


def _bounded(given: Compact, start: int, end: int) -> bool:
    """Whether no word of Latin letters is cut at either end."""
    text = given.text
    cut_end = end < len(text) and _latin(text, end - 1) and _latin(text, end) and end not in given.bounds
    return not cut_end and not (_latin(text, start) and start not in given.bounds)


def unknown(tokens: tuple[Token, ...]) -> list[str]:
    """The runs of the question that no token explains."""
    runs, run = [], ""
    for token in (*tokens, Token("", (Reading("end"),))):
        if token.readings:
            runs += [run] if run else []
            run = ""
        else:
            run += token.text
    return runs
