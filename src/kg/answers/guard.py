"""What a query may not do: open a connection (`SERVICE`, `LOAD`) or change the graph.

Oxigraph has no switch against `SERVICE`, so the words of the query are looked at before it runs. They are split the way
Oxigraph's grammar splits them, not the way the standard's longest match would: to it `SERVICESILENT<…>`, `1SERVICE <…>`
and `SERVICE:x` are calls too, which a parser of the standard grammar refuses or reads as something else. Where the two
readings differ, the query is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import UsageError

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n\r]*)
    |(?P<string>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<iri><(?:[^<>\"{}|^`\\\x00-\x20]|\\.)*>)
    |(?P<name>[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<prefixed>(?:[^\W\d][\w.\-·]*|_)?:(?:[\w:.\-·]|%[0-9A-Fa-f]{2}|\\.)*)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<word>[^\W\d][\w]*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token; comments and white space are left out."""
    return ((str(match.lastgroup), match[0]) for match in matches(text))


def matches(text: str) -> Iterator[re.Match[str]]:
    """Each token with its place; its kind is the name of the group."""
    return (match for match in _TOKEN.finditer(text) if match.lastgroup != "skip")


def check(text: str) -> None:
    """UsageError for a query that would open a connection or change the graph."""
    first = next((w.upper() for kind, w in tokens(text) if kind == "word" and w.upper() in _UPDATES | _FORMS), "")
    if first in _UPDATES:
        raise UsageError(f"query: {first} changes the graph, a query only reads; kg build makes another graph")
    if calls_out(text):
        raise UsageError("query: SERVICE would open a connection, which no query may; take the SERVICE block out")


def calls_out(text: str) -> bool:
    """Whether any token may be read as the keyword SERVICE."""
    found = list(tokens(text))
    following = [text for _, text in found[1:]] + [""]
    for (kind, text), after in zip(found, following, strict=False):
        if kind == "word" and "service" in text.casefold():
            return True
        if kind == "prefixed" and "service" in text.partition(":")[0].casefold() and after == "{":
            return True
    return False


def names_dataset(text: str) -> bool:
    """Whether the query says itself which graphs it reads (`FROM`)."""
    return any(kind == "word" and word.upper() == "FROM" for kind, word in tokens(text))
