"""Entries of lists whose lead says what they are: 主要企业有: 1.甲:… 2.乙:…, however little the name tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import GENERIC
from kg.extract.text.lines import FACT_OF_WORKS, MARK, PROJECT
from kg.extract.text.tokens import NOMINAL, between, boundary
from kg.extract.text.words import ending_type, plain_words, stop_words, trades
from kg.records import EntityType, Sentence
from kg.rules import Rules

_TAIL = r"(?:名单|名录|风采|一览表?|展示|简介|简况|介绍|列表|代表|目录|情况)?(?:主要|目前|分别)*(?:有|为|是|包括|如下)?"
_BEFORE = rf"{MARK}?(?:[一二三四五六七八九十]+、)?[\[【]?(?:目前|现有|其中|截至目前|,)*[^,。;:!?]{{0,14}}?"
_LEADS = tuple(
    (re.compile(rf"{_BEFORE}(?:{kind}){_TAIL}[\]】]?\s*:?"), type_)
    for kind, type_ in (
        ("企业|公司|厂商|商户", EntityType.COMPANY),
        ("项目|工程", EntityType.PROJECT),
        ("平台|载体|设施", EntityType.FACILITY),
        ("园区|片区|组团", EntityType.ZONE),
    )
)
_ENTRY = re.compile(rf"(?P<mark>{MARK})?(?P<name>[^,。;:!?()、—]{{2,20}}?)(?:\([^()]*\))?(?P<stop>\s*:|——|,|\()")
_FURTHEST = 40
_OWN = frozenset(
    {EntityType.ZONE, EntityType.FACILITY, EntityType.INSTITUTE, EntityType.LABORATORY, EntityType.UNIVERSITY,
     EntityType.PROJECT, EntityType.COMPANY, EntityType.VALLEY}
)  # fmt: skip
_LABELS = frozenset("地址 电话 网址 邮箱 传真 备注 说明 简介 主营 产品 规模 投资 内容 建设内容 时间 地点".split())


def entry_names(sentences: Sequence[Sentence], rules: Rules) -> Iterator[Candidate]:
    """The name that opens each entry below a lead that tells of firms or projects."""
    led: EntityType | None = None
    since = 0
    for sentence in sentences:
        told = _lead(sentence)
        entry = _entry(sentence, led, rules) if led and sentence.index - since < _FURTHEST else None
        if told is not None and (entry is None or sentence.text.endswith(":")):
            led, since = told, sentence.index
        elif led is EntityType.COMPANY and (row := _row(sentence, rules)):
            yield from (candidate(sentence, *span, led, "listed-entry") for span in row)
        elif entry is not None and led is not None:
            start, end = entry
            yield from _entered(sentence, start, end, led, rules)
        elif opens_line(sentences, sentence) and not re.match(MARK, sentence.text):
            led = None


def _entered(sentence: Sentence, start: int, end: int, led: EntityType, rules: Rules) -> Iterator[Candidate]:
    """An entry's name with the type of its own ending, else of the lead; other rules read what endings tell."""
    own = ending_type(sentence.text[start:end], rules)
    if own in _OWN and led in _FIRM_OR_WORK:
        yield candidate(sentence, start, end, own or led, "listed-entry")
    elif own is None or led in _FIRM_OR_WORK:
        valley = sentence.text[end - 1] == "谷" and led not in _FIRM_OR_WORK
        yield candidate(sentence, start, end, EntityType.VALLEY if valley else led, "listed-entry")


_FIRM_OR_WORK = frozenset({EntityType.COMPANY, EntityType.PROJECT})
# What a label inside a line lists: 龙头企业:甲(水泵)、乙;配套企业有丙、丁等19家.
_INLINE = re.compile(
    r"(?:^|[,。;)]|\s)(?:其中|园区|区内)?(?:龙头|骨干|代表|重点|主要|配套|知名|入驻|入园|链主|核心|上市|明星)性?企业(?:主要|分别)?(?:有|包括了?|为|:)"
    r"(?P<list>(?:(?!等)[^,。;:!?()、]){2,16}(?:\([^()]*\))?(?:、(?:(?!等)[^,。;:!?()、]){2,16}(?:\([^()]*\))?)+)(?=等|[,。;]|$)"
)
_ITEM = re.compile(r"(?P<name>[^()、]{2,16})(?:\([^()]*\))?")


def inline_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The firms that a label inside a line lists, where none of them is a trade."""
    for told in _INLINE.finditer(sentence.text):
        items = [_undescribed(sentence, m) for m in _ITEM.finditer(sentence.text, *told.span("list"))]
        own = [(a, b) for a, b in items if ending_type(sentence.text[a:b], rules) in (None, EntityType.COMPANY)]
        if all(_names(sentence, a, b, rules, told=True) for a, b in own) and len(own) > 1:
            yield from (candidate(sentence, a, b, EntityType.COMPANY, "listed-entry") for a, b in own)


_DOES = re.compile("(?:做|从事|主营|主打|专注于?|深耕|生产|研发|研制|制造|经营)[^、]{1,14}?的")


def _undescribed(sentence: Sentence, item: re.Match[str]) -> tuple[int, int]:
    """Where the name of an item stands, without what the firm does (做甲的乙公司)."""
    start, end = item.span("name")
    does = _DOES.match(sentence.text, start, end)
    return (does.end() if does and end - does.end() > 1 else start), end


_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))[^,。;:!?、]{2,16}")


def _lead(sentence: Sentence) -> EntityType | None:
    """The type that a line tells its list to be of; None where it opens no list."""
    if not (sentence.heading or sentence.text.endswith(":") or _NUMBERED.fullmatch(sentence.text)):
        return None
    return next((type_ for lead, type_ in _LEADS if lead.fullmatch(sentence.text)), None)


def opens_line(sentences: Sequence[Sentence], sentence: Sentence) -> bool:
    """Whether a sentence opens its paragraph."""
    return sentence.index == 0 or sentences[sentence.index - 1].paragraph != sentence.paragraph


def _entry(sentence: Sentence, led: EntityType, rules: Rules) -> tuple[int, int] | None:
    """Where the name of an entry stands: behind its number, or before a colon."""
    match = _ENTRY.match(sentence.text)
    if match is None or not (match["mark"] or match["stop"].strip() == ":") or FACT_OF_WORKS.fullmatch(match["name"]):
        return None
    start, end = match.span("name")
    says = _SAYS if led is not EntityType.PROJECT else _SAYS_OF_WORKS
    told = bool(match["mark"]) and match["stop"].strip() in (":", "——") and not says.search(match["name"])
    return (start, end) if _names(sentence, start, end, rules, told=told) else None


_ROW = re.compile(rf"{MARK}?[^,。;:!?()、]{{2,20}}(?:、[^,。;:!?()、]{{2,20}}){{2,}}?(?:等[^,。;:、]{{0,10}})?[。;]?")
_CELL = re.compile(r"[^,。;:!?、]{2,10}?(?=、|等|[。;]|$)")


def _row(sentence: Sentence, rules: Rules) -> list[tuple[int, int]]:
    """The names of a line that is nothing but a row of them (甲、乙、丙等) and whose own ends do not tell."""
    mark = re.match(MARK, sentence.text)
    if not _ROW.fullmatch(sentence.text):
        return []
    cells = [m.span() for m in _CELL.finditer(sentence.text, mark.end() if mark else 0)]
    own = [(a, b) for a, b in cells if ending_type(sentence.text[a:b], rules) in (None, EntityType.COMPANY)]
    return own if own and all(_names(sentence, a, b, rules, told=True) for a, b in own) else []


_SAYS_OF_WORKS = re.compile("[的了是由将被从对把使让]|项目$(?<=^项目)")
_SAYS = re.compile("[的了是在由将被从对把使让和与及]|企业$|公司数")


def _names(sentence: Sentence, start: int, end: int, rules: Rules, *, told: bool) -> bool:
    """Whether a phrase can be a name: not of common words, and a noun phrase where number and colon do not tell."""
    text, tokens = sentence.text[start:end], between(sentence, start, end)
    if any(text in known for known in (plain_words(rules), trades(rules), _LABELS)) or GENERIC.fullmatch(text):
        return False
    if tokens[0].word in stop_words(rules) or not (boundary(sentence, start) and boundary(sentence, end)):
        return False
    phrase = all(t.tag in NOMINAL or t.tag in ("a", "b", "m", "nx", "q") for t in tokens)
    return told or (phrase and tokens[-1].tag in NOMINAL)


def field_names(sentence: Sentence) -> Iterator[Candidate]:
    """The value of 项目名称, which is a project whatever it ends with."""
    match = PROJECT.match(sentence.text)
    if match:
        start, end = match.span("value")
        yield candidate(sentence, start, end, EntityType.PROJECT, "defined-field")
