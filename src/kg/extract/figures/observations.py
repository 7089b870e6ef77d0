"""The figures of a document: for each number what it measures, whose it is, when, how it grew and where it ranks."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.figures import changes, indicators
from kg.extract.figures.assembly import figures
from kg.extract.figures.context import BREAK, Context, clause_end, clause_start
from kg.extract.figures.dating import DATED_DEED, figure_period
from kg.extract.figures.described import described, official, represented
from kg.extract.figures.measured import Draft
from kg.extract.figures.quantities import measures
from kg.extract.figures.subjects import AREAS, OWNERS, Owner, owner
from kg.extract.scene import actors
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.stance import scope
from kg.extract.stance.progress import progress
from kg.extract.text.folding import worded
from kg.extract.time.times import Anchor, TimeExpression
from kg.records import HELD_BACK, EntityType, Observation, Period, Rejection, Sentence, Span, Status

_LONGEST = 300
_LEADING = 12
_READABLE = 2500  # characters; no sentence is so long, and what looks like one must not cost quadratic time


def observations(scene: Scene) -> tuple[list[Observation], list[Rejection]]:
    """All figures of a scene, each said once, and the numbers that were read but refused."""
    found: list[tuple[Observation, bool]] = []
    refused: list[Rejection] = []
    carried: TimeExpression | None = None
    previous: tuple[int, Owner] | None = None
    paragraph = -1
    for sentence in scene.sentences:
        anchor, expressions = scene.anchor(sentence), tuple(scene.times(sentence))
        if sentence.paragraph != paragraph:
            carried, paragraph = _reported(anchor), sentence.paragraph
        if len(sentence.text) > _READABLE:
            refused.append(Rejection(sentence.span, "figure", "a sentence too long to be one"))
            continue
        context = _context(scene, sentence, expressions, anchor)
        if context is not None:
            for draft in figures(context, refused):
                near = previous[1] if previous and _adjoin(scene.sentences[previous[0]], sentence) else None
                if (read := _observation(context, draft, carried, near, refused)) is not None:
                    part = _PART.match(context.text, clause_start(context, draft.start)) is not None
                    follows = part and previous is not None and previous[0] == sentence.index
                    found.append((_like_whole(read[0], found) if follows else read[0], sentence.heading))
                    previous = sentence.index, read[1]
        carried = _opening_time(sentence, expressions, bool(context and context.measures)) or carried
    return _said_once(_of_works(scene, found), refused), refused


# What a work takes or will hold: money, ground, room, what it can make.
_TAKEN = re.compile("投资|占地|用地|面积|产能|年产|能力|规模$")
_CAME = frozenset({Status.STARTED, Status.UNDERWAY, Status.COMPLETED, Status.TERMINATED})


def _of_works(scene: Scene, found: list[tuple[Observation, bool]]) -> list[tuple[Observation, bool]]:
    """The figures, those of a work's cost and size with the step that the work has reached, where they have no status.

    So that no sum takes what was to be put into a work that was ended for something that is there.
    """
    steps = progress(scene) if any(_is_bare(one) for one, _ in found) else {}

    def stepped(one: Observation) -> Observation:
        step = steps.get(one.subject)
        return replace(one, status=step) if step in _CAME and _is_bare(one) else one

    return [(stepped(one), heading) for one, heading in found]


def _is_bare(one: Observation) -> bool:
    return one.status is None and one.unit != "PERCENT" and _TAKEN.search(one.indicator) is not None


_PART = re.compile("这?其中")


def _like_whole(part: Observation, found: list[tuple[Observation, bool]]) -> Observation:
    """A part with the status of the figure before it, where it has none: 签约项目19个,其中10亿元以上4个."""
    return replace(part, status=found[-1][0].status) if part.status is None else part


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


# Only a place or zone has these; of other things of theirs (出口额, 工业用电量) a company may be told too.
_REGIONAL = re.compile(
    r"生产总值|增加值|公共预算|财政|社会消费品|居民|规模以上工业|规模以上服务业|城镇|失业|绿化|空气|外资$|内资$"
)
_OF_WORKS = re.compile(r"占地|面积|用地|年产|产能|全长|总高|层数|机柜|床位|泊位|就业")
_RANKED = re.compile(r"第[一二三四五六七八九十\d]|首位|榜首|番")


def _reported(anchor: Anchor | None) -> TimeExpression | None:
    """The period on which the document reports, as a time that holds where a paragraph gives none."""
    return None if anchor is None or anchor.report is None else TimeExpression(0, 0, anchor.report, 0)


def _opening_time(sentence: Sentence, expressions: tuple[TimeExpression, ...], measured: bool) -> TimeExpression | None:
    """The time that a sentence sets for what follows: its first one, if it stands at the beginning.

    The date of a founding, a listing, a completion is one for flows alone unless its sentence gives figures too.
    """
    for expression in expressions:
        if expression.period is not None and not expression.attributive and expression.start <= _LEADING:
            deed = not measured and DATED_DEED.search(sentence.text, expression.end) is not None
            return replace(expression, vague=deed)
    return None


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
    funds = any(n.type is EntityType.FUND and n.end <= draft.start for n in context.namings)
    subject = EntityType.FUND if funds else None  # 总规模 behind a fund is the fund's, elsewhere that of an industry
    concept = indicators.concept_of(draft.indicator, context.rules, kind=_KINDS.get(kind, kind), subject=subject)
    types = concept.subjects if concept is not None and concept.subjects else tuple(OWNERS)
    blocked = [n for n in context.namings if any(p.among[0] <= n.start < p.among[1] for p in context.places)]
    strict = concept is not None and frozenset(types) == AREAS and _REGIONAL.search(concept.name) is not None
    position = draft.core[0] if draft.rule == "rank-only" else draft.start
    works = _OF_WORKS.search(draft.indicator) is not None
    head = draft.head or (described(context, draft.core[1]) if draft.value is not None else None)
    whose = owner(context, position, types, strict=strict, head=head, blocked=blocked, previous=previous, works=works)
    whose = official(context, draft.start) or whose if isinstance(whose, str) else whose
    if not isinstance(whose, Owner):
        refused.append(Rejection(context.sentence.span_of(*draft.core), draft.rule, whose))
        return None
    naming = represented(context, _governed(context, whose.naming, concept))
    concept = indicators.concept_of(draft.indicator, context.rules, kind=_KINDS.get(kind, kind), subject=naming.type)
    wording = worded(draft.indicator, context.sentence)
    start = min(draft.start, naming.start) if naming.sentence == context.sentence.index else draft.start
    level: scope.Kind = "level" if draft.measure is not None and draft.measure.level else "figure"
    year = _year_so_far(context, draft)
    period = figure_period(context, draft, carried)
    one = Observation(
        naming.referent, wording, concept.id if concept else None,
        _quote(context, draft.core), context.sentence.span_of(*draft.core), draft.value, _unit(context, draft),
        draft.modifier,
        _evidence(context, draft, naming, start), draft.rule,
        period=period,
        growth=draft.growth, growth_modifier=draft.growth_modifier, growth_basis=draft.growth_basis, ranks=draft.ranks,
        status=_status(context, draft, level, year) or _of_plan(context, period) or _of_later(context, period),
    )  # fmt: skip
    return one, replace(whose, naming=naming)


def _unit(context: Context, draft: Draft) -> str | None:
    """The unit; of plain 元 the one of the region that a text in traditional characters is from."""
    plain = draft.unit == "CCY_CNY" and draft.measure is not None and draft.measure.surface == "元"
    told = plain and "人民币" in context.text[max(0, draft.core[0] - 6) : draft.core[1] + 4]
    return context.scene.currency or draft.unit if plain and not told else draft.unit


def _governed(context: Context, naming: Naming, concept: indicators.Concept | None) -> Naming:
    """For a zone's committee the zone, where the figure is one that zones have and committees have not."""
    if naming.type is not EntityType.BODY or concept is None or EntityType.ZONE not in concept.subjects:
        return naming
    return context.scene.within(naming, EntityType.ZONE) or naming


def _year_so_far(context: Context, draft: Draft) -> int | None:
    """The year of the text; of one without a date the latest it states, unless the figure is told as reached."""
    anchor = context.anchor
    if anchor is not None and anchor.month is not None:
        return anchor.year
    reached = _REACHED.search(context.text, clause_start(context, draft.start), draft.core[0])
    if reached or _TOLD.search(context.text, 0, draft.core[0]):
        return None
    return anchor.year if anchor is not None else context.scene.latest_year


_TOLD = re.compile(r"(?:统计|数据|资料|报告|年报|公报|数字)(?:显示|表明)")
_REACHED = re.compile(r"已|累计|共有|现有|达到了|完成")


def _status(context: Context, draft: Draft, level: scope.Kind, year: int | None) -> Status | None:
    """The status of a figure; what is intended holds on over the clauses that follow (将投入…,建成…,引进…)."""
    if draft.origin:
        return None  # from where a figure rises is there already
    end = clause_end(context, draft.core[1]) if draft.rule == "part-done" else draft.core[1]  # 其中31个已开工
    plain = context.scene.masked(context.sentence)
    found = scope.status(plain, draft.start, end, context.rules, kind=level, year=year)
    lasting = found in (None, Status.COMPLETED) and actors.carried(context.scene, context.sentence, draft.start)
    return Status.PLANNED if lasting else found


def _of_later(context: Context, period: Period | None) -> Status | None:
    """What a text with a date tells of a later year is a target, however it is worded."""
    dated = context.anchor is not None and context.anchor.month is not None
    later = dated and context.anchor and period is not None and int(period.start[:4]) > context.anchor.year
    return Status.TARGET if later else None


def _of_plan(context: Context, period: Period | None) -> Status | None:
    """What stands under a heading of plans (2025年工作安排) is a target, unless it is of an earlier time."""
    part = context.scene.part(context.sentence.index)
    if not part.ahead or (period and part.period and period.end < part.period.start):
        return None
    return Status.TARGET


_KINDS = {"people": "count", "household": "count", "organisation": "count", "times": "times"}


def _quote(context: Context, core: tuple[int, int]) -> str:
    """The wording of the number as it stands in the document."""
    return context.scene.document.quote(context.sentence.span_of(*core))


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
    kept: dict[tuple[object, ...], list[tuple[Observation, bool]]] = {}
    for one, heading in found:
        alike = kept.setdefault(_core(one), [])
        same = next((i for i, (other, head) in enumerate(alike) if _same(one, other, heading or head)), None)
        if same is None:
            alike.append((one, heading))
            continue
        other, head = alike[same]
        better = _fullness(one) > _fullness(other) if head == heading else head
        loser = other if better else one
        refused.append(Rejection(loser.span, loser.rule, "said again"))
        if better:
            alike[same] = one, heading
    return sorted((one for alike in kept.values() for one, _ in alike), key=lambda one: one.span)


def _fullness(one: Observation) -> int:
    told = sum(v is not None for v in (one.period, one.growth, one.concept)) + len(one.ranks)
    return told - 10 * (one.status in HELD_BACK)


def _same(one: Observation, other: Observation, heading: bool) -> bool:
    """Whether two figures of one number are one said twice; what a heading says is said again below it."""
    if one.span == other.span and one.indicator != other.indicator:
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
