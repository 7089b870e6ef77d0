"""A text as a format gave it, before it becomes a document."""

from __future__ import annotations

from dataclasses import dataclass

from kg.read.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Found:
    """A text with what it says of itself; `part` names it within a file of many, `place` is its line there."""

    text: str
    about: Metadata
    part: str | None = None
    place: int | None = None
