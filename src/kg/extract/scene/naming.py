"""A place in a sentence that stands for a referent."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import EntityType, Span


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """A place in a sentence that stands for a referent: a name, or an anaphor (该项目) whose antecedent was found.

    `start` and `end` count in the sentence's normal form. `antecedent` is the place that names an anaphor's referent.
    `inner` marks a name inside a longer one (北京大学 in 北京大学杭州研究院).
    """

    sentence: int
    start: int
    end: int
    referent: int
    type: EntityType
    anaphor: bool = False
    inner: bool = False
    antecedent: Span | None = None
