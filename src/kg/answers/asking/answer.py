"""What a question becomes: an answer, or word that it was not understood."""

from __future__ import annotations

from dataclasses import dataclass

from kg.answers.asking.rows import Row


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a piece of the question was taken for."""

    text: str
    kind: str
    names: tuple[str, ...]
    iris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that the answer does not count, and why."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, how it was read, the query, the answer in a sentence, and its rows with their claims.

    Of many rows and of many that are left out only the first 200 are there; `total` and `beside` count all.
    """

    question: str
    language: str
    template: str
    meanings: tuple[Meaning, ...]
    query: str
    sentence: str
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    total: int
    beside: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A question that was not understood: the pieces nothing explains, and questions near it that can be answered."""

    question: str
    language: str
    unknown: tuple[str, ...]
    nearest: tuple[str, ...]
