"""Names of the public lists, where a text uses them as names and not as common words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import GENERIC
from kg.extract.names.lists import without_tail
from kg.extract.text.tokens import boundary, token_at
from kg.extract.text.words import (
    Known,
    alternation,
    any_of,
    division_codes,
    endings,
    known,
    places,
    plain_words,
    trades,
    words,
)
from kg.records import EntityType, Sentence
from kg.rules import Rules


def known_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The names of public lists that stand at word boundaries."""
    for of_places in (True, False):
        yield from _known(sentence, rules, of_places)


def _known(sentence: Sentence, rules: Rules, of_places: bool) -> Iterator[Candidate]:
    automaton, surfaces = known(rules, places=of_places)
    for index, start, end in automaton.find_matches_as_indexes(sentence.text):
        entry = surfaces[index]
        if entry.type is EntityType.INDUSTRY:
            end = without_tail(sentence.text, start, end)
            end -= 2 * (entry.surface.endswith("产业") and sentence.text.startswith("产业链", end - 2))
            if not _is_industry(sentence, start, end, rules):
                continue
        if entry.name not in UNNAMED and _stands(sentence, start, end, entry, rules):
            rule = "known-" + entry.type.value.lower()
            yield candidate(sentence, start, end, entry.type, rule, code=entry.code, concept=entry.concept)


UNNAMED = frozenset(
    {"中国", "中华人民共和国", "我国", "全国", "郊区", "城区", "矿区", "市区", "新区", "老城区", "新城"}
)


@lru_cache(maxsize=4)
def _industry_context(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    heads = alternation(words(rules, "listhead_Industry"))
    kind = "重点|主导|特色|优势|新兴|主|新|领军|龙头|头部|骨干|独角兽|科技"
    headed = re.compile(rf"(?:{kind})?(?:{heads}|类?企业|公司|生态|研发|技术|为)")
    closed = re.compile(
        r"[、,。;)”!?:]|和|与|及|以及|等|为|是|成为|已|将|也|均|都|在|$|\d|作为?|确定|列入|列为|开展|"
        r"上(?=[,。;]|$)|的(?:研发|研究|生产|制造|销售|设计|开发|应用|推广|企业|公司|园区|产业)"
    )
    opened = re.compile(
        rf"(?:[、(“:]|和|与|及|以及|{any_of(rules, 'focus')}(?:了|以)?|以|从事|国内|全球|中国|[把将为是有]"
        r"|包括|包含|专业)$"
    )
    return headed, closed, opened


def _is_industry(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether a word of the industry list is meant as one: before 产业 and its like, in a list, or as a focus."""
    headed, closed, opened = _industry_context(rules)
    text = sentence.text
    if headed.match(text, end) or (end - start > 3 and text.endswith(("产业", "行业"), start, end)):
        return True
    if text[end : end + 1] == "的" and _DEVOTED.search(text[max(0, start - 4) : start]):
        return True
    after, before = bool(closed.match(text, end)), bool(opened.search(text[max(0, start - 8) : start]))
    opens_list = end - start == 3 and text[end : end + 1] == "、" and text[max(0, start - 1) : start] in (",", ";", "")
    return after and (before or opens_list or end - start > 3)


_DEVOTED = re.compile(r"(?:专注于?|从事|深耕于?|主营|主攻|聚焦于?)$")


def _common_use(sentence: Sentence, end: int, entry: Known, rules: Rules) -> bool:
    """Whether a county's short name stands before a noun, where it is most often a common word (惠民 before 工程)."""
    short = entry.type is EntityType.PLACE and entry.surface != entry.name and not (entry.code or "00").endswith("00")
    if entry.type is EntityType.PLACE and sentence.text.startswith("号", end):
        return True
    if not short or end >= len(sentence.text) or _in_province(sentence, end - len(entry.surface), entry, rules):
        return False
    return sentence.tokens[token_at(sentence, end)].tag in ("n", "vn", "v")


def _in_province(sentence: Sentence, start: int, entry: Known, rules: Rules) -> bool:
    """Whether a short name stands right behind its own province or city, where it can only be a place (海南文昌)."""
    before = sentence.tokens[token_at(sentence, start - 1)] if start else None
    if before is None or before.end != start:
        return False
    above = division_codes(rules).get(before.word, "")
    return above.endswith("00") and above[:2] == (entry.code or "")[:2]


_ABOVE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|市|自治区|自治州|区|县)")


def _behind_place(sentence: Sentence, begin: int, start: int, rules: Rules) -> bool:
    """Whether a word begins here, or only listed divisions stand before in a glued one (深圳市光明区…)."""
    while begin < start and (match := _ABOVE.match(sentence.text, begin, start)) and match[0] in places(rules):
        begin = match.end()
    return begin == start


def _stands(sentence: Sentence, start: int, end: int, entry: Known, rules: Rules) -> bool:
    """Whether a surface is read as a name: whole words, and where it is also a common word, tagged as a name."""
    token = sentence.tokens[token_at(sentence, start)]
    if entry.weak:
        return (
            token.start == start and token.end >= end and token.tag in ("LOC", "ORG", "nz") and boundary(sentence, end)
        )
    if not _behind_place(sentence, token.start, start, rules) or _common_use(sentence, end, entry, rules):
        return False
    if (
        entry.type is EntityType.PLACE
        and token.tag not in ("LOC", "ORG")
        and not re.search("[市省县区州国洲盟旗]$", entry.surface)
    ):
        return False
    rest = sentence.text[end : token.end] if token.end > end else ""
    if entry.type is EntityType.INDUSTRY and rest in ("技术", "产业", "领域", "行业", "企业"):
        return True
    if entry.type is EntityType.PLACE and sentence.text.startswith("委", end):
        return re.search("[省市区县州旗]$", entry.surface) is not None  # 市委 is the committee of the 市
    return boundary(sentence, end) or (token.tag in ("LOC", "ORG") and (rest in _AROUND or len(rest) >= 3))


def place_in_front(sentence: Sentence, name: Candidate, rules: Rules) -> Iterator[Candidate]:
    """The listed place that opens an area's name, where what follows is a name of its own (盐城 in 盐城海润开发区)."""
    if name.type not in _AREAS:
        return
    automaton, surfaces = known(rules, places=True)
    for index, start, end in automaton.find_matches_as_indexes(sentence.text[name.start : name.end]):
        entry = surfaces[index]
        city = entry.surface == entry.name or (entry.code or "").endswith("00")
        if start == 0 and not entry.weak and city and _own_name(name.name[end:], rules):
            yield candidate(sentence, name.start, name.start + end, EntityType.PLACE, FRONT, code=entry.code)


_ANOTHER = re.compile("基金|金融|资本|总部|新区|高新区|经开区|开发区|自贸区|综保区|保税区")
FRONT = "known-front"
_AREAS = frozenset({EntityType.ZONE, EntityType.VALLEY})


def _own_name(rest: str, rules: Rules) -> bool:
    """Whether a name goes on without its place: 海润开发区 does, 高新区 and 综合保税区 do not."""
    end = next((m for m in endings(rules)[0].finditer(rest) if m.end() == len(rest)), None)
    body = rest[: end.start()] if end else ""
    common = body in trades(rules) or body in plain_words(rules) or GENERIC.fullmatch(body) or _ANOTHER.match(body)
    return len(body) >= 2 and not common


_AROUND = frozenset({"郊区", "市区", "城区", "地区", "境内", "当地", "西部", "东部", "南部", "北部", "方面", "两国"})
