"""Coordinated lists: 甲、乙和丙等N个项目 types its items by the noun that closes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from kg.extract.names.boundaries import has_proper, name_start
from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.tokens import NOMINAL, between, boundary
from kg.extract.text.words import (
    alternation,
    ending_type,
    endings,
    known_companies,
    plain_words,
    stop_words,
    trades,
    words,
)
from kg.records import EntityType, Sentence
from kg.rules import Rules

_COUNT = (
    r"(?:众多|一批|一大批|一系列|各类|其他|许多|不少"
    r"|(?:\d+|[一二两三四五六七八九十百]+|多|数|几|若干)(?:余|多)?(?:个|家|只|项|大|座|类|种|支|所|条|款|部)?)"
)
_MORE = r"(?:(?:[\u4e00-\u9fff]|[15]00(?=强)){0,12}?)"
# 等一批在细分领域国际领先的企业: what is said of them stands between.
_SAID = r"(?P<said>(?:在|具有|拥有|专注|从事|来自|涵盖)[^,。;:、]{2,16}?的)?"
# 行业 and 产业 are no heads where they only say which kind of firm follows (行业领军企业).
_MERE = (
    r"(?!业)(?!(?<=[行产]业|领域)(?:领军|龙头|头部|骨干|标杆|领先|知名|巨头|翘楚|领头|领跑))"
    r"(?!(?<=基金)(?:机构|公司|管理))"
)
_HARD = re.compile(r"[。;:!?,]")
# Where the list before ends and another begins: 甲、乙两大产品链和….
_OTHER = re.compile(
    r"(?:\d+|[一二三四五六七八九十两]+)[大条个类][^,。;、和及\d]{0,8}?(?:链条?|集群|产业|板块|体系|领域|赛道|基地|园区)(?:以及|[、和及与])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that closes a list: where the list ends, the noun's place, and the type it gives its items."""

    list_end: int
    start: int
    end: int
    type: EntityType
    explicit: bool


@lru_cache(maxsize=4)
def _head_pattern(rules: Rules) -> tuple[re.Pattern[str], dict[str, EntityType]]:
    kinds = {w: t for t in EntityType for w in words(rules, "listhead_" + t.value)}
    kinds |= {e.text: e.type for e in endings(rules)[1].values() if e.type in _ENDING_HEADS and e.text not in kinds}
    heads = alternation(kinds)
    counted = r"(?<=[^\d])(?P<count>\d+|[一二三四五六七八九十两]+)(?:大|个|类|大类|条|家|只|支|所)"
    shape = rf"(?P<etc>等){_COUNT}?{_SAID}{_MORE}(?P<a>{heads}){_MERE}|{counted}{_MORE}(?P<b>{heads})"
    return re.compile(shape), kinds


_ENDING_HEADS = frozenset(
    {EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.FUND, EntityType.ZONE, EntityType.UNIVERSITY}
)


def heads(sentence: Sentence, rules: Rules) -> Iterator[Head]:
    """The heads that close a list in a sentence."""
    if "、" not in sentence.text and "等" not in sentence.text:
        return
    pattern, kinds = _head_pattern(rules)
    for match in pattern.finditer(sentence.text):
        group = "a" if match["etc"] else "b"
        begin = max(match.start(), match.end("said"))
        if boundary(sentence, match.start(group)) and _phrase(sentence, begin, match.end(group)):
            yield Head(match.start(), *match.span(group), kinds[match[group]], bool(match["etc"]))


def _phrase(sentence: Sentence, start: int, end: int) -> bool:
    """Whether one noun phrase leads from the list's end to its head."""
    tokens = between(sentence, start, end)
    plain = all(t.tag in NOMINAL or t.tag in ("a", "m", "q", "f", "b", "r") or t.word in ("等", "大") for t in tokens)
    return plain and boundary(sentence, end) and not any(t.word in ("方面", "等等") for t in tokens)


def listed_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The items of every list whose head gives them a type."""
    for head in heads(sentence, rules):
        spans = items(sentence, head.list_end, rules)
        if len(spans) < 2 and not head.explicit:
            continue
        if head.type is EntityType.COMPANY and any(_is_trade(sentence, a, b, rules) for a, b in spans):
            head = replace(head, type=EntityType.INDUSTRY)  # 引进新媒体、电子商务等企业: kinds of firms
        if _are_kinds(sentence, head, spans):
            continue
        for start, end in spans:
            found = _item(sentence, start, end, head, rules)
            if found:
                yield found


def _are_kinds(sentence: Sentence, head: Head, spans: list[tuple[int, int]]) -> bool:
    """Whether a list before firms names none but what they make (正极、隔膜等上下游企业)."""
    chain = head.type is EntityType.COMPANY and _CHAIN.search(sentence.text[head.list_end : head.start])
    return bool(chain) and not any(has_proper(sentence, a, b) for a, b in spans)


_CHAIN = re.compile("上下游|产业链|配套|链上")


def _is_trade(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    return sentence.text[start:end] in trades(rules)


def items(sentence: Sentence, end: int, rules: Rules) -> list[tuple[int, int]]:
    """The ranges of a list's items, the list ending at `end`; empty where an item is a clause of its own."""
    text = sentence.text
    begin = max((m.end() for m in chain(_HARD.finditer(text, 0, end), _OTHER.finditer(text, 0, end))), default=0)
    cuts = _separators(text, begin, end)
    if not cuts:
        start = _first(sentence, begin, end, rules)
        return [_trim(text, a, b) for a, b in _quoted_apart(text, start, end)] if start < end else []
    last = _last_conjunction(sentence, cuts[-1] + 1, end)
    edges = list(cuts) + ([last] if last is not None else [])
    spans = [(_first(sentence, begin, edges[0], rules), edges[0])]
    for left, right in zip(edges, [*edges[1:], end], strict=True):
        spans.append((_after(text, left), right))
    spans = [one for a, b in spans for one in _quoted_apart(text, _behind_said(text, a, b), b)]
    good = [(a, b) for a, b in (_trim(text, a, b) for a, b in spans) if a < b and _nominal(sentence, a, b, rules)]
    return good if len(good) >= len(spans) - 1 else []


def _behind_said(text: str, start: int, end: int) -> int:
    """The start of an item behind what is said of it (总投资75亿元的甲轮胎)."""
    said = text.rfind("的", start, end - 2)
    return said + 1 if said > start + 1 and not text.endswith(("代表", "龙头", "主导"), start, said) else start


def _quoted_apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The range of an item, or of each quotation where it is nothing but several in a row (“甲”“乙”)."""
    if not _IN_A_ROW.fullmatch(text, start, end):
        return [(start, end)]
    return [match.span() for match in re.compile("“[^“”]+”").finditer(text, start, end)]


_IN_A_ROW = re.compile("(?:“[^“”]+”){2,}")


def parts(marks: Iterable[re.Match[str]], start: int, end: int) -> list[tuple[int, int]]:
    """The ranges that marks leave of `start`..`end`."""
    edges = [start, *(position for mark in marks for position in mark.span()), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def parted(sentence: Sentence, mark: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """The ranges between the marks of a list, a conjunction counting only where a word begins with it."""
    marks = mark.finditer(sentence.text, start, end)
    return parts((m for m in marks if boundary(sentence, m.start())), start, end)


def _separators(text: str, begin: int, end: int) -> list[int]:
    """Positions of the list's 、 outside quotes and brackets."""
    depth, found = 0, []
    for i in range(begin, end):
        if text[i] in "“(《「":
            depth += 1
        elif text[i] in "”)》」":
            depth -= 1
        elif text[i] == "、" and depth <= 0:
            found.append(i)
    return found


def _last_conjunction(sentence: Sentence, start: int, end: int) -> int | None:
    """Where the last item falls apart at 和, 及 or 以及."""
    for token in between(sentence, start, end):
        if token.start >= start and token.word in ("和", "及", "以及", "暨") and token.end < end:
            return token.start
    return None


def _after(text: str, left: int) -> int:
    """The position after a separator."""
    match = re.compile(r"、|以及|和|及|暨").match(text, left)
    return match.end() if match else left


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the quotes that wrap an item whole."""
    while start < end and text[start] in "“”‘’「」 ":
        start += 1
    while end > start and text[end - 1] in "“”‘’「」 ":
        end -= 1
    return start, end


def _first(sentence: Sentence, begin: int, end: int, rules: Rules) -> int:
    """Where the first item begins: as far left as words of a name go, with the 新 of 新能源 and its like."""
    if end <= begin:
        return end
    start = max(begin, name_start(sentence, end, EntityType.PROJECT, rules))
    return start - 1 if start > begin and NEW.match(sentence.text, start - 1) else start


NEW = re.compile("新(?:能源|材料|型|媒体|零售|一代)")


def _nominal(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether an item is a noun phrase of fair length."""
    tokens = between(sentence, start, end)
    plain = tokens[0].word in stop_words(rules) and not (tokens[0].word in _GRADES and end - start >= 5)
    if not 2 <= end - start <= 30 or plain:
        return False
    return not any(
        t.tag in ("u", "r", "d", "xc") or (t.tag == "p" and t.word in words(rules, "prep") and t.word != "经")
        for t in tokens
    )


_GRADES = frozenset({"先进", "特色", "未来"})  # may open an industry's name: 先进高分子材料
_KINDS = re.compile(r"[一二两三四五六七八九十\d]大[\u4e00-\u9fff]{2,4}(?:和|与|及|$)")  # 丙平台三大平台 counts them


_LEADS = re.compile("(?:牵头|领衔|主导|联合)$")  # 由甲牵头、联合三所高校组建 is no list of schools


def _item(sentence: Sentence, start: int, end: int, head: Head, rules: Rules) -> Candidate | None:
    """One item with the head's type, or its own where its ending says otherwise; short forms get the head as ending."""
    text = sentence.text[start:end]
    told = _KINDS.search(text) or _LEADS.search(text)
    if told or text in plain_words(rules) or text == sentence.text[head.start : head.end]:
        return None
    whole = text.endswith(tuple(_COMPLETE.get(head.type, ()))) and not (len(text) == 2 and text[1] in "城港镇")
    if head.type in _ENDING_HEADS and not whole and ending_type(text, rules) in (None, EntityType.PLACE):
        noun = sentence.text[head.start : head.end]
        return candidate(sentence, start, end, head.type, "listed-short", name=text + noun)
    own = ending_type(text.removesuffix("(筹)"), rules)
    if head.type is EntityType.PROJECT and own is None and _INVESTED.search(sentence.text, 0, start):
        head = replace(head, type=EntityType.COMPANY)
    if head.type is EntityType.INDUSTRY and own is None and not head.explicit and _AREA.search(text):
        return candidate(sentence, start, end, EntityType.ZONE, "listed-zone")
    if head.type is EntityType.INDUSTRY and between(sentence, start, end)[-1].word in _TASKS:
        return None
    if head.type is EntityType.INDUSTRY:
        end -= sentence.text.endswith("为", start + 2, end)  # 以甲、乙为三大支柱产业
        start, end = _behind_zone(sentence, start, end), without_tail(sentence.text, start, end)
    if _unfit(sentence, start, end, head, own, rules):
        return None
    keep = own if own and head.type not in _TELLING else head.type
    return candidate(sentence, start, end, keep, "listed-" + head.type.value.lower())


# What a fund puts its money into are firms, though the list may call them projects (投向甲科技等12个项目).
_INVESTED = re.compile("(?:投向|(?<!总)投资(?!的)|已投|投了|投出|参投|领投)(?:了|包括|有|的)*[^,。;:的]*$")
# What ends so is no short form to which the head must be added (高峰医药园 of 甲、高峰医药园等园区).
_COMPLETE = {EntityType.ZONE: "园区城港谷镇", EntityType.UNIVERSITY: "校院", EntityType.INSTITUTE: "院所"}


def _behind_zone(sentence: Sentence, start: int, end: int) -> int:
    """The start of an industry's name behind the zone or place whose it is (甲高新区新材料、…)."""
    cuts = [t.end for t in between(sentence, start, end) if t.tag in ("LOC", "ORG") and t.end < end]
    return cuts[-1] if cuts and re.search("[区园城谷市省县镇]$", sentence.text[start : cuts[-1]]) else start


def _unfit(sentence: Sentence, start: int, end: int, head: Head, own: EntityType | None, rules: Rules) -> bool:
    """Whether an item is nothing that its head can be said of."""
    if head.type is EntityType.PROJECT:
        return sentence.text[start:end] in known_companies(rules)
    if head.type is EntityType.INDUSTRY:
        return end - start > 12 or own not in (None, EntityType.INDUSTRY)
    if head.type is EntityType.COMPANY:
        return own not in (None, EntityType.COMPANY)
    if head.type is EntityType.PRODUCT:
        return not _tagged(sentence, start, end)
    return head.type in _OWN_ONLY and (own is None or end - start < 4)


# Heads that say what their items are, whatever these end in: a 示范园区 as one of several 称号 is an award.
_TELLING = frozenset({EntityType.PROJECT, EntityType.INDUSTRY, EntityType.AWARD})
_AREA = re.compile("[^社地片市城校][区园]$")
# Heads so common that they give no type to an item that does not show one itself.
_OWN_ONLY = frozenset(
    {
        EntityType.PLACE,
        EntityType.PERSON,
        EntityType.ZONE,
        EntityType.EVENT,
        EntityType.POLICY,
        EntityType.FACILITY,
    }
)


def _tagged(sentence: Sentence, start: int, end: int) -> bool:
    return all(t.tag in NOMINAL for t in between(sentence, start, end))


def without_tail(text: str, start: int, end: int) -> int:
    """The end of an industry's name without 产业, 产业集群, 行业, 领域 or 技术, where three characters remain."""
    end -= next((2 for more in ("集群", "链条") if text.endswith("产业" + more, start, end)), 0)
    tail = text[end - 2 : end]
    whole = tail == "技术" and text[end - 4 : end - 2] in ("信息", "网络", "生物", "数字")
    return end - 2 if tail in ("产业", "行业", "技术", "领域") and end - start >= 5 and not whole else end


_TASKS = frozenset(
    "发展 建设 规划 升级 转型 布局 机遇 项目 企业 人才 工作 质量 水平 能力 需求 引进 招商 就业 改革 任务".split()
)
