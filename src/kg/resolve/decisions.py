"""The curator's decisions: one line each in ``decisions.tsv`` beside the inputs, never written by a build.

A line is a word, what it is about, and a reason, parted by tabs: ``same A B reason``, ``different A B reason``,
``pin A path reason``, ``reject claim reason``, and ``assert subject property object document quote reason``. A and B
are names, ``type/name``, or either with ``@document`` behind it. Lines that begin with ``#`` are remarks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.errors import InputError

NAME = "decisions.tsv"


class Kind(StrEnum):
    """What a line decides."""

    SAME = "same"
    DIFFERENT = "different"
    PIN = "pin"
    REJECT = "reject"
    ASSERT = "assert"


CELLS = {Kind.SAME: 2, Kind.DIFFERENT: 2, Kind.PIN: 2, Kind.REJECT: 1, Kind.ASSERT: 5}
IDENTITY = frozenset({Kind.SAME, Kind.DIFFERENT, Kind.PIN})


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One line: `about` holds its cells, of which `CELLS` tells the number."""

    kind: Kind
    about: tuple[str, ...]
    reason: str = ""

    def __str__(self) -> str:
        return " ".join((self.kind, *self.about))


def parsed(text: str, where: str = NAME) -> tuple[Decision, ...]:
    """The decisions of a file's text, sorted and each once; InputError names the line that is none."""
    lines = [(n, line.rstrip("\r")) for n, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1)]
    return settled(_line(line, f"{where}:{n}") for n, line in lines if line.strip() and not line.startswith("#"))


def settled(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """In one order, each once, so that the order of lines and files does not matter."""
    return tuple(sorted(set(decisions)))


def _line(line: str, where: str) -> Decision:
    word, *cells = (cell.strip() for cell in line.split("\t"))
    if word not in CELLS:
        raise InputError(f"{where}: {word[:20]} decides nothing; a line begins with {', '.join(CELLS)} and a tab")
    kind = Kind(word)
    about, rest = tuple(cells[: CELLS[kind]]), cells[CELLS[kind] :]
    if len(about) < CELLS[kind] or not all(about) or len(rest) > 1:
        raise InputError(f"{where}: {word} takes {CELLS[kind]} cells and a reason, parted by tabs")
    return Decision(kind, about, rest[0] if rest else "")


def written(decision: Decision) -> str:
    """The line of a decision; what would break the line is a space."""
    cells = (decision.kind, *decision.about, decision.reason)
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t") + "\n"
