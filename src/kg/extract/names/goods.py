"""Goods: what a firm makes, named by the noun phrase of a clause of making (生产…, 做…的甲公司, 甲公司的…已获批)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.products import SORT
from kg.extract.text.tokens import NOMINAL, PROPER, between, boundary, token_at
from kg.extract.text.words import alternation, any_of, goods_words, stop_words, words
from kg.records import EntityType, Sentence, Token
from kg.rules import Rules

_MAKERS = frozenset({EntityType.COMPANY, EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.UNIVERSITY})
_SELF = re.compile(r"(?:^|[,。;:“])(?:该|这家)?(?:公司|企业|集团)")
_CODE = re.compile(
    r"[\d.]+(?:英寸|寸|纳米|微米|毫米|千瓦|兆瓦|吉瓦|瓦|千伏|伏|吨|GWh|GW|MW|kW|kV|nm|类|代|级|轴|米)级?"
    r"|[0-9A-Za-zⅠ-Ⅻ+\-]+|[一二三四五六七八九十双单多]+[联价代轴维相元级]"
)
_PLAIN = frozenset({"a", "b", "m", "nx"})
_LONGEST, _SHORTEST = 18, 3
_NEXT = re.compile(r"(?:、|以及|和|及|与)")
# What may follow the noun of the goods inside one run of nouns: what is done with them, or how many are sold.
_REST = re.compile(
    r"(?:研发|开发|设计|生产|制造|销售|供应|制备|加工|应用|系列|产品|等|年|月|累计|全球|全国|国内|出货|销量|产量|产能|市场占有率|市占率|"
    r"批量|量产|正式|成功|业务|供应商|生产商|制造商|开发商|厂商|企业|公司|厂家|提供商)"
)
_SORT = re.compile(
    r"(?:[^,。;:、的]{0,10}?(?:首[款台个套创颗枚艘架条]|第一[款台个套颗枚艘架根]|[一两三多][款种台套个]|新一代|新型|全新|最新|自研|旗下))?的?"
)


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The compiled openings of clauses that tell of goods."""

    made: re.Pattern[str]
    range: re.Pattern[str]
    first: re.Pattern[str]
    maker: re.Pattern[str]
    drug: re.Pattern[str]
    named: re.Pattern[str]
    sold: re.Pattern[str]


@lru_cache(maxsize=4)
def _clauses(rules: Rules) -> _Clauses:
    heads = alternation(goods_words(rules))
    return _Clauses(
        made=re.compile(f"{any_of(rules, 'makegoods')}(?:和|、)?{any_of(rules, 'makegoods')}?(?:了|出了|出|的|着)?"),
        range=re.compile(
            r"(?:主要|核心|主导|拳头|代表|主打|旗舰|代表性|现有)产品(?:主要|线|分别)*(?:包括了?|有|为|是|涵盖|覆盖|:)|产品(?:包括|涵盖|覆盖|主要有|有)|主营(?:业务|产品)?(?:主要)?(?:包括了?|有|为|是|涵盖|:)"
        ),
        first=re.compile(r"(?:首|第一)[款台套颗枚艘架](?:套)?"),
        maker=re.compile(any_of(rules, "goodsmaker")),
        drug=re.compile(
            r"(?:新药|创新药|仿制药|改良型新药|生物类似药)(?P<name>[\u4e00-\u9fff]{2,12}?(?:片|胶囊|颗粒|注射液|单抗|滴眼液|(?:[替他]尼|沙坦|列净|他汀|韦|肽)(?:片|胶囊)?))"
        ),
        named=re.compile(
            rf"(?:产品|新品|新药|创新药|品牌|云平台|应用|App|APP|星座|飞船|{heads})[“‘](?P<name>[^“”‘’]{{2,12}})[”’]"
            "(?!(?:等)?(?:计划|行动|工程|项目|政策|战略|方案|模式|专项))"
        ),
        sold=re.compile(
            rf"“(?P<name>[\u4e00-\u9fffA-Za-z]{{1,8}}(?:[一二三四五六七八九十\d]+号|-?[A-Z]?\d+[A-Z]?))”(?:(?:{heads})|[^,。;]{{0,6}}?"
            "(?:卖出|售出|交付|下线|销量|出货|上市|量产|装机|首飞|发射|入轨|升空|问世|热销|畅销|获批))"
        ),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _heads(rules: Rules) -> re.Pattern[str]:
    return re.compile("(?:" + alternation(goods_words(rules)) + ")$")


def goods(sentence: Sentence, found: Sequence[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The goods of a sentence that speaks of somebody who makes something."""
    makers = [c for c in found if c.type in _MAKERS]
    yield from _called(sentence, rules)
    if not makers and not _SELF.search(sentence.text) and not _clauses(rules).range.search(sentence.text):
        return
    before = [*_clauses(rules).maker.finditer(sentence.text), *_kinds(sentence, makers)]
    spans = [*_after_verbs(sentence, rules), *_before_makers(sentence, before, rules), *_owned(sentence, makers, rules)]
    for start, end in dict.fromkeys(spans):
        if not any(c.start < end and start < c.end for c in makers):
            yield candidate(sentence, start, end, EntityType.PRODUCT, "product-goods")
    for match in _clauses(rules).drug.finditer(sentence.text):
        yield candidate(sentence, *match.span("name"), EntityType.PRODUCT, "product-named")


def _called(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The quoted names right behind the noun of the goods that they name (手术机器人“灵犀”)."""
    for match in _NUMBERED_SERIES.finditer(sentence.text):
        yield candidate(sentence, *match.span("name"), EntityType.PRODUCT, "product-named")
    for match in _MODEL.finditer(sentence.text):
        yield candidate(sentence, *match.span(), EntityType.PRODUCT, "product-named")
    for match in _headed(rules).finditer(sentence.text):
        if any(t.tag in PROPER for t in between(sentence, *match.span("name"))) or _NUMBERED.search(match["name"]):
            yield candidate(sentence, *match.span("name"), EntityType.PRODUCT, "product-named")
    for match in _clauses(rules).sold.finditer(sentence.text):
        yield candidate(sentence, *match.span("name"), EntityType.PRODUCT, "product-named")
    for match in _clauses(rules).named.finditer(sentence.text):
        start, end = match.span("name")
        words_ = between(sentence, start, end)
        proper = bool(_NUMBERED.search(match["name"])) or any(t.tag in PROPER for t in words_)
        wide = sentence.text.endswith(tuple(words(rules, "widegoods")), 0, match.start("name") - 1)
        proper = proper or match[0].startswith(_TELLING)
        done = _DONE_TO.search(sentence.text, 0, match.start())
        if not done and (proper or (not wide and all(t.tag in NOMINAL | {"c", "m", "w"} for t in words_))):
            yield candidate(sentence, start, end, EntityType.PRODUCT, "product-named")


_TELLING = ("产品", "新品", "品牌")
_DONE_TO = re.compile("(?:给|为|替|帮|让|对|把|将)[^,。;、]{0,10}$")  # 给发动机“体检” names no engine


@lru_cache(maxsize=4)
def _headed(rules: Rules) -> re.Pattern[str]:
    """A quoted name with the noun of the goods behind it (“惊鸿-3”切割机)."""
    heads = alternation(goods_words(rules) - words(rules, "widegoods"))
    name = r"[“‘](?P<name>[^“”‘’]{2,8})[”’]"
    return re.compile(rf"{name}[\u4e00-\u9fff]{{0,3}}?(?:{heads})(?![\u4e00-\u9fff]{{0,2}}(?:计划|行动|工程))")


# A name and the number of its model: “云雀”V3.
_MODEL = re.compile(r"[“‘][\u4e00-\u9fffA-Za-z]{1,8}[”’](?:[A-Z]{1,3}-?\d{1,4}|\d{2,4}[A-Z])(?![A-Za-z\d])")
_NUMBERED_SERIES = re.compile(
    r"[“‘](?P<name>[\u4e00-\u9fff]{2,8}[一二三四五六七八九十\d]+号)[”’](?=[A-Z\d]{0,4}(?:卫星|星|火箭|飞船|航天器|飞行器|潜水器|探测器))"
)
_NUMBERED = re.compile(r"[A-Za-z\d]|号$")


def is_goods(text: str, rules: Rules) -> bool:
    """Whether a noun phrase ends with a noun of goods."""
    return bool(_heads(rules).search(text)) and text not in words(rules, "nogoods")


def _after_verbs(sentence: Sentence, rules: Rules) -> Iterator[tuple[int, int]]:
    """The goods that follow a verb of making, or 产品包括."""
    clauses = _clauses(rules)
    for pattern in (clauses.made, clauses.range, clauses.first):
        for verb in pattern.finditer(sentence.text):
            if boundary(sentence, verb.start()) and boundary(sentence, verb.end()):
                sort = _SORT.match(sentence.text, verb.end())
                yield from _row(sentence, sort.end() if sort else verb.end(), rules)


def _row(sentence: Sentence, start: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """The goods of a list that begins at `start`."""
    while (end := _phrase(sentence, start, rules)) is not None:
        yield start, end
        joint = _NEXT.match(sentence.text, end)
        if joint is None:
            return
        start = joint.end()


def _phrase(sentence: Sentence, start: int, rules: Rules) -> int | None:
    """Where the goods that begin at `start` end; None where no goods begin there."""
    if start >= len(sentence.text) or not boundary(sentence, start):
        return None
    run = list(_run(sentence, start))
    while run and not (_is_head(run[-1], rules) and _fits(sentence, start, run, rules)):
        run.pop()
    if not run:
        return None
    end = run[-1].end
    rest = sentence.tokens[token_at(sentence, end)] if end < len(sentence.text) else None
    return end if rest is None or rest.tag not in NOMINAL or _REST.match(rest.word) else None


_SERIES = re.compile("“[^“”]{1,8}”(?:系列|型|牌)")  # behind it a verb says what the goods do


def _run(sentence: Sentence, start: int) -> Iterator[Token]:
    """The words of one noun phrase from a position on."""
    for token in sentence.tokens[token_at(sentence, start) :]:
        quote = token.word in "“”" and token.tag == "w"
        plain = token.tag in _PLAIN and (token.tag != "m" or _CODE.fullmatch(token.word))
        plain = plain or (token.tag in ("v", "vd") and _SERIES.match(sentence.text, start) is not None)
        if token.end - start > _LONGEST or not (token.tag in NOMINAL or plain or quote):
            return
        yield token


def _fits(sentence: Sentence, start: int, run: list[Token], rules: Rules) -> bool:
    """Whether words make goods of their own: not too short, no mere kind, nobody's name or place at the front."""
    text = sentence.text[start : run[-1].end]
    model = text.endswith("大模型") and len(run) > 1
    stops = run[0].word in stop_words(rules) and (len(run) == 1 or run[0].tag != "n")
    begins = not stops and (model or run[0].tag not in ("LOC", "ORG", "PER"))
    wide = run[-1].word in words(rules, "widegoods") and not model
    size = _SHORTEST + (text in words(rules, "product")) + 2 * wide
    drug = _DRUG.search(text)
    return begins and len(text) >= size and text.count("“") == text.count("”") and (not drug or drug.end() == len(text))


_DRUG = re.compile("新药|创新药|仿制药")


def _is_head(token: Token, rules: Rules) -> bool:
    heads = bool(_heads(rules).search(token.word)) and token.word not in words(rules, "nogoods")
    return heads and (token.tag in NOMINAL or (token.tag == "a" and len(token.word) > _LONG_WORD))


_LONG_WORD = 3  # an adjective of that length is a noun that the recogniser does not know (塔式起重机)


def _kinds(sentence: Sentence, makers: Sequence[Candidate]) -> Iterator[re.Match[str]]:
    """What says right before firms which kind of firm they are (减速器企业甲)."""
    for maker in makers:
        kind = _KIND_OF_FIRM.search(sentence.text, 0, maker.start) if maker.type is EntityType.COMPANY else None
        if kind is not None:
            yield kind


_KIND_OF_FIRM = re.compile("(?:(?:龙头|领军|初创)?企业|公司|厂商|厂家|新锐|独角兽)[“‘]?$")


def _before_makers(
    sentence: Sentence, makers: Sequence[re.Match[str]], rules: Rules
) -> Iterator[tuple[int, int]]:
    """The goods right before 生产商, 供应商 and their like."""
    for maker in makers:
        at = maker.start() - (sentence.text[: maker.start()].endswith("的"))
        first = token_at(sentence, at - 1) if at else 0
        while first > 0 and _joins(sentence.tokens[first - 1], rules):
            first -= 1
        start = sentence.tokens[first].start
        if at and _phrase(sentence, start, rules) == at:
            yield start, at


def _joins(token: Token, rules: Rules) -> bool:
    plain = token.tag in NOMINAL or token.tag == "b" or token.word in ("主", "副")
    plain = plain or (token.tag == "m" and bool(_CODE.fullmatch(token.word)))
    quote = token.word in "“”" and token.tag == "w"
    return quote or (plain and token.word not in stop_words(rules) and token.tag not in ("LOC", "ORG", "PER"))


def _owned(sentence: Sentence, makers: Sequence[Candidate], rules: Rules) -> Iterator[tuple[int, int]]:
    """The goods in 甲公司的…已获批, and in 甲公司:…年出货量."""
    for maker in makers:
        if maker.type is EntityType.COMPANY and sentence.text[maker.end : maker.end + 1] in ("的", ":"):
            sort = SORT.match(sentence.text, maker.end + 1)
            start = sort.end() if sort else maker.end + 1
            end = _phrase(sentence, start, rules)
            if end is not None and _sold(sentence, end) and not _plain_head(sentence.text[start:end], rules):
                yield start, end


def _plain_head(text: str, rules: Rules) -> bool:
    """Whether a phrase ends with a head so wide (设备, 系统) that a firm may as well use as make it."""
    return text.endswith(tuple(words(rules, "widegoods")))


def _sold(sentence: Sentence, end: int) -> bool:
    return bool(_SOLD.match(sentence.text, end))


_SOLD = re.compile(
    r"(?:等|产品)*(?:也|则|目前|今年|去年|近日|日前|\d{1,2}月)*(?:已|于|拿到|获|通过|进入|年|月|销|出口|正式|成功|率先|实现|在|占|打破|填补|率|全球|全国|"
    r"国内|市场|累计|性能|订单|,|。|下线|亮相|量产|上市|批量)"
)
