"""The competency questions: queries that ship with the ontology and have a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.errors import UsageError

_NAME = re.compile(r"[\w-]+")
_SAYING = re.compile(r"#\s*(zh|en)\s*[:：]\s*(.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its number, its name, and the question in Chinese and English ("" where it is not put)."""

    number: str
    name: str
    zh: str
    en: str
    text: str


def questions() -> list[Question]:
    """All of them, in the order of their numbers."""
    return [question_of(file) for file in sorted((resources.ontology() / "competency").glob("*.rq"))]


def question_of(file: Path) -> Question:
    """The question in a file named NN-name.rq, or name.rq."""
    text = file.read_text(encoding="utf-8")
    number, _, name = file.stem.partition("-")
    said = {found[1]: found[2] for line in text.splitlines() if (found := _SAYING.match(line))}
    return Question(number, name, said.get("zh", ""), said.get("en", ""), text)


def is_name(text: str) -> bool:
    """Whether it can be the name of a question, which no query is."""
    return bool(_NAME.fullmatch(text))


def question(name: str) -> Question:
    """The question of that name or number; UsageError where there is none."""
    known = questions()
    for one in known:
        if name in (one.name, one.number, f"{one.number}-{one.name}"):
            return one
    names = ", ".join(one.name for one in known)
    raise UsageError(f"query: no question is named {name}; there are {names}")
