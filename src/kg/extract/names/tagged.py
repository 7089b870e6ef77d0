"""Firms, persons and places that the recogniser tags or that posts and trade words give away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kg.extract.names.boundaries import name_start
from kg.extract.names.candidates import RANKS, Candidate, candidate
from kg.extract.names.ended import GENERIC
from kg.extract.names.known import UNNAMED
from kg.extract.text.tokens import PROPER, boundary, token_at
from kg.extract.text.words import (
    alternation,
    any_of,
    ending_type,
    endings,
    plain_words,
    stop_words,
    surnames,
    titles,
    trade_words,
    trades,
    words,
)
from kg.records import EntityType, Sentence, Token
from kg.rules import Rules

_OFFICE = re.compile(r"办(?=(?:党组|常务)?(?:副主任|主任|负责人|相关负责人))")


def tagged_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The recogniser's organisations with a company's tail, and its places and persons where the context agrees."""
    for index, token in enumerate(sentence.tokens):
        if token.tag == "ORG" or (token.tag in ("LOC", "PER") and _corporate_next(sentence, index, rules)):
            yield from _organisation(sentence, index, token, rules)
        if (
            token.tag == "PER"
            and not _corporate_next(sentence, index, rules)
            and ("·" in token.word or _is_person(sentence, token, rules))
        ):
            yield candidate(sentence, token.start, token.end, EntityType.PERSON, "person-tagged")
    for match in _OFFICE.finditer(sentence.text):
        start = name_start(sentence, match.start(), EntityType.BODY, rules)
        if start < match.start():
            yield candidate(sentence, start, match.start() + 1, EntityType.BODY, "ending-office")


_STATE_INVESTOR = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:国投|城投|科投|产投|交投|建投|创投|金控|国控|能投|文旅投|水投|农投|国资集团)"
)
_CORPORATE = frozenset({"资本", "股份", "控股", "创投", "药业", "银行", "证券", "实业", "重工", "集团"})


def _corporate_next(sentence: Sentence, index: int, rules: Rules) -> bool:
    """A place or person before a word that only firms' names end with (南湖资本), or a firm's word and a post."""
    if sentence.tokens[index].tag == "LOC" and _STATE_INVESTOR.fullmatch(sentence.tokens[index].word):
        return True
    if index + 1 >= len(sentence.tokens):
        return False
    after = sentence.tokens[index + 1]
    posted = after.word in words(rules, "companytail") and re.match(titles(rules), sentence.text[after.end :])
    return after.word in _CORPORATE or bool(posted)


def _organisation(sentence: Sentence, index: int, token: Token, rules: Rules) -> Iterator[Candidate]:
    """A company where the organisation's tail, the next word or the words before it say so."""
    tails = words(rules, "companytail")
    end = token.end
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    closed = ending_type(token.word, rules) is EntityType.INSTITUTE
    if after is not None and after.word in tails and after.tag in ("n", "vn", "nz") and not closed:
        end = after.end
    text = sentence.text[token.start : end]
    if _DIVISION.fullmatch(text):
        yield candidate(sentence, token.start, end, EntityType.PLACE, "tagged-place")
        return
    if text.endswith(_TITLE_HEADS) and re.match(titles(rules), sentence.text[end - 2 :]):
        text, end = text[:-2], end - 2
    pattern, table = endings(rules)
    ended = next((table[m[0]].type for m in pattern.finditer(text) if m.end() == len(text)), EntityType.COMPANY)
    if (
        ended is not EntityType.COMPANY
        or text.startswith(("公司", "企业", "集团"))
        or _cut_off(sentence, end, len(text))
    ):
        return
    stop = stop_words(rules)
    adjective = after is not None and after.word in ("公司", "企业") and re.search("[化型性级]$", text)
    if adjective or GENERIC.fullmatch(text.removesuffix("公司").removesuffix("企业")):
        return
    if text.removesuffix("企业") in plain_words(rules):
        return
    if len(text) < 3 or text in stop or token.word in stop or _NUMBERED.search(text):
        return
    if end > token.end or any(text.endswith(t) and len(text) > len(t) + 1 for t in tails):
        yield candidate(sentence, token.start, end, EntityType.COMPANY, "tagged-company-tail")
    elif re.match(titles(rules), sentence.text[end:]) or (3 <= len(text) <= 6 and not _runs_on(after)):
        yield candidate(sentence, token.start, end, EntityType.COMPANY, "tagged-company")


_DIVISION = re.compile("(?!超市|夜市|股市|都市)[\u4e00-\u9fff]{2,4}[省市县州旗]")
_PARK = re.compile("(?:产业|科技|工业|软件|制造|装备)+(?:园|城|谷|小镇)")  # the trade is the park's (甲智能产业园项目)
_NUMBERED = re.compile(r"\d(?:号|座|栋|期|楼)$")
_TITLE_HEADS = ("联合", "首席", "常务", "高级", "执行", "技术", "产品")


def _runs_on(after: Token | None) -> bool:
    """Whether a noun follows that an organisation named by its tag alone would only qualify (海铁联运班列)."""
    own = ("企业", "公司", "集团", "团队", "旗下", "下属", "所属", "总部", "工厂", "产品", "项目", "基地")
    return after is not None and after.tag in ("n", "nz") and not after.word.endswith(own)


def _cut_off(sentence: Sentence, end: int, size: int) -> bool:
    """Whether an organisation runs on into a park's trade, or a long one into a noun, so that it is no whole name."""
    if _PARK.match(sentence.text, end):
        return True
    after = sentence.tokens[token_at(sentence, end)] if end < len(sentence.text) else None
    return (
        size >= 6
        and after is not None
        and after.start == end
        and after.tag in ("n", "nz")
        and after.word not in ("企业", "公司", "集团")
    )


def _is_person(sentence: Sentence, token: Token, rules: Rules) -> bool:
    """A Chinese name of two to four characters with a surname, beside a title or a verb of saying or being."""
    before, after = sentence.text[: token.start], sentence.text[token.end :]
    if not fits_person(token.word, rules):
        return 2 <= len(token.word) <= 6 and bool(_posted(rules).search(before)) and _alone(sentence, token)
    if len(token.word) >= 3 and before[-1:] != "“" and (_alone(sentence, token) or _filled(rules).search(before)):
        return True
    return bool(_before_person(rules).search(before) or _after_person(rules).match(after))


def _alone(sentence: Sentence, token: Token) -> bool:
    """Whether what follows goes on about somebody; a noun would make the word a part of another name."""
    if token.end >= len(sentence.text):
        return True
    after = sentence.tokens[token_at(sentence, token.end)]
    return after.tag in ("v", "vd", "d", "p", "c", "u", "f", "ad", "TIME") or after.word in ("、", "(", ")", "。")


@lru_cache(maxsize=4)
def _filled(rules: Rules) -> re.Pattern[str]:
    """A post and a word of being before whoever fills it: 校长为, 首任院长由."""
    return re.compile(f"{titles(rules)}(?:为|是|由|系|:)$")


@lru_cache(maxsize=4)
def _posted(rules: Rules) -> re.Pattern[str]:
    return re.compile(f"{titles(rules)}$")


def fits_person(name: str, rules: Rules) -> bool:
    """Whether a word has the build of a Chinese person's name: a surname and one or two characters more."""
    if name[:2] in surnames(rules):
        return 3 <= len(name) <= 4
    return 2 <= len(name) <= 3 and name[0] in surnames(rules)


def _before_person(rules: Rules) -> re.Pattern[str]:
    return re.compile(f"(?:{titles(rules)}|叫|名叫|记者|通讯员|由|是|院士|[\u4e00-\u9fff]{{2,4}}[、和])[\\s:“]*$")


def _after_person(rules: Rules) -> re.Pattern[str]:
    say = any_of(rules, "say")
    return re.compile(
        rf"\s*(?:[,、]?(?:{titles(rules)})|(?:近日|当天|日前)?(?:在.{{0,12}})?{say}|对此|曾|是|说|任|担任|出任|兼任|当选|、[\u4e00-\u9fff]{{2,3}}等|告诉|在接受|博士|教授|院士|团队|\)|\(|创办|创立|出席|带领|率领|从|和[\u4e00-\u9fff]{{2,3}}|不再|自\d|现任|将|已|当选|获|被)"
    )


@lru_cache(maxsize=4)
def _trade_automaton(rules: Rules) -> Any:
    import ahocorasick_rs as aho

    return aho.AhoCorasick(sorted(trade_words(rules)), matchkind=aho.MatchKind.Standard)


def _traded(text: str, rules: Rules) -> Iterator[tuple[int, int]]:
    """The ranges of two or three Chinese characters and a trade word; of those that begin at one place the longest."""
    ends: dict[int, int] = {}
    found: dict[int, int] = {}
    for _, start, end in _trade_automaton(rules).find_matches_as_indexes(text, overlapping=True):
        ends[start] = max(end, ends.get(start, 0))
    for size in (2, 3):
        fits = [start for start in ends if start >= size and _FRONT.fullmatch(text, start - size, start)]
        found |= {start - size: ends[start] for start in fits}
    yield from sorted(found.items())


_FRONT = re.compile("[\u4e00-\u9fff]{2,3}")


_OPENS_FIRM = re.compile(
    r"(?:^|[,;:。、“(]|由|向|被|与|和|获|年的|企业|公司|集团|投资?了|收购|入股|控股|吸引了?|组织|获得|携手|联合)$"
)
_GOES_ON = frozenset({"v", "vd", "d", "ad", "p", "c", "w", "u", "TIME"})


def traded_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """Firms that go by a short name with a trade word (…生物, …资本), before a verb or post."""
    for start, end in _traded(sentence.text, rules):
        if _OPENS_FIRM.search(sentence.text[max(0, start - 4) : start]) and _is_firm(sentence, start, end, rules):
            yield candidate(sentence, start, end, EntityType.COMPANY, "tagged-trade")


def _is_firm(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether the stretch is made of whole words that are no common ones, and goes on as a firm's name does."""
    first = sentence.tokens[token_at(sentence, start)]
    last = sentence.tokens[token_at(sentence, end - 1)]
    common = first.word in plain_words(rules) or first.word in stop_words(rules)
    common = common or first.tag in ("v", "p", "d", "m", "r")
    common = common or sentence.text[start] in "了等" or (last.word == "投资" and last.tag == "v")
    whole = boundary(sentence, start) and (boundary(sentence, end) or first.tag in ("ORG", "nz"))
    after = sentence.tokens[token_at(sentence, end)] if end < len(sentence.text) else None
    goes_on = after is None or after.tag in _GOES_ON or re.match(titles(rules), sentence.text[end:]) is not None
    return whole and goes_on and not common and _unlisted(sentence, start, end, rules)


def _unlisted(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether no industry of the scheme is the whole stretch (生物医药) or its front a noun of the language."""
    text = sentence.text[start:end]
    front = sentence.tokens[token_at(sentence, start)]
    odd = front.tag in PROPER or front.end - front.start == 1 or front.end >= end
    return text not in trades(rules) and text not in plain_words(rules) and odd


def is_trade(found: Candidate, rules: Rules) -> bool:
    """Whether what looks like a firm is no more than an industry, alone or with a word for firms (生物医药公司)."""
    body = found.name.removesuffix("企业").removesuffix("公司")
    guessed = body != found.name or found.rank == _GUESSED
    return found.type is EntityType.COMPANY and guessed and body in trades(rules)


_GUESSED = RANKS["tagged"]


@lru_cache(maxsize=4)
def _titled(rules: Rules) -> re.Pattern[str]:
    """A post, then a name by its surname, then an end or a verb of saying."""
    one = alternation(s for s in surnames(rules))
    return re.compile(
        rf"(?:{titles(rules)}|聘任|任命|选举|推选|提名|委任)(?P<name>(?:{one})[\u4e00-\u9fff]{{1,2}}?)(?=[,。;:、)]|说|表示|介绍|认为|指出|称|告诉|坦言|在|和(?!为|任|担任|出任|说|表示|介绍|认为|指出|称|透露|告诉|[,。;:、])|与|等|为|带领|率|出席|宣布|参加|调研|致辞|主持|讲话|陪同|透露|任|担任|出任|同志|先生|女士|一[见走说听]|[也还就都又已曾正将对从向给把是深最更补回解强感笑来带代受先]|$)"
    )


@lru_cache(maxsize=4)
def _acting(rules: Rules) -> re.Pattern[str]:
    """A post, then three characters that begin with a surname, then what only a person does."""
    return re.compile(
        rf"{titles(rules)}(?P<name>(?:{alternation(surnames(rules))})[\u4e00-\u9fff]{{2}})"
        rf"(?={_ACTS.pattern})"
    )


_ACTS = re.compile("担任|兼任|领衔|挂帅|领军|荣获|当选|负责|主持|执掌|掌舵|创办|创立")


def _acting_persons(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """Persons of whose names the recogniser cuts the last character off, or takes the first to the post."""
    for match in _acting(rules).finditer(sentence.text) if _ACTS.search(sentence.text) else ():
        if boundary(sentence, match.end("name")) and not re.search("[等由的]", match["name"]):
            yield candidate(sentence, *match.span("name"), EntityType.PERSON, "person-titled")


def titled_persons(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """Persons right after a post, whom the recogniser may not know."""
    yield from _acting_persons(sentence, rules)
    for match in _titled(rules).finditer(sentence.text):
        whole = boundary(sentence, match.start("name")) and boundary(sentence, match.end("name"))
        whole = whole and not re.search("^[和与从向于]|[了的着过们都]", match["name"])
        whole = whole and not _common_noun(sentence, *match.span("name"))
        post = (sentence.text[match.start() : match.end("name")], match["name"][1:])
        if whole and not any(re.fullmatch(titles(rules), text) for text in post):
            yield candidate(sentence, *match.span("name"), EntityType.PERSON, "person-titled")


def _common_noun(sentence: Sentence, start: int, end: int) -> bool:
    """Whether two characters that begin like a surname are one word that no verb of saying follows (员工公寓)."""
    token = sentence.tokens[token_at(sentence, start)]
    word = end - start == 2 and token.tag in ("n", "v", "vn") and (token.start, token.end) == (start, end)
    return word and not re.match("说|表示|介绍", sentence.text[end:])


@lru_cache(maxsize=4)
def _signed(rules: Rules) -> re.Pattern[str]:
    """Reporters in a row behind their post: 记者甲、乙, 本报记者 甲 乙 通讯员 丙."""
    one = alternation(surnames(rules))
    name = rf"(?!通讯员|记者|任务)(?:{one})[\u4e00-\u9fff]{{1,2}}"
    return re.compile(
        rf"(?:记者|通讯员|作者|撰文|摄影|编辑|[文图摄]/)[\s:]*(?P<names>{name}(?:[、\s]+{name})*)(?=[,)\s]|$|摄|报道|发自)"
    )


def signed_persons(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The persons who sign a report."""
    for match in _signed(rules).finditer(sentence.text):
        for one in _SIGNED.finditer(sentence.text, *match.span("names")):
            if not boundary(sentence, one.start()) or not boundary(sentence, one.end()):
                continue
            yield candidate(sentence, *one.span(), EntityType.PERSON, "person-signed")


_SIGNED = re.compile(r"[^、\s]+")


def place_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The recogniser's places that no list knows, where their ending is that of a place."""
    for token in sentence.tokens:
        word = _SIDE.sub("", token.word) if token.tag == "LOC" else ""
        named = word and _place_shape(rules).fullmatch(word) and not word.endswith(("两国", "各国", "多国", "三国"))
        if named and not any(word in common for common in (UNNAMED, words(rules, "commonplace"), stop_words(rules))):
            yield candidate(sentence, token.start, token.start + len(word), EntityType.PLACE, "tagged-place")


@lru_cache(maxsize=4)
def _place_shape(rules: Rules) -> re.Pattern[str]:
    """A word with the ending of a place."""
    ends = alternation(r["suffix"] for r in rules.table("suffixes") if r["type"] == "Place")
    return re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:{ends}|市|县|州|省|国)")


_SIDE = re.compile(r"(?<=[市县区镇乡州])(?:[东西南北中]部|[东南西北]{1,2}郊|境内|城区|市区|郊区|周边|一带|地区)$")

