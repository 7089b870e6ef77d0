"""The figures of a document: for each number what it measures, whose it is, when, how it grew and where it ranks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract import changes, drafts, folding, indicators, refusals, scope
from kg.extract.context import BREAK, Context, clause_start, cutting_names
from kg.extract.drafts import Draft
from kg.extract.quantities import Measure, measures
from kg.extract.scene import Naming, Scene
from kg.extract.subjects import AREAS, OWNERS, Owner, owner
from kg.extract.times import Anchor, TimeExpression, anchors, times
from kg.records import HELD_BACK, Modifier, Observation, Period, Rank, Rejection, Sentence, Span

_LONGEST = 300
_LASTING = re.compile(r"(?:面积|规模|总投资|投资额|投资|资本|长度|功率|分辨率|占地|容量|高度|精度|全长|概算)$")
_LEADING = 12
_SUBORDINATE = re.compile(r"^[^,;。]{0,20}(?:之后|后|以前|之前),")


def observations(scene: Scene) -> tuple[list[Observation], list[Rejection]]:
    """All figures of a scene, each said once, and the numbers that were read but refused."""
    found: list[tuple[Observation, bool]] = []
    refused: list[Rejection] = []
    carried: TimeExpression | None = None
    previous: tuple[int, Owner] | None = None
    paragraph = -1
    for sentence, anchor in zip(scene.sentences, anchors(scene.document, scene.sentences), strict=True):
        folded = folding.folded(sentence, scene.rules)
        expressions = tuple(times(folded, anchor))
        if sentence.paragraph != paragraph:
            carried, paragraph = None, sentence.paragraph
        context = _context(scene, folded, expressions, anchor)
        if context is not None:
            for draft in _figures(context, refused):
                near = previous[1] if previous and _adjoin(scene.sentences[previous[0]], sentence) else None
                if (read := _observation(context, draft, carried, near, refused)) is not None:
                    found.append((read[0], sentence.heading))
                    previous = sentence.index, read[1]
        carried = _opening_time(sentence, expressions) or carried
    return _said_once(found, refused), refused


def _context(
    scene: Scene, sentence: Sentence, expressions: tuple[TimeExpression, ...], anchor: Anchor | None
) -> Context | None:
    """The sentence laid out; None where it states no number."""
    read = measures(sentence.text, scene.rules)
    kept = tuple(m for m in read if not any(t.start < m.core[1] and m.core[0] < t.end for t in expressions))
    if not kept and not _RANKED.search(sentence.text):
        return None
    given = {m.start for m in kept}
    marks = [m for m in BREAK.finditer(sentence.text) if not (m[0] == ":" and m.end() in given)]
    breaks = tuple(m.end() for m in marks)
    starts = tuple(t.start for t in sentence.tokens)
    places = tuple(changes.places(sentence.text, breaks))
    namings = scene.named_in(sentence.index)
    return Context(scene, sentence, kept, expressions, anchor, breaks, namings, starts, places)


_RANKED = re.compile(r"第[一二三四五六七八九十\d]|首位|榜首|番")


def _opening_time(sentence: Sentence, expressions: tuple[TimeExpression, ...]) -> TimeExpression | None:
    """The time that a sentence sets for what follows: its first one, if it stands at the beginning."""
    for expression in expressions:
        if expression.period is not None and not expression.attributive and expression.start <= _LEADING:
            return expression
    return None


def _figures(context: Context, refused: list[Rejection]) -> list[Draft]:
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
        refused.append(_rejection(context, measure, "figure", reason))
        return []
    if following and (pair := drafts.from_to(context, measure, following[0])):
        skip.add(id(following[0]))
        return pair
    boundary = _boundary(context, measure.start, found)
    if row := _respectively(context, measure, following, boundary):
        skip.update(id(d.measure) for d in row)
        return row
    if "分别" in context.text[boundary : measure.start]:
        return _dealt(context, [measure, *following], boundary, found, skip, refused)
    draft = drafts.draft(context, measure, boundary, found[-1] if found else None)
    if isinstance(draft, str):
        refused.append(_rejection(context, measure, "figure", draft))
        return []
    if measure.upper is not None:
        return [replace(draft, modifier=Modifier.OVER), replace(draft, value=measure.upper, modifier=Modifier.UNDER)]
    return _shared(context, draft, boundary) if draft.rule in ("figure-after-indicator", "multiple-of") else [draft]


_EACH = re.compile(r"(?<![人年月日户亩地平])均(?!值|价|量|匀|衡)|(?<!首)都(?!市|会)|皆|同为|双双")


def _shared(context: Context, draft: Draft, boundary: int) -> list[Draft]:
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


def _respectively(context: Context, measure: Measure, following: list[Measure], boundary: int) -> list[Draft]:
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
        return [drafts.simple(name, m, at, "respectively", base=name, head=n) for n, m in zip(owners, row, strict=True)]
    phrase = indicators.left_phrase(context, boundary, at, whole=True)
    names = indicators.listed(phrase.text, context.rules)
    row = _row(text, [measure, *following], len(names))
    if len(names) < 2 or not row:
        return []
    wordings = [indicators.counted(n, m.surface) if m.unit == "NUM" else n for n, m in zip(names, row, strict=True)]
    return [drafts.simple(w, m, phrase.start, "respectively", base=w) for w, m in zip(wordings, row, strict=True)]


def _dealt(
    context: Context,
    following: list[Measure],
    boundary: int,
    found: list[Draft],
    skip: set[int],
    refused: list[Rejection],
) -> list[Draft]:
    """「A 12家、B 45家,占全市比重分别为20%、18%」: each share to its figure; a row that cannot be dealt out is refused."""
    before = found[-2:]
    row = _row(context.text, following, len(before))
    phrase = indicators.left_phrase(context, boundary, context.text.rfind("分别", boundary, following[0].start))
    if len(before) == len(row) == _PAIR and phrase.text.startswith("占") and row[0].unit == "PERCENT":
        skip.update(id(m) for m in row)
        pairs = zip(before, row, strict=True)
        return [drafts.simple(d.base + phrase.text, m, phrase.start, "share-of", base=d.base) for d, m in pairs]
    refused.append(_rejection(context, following[0], "respectively", "nothing tells which number belongs to whom"))
    return []


_PAIR = 2


def _row(text: str, following: list[Measure], length: int) -> list[Measure]:
    """The first `length` measures if they stand in a row (3亿元、2亿元和1亿元) and are of one kind, else none."""
    row = following[:length]
    gaps = [text[a.end : b.start] for a, b in pairwise(row)]
    joined = all(re.fullmatch(r"[、,和与及]+", gap) for gap in gaps)
    return row if len(row) == length and joined and len({m.kind for m in row}) == 1 else []


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
    elif found and found[-1].growth is None and (not own or own == found[-1].indicator or own in found[-1].base):
        found[-1] = _grown(found[-1], growth)
    elif own:
        names = indicators.listed(own, context.rules) if shared else [own]
        if len(row) != len(names):
            row = [] if "分别" in context.text[boundary : growth.core[0]] else [growth] * len(names)
            names = names[: len(row)]
        found += [_growth_alone(_GROWTH_TAIL.sub("", n), phrase.start, g) for n, g in zip(names, row, strict=True)]


def _grown(draft: Draft, growth: changes.Growth) -> Draft:
    """A figure with its growth."""
    end = max(draft.end, growth.end)
    return replace(draft, growth=growth.value, growth_modifier=growth.modifier, growth_basis=growth.basis, end=end)


def _growth_alone(indicator: str, start: int, growth: changes.Growth) -> Draft:
    """A figure of which only the growth is told."""
    return Draft(
        indicator, None, start, growth.end, growth.core, "growth-only", base=indicator,
        growth=growth.value, growth_modifier=growth.modifier, growth_basis=growth.basis,
    )  # fmt: skip


_GROWTH_TAIL = re.compile(r"(?:同比|环比|年均|平均)?(?:增速|增幅|增长率)?$")
_LISTED = re.compile(r"均|都|分别|双双")


def _rank(context: Context, place: changes.Place, found: list[Draft]) -> None:
    """Give a place to the figure before it, or make it a figure of its own."""
    boundary = _boundary(context, place.lead, found)
    segment_start = max(boundary, context.text.rfind("、", boundary, place.lead) + 1)
    phrase = indicators.left_phrase(context, segment_start, place.lead)
    wording = _GROWTH_TAIL.sub("", phrase.text)
    rank = Rank(place.place, _among(context, place), place.basis)
    last = found[-1] if found else None
    own = wording if len(wording) >= 2 and not _BASIS_WORD.fullmatch(wording) and phrase.verb != wording else ""
    own = place.what or own or ("" if found else _surveyed(context, segment_start))
    if last is not None and (not own or own == last.indicator or own in last.base):
        found[-1] = replace(last, ranks=(*last.ranks, rank), end=place.end)
    elif own:
        start = min(phrase.start, place.among[0])
        found.append(Draft(own, None, start, place.end, place.core, "rank-only", base=own, ranks=(rank,)))


_SURVEY = re.compile(r"[^,;。、在的¤第\d]{0,12}(?:排名|评价|考评|考核|榜单|评估|综合实力|竞争力)")


def _surveyed(context: Context, before: int) -> str:
    """What was compared, where the clause before says so (在…综合考评中,…排名第26位)."""
    found = _SURVEY.findall(context.masked, 0, before)
    return str(found[-1]) if found else ""


_BASIS_WORD = re.compile(r"总量|规模|总额|总值|增速|增幅|总数|数量|体量|增长率|.{0,2}保持|.{0,2}排名")


def _among(context: Context, place: changes.Place) -> int | str:
    """The place or group a rank is among: a referent where one is named just there, else the wording."""
    start, end = place.among
    for naming in context.namings:
        if naming.start == start and naming.end == end:
            return naming.referent
    return context.text[start:end].strip(" 、,的")


def _adjoin(before: Sentence, after: Sentence) -> bool:
    """Whether two sentences are one or follow each other in a paragraph."""
    return after.index - before.index <= 1 and after.paragraph == before.paragraph


def _observation(
    context: Context,
    draft: Draft,
    carried: TimeExpression | None,
    previous: Owner | None,
    refused: list[Rejection],
) -> tuple[Observation, Owner] | None:
    """A draft with its owner, period, status and evidence; None and a rejection where nobody owns it."""
    kind = draft.measure.kind if draft.measure is not None else ""
    concept = indicators.concept_of(draft.indicator, context.rules, kind=_KINDS.get(kind, kind))
    types = concept.subjects if concept is not None and concept.subjects else tuple(OWNERS)
    blocked = [n for n in context.namings if any(p.among[0] <= n.start < p.among[1] for p in context.places)]
    strict = concept is not None and concept.kind != "count" and frozenset(types) == AREAS
    whose = owner(context, draft.start, types, strict=strict, head=draft.head, blocked=blocked, previous=previous)
    if not isinstance(whose, Owner):
        refused.append(Rejection(context.sentence.span_of(*draft.core), draft.rule, whose))
        return None
    naming = whose.naming
    concept = indicators.concept_of(draft.indicator, context.rules, kind=_KINDS.get(kind, kind), subject=naming.type)
    wording = folding.worded(draft.indicator, context.scene.sentences[context.sentence.index].text, context.rules)
    start = min(draft.start, naming.start) if naming.sentence == context.sentence.index else draft.start
    level: scope.Kind = "level" if draft.measure is not None and draft.measure.level else "figure"
    year = context.anchor.year if context.anchor else None
    one = Observation(
        naming.referent, wording, concept.id if concept else None,
        _quote(context, draft.core), context.sentence.span_of(*draft.core), draft.value, draft.unit, draft.modifier,
        _evidence(context, draft, naming, start), draft.rule,
        period=_period(context, draft, carried, lasting=bool(_LASTING.search(draft.indicator))),
        growth=draft.growth, growth_modifier=draft.growth_modifier, growth_basis=draft.growth_basis, ranks=draft.ranks,
        status=scope.status(context.sentence, draft.start, draft.core[1], context.rules, kind=level, year=year),
    )  # fmt: skip
    return one, whose


_KINDS = {"people": "count", "household": "count", "organisation": "count", "times": "times"}


def _quote(context: Context, core: tuple[int, int]) -> str:
    """The wording of the number as it stands in the document."""
    return context.scene.document.quote(context.sentence.span_of(*core))


def _period(context: Context, draft: Draft, carried: TimeExpression | None, *, lasting: bool) -> Period | None:
    """When the figure holds: a time of its own, the nearest before it in the sentence, else that of the paragraph."""
    start = max(clause_start(context, draft.core[0]), draft.since)
    own = [t for t in context.times if start <= t.start and t.end <= draft.core[0]]
    near = [t for t in own if t.attributive and draft.core[0] - t.end <= 3]
    if near or draft.origin:
        return near[-1].period if near else (own[-1].period if own else None)
    own = [t for t in own if not _is_aside(context, t, draft.core[0])]
    if own:
        return own[-1].period
    before = [
        t
        for t in context.times
        if t.end <= min(start, clause_start(context, draft.core[0]))
        and not t.attributive
        and not _is_aside(context, t, draft.core[0])
    ]
    if before:
        return before[-1].period
    return None if lasting or carried is None else carried.period


def _is_aside(context: Context, time: TimeExpression, at: int) -> bool:
    """A time that says against what (较1季度), one after which something else came, or none at all (近年来)."""
    lead = context.text[max(0, time.start - 1) : time.start]
    return lead in ("较", "比") or (lead == "继" and not _in_clause(context, time, at)) or time.vague


def _in_clause(context: Context, time: TimeExpression, at: int) -> bool:
    return clause_start(context, time.start) == clause_start(context, at)


def _evidence(context: Context, draft: Draft, naming: Naming, start: int) -> tuple[Span, ...]:
    """The sentence, or where it is too long the clauses from owner to number, and the antecedent."""
    pieces = context.scene.evidence(context.sentence.index, naming)
    if len(pieces[0]) <= _LONGEST:
        return pieces
    first, last = clause_start(context, start), max(draft.end, draft.core[1])
    whole = context.sentence.span_of(first, last)
    if len(whole) > _LONGEST:
        first = clause_start(context, draft.start)
        whole = context.sentence.span_of(max(first, last - _LONGEST // 2), last)
        if naming.sentence == context.sentence.index:
            pieces = (whole, context.sentence.span_of(naming.start, naming.end), *pieces[1:])
    return (whole, *(p for p in pieces[1:] if not whole.holds(p)))


def _said_once(found: list[tuple[Observation, bool]], refused: list[Rejection]) -> list[Observation]:
    """Each figure once: the fullest of those that say the same, in the order of the text."""
    kept: list[tuple[Observation, bool]] = []
    for one, heading in found:
        same = next((i for i, (other, head) in enumerate(kept) if _same(one, other, heading or head)), None)
        if same is None:
            kept.append((one, heading))
            continue
        other, head = kept[same]
        better = _fullness(one) > _fullness(other) if head == heading else head
        loser = other if better else one
        refused.append(Rejection(loser.span, loser.rule, "said again"))
        if better:
            kept[same] = one, heading
    return [one for one, _ in sorted(kept, key=lambda pair: pair[0].span)]


def _fullness(one: Observation) -> int:
    told = sum(v is not None for v in (one.period, one.growth, one.concept)) + len(one.ranks)
    return told - 10 * (one.status in HELD_BACK)


def _same(one: Observation, other: Observation, heading: bool) -> bool:
    """Whether two figures are one said twice; what a heading says is said again below it."""
    if _core(one) != _core(other) or (one.span == other.span and one.indicator != other.indicator):
        return False
    if heading:
        return True
    known = one.concept is not None and one.concept == other.concept
    alike = known or one.indicator in other.indicator or other.indicator in one.indicator
    timed = one.period is not None and other.period is not None and one.period != other.period
    return alike and one.subject == other.subject and not timed


def _core(one: Observation) -> tuple[object, ...]:
    """The number a figure is about: its value, else its growth, else its ranks."""
    if one.value is not None:
        return (one.value, one.unit)
    return (one.growth,) if one.growth is not None else one.ranks


def _rejection(context: Context, measure: Measure, rule: str, reason: str) -> Rejection:
    return Rejection(context.sentence.span_of(*measure.core), rule, reason)
