"""Which types two texts may take one thing for, and which names name no single thing."""

from __future__ import annotations

from functools import lru_cache

from kg.records import EntityType as T
from kg.resolve.places import gazetteer, split
from kg.rules import Rules

PLACED = frozenset({
    T.ZONE, T.VALLEY, T.LABORATORY, T.INSTITUTE, T.UNIVERSITY, T.COMPANY, T.FUND, T.FACILITY, T.PROJECT, T.BODY,
    T.EVENT, T.GROUP,
})  # fmt: skip
"""Types of things that are somewhere, so that a place tells two of one name apart."""

_CONFUSED = frozenset(frozenset(pair) for pair in (
    (T.ZONE, T.PLACE), (T.ZONE, T.FACILITY), (T.ZONE, T.VALLEY), (T.PLACE, T.FACILITY), (T.PLACE, T.VALLEY),
    (T.FACILITY, T.VALLEY), (T.FACILITY, T.PROJECT), (T.FACILITY, T.LABORATORY), (T.FACILITY, T.INSTITUTE),
    (T.LABORATORY, T.INSTITUTE), (T.INSTITUTE, T.UNIVERSITY), (T.INSTITUTE, T.COMPANY), (T.INSTITUTE, T.BODY),
    (T.COMPANY, T.GROUP), (T.COMPANY, T.MEDIA), (T.COMPANY, T.BODY), (T.COMPANY, T.FUND), (T.BODY, T.GROUP),
    (T.PROJECT, T.ZONE), (T.PROJECT, T.POLICY), (T.POLICY, T.EVENT),
))  # fmt: skip
_STREETS = ("路", "街", "大道", "村", "镇", "乡", "街道", "社区")


def confused(a: T, b: T) -> bool:
    """Whether two texts may well take one thing for the one and for the other."""
    return a is b or frozenset((a, b)) in _CONFUSED


@lru_cache(maxsize=4)
def _words(rules: Rules) -> tuple[frozenset[str], int]:
    """All words that only say of what kind a thing is, with the length of the longest."""
    tables = rules.tables
    words = {row["suffix"] for row in tables.get("suffixes", ())} | {r["word"] for r in tables.get("common_nouns", ())}
    for row in tables.get("industries", ()):
        words |= {row["zh"], *row.get("synonyms", "").split("|")} - {""}
    return frozenset(words), max(map(len, words), default=0)


@lru_cache(maxsize=1 << 18)
def generic(kind: T, name: str, rules: Rules) -> bool:
    """Whether a folded name is made of words for kinds alone (高新区管委会), or that of a street: many have it."""
    if kind is T.PLACE:
        return name.endswith(_STREETS) and not split(name, gazetteer(rules))[0]
    if kind not in PLACED:
        return False
    words, longest = _words(rules)
    return _made_of(name, words, longest)


def _made_of(name: str, words: frozenset[str], longest: int) -> bool:
    """Whether the words, laid end to end, are the name."""
    reached = {len(name)}
    for end in range(len(name), 0, -1):
        if end in reached:
            reached |= {end - n for n in range(1, min(longest, end) + 1) if name[end - n : end] in words}
    return 0 in reached
