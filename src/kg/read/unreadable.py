"""What could not be read, said in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Unreadable:
    """An input that gave no document: its name as the user knows it (`file`, or `file:line`) and the reason."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


def printable(name: str) -> str:
    """A file's name on one line of valid Unicode: stray bytes as U+FFFD, control characters escaped."""
    whole = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode() for c in whole)
