"""The extraction of one document: a pure function of its text, title, date, source, and the rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kg.extract.figures.observations import observations
from kg.extract.figures.tabled import tabled
from kg.extract.names.asides import defined_names
from kg.extract.names.candidates import Candidate, whole_of_part
from kg.extract.names.forms import zone_form
from kg.extract.names.known import FRONT
from kg.extract.names.mentions import mentions
from kg.extract.names.owners import is_work
from kg.extract.names.renamed import renamed
from kg.extract.names.shorthand import shortened
from kg.extract.relations.claims import claims
from kg.extract.relations.structure import PLACED
from kg.extract.scene.coreference import anaphors
from kg.extract.scene.naming import Naming
from kg.extract.scene.referents import Group, groups, referent
from kg.extract.scene.scene import Scene
from kg.extract.stance.hypothesis import supposed
from kg.extract.stance.voices import Voice, voice_at, voices
from kg.extract.text.folding import folded
from kg.extract.text.sentences import sentences
from kg.extract.text.tokens import joined, tokenised
from kg.read.cells import is_table
from kg.records import Document, EntityType, Extraction, Observation, Rejection, Sentence
from kg.rules import Rules


def scene(document: Document, rules: Rules) -> tuple[Scene, list[Rejection]]:
    """The document with everything it names, and the readings of names that lost."""
    simple = [folded(s, rules) for s in sentences(document)]
    read = tuple(joined(s, rules) for s in tokenised(simple))
    outer, inner, lost = mentions(read, rules)
    short = list(shortened(read, outer, rules))
    outer = list(dict.fromkeys([*outer, *(c for _, c in short)]))
    found = groups([*outer, *_kept_inner(outer, inner)], [*_pairs(read, rules), *short, *renamed(read, outer)])
    referents = tuple(referent(g, read) for g in found)
    namings = _namings(found, set(outer))
    return Scene(document, rules, read, referents, tuple(sorted([*namings, *anaphors(read, namings, rules)]))), lost


def _pairs(read: Sequence[Sentence], rules: Rules) -> list[tuple[Candidate, Candidate]]:
    return [pair for sentence in read for pair in defined_names(sentence, rules)]


def _kept_inner(outer: Sequence[Candidate], inner: Sequence[Candidate]) -> list[Candidate]:
    """Names inside longer ones that count: parents of institutes, projects in events, and what is named apart."""
    apart = {(c.type, c.code or c.name) for c in outer}
    around, beside = _by_sentence(outer), _by_sentence([*outer, *inner])
    apart |= {(c.type, zone_form(c.name)) for c in outer if c.type is EntityType.ZONE}
    works = {(c.sentence, c.start) for c in outer if is_work(c.type, c.name)}
    kept = []
    for c in inner:
        here = around.get(c.sentence, [])
        events = [o for o in here if o.type is EntityType.EVENT]
        in_event = any(e.start <= c.start and c.end <= e.end for e in events)
        parent = c.type is EntityType.UNIVERSITY or (c.type is EntityType.PROJECT and in_event)
        parent = parent or any(_celebrated(e, c) for e in events)
        part = any(whole_of_part(c, o) or _governs(o, c) or _placed(o, c, apart) for o in here)
        part = part or any(_houses(o, c) for o in beside[c.sentence])
        owner = c.type is EntityType.COMPANY and (c.sentence, c.start) in works
        if (c.type, c.code or c.name) in apart or parent or part or owner or c.rule == FRONT:
            kept.append(c)
    return kept


def _by_sentence(names: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """The names of each sentence, in their order."""
    found: dict[int, list[Candidate]] = {}
    for name in names:
        found.setdefault(name.sentence, []).append(name)
    return found


def _governs(outer: Candidate, inner: Candidate) -> bool:
    """Whether a body's name opens with the zone or division it governs, or a firm's with the country it is from."""
    if outer.sentence != inner.sentence or outer.start != inner.start or inner.end >= outer.end:
        return False
    foreign = inner.type is EntityType.PLACE and (inner.code or "0").isalpha()
    return inner.type in _GOVERNED if outer.type is EntityType.BODY else foreign and outer.type is EntityType.COMPANY


_GOVERNED = frozenset({EntityType.ZONE, EntityType.PLACE, EntityType.FACILITY, EntityType.VALLEY})


def _placed(outer: Candidate, inner: Candidate, apart: Collection[tuple[EntityType, str]]) -> bool:
    """Whether a name opens with a listed place that the document elsewhere leaves out (漳州甲科学城, 甲科学城)."""
    if outer.sentence != inner.sentence or outer.start != inner.start or inner.end >= outer.end or not inner.code:
        return False
    rest = outer.name[inner.end - inner.start :]
    rest = zone_form(rest) if outer.type is EntityType.ZONE else rest
    return outer.type in PLACED and len(rest) >= _SHORTEST_REST and (outer.type, rest) in apart


_SHORTEST_REST = 4


_CEREMONY = re.compile(
    r"(?:正式|集中|隆重|项目|工程|一期|二期|三期|主体|暨)*(?:揭牌|挂牌|授牌|启用|开工|动工|奠基|竣工|封顶|投产|投用|开园|开业|开馆|落成|入驻|启动|"
    r"成立|签约|交付|通车|点火|试运行|投运|开放)(?:运营|建设)?(?:仪式|活动|大会|典礼|发布会)?"
)
_OPENED = frozenset({EntityType.FACILITY, EntityType.LABORATORY, EntityType.INSTITUTE})


def _celebrated(event: Candidate, inner: Candidate) -> bool:
    """Whether an event is only the ceremony of what its name opens with (甲实验室揭牌仪式)."""
    within = event.sentence == inner.sentence and event.start == inner.start and inner.end < event.end
    return within and inner.type in _OPENED and _CEREMONY.fullmatch(event.name[inner.end - inner.start :]) is not None


def _houses(outer: Candidate, inner: Candidate) -> bool:
    """Whether a building's name opens with the institute that it is of (甲研究院综合楼)."""
    within = outer.sentence == inner.sentence and outer.start == inner.start and inner.end < outer.end
    return within and inner.type is EntityType.INSTITUTE and outer.type is EntityType.FACILITY


def _namings(found: Sequence[Group], outer: set[Candidate]) -> list[Naming]:
    return [
        Naming(c.sentence, c.start, c.end, index, group.type, inner=c not in outer)
        for index, group in enumerate(found)
        for c in group.names
    ]


def stated(read: Scene, figures: list[Observation]) -> tuple[list[Observation], list[Rejection]]:
    """The figures that are stated, and a rejection for each that is only asked or supposed."""
    kept, refused = [], []
    for figure in figures:
        sentence = read.sentence_at(figure.span)
        if sentence is not None and supposed(sentence, sentence.offsets.index(figure.span.start)):
            refused.append(Rejection(figure.span, figure.rule, "supposed or asked, not stated"))
        else:
            kept.append(figure)
    return kept, refused


def spoken(figure: Observation, found: tuple[Voice, ...]) -> Observation:
    """The figure with whoever states it."""
    voice = voice_at(found, figure.span)
    return replace(figure, stated_by=voice.stated_by, attribution=voice.attribution) if voice else figure


def extraction(document: Document, rules: Rules) -> Extraction:
    """Everything read out of one document; the same input gives an equal value."""
    if is_table(document.text):
        return tabled(document, rules)
    read, lost = scene(document, rules)
    figures, refused = observations(read)
    figures, more = stated(read, figures)
    said = voices(read)
    relations, unheld = claims(read, said)
    return Extraction(
        document,
        read.referents,
        tuple(relations),
        tuple(spoken(f, said) for f in figures),
        (*lost, *refused, *more, *unheld),
    )
