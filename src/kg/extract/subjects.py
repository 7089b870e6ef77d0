"""Whose figure it is, by stated preference: the head it describes, named in the clause, named before, the topic."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.extract.context import Context, clause_start
from kg.extract.scene import Naming
from kg.records import EntityType as T
from kg.records import Sentence

OWNERS = frozenset(
    {T.ZONE, T.VALLEY, T.PLACE, T.COMPANY, T.FUND, T.FACILITY, T.PROJECT, T.UNIVERSITY, T.INSTITUTE, T.LABORATORY,
     T.BODY, T.PRODUCT, T.EVENT, T.GROUP, T.MEDIA}
)  # fmt: skip
_AREAS = frozenset({T.ZONE, T.PLACE, T.VALLEY})
_FIRMS = frozenset({T.COMPANY, T.INSTITUTE, T.UNIVERSITY, T.LABORATORY})
# A name after these says where, with whom or against what something happens, not whose figure it is.
_ASIDE = re.compile(
    r"(?:在|位于|坐落于|地处|落户|落户于|入驻|与|同|跟|向|对|为|由|被|从|较|比|居|列|占|位居|位列|高于|低于|达到|来自|围绕|依托|借鉴|毗邻|距|距离|"
    r"按照|根据|据|面向|服务|服务于|覆盖|辐射|出口|出口到|销往|送到|融入|通过|除|除了|以|聚焦|作为|包括|给|本报|新华社)$"
)
_JOINT = re.compile(r"[、,]|和|与|及|以及|等")
_FIRST_PERSON = re.compile(r"(?:我们|我)(?:的)?(?:企业|公司|集团|工厂|团队|研究院|实验室)?|(?<![\w、的])公司|本公司|(?:我们)企业")
_SAYS = re.compile(r"说|表示|介绍|透露|坦言|认为|告诉|感慨|直言|称")
_SPEAKER_REACH = 3


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure it is and how that was told."""

    naming: Naming
    how: str


def owner(
    context: Context,
    position: int,
    types: Collection[T],
    *,
    head: Naming | None = None,
    blocked: Collection[Naming] = (),
    previous: Owner | None = None,
) -> Owner | str:
    """The owner of the figure whose wording begins at `position`; a reason as text where none can be told.

    `blocked` are names that say something else (among whom a rank is), `previous` the owner of the figure before.
    """
    if head is not None:
        return Owner(head, "head")
    wanted = frozenset(types) or OWNERS
    before = [n for n in context.namings if n.end <= position and n not in blocked and n.type in OWNERS]
    start = clause_start(context, position)
    if found := _first(context, reversed([n for n in before if n.start >= start]), wanted):
        return Owner(found, "clause")
    chain = list(_subjects_backwards(context, before))
    if found := next((n for n in chain if n.type in wanted), None):
        return Owner(found, "sentence")
    if _FIRST_PERSON.search(context.text, 0, position) and (found := _speaker(context)):
        return Owner(found, "speaker")
    if chain and not _compatible(chain[0].type, wanted):
        return Owner(chain[0], "nearest")
    if previous is not None and not chain and previous.naming.type in wanted:
        return Owner(previous.naming, "figure before")
    topic = _topic(context, wanted)
    if topic is None and chain:
        return Owner(chain[0], "nearest")
    return Owner(topic, "topic") if topic is not None else "nobody named whose figure it could be"


def is_aside(context: Context, naming: Naming) -> bool:
    """Whether a name is only where or with whom something happens (在武汉, 与清华大学, 来自美国、德国)."""
    first = naming
    for other in reversed([n for n in context.namings if n.end <= naming.start]):
        if not _JOINT.fullmatch(context.text[other.end : first.start]):
            break
        first = other
    return bool(_ASIDE.search(context.text, max(0, first.start - 4), first.start))


def _compatible(nearer: T, wanted: Collection[T]) -> bool:
    """Whether a nearer name of another kind leaves the topic a fair guess: products and events of an area do."""
    return nearer in (T.PRODUCT, T.EVENT, T.MEDIA, T.BODY) and bool(_AREAS & set(wanted))


def _first(context: Context, namings: Iterable[Naming], wanted: Collection[T]) -> Naming | None:
    """The first naming of a wanted type that is no mere circumstance."""
    return next((n for n in namings if n.type in wanted and not is_aside(context, n)), None)


def _subjects_backwards(context: Context, before: list[Naming]) -> Iterator[Naming]:
    """Of each clause before, nearest first, the first name that is no circumstance."""
    for start in sorted({clause_start(context, n.start) for n in before}, reverse=True):
        named = [n for n in before if clause_start(context, n.start) == start and not is_aside(context, n)]
        yield from named[:1]


def _speaker(context: Context) -> Naming | None:
    """The organisation of the one who speaks: named in the words that follow a quotation, else before it."""
    sentences = context.scene.sentences
    here = context.sentence.index
    for sentence in sentences[here : here + _SPEAKER_REACH]:
        if _SAYS.search(sentence.text) or "”" in sentences[max(here, sentence.index - 1)].text:
            if found := next((n for n in context.scene.named_in(sentence.index) if n.type in _FIRMS), None):
                return found
    return next((n for s in reversed(_paragraph_before(context)) for n in context.scene.named_in(s.index) if n.type in _FIRMS), None)


def _paragraph_before(context: Context) -> list[Sentence]:
    """The earlier sentences of the paragraph."""
    here = context.sentence
    found = []
    for index in range(here.index - 1, -1, -1):
        if context.scene.sentences[index].paragraph != here.paragraph:
            break
        found.append(context.scene.sentences[index])
    return found[::-1]


def _topic(context: Context, wanted: Collection[T]) -> Naming | None:
    """Whom the paragraph goes on about: of its earlier sentences the nearest one's subject, else the scene's topic."""
    narrow = frozenset(wanted) - {T.PLACE} if T.ZONE in wanted else frozenset(wanted)
    for types in (narrow, frozenset(wanted)):
        for sentence in reversed(_paragraph_before(context)):
            named = [n for n in context.scene.named_in(sentence.index) if n.type in types]
            free = [n for n in named if not _ASIDE.search(sentence.text, max(0, n.start - 4), n.start)]
            if free:
                return free[0]
    return context.scene.topic(context.sentence.index, wanted)
