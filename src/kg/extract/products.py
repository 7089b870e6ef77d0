"""Products: what is made or shown, named by a model code, or by a product noun with something proper before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.boundaries import has_proper, name_start
from kg.extract.candidates import Candidate, candidate
from kg.extract.tokens import boundary
from kg.extract.words import alternation, any_of, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

_CODE = r"(?P<code>[A-Z][A-Za-z]*[-—]?[0-9][A-Za-z0-9\-]*(?: ?(?:Pro|Max|Plus|Ultra|Air|mini))?)(?![A-Za-z0-9%])"


@lru_cache(maxsize=4)
def _patterns(rules: Rules) -> tuple[re.Pattern[str], ...]:
    nouns = alternation(words(rules, "product"))
    coded = re.compile(rf"(?:{nouns}|产品|型号|车型)[“「]?{_CODE}")
    ended = re.compile(rf"(?:{nouns})")
    made = re.compile(rf"{any_of(rules, 'make')}(?:了|出|的|出了|出的)[^,。;、]{{0,16}}$")
    bulk = re.compile(rf"(?P<name>[0-9A-Z][0-9A-Za-z.\-]*[\u4e00-\u9fff]{{0,8}}(?:{nouns}))(?:大批量|批量|正式|已|实现|成功|首次)*(?:量产|生产|下线|出货|交付|上市|首飞|发布|亮相)")
    return coded, ended, made, bulk


def product_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """Model codes after a product noun, and noun phrases that a verb of making introduces."""
    coded, ended, made, bulk = _patterns(rules)
    for match in bulk.finditer(sentence.text):
        yield candidate(sentence, *match.span("name"), EntityType.PRODUCT, "product-bulk")
    for match in coded.finditer(sentence.text):
        yield candidate(sentence, *match.span("code"), EntityType.PRODUCT, "product-code")
    for match in ended.finditer(sentence.text):
        start = name_start(sentence, match.start(), EntityType.PRODUCT, rules)
        if not boundary(sentence, match.end()) or match.start() - start < 2:
            continue
        introduced = made.search(sentence.text, max(0, start - 24), start)
        if introduced and (has_proper(sentence, start, match.start()) or match.start() - start >= 4):
            yield candidate(sentence, start, match.end(), EntityType.PRODUCT, "product-made")
