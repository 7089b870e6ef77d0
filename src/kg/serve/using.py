"""The dataset that the protocol names for an update (`using-graph-uri`), written into the update's text.

SPARQL 1.1 Protocol, 2.2.3: it is as if USING stood in each operation that has a WHERE; together with USING or WITH in
the text it is an error. Oxigraph takes it no other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.answers import guard
from kg.errors import UsageError

_WORDS = frozenset(
    "BASE PREFIX INSERT DELETE DATA WHERE CLEAR DROP CREATE ADD MOVE COPY TO LOAD INTO SILENT GRAPH DEFAULT NAMED"
    " ALL".split()
)
Place = tuple[int, str]


def rewritten(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """The update in which every WHERE reads these graphs; UsageError where it names a dataset itself."""
    words = [(place, word.upper()) for place, word in _top_words(text)]
    if clash := next((word for _, word in words if word in ("USING", "WITH")), None):
        raise UsageError(f"update: {clash} and using-graph-uri name two datasets; leave one of them out")
    if unknown := next((word for _, word in words if word not in _WORDS), None):
        raise UsageError(f"update: {unknown}: with using-graph-uri write keywords apart, as the standard has them")
    clauses = "".join(f" USING <{_iri(iri)}>" for iri in default) + "".join(f" USING NAMED <{_iri(i)}>" for i in named)
    pieces, end = [], 0
    for place, before in _wheres(words):
        pieces += [text[end:place], _copied(text, place) if before == "DELETE" else "", clauses, " "]
        end = place
    return "".join(pieces) + text[end:]


def _iri(iri: str) -> str:
    if not re.fullmatch(r'[^<>"{}|^`\\\x00-\x20]+', iri):
        raise UsageError(f"{iri}: not the absolute IRI of a graph")
    return iri


def _top_words(text: str) -> Iterator[Place]:
    """The keywords outside all braces, each with its place."""
    depth = 0
    for match in guard.matches(text):
        if match.lastgroup == "sign":
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        elif match.lastgroup == "word" and depth == 0:
            yield match.start(), match[0]


def _wheres(words: list[Place]) -> Iterator[Place]:
    """The place of each WHERE with the keyword before it."""
    for (_, before), (place, word) in zip([(0, ""), *words], words, strict=False):
        if word == "WHERE":
            yield place, before


def _copied(text: str, place: int) -> str:
    """What `DELETE WHERE { … }` deletes: its own pattern, which the form with USING has to say twice."""
    depth, opened = 0, None
    for match in guard.matches(text):
        if match.start() < place or match.lastgroup != "sign" or match[0] not in "{}":
            continue
        opened = match.start() if opened is None else opened
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return " " + text[opened : match.end()]
    return ""
