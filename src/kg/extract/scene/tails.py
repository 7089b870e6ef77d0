"""Short forms without a name of their own: 小镇, 药谷, 引导基金 stand for what the text names with that ending."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.names.shorthand import PARTNERSHIP
from kg.extract.scene.naming import Naming
from kg.extract.scene.reported import reported
from kg.extract.text.tokens import boundary, token_at
from kg.extract.text.words import alternation, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

_SHORTEST = 3  # a name is longer than its ending by a character at least
_REACH = 3
_DOMINANT = 2
_LAST = 6
# What may stand right before a short form that is no part of a longer noun: a mark, a time, a verb, a link.
_BEFORE = frozenset({"w", "TIME", "v", "p", "c", "d", "vd", "f", "xc"})
_COMPOUND = re.compile(
    r"招引|招商|管委会|管理(?:委|局|公司|人|机构|办)|党工委|集团|公司|有限|化|群|网|联盟|协会|建设(?:投资|发展|开发|局|者|中)|投资(?:公司|有限)|业|产品|"
    r"开发(?:公司|有限|建设)|分院|分中心|主任|院长|所长|副|长|民|委|域|景|[A-Z]?[一二三四]?期|级"
)
_ONE_OF = re.compile(r"(?:[一两每各某几多数\d](?:[个家座只支所片类些])?|特色|这些|那些|[、的级])[“‘]?$")


@lru_cache(maxsize=4)
def _endings(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a name may end in to be called so for short: anywhere in a clause, and only where it opens one."""
    anywhere, opening = words(rules, "tail"), words(rules, "tail_opening")
    return re.compile(rf"(?:{alternation(anywhere)}|[\u4e00-\u9fff]谷)$"), re.compile(rf"(?:{alternation(opening)})$")


def _bears(naming: Naming) -> bool:
    """Whether a naming stands by itself, or is of what an event celebrates."""
    return not naming.inner or naming.type in (EntityType.FACILITY, EntityType.LABORATORY, EntityType.ZONE)


@dataclass(frozen=True, slots=True)
class _Bearers:
    """The namings that end in a short form, in order of the text, and the one that it means wherever it stands."""

    namings: tuple[Naming, ...]
    main: Naming | None

    def meant(self, sentence: int, start: int) -> Naming | None:
        """The naming that a short form stands for: the text's main bearer, or the only one named close before."""
        here = [n for n in self.namings if n.sentence == sentence and n.end <= start and n.type is EntityType.FUND]
        if here and len({n.referent for n in here}) == 1:
            return here[-1]  # of several funds the one just named, however often the text names another
        if self.main is not None:
            return self.main if (self.main.sentence, self.main.end) <= (sentence, start) else None
        before = self.namings[: bisect_right(self.namings, (sentence, start), key=lambda n: (n.sentence, n.end))]
        close = [n for n in before[-_LAST:] if n.sentence == before[-1].sentence]
        near = bool(close) and sentence - close[-1].sentence <= _REACH
        return close[-1] if near and len({n.referent for n in close}) == 1 else None


def _bearers(namings: list[Naming], weight: Counter[int]) -> _Bearers:
    """The bearers of an ending; of several the one named far more often than the next is meant."""
    ranked = sorted({n.referent for n in namings}, key=lambda r: (-weight[r], r))[:2]
    alone = len(ranked) == 1 or (len(ranked) > 1 and weight[ranked[0]] >= _DOMINANT * weight[ranked[1]])
    return _Bearers(tuple(namings), next(n for n in namings if n.referent == ranked[0]) if alone else None)


def short_forms(
    sentences: Sequence[Sentence], namings: Sequence[Naming], rules: Rules
) -> Iterator[tuple[int, int, int, Naming]]:
    """Sentence, start and end of each short form, with the earlier naming of what it stands for."""
    names = [n for n in sorted(namings) if _bears(n) and not n.anaphor and n.type is not EntityType.AWARD]
    weight = Counter(n.referent for n in names)
    anywhere, opening = (_ending_so(sentences, names, pattern) for pattern in _endings(rules))
    wholes = _all(sentences, names) | _of_report(sentences, namings)
    forms = {tail: _bearers(found, weight) for tail, found in (opening | anywhere | wholes).items()}
    if not forms:
        return
    pattern = re.compile("|".join(sorted(forms, key=lambda tail: (-len(tail), tail))))
    for sentence in sentences:
        for match in pattern.finditer(sentence.text):
            if _stands_alone(sentence, match, match[0] not in anywhere):
                meant = forms[match[0]].meant(sentence.index, match.start())
                if meant is not None:
                    yield sentence.index, _pointed(sentence, match.start()), match.end(), meant


def _ending_so(
    sentences: Sequence[Sentence], names: Sequence[Naming], pattern: re.Pattern[str]
) -> dict[str, list[Naming]]:
    """For each ending of the pattern the names that are longer than it and end so."""
    found: dict[str, list[Naming]] = {}
    for naming in names:
        name = sentences[naming.sentence].text[naming.start : naming.end].strip("“”‘’「」")
        match = pattern.search(PARTNERSHIP.sub("", name))
        if match and match.start() > 0 and len(name) >= _SHORTEST:
            found.setdefault(match[0], []).append(naming)
            if match[0] != "基金" and match[0].endswith("基金") and pattern.search("某基金"):
                found.setdefault("基金", []).append(naming)
    return found


# 全市, 全县, 全谷, 综保区 mean the city, county, valley named before.
_ALL = {
    **{f"全{end}": re.compile(f"{end}$") for end in "市县镇省州旗谷院"},
    "全园": re.compile("园区?$"),
    "综保区": re.compile("(?:综合保税区|综保区)$"),
    **{part: re.compile(f"{part}$") for part in ("首开区", "先行启动区", "起步区", "启动区", "先导区")},
    "自贸区": re.compile("(?:自由贸易试验区|自贸试验区|自贸区)$"),
    "自创区": re.compile("(?:自主创新示范区|自创区)$"),
    "农高区": re.compile("(?:农业高新技术产业示范区|农高区)$"),
    "全校": re.compile("(?:大学|学院|学校|中学)$"),
}


def _all(sentences: Sequence[Sentence], names: Sequence[Naming]) -> dict[str, list[Naming]]:
    said = [whole for whole in _ALL if any(whole in s.text for s in sentences)]
    found = {
        whole: [n for n in names if _ALL[whole].search(sentences[n.sentence].text, n.start, n.end)] for whole in said
    }
    return {whole: named for whole, named in found.items() if named}


def _of_report(sentences: Sequence[Sentence], namings: Sequence[Naming]) -> dict[str, list[Naming]]:
    """全区 and 我区 in the report of a district's government: that district, whatever zones it names."""
    division = reported(sentences, namings)
    end = sentences[division.sentence].text[division.end - 1] if division is not None else ""
    return {whole + end: [division] for whole in ("全", "我") if division is not None}


def _stands_alone(sentence: Sentence, match: re.Match[str], opening: bool) -> bool:
    """Whether a short form is a phrase of its own, and opens its clause where it must."""
    start, end = match.span()
    if not boundary(sentence, start) or _COMPOUND.match(sentence.text, end):
        return False
    if start == 0:
        return True
    if _ONE_OF.search(sentence.text, max(0, start - 3), start):
        return False
    before = sentence.tokens[token_at(sentence, start - 1)]
    return before.tag in (_MARKED if opening else _BEFORE) or before.word in _THIS or before.word == "其中"


_MARKED = frozenset({"w", "TIME", "c"})
_THIS = frozenset({"该", "此", "这座", "这个", "这一"})


def _pointed(sentence: Sentence, start: int) -> int:
    """The start of a short form with the word that points before it (该小镇)."""
    before = sentence.tokens[token_at(sentence, start - 1)] if start else None
    return before.start if before is not None and before.word in _THIS else start
