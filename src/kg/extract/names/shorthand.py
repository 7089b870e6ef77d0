"""Short names that nobody defines: a firm without place and legal form, its first two characters with 股份 or 集团."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.known import UNNAMED
from kg.extract.text.tokens import PROPER, boundary, token_at
from kg.extract.text.words import places, plain_words, stop_words, trade_words, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

_LEGAL = re.compile(r"(?:集团)?(?:股份|有限责任|有限)*公司$|(?:集团|控股|股份)$")
# A fund goes by its name without the partnership that it is (…投资基金(江城)合伙企业).
PARTNERSHIP = re.compile(r"(?<=基金)(?:\([^()]{2,8}\))?合伙企业(?:\([^()]*\))?$")
_BRACKET = re.compile(r"\([^()]*\)")
_BUSINESS = re.compile(
    r"(?:技术|科技|实业|发展|产业|投资|控股|国际|信息|集团|装备|制造|工程|建设|管理|服务|材料|股份|研究|开发|运营)$"
)
_SHORTEST, _BRAND = 3, 2
_OF_FIRMS = frozenset({EntityType.COMPANY, EntityType.PROJECT, EntityType.PRODUCT, EntityType.FACILITY})
_SHORTENED = frozenset({EntityType.COMPANY, EntityType.FUND})
_FORMS = ("股份", "集团", "科技", "控股", "实业", "公司")


def shortened(
    sentences: Sequence[Sentence], outer: Sequence[Candidate], rules: Rules
) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs of a firm or fund with its legal form and a place in the document that names it by a short form."""
    forms = _forms(outer, rules)
    if not forms:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f)))))
    taken = {(c.sentence, at) for c in outer for at in range(c.start, c.end)}
    firms = {(c.sentence, c.start, c.end): c for c in outer if c.type in _SHORTENED}
    for sentence in sentences:
        for match in pattern.finditer(sentence.text):
            free = not any((sentence.index, at) in taken for at in range(*match.span()))
            known_so = firms.get((sentence.index, *match.span()))
            if known_so is not None:
                yield forms[match[0]], known_so
            elif free and _stands(sentence, match, rules):
                yield forms[match[0]], candidate(sentence, *match.span(), forms[match[0]].type, "repeated-short")


def _forms(outer: Sequence[Candidate], rules: Rules) -> dict[str, Candidate]:
    """Each short form that one firm alone has, with the firm."""
    owners: dict[str, dict[str, Candidate]] = {}
    for c in outer:
        for form in _forms_of(c, rules):
            owners.setdefault(form, {}).setdefault(c.name, c)
    others = {c.name for c in outer if c.type not in _OF_FIRMS and c.name not in owners}
    return {
        form: next(iter(firms.values()))
        for form, firms in sorted(owners.items())
        if len(firms) == 1
        and (len(form) > _SHORTEST or not any(name.startswith(form) for name in others))
        and not any(name.endswith(form) for name in others)
    }


def _forms_of(c: Candidate, rules: Rules) -> list[str]:
    """What a firm or a fund with its legal form may be called for short."""
    if c.type is EntityType.FUND and PARTNERSHIP.search(c.name):
        whole = PARTNERSHIP.sub("", c.name)
        return list(dict.fromkeys((whole, _without_place(whole, rules))))
    if c.type is not EntityType.COMPANY:
        return []
    return short_forms(c.name, rules) if _LEGAL.search(c.name) else _of_city(c.name, rules)


def _of_city(name: str, rules: Rules) -> list[str]:
    """What a firm without legal form but with its city in front is called for short (上海甲乙汽车科技: 甲乙科技)."""
    core = _without_place(name, rules)
    if core == name or len(core) < _PLAIN:
        return []
    return [core, core[:_BRAND] + core[-2:]] if len(core) >= _LONG else [core]


_LONG, _PLAIN = 6, 4


def short_forms(name: str, rules: Rules) -> list[str]:
    """The forms of a registered name without place and legal form, shorter and shorter, and its brand."""
    core = _without_place(_LEGAL.sub("", _BRACKET.sub("", name)), rules)
    found = []
    while len(core) >= _SHORTEST:
        found.append(core)
        shorter = core[:-2] if core[-2:] in trade_words(rules) else _BUSINESS.sub("", core)
        core = shorter if shorter != core and len(shorter) >= _SHORTEST else ""
    brand = found[0][:_BRAND] if found and len(found[0]) >= 4 else ""
    words_ = (plain_words(rules), stop_words(rules), _places(rules), words(rules, "companytail"))
    common = any(brand in known for known in words_)
    forms = [form for form in _FORMS if form in name or form == "公司"]
    if found and len(found[0]) >= _LONG and _BUSINESS.search(found[0]):
        forms.append(found[0][-2:])  # 甲乙电子材料有限公司: 甲乙材料
    return [*found, *([brand, *(brand + form for form in forms)] if brand and not common else [])]


def _without_place(core: str, rules: Rules) -> str:
    """A name without the places at its front, where three characters remain."""
    for size in range(min(8, len(core) - _SHORTEST), 1, -1):
        if core[:size] in _places(rules):
            return _without_place(core[size:], rules)
    return core


def _stands(sentence: Sentence, match: re.Match[str], rules: Rules) -> bool:
    """Whether a short form is a word or words of its own; a bare brand must be tagged as a name."""
    start, end = match.span()
    if not boundary(sentence, start) or not boundary(sentence, end):
        return end - start >= 4
    return end - start > _BRAND or sentence.tokens[token_at(sentence, start)].tag in PROPER


@lru_cache(maxsize=4)
def _places(rules: Rules) -> frozenset[str]:
    """Every label of the listed places, and the words that stand for none."""
    return places(rules) | UNNAMED
