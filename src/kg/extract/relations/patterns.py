"""Slot patterns: how news states a relation, as data in ontology/patterns/*.toml, compiled to regular expressions.

A pattern's `match` is a regular expression over an encoded sentence in which these forms are replaced:
  {s:Zone|Place}   one naming of these types, the subject      {o:Valley}+   one or more, in a list: the objects
  {x:Person}       one naming that is neither                  {t:title} {t:year}   a post, a year
  <build>          any trigger word of the class               ~   up to 24 characters of the clause without a naming
  ~~               up to 60 characters of the sentence         <adv>  adverbs and times, as many as stand there
  <at>             在 and a site, if there                     <mod>  what qualifies the next noun, if there (…的)
  <adverb>         one of them
  <sum>            an amount                                   <when> a year or date with what may follow it
  <of>             whose the next organisation is, if it is told (甲集团旗下…)
  <doing>          what the next firm does, if told (做…的)
  <since>          from when to when, if there (自2020年起, 于2018年至2021年)
Without {s:…} the subject is looked up among `subject` types; without {o:…} the object among `object` types; with
`near` only in the sentence itself.

A loop passes a text in one way only (tests/extract/loops.py): each word once, fillers outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.errors import RulesError
from kg.extract.relations.encoding import ANY, CODES, codes
from kg.extract.relations.signs import signs
from kg.extract.text.words import alternation, any_of, titles, whole, words
from kg.records import EntityType, Relation, Status
from kg.rules import Rules

ORGANISATIONS = ("Company", "Laboratory", "ResearchInstitute", "University", "GovernmentBody", "Fund", "Group", "Media")
SETS: dict[str, tuple[str, ...]] = {
    "Org": ORGANISATIONS,
    "Area": ("Zone", "Place", "Valley"),
    "Site": ("Zone", "Place", "Valley", "Facility"),
    "Thing": (*ORGANISATIONS, "Facility", "Project"),
    "Any": tuple(t.value for t in EntityType),
}
_SLOT = re.compile(
    r"\{(?P<role>[sox]):(?P<types>[A-Za-z|]+)\}(?P<many>\+)?|\{t:(?P<text>title|year)\}|<(?P<words>\w+)>|(?P<gap>~~?)"
)
_JOIN = (
    "(?:[、和与及暨]|以及|\\s|并|等|联合|携手|联手|牵手|会同|上市公司|龙头企业|先进|高端|新型|现代|新一代|高性能|前沿"
    "|[\u4e00-\u9fff]{0,3}轮股东|[老新原]?股东)"
)
_FREE = "(?<![在向对从往至])(?<!(?<!由)于)(?<!依托)(?<!围绕)(?<!通过)"
# What a member of a list may be said to do before its name, and what brackets may add behind it.
_DOING = (
    r"(?:(?:专门|主要|主攻)?(?:做|从事|主营|专注于?|专攻|深耕|研发|研制|生产|制造|提供|开发|经营)[^,。;:、]{1,14}?的)?"
)
_ADDED = (
    r"(?:[一二三四五]期|\([^()]{1,24}\)|第[一二三四五六七八九十\d]+[\u4e00-\u9fff]{1,6}(?=[、和与及])"
    r"|[\u4e00-\u9fff]{2,6}(?:部|分公司|事业部|学院|团队|分院)(?=[、和与及]))?"
)
_YEAR = r"(?:19|20)\d\d|[今去前](?=年)|[一二][〇零一二三四五六七八九]{3}"


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A compiled slot pattern."""

    name: str
    relation: Relation
    regex: re.Pattern[str]
    subject: tuple[EntityType, ...]
    object: tuple[EntityType, ...]
    status: Status | None
    reverse: bool
    scoped: bool
    near: bool
    needs: tuple[int, ...]
    signs: tuple[frozenset[str], ...]
    fills: Mapping[str, frozenset[str]]


def types_of(names: str) -> tuple[EntityType, ...]:
    """The entity types that a slot names, sets resolved."""
    found: list[EntityType] = []
    for name in names.split("|"):
        found += [EntityType(n) for n in SETS.get(name, (name,))]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4)
def compiled(rules: Rules) -> tuple[Pattern, ...]:
    """All slot patterns of the rules in the order of their files; RulesError names the pattern that is wrong."""
    return tuple(_compiled(p, rules) for p in rules.patterns if "match" in p)


def _compiled(row: Mapping[str, Any], rules: Rules) -> Pattern:
    try:
        expression = _expression(row["match"], rules)
        return Pattern(
            name=row["name"],
            relation=Relation(row["relation"]),
            regex=re.compile(expression),
            subject=types_of(row["subject"]) if "subject" in row else (),
            object=types_of(row["object"]) if "object" in row else (),
            status=Status(row["status"]) if "status" in row else None,
            reverse=row.get("reverse", False),
            scoped=row.get("scoped", True),
            near=row.get("near", False),
            needs=_needs(row["match"]),
            signs=signs(expression),
            fills={role: _fills(row["match"], role) for role in ("s", "o")},
        )
    except (KeyError, ValueError, re.error) as error:
        raise RulesError(f"{row.get('file')}: pattern {row.get('name', '?')}: {error}") from None


def fitting(text: str, rules: Rules) -> Iterator[Pattern]:
    """The patterns for which an encoded sentence has namings and signs, in the order of their files: most have not."""
    there, signs_of = frozenset(text), _signs_of(rules)
    held = 0
    for character in there:
        held |= signs_of.get(character, 0)
    for pattern, needed in _fitting(_mask(c for c in there if c >= ANY[0]), rules):
        if needed & held == needed:
            yield pattern


@lru_cache(maxsize=4096)
def _fitting(there: int, rules: Rules) -> tuple[tuple[Pattern, int], ...]:
    bits = _bits(rules)
    fits = (p for p in compiled(rules) if all(there & need for need in p.needs))
    return tuple((p, sum(bits[sign] for sign in p.signs)) for p in fits)


@lru_cache(maxsize=4)
def _bits(rules: Rules) -> dict[frozenset[str], int]:
    """A bit for each set of signs that a pattern cannot do without."""
    every = dict.fromkeys(sign for p in compiled(rules) for sign in p.signs)
    return {sign: 1 << i for i, sign in enumerate(every)}


@lru_cache(maxsize=4)
def _signs_of(rules: Rules) -> dict[str, int]:
    """For each character the sets that it is a sign of, as bits."""
    found: dict[str, int] = {}
    for sign, bit in _bits(rules).items():
        for character in sign:
            found[character] = found.get(character, 0) | bit
    return found


def _mask(characters: Iterable[str]) -> int:
    """A bit for each type character: of the slots of all patterns only few sets differ."""
    return sum(1 << (ord(c) - ord(ANY[0])) for c in frozenset(characters))


def _needs(match: str) -> tuple[int, ...]:
    slots = (m for m in _SLOT.finditer(match) if m["role"] in ("s", "o"))
    return tuple(_mask(CODES[t] for t in types_of(m["types"])) for m in slots)


def _fills(match: str, role: str) -> frozenset[str]:
    """The codes of what may fill a slot: names of other types only stand in its list."""
    return frozenset(CODES[t] for m in _SLOT.finditer(match) if m["role"] == role for t in types_of(m["types"]))


def _expression(match: str, rules: Rules) -> str:
    return _SLOT.sub(lambda m: _piece(m, rules), match)


def _piece(match: re.Match[str], rules: Rules) -> str:
    if match["gap"]:
        return f"(?:[^,。;!?:{ANY}]{{0,24}}?)" if match["gap"] == "~" else "(?:[^。;!?]{0,60}?)"
    if match["words"]:
        return _macros(rules).get(match["words"]) or any_of(rules, match["words"])
    if match["text"]:
        return f"(?P<{match['text']}>{titles(rules) if match['text'] == 'title' else _YEAR})"
    return _slot(match, codes(types_of(match["types"])), described=match["types"] == "Product")


def _slot(match: re.Match[str], one: str, *, described: bool) -> str:
    """A slot of namings; a subject that opens the pattern is not what a preposition before it governs (在甲区建设…).

    Of things that are `described` each may have its noun before it (机器人“甲”和配套的软件“乙”).
    """
    lead = f"{_FREE}(?<![在从向往][{ANY}])" if match["role"] == "s" and match.start() == 0 else ""
    if match["many"]:
        apart = rf"(?:、|与|和|及)[^,。;:、{ANY}]{{1,10}}(?:、|和|与|及|以及)"
        apart += rf"|等?\d+(?:大|个|条)[^,。;:、{ANY}]{{0,8}}(?:以及|和|及|与)"
        apart += rf"|(?:、|和|及|以及)[^,。;:、{ANY}]{{2,14}}的"
        if described:
            apart += rf"|(?:、|与|和|及|以及)[^,。;:、{ANY}]{{1,10}}"
        return f"{lead}(?P<{match['role']}>{one}(?:{_ADDED}(?:{_JOIN}{{0,2}}{_DOING}|{apart}){one})*)"
    return f"{lead}(?P<{match['role']}>{one})"


@lru_cache(maxsize=4)
def _macros(rules: Rules) -> dict[str, str]:
    """The short forms that stand for more than words."""
    sites = codes(types_of("Site"))
    date = r"(?:(?:19|20)\d\d年(?:\d{1,2}月)?|(?<!\d年)\d{1,2}月)(?:\d{1,2}日)?"
    adverb = f"{alternation(whole(words(rules, 'adverb')))}|在?{date}"
    return {
        "adverb": f"(?:{adverb})",
        "adv": f"(?:{adverb})*",
        "at": f"(?:(?:在|于)(?:{sites}(?:{_JOIN}{{0,2}}{sites})*(?:[^,。;!?:{ANY}]{{0,6}}?)"
        r"|[\u4e00-\u9fff]{1,8}(?:[区园城谷镇期地内里此]|当地|本地)))?",
        "of": f"(?:{codes(types_of('Company|GovernmentBody|University|ResearchInstitute|Zone|Place'))}"
        "(?:的|旗下|下属|所属|直属|全资|控股|参股|一级|二级|专业|子公司|子企业|基金管理|平台公司|平台|企业)*)?",
        "mod": f"(?:[^,。;!?:、{ANY}]{{0,24}}?的)?",
        "sum": r"(?:(?:人民币|约|近|超|逾|超过|不超过|合计|总计)*[\d.,]+(?:余|多)?(?:万|亿|千|百)*(?:余|多)?"
        r"(?:美元|港元|欧元|英镑|日元|元)?(?:人民币)?)",
        "doing": _DOING,
        "when": f"(?:{date})?",
        "since": f"(?:(?:,|于|自|从|在)?(?:[今去前]年|{date})(?:(?:至|到|-|—)(?:今|{date}))?"
        "(?:起|以来|开始|之后|后)?(?:,|一直|便|正式|连续)*)?",
    }
