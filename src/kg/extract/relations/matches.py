"""What a rule reads in a sentence before it becomes a claim."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.scene.naming import Naming
from kg.records import Relation, Status


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of a pattern in a sentence, before it becomes a claim."""

    pattern: str
    relation: Relation
    subject: Naming
    object: Naming | None
    start: int
    end: int
    year: str | None = None
    title: str | None = None
    status: Status | None = None
    scoped: bool = True
