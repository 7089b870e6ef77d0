"""What 以甲、乙为代表的丙产业 names: firms that no list knows, and the industry that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.framed import fits
from kg.extract.names.lists import parts, without_tail
from kg.extract.text.tokens import boundary
from kg.extract.text.words import ending_type, plain_words, trades
from kg.records import EntityType, Sentence
from kg.rules import Rules

_FRAME = re.compile(
    r"以(?P<list>[^,。;:!?()以]{2,60}?)(?:等?(?:[^,。;:!?、]{0,10}(?:企业|公司|品牌)))?等?"
    r"为(?:代表|龙头|引领|骨干|链主|首|依托)的(?P<head>[^,。;:!?]{2,24})"
)
# A list of firms behind what they are: 一批知名企业,如甲、乙、丙等.
_SUCH_AS = re.compile(
    r"(?:企业|公司|巨头|品牌|厂商)(?:和项目)?,?(?:比?如|例如|诸如|像)(?P<list>[^,。;:!?()]{2,60}?)(?:等[^,。;]{0,8})?(?=[,。;]|$)"
)
_KINDS = (
    r"(?:等?(?:[\d一二两三四五六七八九十]+(?:大|个|条))?(?:主导|支柱|特色|优势|首位|重点|新兴|战略性?|传统|未来|先导|高端|百亿级?|千亿级?|万亿级?)*"
    r"(?:产业|行业|集群|板块|赛道|领域|链条))"
)
_TRADE = re.compile(rf"(?P<name>[^,。;、等]{{2,12}}?)(?:{_KINDS}|(?=等?(?:[,。;]|$)))")
_APART = re.compile("、|以及|和")
_FORMED = re.compile(r"(?:形成|构建|培育|打造|发展|壮大|建成|崛起)[了出起]?$")
_CLOSED = re.compile(rf"[^。;]*?(?:等[^,。;]{{0,8}}|[\d一二两三四五六七八九十]+大[^,。;]{{0,4}}){_KINDS}")
_FIRM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&-]{2,12}")
_NOT_A_FIRM = re.compile("[的了在与及和等]|为|一批|企业|公司$|产业|行业|人士|专家|院士|青年")


def represented(sentence: Sentence, named: list[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The firms of each such list and the industry behind it, where the items are no industries themselves."""
    for match in _SUCH_AS.finditer(sentence.text):
        spans = _items(sentence.text, *match.span("list"))
        if _of_firms(sentence, spans, named, rules):
            yield from _firms(sentence, spans, rules)
    for match in _FRAME.finditer(sentence.text):
        spans = _items(sentence.text, *match.span("list"))
        if not _of_firms(sentence, spans, named, rules):
            continue
        trade = _trade(sentence, match, rules)
        if trade is not None or "企业" in match["head"] or _CLOSED.match(sentence.text, match.end("list")):
            yield from _firms(sentence, spans, rules)
        if trade is not None:
            yield trade


def _firms(sentence: Sentence, spans: list[tuple[int, int]], rules: Rules) -> Iterator[Candidate]:
    """The items that can be firms, as such."""
    for start, end in spans:
        if _firm(sentence, start, end, rules):
            yield candidate(sentence, start, end, EntityType.COMPANY, "listed-representative")


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges between the list's marks."""
    return parts(_APART.finditer(text, start, end), start, end)


def _of_firms(sentence: Sentence, spans: list[tuple[int, int]], named: list[Candidate], rules: Rules) -> bool:
    """Whether the items are firms: one is known as such or several are, and none is a trade."""
    types = {c.type for c in named if (c.start, c.end) in spans}
    if EntityType.INDUSTRY in types or any(sentence.text[a:b] in trades(rules) for a, b in spans):
        return False
    return EntityType.COMPANY in types or len(spans) > 1


def _firm(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether an item can be a firm's name."""
    text = sentence.text[start:end]
    plain = text in plain_words(rules) or ending_type(text, rules) not in (None, EntityType.COMPANY)
    return bool(_FIRM.fullmatch(text)) and not plain and not _NOT_A_FIRM.search(text)


def _trade(sentence: Sentence, frame: re.Match[str], rules: Rules) -> Candidate | None:
    """The industry that the firms stand for, where the sentence says that what is told of are industries."""
    found = _TRADE.match(sentence.text, frame.start("head"))
    formed = _FORMED.search(sentence.text, 0, frame.start()) or _CLOSED.match(sentence.text, frame.start("head"))
    if found is None or not (formed or found.end() > found.end("name")):
        return None
    start, end = found.start("name"), without_tail(sentence.text, *found.span("name"))
    if not (boundary(sentence, start) and boundary(sentence, end) and fits(sentence, start, end, rules)):
        return None
    return candidate(sentence, start, end, EntityType.INDUSTRY, "listed-framed")
