"""Claims: what the slot patterns match, distributed over lists, with subject, status and evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain, product

from kg.extract.relations.branded import branded
from kg.extract.relations.encoding import Encoded, encoded
from kg.extract.relations.fields import field_matches
from kg.extract.relations.headed import headed_industries
from kg.extract.relations.honours import honours
from kg.extract.relations.matches import Match
from kg.extract.relations.patterns import Pattern, fitting
from kg.extract.relations.posts import party_title, posts
from kg.extract.relations.residents import residents
from kg.extract.relations.signings import signings
from kg.extract.relations.sites import placed, sites
from kg.extract.relations.structure import structural
from kg.extract.relations.tenures import Tenure, resigned, tenure
from kg.extract.scene.actors import carried
from kg.extract.scene.actors import subject as subject_of
from kg.extract.scene.areas import WORKS
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.scene.sides import sides
from kg.extract.stance.hypothesis import supposed
from kg.extract.stance.progress import progress
from kg.extract.stance.scope import status as scope_status
from kg.extract.stance.voices import Voice, voice_at
from kg.extract.text.folding import worded
from kg.records import HELD_BACK, Claim, EntityType, Rejection, Relation, Sentence, Status

_RELATIVE = {"今": 0, "去": 1, "前": 2}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def claims(scene: Scene, spoken: tuple[Voice, ...]) -> tuple[list[Claim], list[Rejection]]:
    """The relations that a document states, each once for each status, with who says them; and what was refused."""
    found: dict[tuple[object, ...], Claim] = {}
    refused: list[Rejection] = []
    for sentence, match in readings(scene):
        reason = refusal(match) or ("supposed or asked, not stated" if supposed(sentence, match.end) else None)
        if reason:
            refused.append(Rejection(sentence.span_of(match.start, match.end), match.pattern, reason))
            continue
        claim = _claim(scene, sentence, match, spoken)
        found.setdefault(_identity(claim), claim)
    return _inherited(_settled(_advanced(placed(list(found.values())), progress(scene)))), refused


def readings(scene: Scene) -> Iterator[tuple[Sentence, Match]]:
    """Everything that patterns and the build of names read, sentence by sentence, before any check."""
    for sentence in scene.sentences:
        for match in chain(_matches(scene, sentence), *(reads(scene, sentence) for reads in _BUILDS)):
            yield sentence, match


_BUILDS = (structural, field_matches, residents, honours, headed_industries, sites, posts, signings, branded)


def _identity(claim: Claim) -> tuple[object, ...]:
    said = (claim.subject, claim.relation, claim.object, claim.year, claim.title, claim.status)
    return (*said, claim.valid_from, claim.valid_to)


def refusal(match: Match) -> str | None:
    """Why a reading cannot be a claim; None where it can."""
    if match.relation is Relation.FOUNDED_IN and match.year is None:
        return "a year that the document's date does not tell"
    if match.object is not None and match.subject.referent == match.object.referent:
        return "subject and object are one"
    return None


def _settled(claims: list[Claim]) -> list[Claim]:
    """Without plans said of what is also said to be built: the surer relation stands."""
    claims = _by_planned_firms(claims)
    claims = [replace(c, relation=Relation.PLANS) if _only_meant(c) else _to_be_set_up(c) for c in claims]
    planned = {(c.subject, c.object) for c in claims if c.relation is Relation.PLANS and c.rule != _BRANDED}
    claims = [c for c in claims if c.rule != _BRANDED or (c.subject, c.object) not in planned]
    built = {(c.subject, c.object) for c in claims if c.relation in (Relation.BUILDS, Relation.HAS_VALLEY)}
    return [c for c in claims if c.relation is not Relation.PLANS or (c.subject, c.object) not in built]


_BRANDED = "branded-work"  # a mere brand in a work's name yields to what is said of it
# These tell who sets a fund up, whether or not the money is his.
_SETTING_UP = frozenset({"funds", "fund-set-up-by", "jointly-set-up-fund", "sets-up-fund-with-others"})


def _to_be_set_up(claim: Claim) -> Claim:
    """A fund that somebody means to set up is planned by him, and nobody's money is in it yet."""
    meant = claim.rule in _SETTING_UP and claim.status is Status.PLANNED and claim.object is not None
    if not meant or claim.object is None:
        return claim
    return replace(claim, relation=Relation.PLANS, subject=claim.object, object=claim.subject)


def _advanced(claims: list[Claim], steps: dict[int, Status]) -> list[Claim]:
    """With the step that a work has reached on what is said of its builder and its place without any."""
    return [_stepped(c, steps.get(_work(c))) for c in claims]


def _stepped(claim: Claim, step: Status | None) -> Claim:
    """A claim with the step, where it says none or only that the work was begun."""
    further = claim.status is Status.STARTED and step in (Status.UNDERWAY, Status.COMPLETED)
    further = further or (claim.status is Status.SIGNED and step is Status.TERMINATED)
    return replace(claim, status=step) if claim.status is None or further else claim


def _work(claim: Claim) -> int:
    """The work whose progress a claim shares; -1 where it shares none."""
    if claim.rule in _STATIC:
        return -1
    if claim.relation in _SITED:
        return claim.subject
    return claim.object if claim.relation in (Relation.BUILDS, Relation.HAS_VALLEY) and claim.object is not None else -1


_STATIC = frozenset({"name-place", "place-chain"})


def _only_meant(claim: Claim) -> bool:
    """Whether building is no more than a plan: then plans says it."""
    return claim.relation is Relation.BUILDS and claim.status is Status.PLANNED


def _inherited(claims: list[Claim]) -> list[Claim]:
    """With the plan's status on where a thing that is only planned will stand and what it belongs to."""
    built = {c.object for c in claims if c.relation in _REAL and c.status not in HELD_BACK}
    planned = {c.object for c in claims if c.relation is Relation.PLANS and c.status is Status.PLANNED} - built
    return [
        replace(c, status=Status.PLANNED) if c.status is None and c.relation in _SITED and c.subject in planned else c
        for c in claims
    ]


def _by_planned_firms(claims: list[Claim]) -> list[Claim]:
    """With the plan's status on what a firm does that is itself only to be set up."""
    own = [c for c in claims if c.relation is Relation.AFFILIATED_WITH]
    planned = {c.subject for c in own if c.status is Status.PLANNED} - {c.subject for c in own if c.status is None}
    meant = [c.status is None and c.relation in _DONE_BY and c.subject in planned for c in claims]
    return [replace(c, status=Status.PLANNED) if m else c for c, m in zip(claims, meant, strict=True)]


_DONE_BY = frozenset({Relation.BUILDS, Relation.PRODUCES, Relation.LOCATED_IN})
_REAL = frozenset({Relation.BUILDS, Relation.HOSTS})
_SITED = frozenset({Relation.LOCATED_IN, Relation.PART_OF})


def _matches(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """All readings of all patterns in a sentence."""
    for namings in _variants(scene, sentence):
        text = encoded(sentence, namings)
        for pattern in fitting(text.text, scene.rules):
            for hit in pattern.regex.finditer(text.text):
                yield from _readings(scene, sentence, text, pattern, hit)


def _variants(scene: Scene, sentence: Sentence) -> list[list[Naming]]:
    """The sentence's namings, and once more with the works that stand inside the names of events."""
    outer = list(scene.named_in(sentence.index))
    inside = [n for n in scene.named_in(sentence.index, inner=True) if n.inner and n.type in WORKS]
    inside = [n for n in inside if any(_of_event(o, n) for o in outer)]
    if not inside:
        return [outer] if outer else []
    apart = [n for n in outer if not any(n.start <= i.start and i.end <= n.end for i in inside)]
    return [outer, sorted([*apart, *inside])]


def _of_event(outer: Naming, inner: Naming) -> bool:
    """Whether a work is named inside an event's name; of the names at its front the longest stands for it."""
    return outer.type is EntityType.EVENT and outer.start <= inner.start and inner.end <= outer.end


def _readings(scene: Scene, sentence: Sentence, text: Encoded, pattern: Pattern, hit: re.Match[str]) -> Iterator[Match]:
    subjects = _filled(text, hit, "s", pattern)
    if not subjects and pattern.subject:
        at = text.at[hit.start()]
        subjects = sides(scene, sentence, at, pattern.subject)
        subjects = subjects or _looked_up(scene, sentence, at, pattern, pattern.subject)
    groups = hit.re.groupindex
    start, end = text.at[hit.start()], text.at[hit.end()]
    objects: list[Naming | None] = [*_filled(text, hit, "o", pattern)] if "o" in groups else [None]
    if not _filled(text, hit, "s", pattern) and any(o and s.referent == o.referent for s in subjects for o in objects):
        return  # of what a list names none is where the others are
    if pattern.object:
        objects = [*_looked_up(scene, sentence, start, pattern, _of_post(hit) or pattern.object)]
    for one, other in _pairs(subjects, objects, hit[0]):
        ends = (other, one) if pattern.reverse and other else (one, other)
        for title in _titles(sentence, hit, ends[1]) if "title" in groups and hit["title"] else (None,):
            yield Match(
                pattern.name,
                pattern.relation,
                *ends,
                start,
                max(end, start + 1),
                year=_year(scene, hit) if "year" in groups else None,
                title=title,
                status=pattern.status,
                scoped=pattern.scoped,
            )


def _titles(sentence: Sentence, hit: re.Match[str], body: Naming | None) -> list[str]:
    """The title as worded, and where it is a row of posts (党组书记、局长) each of them."""
    whole = _title(sentence, hit, body)
    return list(dict.fromkeys([whole, *(post for post in _POST_LINK.split(whole) if len(post) > 1)]))


_POST_LINK = re.compile("兼任|[、,兼暨]")


def _title(sentence: Sentence, hit: re.Match[str], body: Naming | None) -> str:
    """The title as worded; of a party committee's without the posts that are the government's."""
    here = body is not None and body.sentence == sentence.index
    own = party_title(hit["title"], sentence.text[body.start : body.end]) if body is not None and here else hit["title"]
    return worded(own, sentence)


_POSTS = (
    (re.compile(r"董事长|总经理|总裁|CEO|董事|监事|首席执行官|董秘|合伙人"), {EntityType.COMPANY, EntityType.FUND}),
    (re.compile(r"校长"), {EntityType.UNIVERSITY}),
    (re.compile(r"院长|所长"), {EntityType.INSTITUTE, EntityType.UNIVERSITY, EntityType.LABORATORY}),
    (
        re.compile(r"主任"),
        {EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.BODY, EntityType.FACILITY, EntityType.GROUP},
    ),
    (re.compile(r"厂长"), {EntityType.FACILITY, EntityType.COMPANY}),
    (re.compile(r"[局厅]长"), {EntityType.BODY}),
    (re.compile(r"会长|秘书长"), {EntityType.GROUP, EntityType.BODY}),
)


def _of_post(hit: re.Match[str]) -> Collection[EntityType] | None:
    """The types of those who have such a post at all; None where the title does not tell, or there is none."""
    title = hit["title"] if "title" in hit.re.groupindex else ""
    return next((types for words, types in _POSTS if words.search(title or "")), None)


def _looked_up(
    scene: Scene, sentence: Sentence, at: int, pattern: Pattern, types: Collection[EntityType]
) -> list[Naming]:
    """Whom a pattern without a slot is about, in a list of none or one."""
    found = subject_of(scene, sentence, at, types)
    if found is None or (pattern.near and not _near(scene, sentence, found, pattern)):
        return []
    return [found] if pattern.relation is not Relation.HOSTS or _is_home(scene, sentence, found) else []


def _is_home(scene: Scene, sentence: Sentence, found: Naming) -> bool:
    """Whether what a sentence goes on about can be home to others: no device, and no division that it does not name."""
    referent = scene.referents[found.referent]
    if found.type is EntityType.FACILITY:
        return _NO_HOUSE.search(referent.name) is None
    return found.type is not EntityType.PLACE or not referent.code or found.sentence == sentence.index


_NO_HOUSE = re.compile(r"(?:装置|平台|光源|中子源|设施|卫星|对撞机|望远镜|生产线|系统)$")


def _near(scene: Scene, sentence: Sentence, found: Naming, pattern: Pattern) -> bool:
    """Whether a naming is close enough for what only the near can be meant by: of a post also the sentence before."""
    back = sentence.index - found.sentence
    paragraph = scene.sentences[found.sentence].paragraph == sentence.paragraph
    just_before = pattern.relation is Relation.HOLDS_POSITION and paragraph and back <= _POST_REACH
    return back == 0 or just_before or found == scene.entry(sentence.index)


_POST_REACH = 2


def _pairs(subjects: list[Naming], objects: list[Naming | None], words: str) -> list[tuple[Naming, Naming | None]]:
    """Every subject with every object; one by one where 分别 says so."""
    if "分别" in words and len(subjects) == len(objects) > 1:
        return list(zip(subjects, objects, strict=True))
    return list(product(subjects, objects))


_PROGRESS = (
    (re.compile(r"启动|开工|动工|奠基"), Status.STARTED),
    (re.compile(r"建设了|建成|已建|竣工|投用|建起|封顶"), Status.COMPLETED),
    (re.compile(r"(?:加快|推进|推动|抓紧|加紧|正在|在建)"), Status.UNDERWAY),
)


def _progress(words: str) -> Status | None:
    """How far building has come by the very words that state it: 推进…建设 is under way."""
    return next((status for pattern, status in _PROGRESS if pattern.search(words)), None)


_AIMED_WITHIN = 16


def _aimed(sentence: Sentence, match: Match) -> bool:
    """Whether a word of aiming in or before a reading of an industry says no more than 聚焦."""
    return _AIMS.search(sentence.text, max(0, match.start - _AIMED_WITHIN), match.end) is not None


_AIMS = re.compile(r"瞄准|致力于|旨在|着力向")  # of an industry they say no more than 聚焦
_BEGUN = frozenset({None, Status.STARTED, Status.COMPLETED})


def _houses(match: Match) -> bool:
    """Whether a reading tells where somebody is at home: that was neither begun nor completed."""
    ends = {Relation.LOCATED_IN: match.subject, Relation.HOSTS: match.object}
    tenant = ends.get(match.relation)
    return tenant is not None and tenant.type in (EntityType.COMPANY, EntityType.UNIVERSITY)


_DONE = frozenset({Status.STARTED, Status.COMPLETED})
_OPEN = frozenset({None, Status.ACHIEVED, Status.UNDERWAY})
_LEADING = re.compile("(?:主导|支柱|优势|特色)产业")  # what leads already is no plan
_OF_WORKS = frozenset({Status.STARTED, Status.COMPLETED, Status.ACHIEVED})
# Goods are made, a work is run and a firm belongs to another, whatever was completed.
_LASTING = frozenset({Relation.PRODUCES, Relation.MANAGES, Relation.AFFILIATED_WITH})


def _filled(text: Encoded, hit: re.Match[str], role: str, pattern: Pattern) -> list[Naming]:
    """The namings in a slot, without those of other types and what brackets add to one (甲中心(由乙托管)、丙中心).

    A place that only says where the next one lies (江苏 before 南京) is no subject.
    """
    if role not in hit.re.groupindex or hit[role] is None:
        return []
    start, end = hit.span(role)
    added = [m.span() for m in _BRACKETED.finditer(text.text, start, end)]
    there = [i for i in range(start, end) if i in text.namings and text.text[i] in pattern.fills[role]]
    found = [text.namings[i] for i in there if not any(a < i < b for a, b in added)]
    above = [n for n in found if n.type is EntityType.PLACE and any(n.end == other.start for other in found)]
    return [n for n in found if role != "s" or n not in above]


_BRACKETED = re.compile(r"\([^()]*\)")


def _year(scene: Scene, hit: re.Match[str]) -> str | None:
    """The year in digits; 今年 and its like by the document's date, None without one."""
    if hit["year"] not in _RELATIVE:
        return hit["year"].translate(_DIGITS)
    issued = _issued(scene)
    return str(issued - _RELATIVE[hit["year"]]) if issued else None


def _issued(scene: Scene) -> int | None:
    """The year of the document, where it is known."""
    return int(scene.document.issued[:4]) if scene.document.issued else None


def _stated(scene: Scene, sentence: Sentence, match: Match) -> Status | None:
    """How far the sentence says that a reading has come."""
    plain, relation = scene.masked(sentence), match.relation
    if relation is Relation.PRODUCES:  # 甲研制的乙将参展 says nothing of the making
        plain = replace(plain, text=plain.text[: match.end])
    status = scope_status(plain, match.start, match.end, scene.rules, kind="relation", year=_issued(scene))
    if status in _OPEN and carried(scene, sentence, match.start):
        status = Status.PLANNED
    if status is Status.TARGET and relation is Relation.FOCUSES_ON and _aimed(sentence, match):
        status = None
    led = relation is Relation.FOCUSES_ON and _LEADING.search(sentence.text, match.end - 6, match.end + 8)
    if status is Status.PLANNED and led:
        status = None
    if status in _OF_WORKS and (relation in _LASTING or _houses(match)):
        status = None
    held = _BEGUN if relation is Relation.FUNDED_BY else _DONE if relation in _SITED else frozenset()
    if status in held and scene.part(sentence.index).ahead:
        return Status.PLANNED
    return _of_works(scene, sentence, match, status) if relation is Relation.BUILDS else status


def _of_works(scene: Scene, sentence: Sentence, match: Match, status: Status | None) -> Status | None:
    """The status of what is built, by the words that state it and the part of the document where they stand."""
    if status is None:
        status = _progress(sentence.text[max(0, match.start - 4) : match.end + 4])
    return Status.PLANNED if status in _BEGUN and scene.part(sentence.index).ahead else status


def _claim(scene: Scene, sentence: Sentence, match: Match, spoken: tuple[Voice, ...]) -> Claim:
    ends = [match.subject, *([match.object] if match.object else [])]
    status = _stated(scene, sentence, match) if match.status is None and match.scoped else match.status
    status = Status.TERMINATED if resigned(sentence, match) else status
    voice = voice_at(spoken, sentence.span_of(match.start, match.end))
    held = tenure(sentence, match, scene.times(sentence)) if match.relation is Relation.HOLDS_POSITION else Tenure()
    return Claim(
        subject=match.subject.referent,
        relation=match.relation,
        object=match.object.referent if match.object else None,
        evidence=scene.shown(sentence.index, match.start, match.end, *ends),
        rule=match.pattern,
        year=match.year,
        title=match.title,
        status=status,
        valid_from=held.start,
        valid_to=held.end,
        stated_by=voice.stated_by if voice else None,
        attribution=voice.attribution if voice else None,
    )
