"""Other names that a text gives right behind a name: in brackets, or after a comma with 简称 and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.names.boundaries import name_start
from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import ends_common_word
from kg.extract.names.tagged import fits_person
from kg.extract.text.tokens import NOMINAL, token_at
from kg.extract.text.words import ending_type, endings, trade_words
from kg.records import EntityType, Sentence
from kg.rules import Rules

_LABEL = (
    r"(?:以下|下文|后文|下|均|又|亦|也|俗|别|曾|旧|原)?(?:统|合|被)?(?:简称|下称|名称|称|名)|曾用名|全称|缩写|简写|别号|外文名|"
    r"英文(?:名称|名|简称|缩写|全称)?|(?:股票|证券)简称|品牌名?"
)
_LATIN = r"[A-Z][A-Za-zÀ-ÿ0-9.&'\- ]*[A-Za-zÀ-ÿ0-9.](?:, ?(?:Ltd|Inc|LLC|Corp|Co)\.?)*"
_PIECE = re.compile(
    rf"(?P<label>(?:{_LABEL})(?:为|是|:)?)?(?P<quote>[“‘「《])?"
    rf"(?P<name>{_LATIN}|[\u4e00-\u9fffA-Za-z0-9·&\-—]{{2,20}}?)[”’」》]?(?=$|[,;、/]|[和或][“‘「《])"
)
# What stands for a firm's shares in a bracket behind its name: 688001, 688001.SH, SZ.300001, 股票代码:00001.HK.
SHARE_CODE = (
    r"(?:(?:[^(),;]{0,4}代码:?)?(?:(?:SH|SZ|BJ|HK)[.:]?\d{4,6}|\d{4,6}\.(?:SH|SZ|BJ|HK)|\d{6})|[^(),;]{0,4}代码:?\d{4,6})"
)
_LISTED = re.compile(r"(?:SH|SZ|BJ|HK|NASDAQ|NYSE|SEHK)[.:]? ?[A-Z0-9]{1,6}")  # where shares are dealt in, no name
_FOREIGN = re.compile(_LATIN)
_GAP = re.compile(r"[,;、/和或\s]+")
_BRACKET = re.compile(r"\((?P<inside>[^()]{2,90})\)")
_BEHIND = re.compile(
    r",(?:以下|下文|后文|又|亦|也)?(?:简称|又称|又名|亦称|也称|俗称|别称|英文名称?)(?:为|是)?[“‘「]?(?P<name>[^”’」(),。;“、]{2,20})[”’」]?(?=[,。;])"
)
_FIRM = re.compile(
    r"\b(?:GmbH|Inc|Ltd|LLC|Corp|Co|AG|Group|Holdings?|Tech(?:nolog(?:y|ies))?|Aviation|Pharma\w*|Bio\w*|Capital|Semi\w*|Systems?|"
    r"Motors?|Energy|Electronics?|Robot\w*|Software|Materials?|Medical|Optr?onics?|Industr\w+|Partners)\b"
)
_NAMED = frozenset(
    {EntityType.COMPANY, EntityType.INSTITUTE, EntityType.UNIVERSITY, EntityType.LABORATORY, EntityType.BODY,
     EntityType.GROUP, EntityType.ZONE, EntityType.FACILITY, EntityType.EVENT, EntityType.FUND, EntityType.MEDIA}
)  # fmt: skip
_ENDING = 20
_SHORTEST_FUND = 4  # a bracket behind a fund that ends so too gives its other name: 甲发展投资基金(乙基金)


@dataclass(frozen=True, slots=True)
class Aside:
    """Another name: its range, whether the text says that it is one (简称, quotation marks), whether it is foreign."""

    start: int
    end: int
    said: bool
    foreign: bool


def brackets(text: str) -> Iterator[tuple[int, int, list[Aside]]]:
    """Start and end of each bracket, or of a comma and what follows it, with the names given there."""
    for match in _BRACKET.finditer(text):
        found = list(_pieces(text, *match.span("inside")))
        if found:
            yield *match.span(), found
    for match in _BEHIND.finditer(text):
        yield *match.span(), [Aside(*match.span("name"), said=True, foreign=False)]


def _pieces(text: str, start: int, end: int) -> Iterator[Aside]:
    """The names inside a bracket; a label holds on over those that follow it."""
    inside, at, said = text[:end], start, False
    while at < end:
        piece = _PIECE.match(inside, at)
        if piece is None:
            at = next((m.end() for m in _GAP.finditer(inside, at)), end)
            continue
        said = said or bool(piece["label"])
        foreign = _FOREIGN.fullmatch(piece["name"]) is not None
        if not piece["name"][0].isdigit() and not _LISTED.fullmatch(piece["name"]):
            yield Aside(*piece.span("name"), said=said or bool(piece["quote"]), foreign=foreign)
        gap = _GAP.match(inside, piece.end())
        at = gap.end() if gap else max(piece.end() + 1, at + 1)


def spans(text: str) -> list[tuple[int, int]]:
    """The ranges that only give another name to what stands before them."""
    return [(a, b) for a, b, found in brackets(text) if any(one.said or one.foreign for one in found)]


def defined_names(sentence: Sentence, rules: Rules) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs of a full name and another name that brackets or 简称 give it."""
    for at, _, found in brackets(sentence.text):
        full = _full(sentence, at, found, rules)
        for aside in found if full is not None and full.start < full.end else ():
            if full is not None and _fits(sentence, full, aside):
                yield full, candidate(sentence, aside.start, aside.end, full.type, "defined-short")


def _full(sentence: Sentence, at: int, found: list[Aside], rules: Rules) -> Candidate | None:
    """The name that stands before a bracket; None where nothing tells that there is one."""
    closed = sentence.text[at - 1 : at] in ("”", "》", "」")
    end = at - closed
    type_ = ending_type(sentence.text[max(0, end - _ENDING) : end], rules)
    common = ends_common_word(sentence.text[end - 2 : end])
    type_ = None if type_ is EntityType.PLACE or common else type_
    if closed:
        start = max(sentence.text.rfind(mark, 0, end) for mark in "“《「") + 1
        said = any(one.said for one in found)
        return candidate(sentence, start, end, type_ or EntityType.POLICY, "defined-full") if said else None
    if type_ is None:
        return _untold(sentence, end, found, rules)
    heads = [m for m in endings(rules)[0].finditer(sentence.text, max(0, end - _ENDING), end) if m.end() == end]
    start = name_start(sentence, heads[0].start() if heads else end, type_, rules) if end else 0
    return candidate(sentence, start, end, type_, "defined-full")


def _untold(sentence: Sentence, end: int, found: list[Aside], rules: Rules) -> Candidate | None:
    """A name without an ending of its own, which 简称 or the foreign name shows to be a firm or a person."""
    if end == 0:
        return None
    token = sentence.tokens[token_at(sentence, end - 1)]
    first = sentence.text[found[0].start : found[0].end]
    if token.tag == "PER" and _PERSON.fullmatch(first) and ("·" in token.word or fits_person(token.word, rules)):
        return candidate(sentence, token.start, end, EntityType.PERSON, "defined-full")
    if any(one.said for one in found):
        return candidate(
            sentence, name_start(sentence, end, EntityType.COMPANY, rules), end, EntityType.COMPANY, "defined-full"
        )
    if token.tag in ("ORG", "nz", "PER", "n", "LOC") and _FIRM.search(first):
        before = sentence.tokens[token_at(sentence, token.start - 1)] if token.start else None
        trade = token.word in trade_words(rules)
        start = before.start if trade and before is not None and before.tag in NOMINAL else token.start
        return candidate(sentence, start, end, EntityType.COMPANY, "defined-full")
    return None


_PERSON = re.compile(r"[A-Z][a-zÀ-ÿ]+(?: [A-Z][a-zÀ-ÿ.]*)+")


def _fits(sentence: Sentence, full: Candidate, aside: Aside) -> bool:
    """Whether another name is said to be one, is a foreign name, or abbreviates the full one."""
    name = sentence.text[aside.start : aside.end]
    if aside.said:
        return True
    if aside.foreign:
        return full.type in _NAMED and len(name) >= 2
    if full.type is EntityType.FUND and name.endswith("基金") and len(name) >= _SHORTEST_FUND:
        return True
    rest = iter(full.name)
    inside = len(full.name) > len(name) and name[0] in full.name and all(c in rest for c in name)
    return full.type in _NAMED - {EntityType.ZONE, EntityType.FACILITY} and len(name) <= 6 and inside
