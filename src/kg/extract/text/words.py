"""The lexicon in the forms that the stages match with, compiled once for each `Rules`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.extract.text.sentences import half_width
from kg.records import EntityType
from kg.rules import Rules


@dataclass(frozen=True, slots=True)
class Known:
    """A surface of a public list: `name` is the row's own name, `weak` says that the surface is also a common word."""

    surface: str
    name: str
    type: EntityType
    code: str | None
    weak: bool
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending that makes a name, and what must stand before it."""

    text: str
    type: EntityType
    need: str


def normal(text: str) -> str:
    """The half-width form in which lexicon and sentences meet."""
    return "".join(half_width(c) for c in text)


@lru_cache(maxsize=8)
def known(rules: Rules, *, places: bool) -> tuple[Any, tuple[Known, ...]]:
    """An Aho-Corasick automaton over the names of the public lists, and its surfaces in the automaton's order.

    Places have one of their own, since they also stand inside the names of zones and organisations.
    """
    import ahocorasick_rs as aho

    first: dict[str, Known] = {}
    for entry in _rows(rules):
        if (entry.type is EntityType.PLACE) is not places:
            continue
        held = first.get(entry.surface)
        if held is None or (held.weak and not entry.weak):
            first[entry.surface] = entry
    surfaces = tuple(first.values())
    automaton = aho.AhoCorasick([s.surface for s in surfaces], matchkind=aho.MatchKind.LeftmostLongest)
    return automaton, surfaces


@lru_cache(maxsize=4)
def wholes(rules: Rules) -> tuple[Any, tuple[str, ...]]:
    """An automaton over what is one word however it is cut: long listed names and set phrases; and their tags."""
    import ahocorasick_rs as aho

    tags = dict.fromkeys(sorted(words(rules, "whole")), "n")
    for entry in _rows(rules):
        if entry.type is not EntityType.INDUSTRY and not entry.weak and len(entry.surface) >= _LONG:
            tags.setdefault(entry.surface, "LOC" if entry.type in _WHERE else "ORG")
    automaton = aho.AhoCorasick(list(tags), matchkind=aho.MatchKind.LeftmostLongest)
    return automaton, tuple(tags.values())


_LONG = 4
_WHERE = frozenset({EntityType.PLACE, EntityType.ZONE, EntityType.FACILITY, EntityType.VALLEY})


@lru_cache(maxsize=4)
def known_companies(rules: Rules) -> frozenset[str]:
    """Every label of the lists' companies."""
    return frozenset(k.surface for k in known(rules, places=False)[1] if k.type is EntityType.COMPANY)


@lru_cache(maxsize=4)
def places(rules: Rules) -> frozenset[str]:
    """Every label of the listed places."""
    return frozenset(k.surface for k in known(rules, places=True)[1])


@lru_cache(maxsize=4)
def division_codes(rules: Rules) -> dict[str, str]:
    """The code of each listed division by its labels; of labels that several bear, the first one's."""
    return {k.surface: k.code for k in reversed(known(rules, places=True)[1]) if k.code}


@lru_cache(maxsize=4)
def trades(rules: Rules) -> frozenset[str]:
    """Every label of the lists' industries."""
    return frozenset(k.surface for k in known(rules, places=False)[1] if k.type is EntityType.INDUSTRY)


def _rows(rules: Rules) -> list[Known]:
    found = []
    for table in sorted(rules.tables):
        for row in rules.tables[table]:
            if "type" in row and "aliases" in row:
                found += _surfaces(row["name"], row["aliases"], EntityType(row["type"]), row, None)
    for row in rules.tables.get("industries", ()):
        found += _surfaces(row["zh"], row["synonyms"], EntityType.INDUSTRY, row, row["zh"])
    return found


def _surfaces(name: str, others: str, type_: EntityType, row: Any, concept: str | None) -> list[Known]:
    forms = [(name, False), *((alias, True) for alias in others.split("|") if alias)]
    return [
        Known(normal(s), name, type_, row.get("code") or None, _weak(s, alias, row.get("weak") or ""), concept)
        for s, alias in forms
    ]


def _weak(surface: str, alias: bool, flag: str) -> bool:
    """Whether a label is also a common word: 1 flags a row's aliases, 2 its name too, other flags list the labels."""
    return flag == "2" or (flag == "1" and alias) or surface in flag.split("|")


@lru_cache(maxsize=4)
def endings(rules: Rules) -> tuple[re.Pattern[str], dict[str, Ending]]:
    """A pattern that finds any ending, the longest first, and the endings by text."""
    rows = {r["suffix"]: Ending(r["suffix"], EntityType(r["type"]), r["need"]) for r in rules.table("suffixes")}
    return re.compile(alternation(rows)), rows


def ending_type(text: str, rules: Rules) -> EntityType | None:
    """The type of the ending that closes a text behind something else, None without one."""
    pattern, table = endings(rules)
    return next((table[m[0]].type for m in pattern.finditer(text) if m.end() == len(text) and m.start() > 0), None)


@lru_cache(maxsize=4)
def _ending_automaton(rules: Rules) -> Any:
    import ahocorasick_rs as aho

    return aho.AhoCorasick(sorted(endings(rules)[1]), matchkind=aho.MatchKind.Standard)


def overlapping_endings(text: str, rules: Rules) -> list[tuple[int, int]]:
    """The ranges of the longest ending at every position, also inside another (化工园 and 园区 in 化工园区)."""
    found: dict[int, int] = {}
    for _, start, end in _ending_automaton(rules).find_matches_as_indexes(text, overlapping=True):
        found[start] = max(end, found.get(start, 0))
    return sorted(found.items())


def alternation(words: Any) -> str:
    """A regular expression for any of the words, longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def whole(words: Collection[str]) -> frozenset[str]:
    """The words that are not others in a row (刚刚): a run of them is cut in one way, where `(刚|刚刚)*` has many."""
    return frozenset(w for w in words if not re.fullmatch(f"(?:{alternation({*words} - {w})})+", w))


@lru_cache(maxsize=256)
def words(rules: Rules, kind: str) -> frozenset[str]:
    """The trigger words of a class."""
    return frozenset(r["word"] for r in rules.table("triggers") if r["class"] == kind)


@lru_cache(maxsize=4)
def goods_words(rules: Rules) -> frozenset[str]:
    """Nouns of what is made."""
    return words(rules, "goods") | words(rules, "product")


@lru_cache(maxsize=4)
def trade_words(rules: Rules) -> frozenset[str]:
    """What ends the names of firms: words that only firms bear (药业), and words of trades (半导体)."""
    return words(rules, "companytail") | words(rules, "tradeword")


@lru_cache(maxsize=256)
def any_of(rules: Rules, kind: str) -> str:
    """A regular expression for any trigger word of a class."""
    return "(?:" + alternation(words(rules, kind)) + ")"


@lru_cache(maxsize=4)
def stop_words(rules: Rules) -> frozenset[str]:
    """Words that never begin a name: determiners, levels, quantities, mere adjectives and governing verbs."""
    rows = rules.table("common_nouns")
    common = {r["word"] for r in rows if r["class"] in _CLOSED}
    common |= {r["word"] for r in rows if r["class"] == "generic"} - endings(rules)[1].keys()
    verbs = set().union(
        *(words(rules, k) for k in ("build", "plan", "stand", "host", "hold", "do", "announce", "focus"))
    )
    more = set().union(*(words(rules, k) for k in ("invest", "make", "manage", "join", "found", "sign", "say", "win")))
    return frozenset(common | verbs | more | words(rules, "stop")) - words(rules, "inside")


_CLOSED = frozenset({"determiner", "pronoun", "quantity", "time"})


@lru_cache(maxsize=4)
def plain_words(rules: Rules) -> frozenset[str]:
    """Words that may stand in a name but make none by themselves: adjectives, levels, nouns of the kind."""
    return frozenset(r["word"] for r in rules.table("common_nouns") if r["class"] not in _CLOSED)


@lru_cache(maxsize=4)
def titles(rules: Rules) -> str:
    """A regular expression for one or more posts in a row (党委书记、董事长兼总经理)."""
    one = "(?:" + alternation(r["title"] for r in rules.table("titles")) + ")"
    return f"(?:原|前|时任|现任|首任|首届)?{one}(?:(?:兼|、|,|和|暨|及|兼任){one})*"


@lru_cache(maxsize=4)
def surnames(rules: Rules) -> frozenset[str]:
    """Chinese surnames, one or two characters."""
    return frozenset(r["surname"] for r in rules.table("surnames"))
