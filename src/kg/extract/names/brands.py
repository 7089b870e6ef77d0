"""Firms by a bare brand without a trade word, by frames that only firms fill: 做甲的乙, 乙主营丙, 乙的创始人某人."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.tagged import fits_person
from kg.extract.text.tokens import PROPER, between, boundary
from kg.extract.text.words import ending_type, goods_words, places, plain_words, stop_words, trades, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

RULE = "listed-brand"
_BRAND = r"(?P<firm>[\u4e00-\u9fff]{2,6}?)"
_DOES = (
    r"(?:专门|专业|主要|长期)?(?:做|专做|专攻|主打|主攻|主营|主产|从事|专注于?|深耕|聚焦|生产|研发|研制|经营|制造)"
    r"[^,。;:、的]{2,14}的"
)
_WHEN = (
    r"(?:,?(?:[今去前]年|20\d\d年)[^,。;]{0,4})?,?"
    r"(?:近日|日前|不久前|已经?|也|均|都|则|还|双双|先后|相继|刚(?!刚)|曾|正|又)*(?:于[^,。;]{2,8}?)?"
)
_ACTS = (
    r"(?:完成|获|登陆|登上|入选|落户|入驻|上市|拿下|拿到|斩获|成立|创立|创办|宣布|在[^,。;]{1,6}轮|引入|总部[位设迁]|迁|搬来|营收|推出|发布"
    r"|交付|创始人|董事长|把|建成|扩产)"
)
_STOPS = rf"(?=[,。;、]|和(?:做|专|从)|以及|{_WHEN}{_ACTS})"
# A firm told by what it does: where the recogniser takes the brand for a name; else only where it acts as firms do.
_TOLD = re.compile(rf"(?:^|(?<=[,。;:、“])|(?<=[就的]是)|(?<=业有)|(?<=其中)){_DOES}{_BRAND}{_STOPS}")
_ACTING = re.compile(rf"(?:^|(?<=[。;、“])){_DOES}{_BRAND}(?={_WHEN}{_ACTS})")
_TRADE = re.compile(
    rf"(?:^|(?<=[,。;:])){_BRAND}(?:则|也|还)?"
    r"(?:主营|主产|专做|专攻|专门(?:生产|研制|研发|做|从事)|专注于?)(?!的)"
)
_FOUNDER = re.compile(
    rf"(?:^|(?<=[,。;:、“”])|(?<=如今的)){_BRAND}的?(?:联合创始人|创始人|创办人|创始合伙人)(?=[、兼\u4e00-\u9fff])"
)
_BY = re.compile(rf"(?:^|(?<=[,。;:·])){_BRAND}由[^,。;]{{2,24}}?(?:创办|创立)(?![^,。;]{{0,4}}的)")
_OWN = re.compile(
    rf"(?:[他她]|教授|博士|校友)[^,。;]{{0,10}}?(?:创办|创立)(?:了|的){_BRAND}(?=[,。;、]|{_WHEN}{_ACTS})"
)
# Nouns of one character that close what is no firm's name.
_NOUN = re.compile(
    "[人者员家商店厂部队组室间院所司群户友师士客方团台站场馆园区村镇乡市县省国线们性化率度量额值期次年月日时段步点面层级费款"
    "价权法式样品件物料器机械具船业学校书刊报社会组队谷岛城港项目]$"
)


def brands(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The brands in such frames."""
    for frame, sure in _FRAMES:
        for match in frame.finditer(sentence.text):
            person = frame is not _FOUNDER and fits_person(match["firm"], rules)
            if not person and _fits(sentence, *match.span("firm"), rules, sure=sure):
                yield candidate(sentence, *match.span("firm"), EntityType.COMPANY, RULE)


_FRAMES = ((_TOLD, False), (_ACTING, True), (_TRADE, False), (_FOUNDER, True), (_BY, False), (_OWN, True))


def _fits(sentence: Sentence, start: int, end: int, rules: Rules, *, sure: bool) -> bool:
    """Whether words can be a brand: none that the language has, and unless the frame is `sure` tagged as a name."""
    text = sentence.text[start:end]
    if not (boundary(sentence, start) and boundary(sentence, end)) or _common(text, rules):
        return False
    tokens = between(sentence, start, end)
    if any(t.tag in _NEVER or t.word in stop_words(rules) or t.word in plain_words(rules) for t in tokens):
        return False
    if tokens[-1].word in places(rules):
        return False
    if any(t.tag in PROPER for t in tokens):
        return True
    noun = tokens[-1].tag == "n" and (_NOUN.search(text) or sentence.text.startswith(",", end))
    return sure and len(tokens) == 1 and tokens[0].tag in ("n", "v") and not noun


_NEVER = frozenset({"u", "r", "d", "xc", "w", "p", "c", "TIME", "q", "m", "f"})


def _common(text: str, rules: Rules) -> bool:
    """Whether a word is known as another thing than a firm."""
    known = (places(rules), trades(rules), goods_words(rules), words(rules, "tradeword"))
    other = ending_type(text, rules) not in (None, EntityType.COMPANY)
    return other or any(text in words_ for words_ in known) or bool(_KINDS.search(text))


_KINDS = re.compile("(?:企业|公司|集团|团队|小店|作坊|工厂|厂家|单位|机构|小伙|姑娘|同学|老板|新锐|龙头)$")
