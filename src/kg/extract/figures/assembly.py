"""The figures of one sentence: its measures as drafts, growths and ranks attached to what they are told of."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.figures import changes, drafts, indicators, refusals, rows
from kg.extract.figures.context import BREAK, Context, clause_start
from kg.extract.figures.measured import Draft
from kg.extract.figures.quantities import Measure
from kg.extract.text import numbers
from kg.records import Modifier, Rank, Rejection


def figures(context: Context, refused: list[Rejection]) -> list[Draft]:
    """The drafts of a sentence from left to right, growths and ranks attached."""
    grown = changes.growths(context.text, context.measures)
    of_growth = {id(measure) for _, made_of in grown for measure in made_of}
    plain = [m for m in context.measures if id(m) not in of_growth]
    found: list[Draft] = []
    events: list[tuple[int, object]] = [(m.start, m) for m in plain] + [(g.start, g) for g, _ in grown]
    events += [(p.lead, p) for p in context.places]
    skip: set[int] = set()
    for _, event in sorted(events, key=lambda pair: pair[0]):
        if isinstance(event, Measure):
            if id(event) not in skip:
                following = [m for m in plain if m.start > event.start]
                found += _measured(context, event, following, found, skip, refused)
        elif isinstance(event, changes.Growth):
            _grow(context, event, found)
        elif isinstance(event, changes.Place):
            _rank(context, event, found)
    return found


def _boundary(context: Context, position: int, found: list[Draft]) -> int:
    """Where the wording of the figure at a position may begin: after the clause's start and the figure before it."""
    start = clause_start(context, position)
    last = max((d.end for d in found if d.end <= position), default=0)
    bracket = context.text.rfind("(", start, position)
    if bracket >= 0 and context.text.find(")", bracket, position) < 0:
        start = max(start, bracket + 1)
    return max(start, last)


def _measured(
    context: Context,
    measure: Measure,
    following: list[Measure],
    found: list[Draft],
    skip: set[int],
    refused: list[Rejection],
) -> list[Draft]:
    """The drafts of one measure, or of the pair or row that it opens."""
    if (reason := refusals.refused(context, measure)) is not None:
        refused.append(rejection(context, measure, reason))
        return []
    if following and (pair := drafts.from_to(context, measure, following[0])):
        skip.add(id(following[0]))
        return pair
    boundary = _boundary(context, measure.start, found)
    if row := rows.respectively(context, measure, following, boundary):
        skip.update(id(d.measure) for d in row)
        return row
    if "分别" in context.text[boundary : measure.start]:
        row = rows.dealt(context, [measure, *following], boundary, found)
        skip.update(id(d.measure) for d in row)
        if not row:
            refused.append(rejection(context, measure, "nothing tells which number belongs to whom"))
        return row
    draft = drafts.draft(context, measure, boundary, found)
    if isinstance(draft, str):
        refused.append(rejection(context, measure, draft))
        return []
    if draft.rule == "figure-again" and _is_growth_of(context, found[-1], draft):
        found[-1] = _valued(found[-1], draft)
        return []
    if measure.upper is not None:
        return [replace(draft, modifier=Modifier.OVER), replace(draft, value=measure.upper, modifier=Modifier.UNDER)]
    return rows.shared(context, draft, boundary) if draft.rule in ("figure-after-indicator", "multiple-of") else [draft]


def _grow(context: Context, growth: changes.Growth, found: list[Draft]) -> None:
    """Give a growth to the figure before it, or make it a figure of its own; a row is dealt out."""
    boundary = _boundary(context, growth.start, found)
    shared = bool(_LISTED.search(context.text, boundary, growth.core[0]))
    phrase = indicators.left_phrase(context, boundary, growth.start, whole=shared)
    wording = _GROWTH_TAIL.sub("", phrase.text)
    own = wording if len(wording) >= 2 and phrase.verb != wording else ""
    row = [growth, *growth.more]
    if not own and len(row) > 1 and all(d.growth is None for d in found[-len(row) :]) and len(found) >= len(row):
        found[-len(row) :] = [_grown(d, g) for d, g in zip(found[-len(row) :], row, strict=True)]
    elif not own and found and (later := _of_later_time(context, found[-1], growth)) is not None:
        found.append(_growth_alone(found[-1].indicator, later, growth))
    elif found and found[-1].growth is None and (not own or own == found[-1].indicator or own in found[-1].base):
        found[-1] = _grown(found[-1], growth)
    elif own:
        names = [rows.one_kind(n) for n in indicators.listed(own, context.rules)] if shared else [own]
        if len(row) != len(names):
            row = [] if "分别" in context.text[boundary : growth.core[0]] else [growth] * len(names)
            names = names[: len(row)]
        found += [_growth_alone(_GROWTH_TAIL.sub("", n), phrase.start, g) for n, g in zip(names, row, strict=True)]


def _of_later_time(context: Context, told: Draft, growth: changes.Growth) -> int | None:
    """Where a growth begins that has a time of its own behind the value (产值30亿元,今年一季度又增长26.7%)."""
    between = [t for t in context.times if told.core[1] <= t.start and t.end <= growth.start]
    return between[-1].start if told.value is not None and between else None


def _grown(draft: Draft, growth: changes.Growth) -> Draft:
    """A figure with its growth."""
    end = max(draft.end, growth.end)
    return replace(draft, growth=growth.value, growth_modifier=growth.modifier, growth_basis=growth.basis, end=end)


def _is_growth_of(context: Context, grown: Draft, draft: Draft) -> bool:
    """Whether a growth alone and the value after it are of one time."""
    between = (grown.end, draft.core[0])
    return grown.value is None and not any(between[0] <= t.start < between[1] for t in context.times)


def _valued(grown: Draft, draft: Draft) -> Draft:
    """A growth with the value that follows it (增长6.9%,达到88.2亿元)."""
    return replace(
        draft, indicator=grown.indicator, start=grown.start, base=grown.base, ranks=grown.ranks,
        growth=grown.growth, growth_modifier=grown.growth_modifier, growth_basis=grown.growth_basis,
    )  # fmt: skip


def _growth_alone(indicator: str, start: int, growth: changes.Growth) -> Draft:
    """A figure of which only the growth is told."""
    return Draft(
        indicator, None, start, growth.end, growth.core, "growth-only", base=indicator,
        growth=growth.value, growth_modifier=growth.modifier, growth_basis=growth.basis,
    )  # fmt: skip


_GROWTH_TAIL = re.compile(r"(?:同比|环比|年均|平均)?(?:增速|增幅|增长率)?$")
_LISTED = re.compile(r"均|都|分别|双双")


def _ranked_row(context: Context, place: changes.Place, boundary: int) -> list[Draft]:
    """A figure for each of several indicators with a place each (税收、亩均产出位居全市第一和第三)."""
    also = _ALSO.match(context.text, place.end)
    phrase = indicators.left_phrase(context, boundary, place.lead, whole=True)
    names = [_GROWTH_TAIL.sub("", n) for n in indicators.listed(phrase.text.removesuffix("分"), context.rules)]
    if also is None or any(len(n) < len("甲乙") or _BASIS_WORD.fullmatch(n) for n in names):
        return []
    more = [(numbers.value_of(m[1]), m.span()) for m in _PLACE.finditer(context.text, *also.span())]
    row = [(place.place, place.core), *((int(n), core) for n, core in more if n is not None)]
    among = _among(context, place)
    if len(row) != len(names) or not among:
        return []
    return [
        Draft(
            name, None, phrase.start, also.end(), core, "rank-only", base=name, ranks=(Rank(n, among, place.basis),)
        )
        for name, (n, core) in zip(names, row, strict=True)
    ]  # fmt: skip


_PLACE = re.compile(r"第([一二三四五六七八九十百]+|\d+)")
_ALSO = re.compile(r"(?:[、和与及]第(?:[一二三四五六七八九十百]+|\d+)[位名]?)+(?=[,;。]|$)")


def _rank(context: Context, place: changes.Place, found: list[Draft]) -> None:
    """Give a place to the figure before it, or make it a figure of its own."""
    boundary = _boundary(context, place.lead, found)
    if row := _ranked_row(context, place, boundary):
        found += row
        return
    segment_start = max(boundary, context.text.rfind("、", boundary, place.lead) + 1)
    phrase = indicators.left_phrase(context, segment_start, place.lead)
    wording = _GROWTH_TAIL.sub("", phrase.text)
    among = _among(context, place)
    if not among and place.among[0] == place.among[1]:
        return
    rank = Rank(place.place, among, place.basis)
    at = len(found) - 1
    while at > 0 and found[at].rule == "points" and found[at].base == found[at - 1].indicator:
        at -= 1
    last = found[at] if found else None
    own = wording if len(wording) >= 2 and not _BASIS_WORD.fullmatch(wording) and phrase.verb != wording else ""
    own = place.what or own or ("" if found else _surveyed(context, segment_start))
    own = own or ("" if found or not _OF_MANY.search(context.text, *place.among) else "排名")
    if named := _OF_SEVERAL.fullmatch(own):
        several = min(len(found), "两三四五六七八九".index(named[1].replace("二", "两")) + 2)
        found[-several:] = [replace(d, ranks=(*d.ranks, rank), end=place.end) for d in found[-several:]]
    elif last is not None and (not own or own == last.indicator or own in last.base):
        found[at] = replace(last, ranks=(*last.ranks, rank), end=place.end)
    elif own:
        start = min(phrase.start, place.among[0])
        found.append(Draft(own, None, start, place.end, place.core, "rank-only", base=own, ranks=(rank,)))


_OF_SEVERAL = re.compile(r"(?:以上|上述|这)?([二两三四五六七八九])[项个](?:主要|核心|关键)?(?:经济)?指标")
_SURVEY = re.compile(r"[^,;。、在的¤第\d]{0,12}(?:排名|评价|考评|考核|榜单|评估|综合实力|竞争力)")


def _surveyed(context: Context, before: int) -> str:
    """What was compared, where the clause before says so (在…综合考评中,…排名第26位)."""
    found = _SURVEY.findall(context.masked, 0, before)
    return str(found[-1]) if found else ""


_OF_MANY = re.compile(r"\d+[个家]?[\u4e00-\u9fff]")  # among so many: that alone makes it a ranking
_BASIS_WORD = re.compile(r"总量|规模|总额|总值|增速|增幅|总数|数量|体量|增长率|.{0,2}保持|.{0,2}排名")


def _among(context: Context, place: changes.Place) -> int | str:
    """The place or group a rank is among: a referent where one is named just there, else the wording."""
    start, end = place.among
    if start == end:
        return _ranked_before(context)
    for naming in context.namings:
        if naming.start == start and naming.end == end:
            return naming.referent
    return context.sentence.surface(start, end).strip(" 、,的")


_ZONES = re.compile(r"[区园城镇县市]$")


def _ranked_before(context: Context) -> str:
    """Among what kind of places the sentences up to this one have ranked last; empty where they have not."""
    for sentence in reversed(context.scene.sentences[: context.sentence.index + 1]):
        for place in changes.places(sentence.text, tuple(m.end() for m in BREAK.finditer(sentence.text))):
            among = sentence.surface(*place.among).strip(" 、,的")
            if _ZONES.search(among):
                return among
    return ""


def rejection(context: Context, measure: Measure, reason: str) -> Rejection:
    """A number that is no figure, and why."""
    return Rejection(context.sentence.span_of(*measure.core), "figure", reason)
