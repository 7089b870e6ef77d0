"""Several indicators with one number, or with one number each: 「A、B均达…」, 「A、B分别为…」."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract.figures import indicators
from kg.extract.figures.context import Context, clause_start, cutting_names
from kg.extract.figures.measured import Draft, simple
from kg.extract.figures.quantities import Measure
from kg.extract.scene.naming import Naming

_EACH = re.compile(r"(?<![人年月日户亩地平])均(?!值|价|量|匀|衡)|(?<!首)都(?!市|会)|皆|同为|双双")


def shared(context: Context, draft: Draft, boundary: int) -> list[Draft]:
    """One figure for each indicator of 「A、B、C均达…」."""
    each = _EACH.search(context.text, boundary, draft.core[0])
    if each is None:
        return [draft]
    base = indicators.left_phrase(context, boundary, each.start(), whole=True).text
    tail = draft.indicator[len(draft.base) :] if draft.rule == "multiple-of" else ""
    names = indicators.listed(base, context.rules)
    if len(names) < 2:
        return [draft]
    return [replace(draft, indicator=name + tail, base=name, rule="shared") for name in names]


def respectively(context: Context, measure: Measure, following: list[Measure], boundary: int) -> list[Draft]:
    """「A、B分别达到x、y」: each indicator with its own number."""
    text = context.text
    at = text.rfind("分别", boundary, measure.start)
    if at < 0:
        return []
    owners = cutting_names(context, boundary, at)
    if len(owners) > 1 and (row := _row(text, [measure, *following], len(owners))):
        phrase = indicators.left_phrase(context, at + 2, measure.start, count=measure.unit == "NUM")
        if len(phrase.text) < 2:
            return []
        name = indicators.counted(phrase.text, measure.surface) if measure.unit == "NUM" else phrase.text
        return [simple(name, m, at, "respectively", base=name, head=n) for n, m in zip(owners, row, strict=True)]
    phrase = indicators.left_phrase(context, boundary, at, whole=True)
    phrase = phrase if phrase.text else _of_clause_before(context, boundary)
    names = _each_measured(context, indicators.listed(phrase.text, context.rules), at, measure)
    row = _row(text, [measure, *following], len(names))
    if len(names) == 1:
        return _of_listed(context, [measure, *following], phrase, boundary)
    if len(names) < 2 or not row:
        return []
    wordings = [indicators.counted(n, m.surface) if m.unit == "NUM" else n for n, m in zip(names, row, strict=True)]
    return [simple(w, m, phrase.start, "respectively", base=w) for w, m in zip(wordings, row, strict=True)]


_DOING = re.compile(
    r"(?:(?:分别|双双|均|都|再|首次|稳步|持续|同步|一起|共同|保持|实现|突破|迈|跃|跨|创|取得|呈|大幅|快速|稳定|继续|稳中|两项)+)"
)


def _of_clause_before(context: Context, boundary: int) -> indicators.Phrase:
    """The indicators that the clause before names and only says to have done well (A、B双双迈上新台阶,分别达到…)."""
    start = clause_start(context, max(boundary - 1, 0))
    doing = _DOING.search(context.text, start, boundary)
    if doing is None or any(start <= m.start < boundary and not m.spelt for m in context.measures):
        return indicators.Phrase(boundary, boundary, "")
    return indicators.left_phrase(context, start, doing.start(), whole=True)


_SUM_OF_KINDS = re.compile(r"(?<=..)[两二三四五六七八](?:大|个|条)[^,;。、\d]{0,10}$")


def one_kind(name: str) -> str:
    """The last of several without what sums them up: 乙 in 甲、乙两大主导产业."""
    return _SUM_OF_KINDS.sub("", name)


def _each_measured(context: Context, names: list[str], at: int, measure: Measure) -> list[str]:
    """The names with what is told of each behind 分别 (甲、乙两大产业分别实现产值3亿元、2亿元)."""
    told = indicators.left_phrase(context, at + 2, measure.start).text
    if len(names) < _PAIR or not indicators.is_known(told, context.rules):
        return names
    return [one_kind(name) + told for name in names]


_NUMBERED = re.compile(r"(?P<list>[^,;。:]{2,60}?)[两二三四五六七八](?:大|个|条)[^,;。、\d]{0,10},$")
_UP_TO_LIST = re.compile(r"^.*(?:形成|培育|聚焦|发展|打造|构建|确立|布局|主攻|包括|坚持)了?(?!前)")
_BOTH = re.compile(r"双方|各方|两者|二者|三方|彼此")


def _of_listed(context: Context, following: list[Measure], phrase: indicators.Phrase, boundary: int) -> list[Draft]:
    """「形成甲、乙、丙三大产业,产值分别为…」, 「引进A、B,投资额分别为…」: each thing listed before with its number."""
    before = clause_start(context, max(boundary - 1, 0))
    if _BOTH.search(phrase.text):
        return []
    group = _coordinated(context, before, boundary)
    if len(group) > 1 and (row := _row(context.text, following, len(group))):
        pairs = zip(group, row, strict=True)
        name = phrase.text
        return [simple(name, m, phrase.start, "respectively", base=name, head=n) for n, m in pairs]
    match = _NUMBERED.search(context.text, before, boundary)
    listed = _UP_TO_LIST.sub("", match["list"]) if match else ""
    parts = [part for part in re.split(r"[、和与及]", listed) if part]
    row = _row(context.text, following, len(parts))
    if len(parts) < _PAIR or not row:
        return []
    wordings = [part + phrase.text for part in parts]
    return [simple(w, m, phrase.start, "respectively", base=w) for w, m in zip(wordings, row, strict=True)]


def _coordinated(context: Context, start: int, end: int) -> list[Naming]:
    """The last names of a range that stand in a row (A、B和C)."""
    group: list[Naming] = []
    for name in reversed(cutting_names(context, start, end)):
        if group and not re.fullmatch(r"[、和与及”“]+", context.text[name.end : group[0].start]):
            break
        group.insert(0, name)
    return group


def dealt(context: Context, following: list[Measure], boundary: int, found: list[Draft]) -> list[Draft]:
    """「A 12家、B 45家,占全市比重分别为20%、18%」: each share to its figure; nothing where that is not clear."""
    before = found[-_PAIR:]
    row = _row(context.text, following, len(before))
    phrase = indicators.left_phrase(context, boundary, context.text.rfind("分别", boundary, following[0].start))
    if len(before) == len(row) == _PAIR and phrase.text.startswith("占") and row[0].unit == "PERCENT":
        pairs = zip(before, row, strict=True)
        return [simple(d.base + phrase.text, m, phrase.start, "share-of", base=d.base) for d, m in pairs]
    return []


_PAIR = 2


def _row(text: str, following: list[Measure], length: int) -> list[Measure]:
    """The first `length` measures if they stand in a row (3亿元、2亿元和1亿元) and are of one kind, else none."""
    row = following[:length]
    gaps = [text[a.end : b.start] for a, b in pairwise(row)]
    joined = all(re.fullmatch(r"[、,和与及]+", gap) for gap in gaps)
    return row if len(row) == length and joined and len({m.kind for m in row}) == 1 else []
