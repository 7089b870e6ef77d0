"""Lists of facts: lines of a label, a colon and a value (项目名称:…), and lines that open with a name and a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.candidates import Candidate, candidate
from kg.extract.entries import LABEL, PROJECT
from kg.extract.matches import Match
from kg.extract.naming import Naming
from kg.extract.scene import Scene
from kg.records import EntityType, Relation, Sentence

_BUILDERS = re.compile(
    r"(?:建设|实施|承担|申报|承建|施工|业主|责任|牵头|项目)(?:单位|主体|企业|方|业主)|项目法人|项目业主"
)
_INVESTORS = re.compile(r"投资(?:单位|主体|企业|方|人)|出资方")
_PLACES = re.compile(r"(?:建设|项目|实施|工程)?(?:地点|地址|选址|位置|所在地|落户地|落地园区)")
_RESIDENTS = re.compile(
    r"(?:代表|入驻|入园|重点|龙头|骨干|知名|园区|区内|主要|部分|优质|上市)(?:性)?(?:企业|机构|公司)$"
)


def field_names(sentence: Sentence) -> Iterator[Candidate]:
    """The value of 项目名称, which is a project whatever it ends with."""
    match = PROJECT.match(sentence.text)
    if match:
        start, end = match.span("value")
        yield candidate(sentence, start, end, EntityType.PROJECT, "defined-field")


def field_matches(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The relations that the labels of a list of facts state of its project, and of firms listed under 代表企业."""
    entry, label = scene.entry(sentence.index), LABEL.match(sentence.text)
    named = [n for n in scene.named_in(sentence.index) if label is None or n.start >= label.end()]
    if entry is not None and label is not None and entry.type is EntityType.PROJECT:
        yield from _labelled(sentence, entry, label["label"], named)
    zone = scene.main({EntityType.ZONE, EntityType.VALLEY}) if _listed_firm(scene, sentence, entry) else None
    if zone is not None and entry is not None:
        yield Match("listed-firm", Relation.LOCATED_IN, entry, zone, entry.start, entry.end, scoped=False)


def _labelled(sentence: Sentence, entry: Naming, label: str, named: Sequence[Naming]) -> Iterator[Match]:
    row = next((r for r in _ROWS if r[0].fullmatch(label)), None)
    if row is None:
        return
    _, relation, types, turned = row
    fitting = [n for n in named if n.type in types and n.referent != entry.referent]
    for other in fitting if turned else fitting[:1]:
        ends = (other, entry) if turned else (entry, other)
        yield Match("field-" + relation.value.lower(), relation, *ends, other.start, other.end)


_FIRMS = frozenset({EntityType.COMPANY, EntityType.UNIVERSITY, EntityType.INSTITUTE, EntityType.BODY, EntityType.ZONE})
_SITES = frozenset({EntityType.ZONE, EntityType.VALLEY, EntityType.FACILITY, EntityType.PLACE})
_ROWS = (
    (_BUILDERS, Relation.BUILDS, _FIRMS, True),
    (_INVESTORS, Relation.INVESTS, _FIRMS | {EntityType.FUND}, True),
    (_PLACES, Relation.LOCATED_IN, _SITES, False),
)


def _listed_firm(scene: Scene, sentence: Sentence, entry: Naming | None) -> bool:
    """Whether a line with a firm and a colon stands under a heading such as 代表企业."""
    if entry is None or entry.sentence != sentence.index or entry.type is not EntityType.COMPANY:
        return False
    heading = next((s for s in reversed(scene.sentences[: sentence.index]) if s.heading), None)
    return heading is not None and bool(_RESIDENTS.search(heading.text.strip()))
