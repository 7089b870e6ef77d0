"""Products: what is made or shown, named by a model code, or by a product noun with something proper before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.names.boundaries import has_proper, name_start
from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.tokens import boundary, token_at
from kg.extract.text.words import alternation, any_of, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

_CODE = r"(?P<code>[A-Z][A-Za-z]*[-—]?[0-9][A-Za-z0-9\-]*(?: ?(?:Pro|Max|Plus|Ultra|Air|mini))?)(?![A-Za-z0-9%])"


# A name in Latin letters that is no abbreviation: Walker S, Mavic 3, Mini 4 Pro.
_LATIN = r"(?P<latin>[A-Z][a-z]{2,}[A-Za-z]*(?: ?[A-Z0-9][A-Za-z0-9]{0,6}){0,3})(?![A-Za-z0-9])"


def _of_company(sentence: Sentence, start: int) -> bool:
    """Whether an organisation stands right before, alone or with 的."""
    at = start - 1 - (start > 0 and sentence.text[start - 1] == "的")
    return at >= 0 and sentence.tokens[token_at(sentence, at)].tag == "ORG"


_FIRST = re.compile(
    r"(?:第一[个款台根种代支架件套]|首[款台个创套架艘]|[一这那]款|新款|新型|自主研发的|自主研制的|自研的?|旗下的?)$"
)
_SOLD = re.compile(
    r"(?:自)?(?:上市|面世|问世|获批上市|投放市场|批量交付|量产|下线|首飞|热销|远销|出口到|市场占有率|销量|产量|[年月]产(?:能|量)"
    r"|(?:率先|已|首次|正式|开始)+(?:在[^,。;]{2,16})?(?:试用|应用|上岗|投用|亮相|获批|试飞|装车|列装))"
)


_CODED = re.compile(rf"(?<=[\u4e00-\u9fff]){_CODE}")


_LISTED = re.compile(r"产品(?:主要)?(?:有|为|包括|涵盖|如|:)(?P<list>[A-Z][^,。;!?:]{3,60})")


@dataclass(frozen=True, slots=True)
class _Forms:
    """The compiled forms in which products are named."""

    coded: re.Pattern[str]
    ended: re.Pattern[str]
    made: re.Pattern[str]
    bulk: re.Pattern[str]
    line: re.Pattern[str]
    quoted: re.Pattern[str]
    latin: re.Pattern[str]


_SOON = "(?:大批量|批量|正式|已|实现|成功|首次)*(?:量产|生产|下线|出货|交付|上市|首飞|发布|亮相)"
_FIRMS = "(?:高新技术|高科技|科技|上市|龙头|专业|外资|国有|民营|现代化|创新型)*(?:企业|公司|厂家)"


@lru_cache(maxsize=4)
def _patterns(rules: Rules) -> _Forms:
    nouns = alternation(words(rules, "product"))
    code = r"(?![\d.]+[百千万亿]*元)[0-9A-Z][0-9A-Za-z.\-]*[\u4e00-\u9fff]{0,8}"
    goods = r"(?P<name>(?![和及与])[^,。;、]{3,30}?)"
    return _Forms(
        coded=re.compile(rf"(?:{nouns}|产品|型号|车型)[“「]?{_CODE}"),
        ended=re.compile(nouns),
        made=re.compile(rf"{any_of(rules, 'make')}(?:了|出|的|出了|出的)[^,。;、]{{0,16}}$"),
        bulk=re.compile(rf"(?P<name>{code}(?:{nouns})){_SOON}"),
        line=re.compile(rf"(?:专业|主要|专门|从事)?(?:生产|制造|研发|销售){goods}的{_FIRMS}"),
        latin=re.compile(rf"(?:{nouns})[“「]?{_LATIN}"),
        quoted=re.compile(rf"(?P<name>“[^”]{{1,12}}”(?:(?![已在将被为是了的和与把进也都])[\u4e00-\u9fff]){{0,6}}?(?:{nouns}))"),
    )


SORT = re.compile("(?:拳头|主打|核心|主导|主要|旗舰|明星|代表|新)产品")
_WIDE = 6  # 生产设备, 管理系统 are used as often as made


def product_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """Model codes, quoted names, whole lines of goods, and noun phrases that a verb of making introduces."""
    forms = _patterns(rules)
    yield from _plain(sentence, forms)
    yield from _coded(sentence, forms)
    for match in forms.ended.finditer(sentence.text):
        start = name_start(sentence, match.start(), EntityType.PRODUCT, rules)
        sort = SORT.match(sentence.text, start, match.start())
        start = sort.end() if sort else start
        wide = match[0] in words(rules, "widegoods") and match.end() - start < _WIDE
        if boundary(sentence, match.end()) and not wide and _made(sentence, start, match, forms):
            yield candidate(sentence, start, match.end(), EntityType.PRODUCT, "product-made")


def _plain(sentence: Sentence, forms: _Forms) -> Iterator[Candidate]:
    """The names that a pattern tells whole."""
    for rule, pattern in (("quoted", forms.quoted), ("bulk", forms.bulk), ("line", forms.line)):
        for match in pattern.finditer(sentence.text):
            if boundary(sentence, match.start("name")) and boundary(sentence, match.end("name")):
                yield candidate(sentence, *match.span("name"), EntityType.PRODUCT, "product-" + rule)


def _coded(sentence: Sentence, forms: _Forms) -> Iterator[Candidate]:
    """The model codes after a product noun, or after any noun that a verb of making introduces."""
    for match in forms.coded.finditer(sentence.text):
        yield candidate(sentence, *match.span("code"), EntityType.PRODUCT, "product-code")
    for match in forms.latin.finditer(sentence.text):
        yield candidate(sentence, *match.span("latin"), EntityType.PRODUCT, "product-latin")
    for match in _LISTED.finditer(sentence.text):
        for one in re.compile(_LATIN).finditer(sentence.text, *match.span("list")):
            yield candidate(sentence, *one.span("latin"), EntityType.PRODUCT, "product-latin")
    for match in _CODED.finditer(sentence.text):
        if forms.made.search(sentence.text, max(0, match.start() - 24), match.start()):
            yield candidate(sentence, *match.span("code"), EntityType.PRODUCT, "product-code")


def _made(sentence: Sentence, start: int, match: re.Match[str], forms: _Forms) -> bool:
    """Whether a noun phrase is told to be a product: the first of its kind, on sale, a firm's, or made."""
    before, after = sentence.text[max(0, start - 24) : start], sentence.text[match.end() :]
    size = match.start() - start
    if size == 0:
        return False
    if _FIRST.search(before) or (size >= 2 and (_SOLD.match(after) or _of_company(sentence, start))):
        return True
    fit = size >= 4 or (size >= 2 and has_proper(sentence, start, match.start()))
    return bool(forms.made.search(before)) and fit
