"""Lists of facts: lines of a label, a colon and a value (项目名称:…), and lines that open with a name and a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.relations.matches import Match
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.text.lines import LABEL
from kg.records import EntityType, Relation, Sentence


def field_matches(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The relations that the labels of a list of facts state of the thing that it is about."""
    entry = scene.entry(sentence.index)
    if entry is None:
        return
    labels = list(_labels(sentence.text))
    ends = [*(m.start() for m in labels[1:]), len(sentence.text)]
    for label, end in zip(labels, ends, strict=False):
        named = [n for n in scene.named_in(sentence.index) if label.end() <= n.start and n.end <= end]
        yield from _labelled(sentence, entry, label, named)


_FURTHER = re.compile(r"(?<=[;|])\s*(?P<label>[\u4e00-\u9fff]{2,8})\s*:")


def _labels(text: str) -> Iterator[re.Match[str]]:
    """The label that opens a line, and those behind semicolons in it (依托单位:甲;共建单位:乙)."""
    first = LABEL.match(text)
    if first is not None:
        yield first
        yield from _FURTHER.finditer(text, first.end())


@dataclass(frozen=True, slots=True)
class _Row:
    """What a label states of the thing whose list it stands in; `turned` where the value is the subject."""

    label: re.Pattern[str]
    relation: Relation
    things: frozenset[EntityType]
    values: frozenset[EntityType]
    turned: bool = False


def _labelled(sentence: Sentence, entry: Naming, label: re.Match[str], named: Sequence[Naming]) -> Iterator[Match]:
    word = label["label"]
    for row in (r for r in _ROWS if entry.type in r.things and r.label.fullmatch(word)):
        if row.relation is Relation.FOUNDED_IN:
            yield from _founded(sentence, entry, label)
        for other in _values(row, entry, named):
            ends = (other, entry) if row.turned else (entry, other)
            title = word if row.relation is Relation.HOLDS_POSITION else None
            name = "field-" + row.relation.value.lower()
            yield Match(name, row.relation, *ends, other.start, other.end, title=title)


def _founded(sentence: Sentence, entry: Naming, label: re.Match[str]) -> Iterator[Match]:
    year = re.compile(r"\s*((?:19|20)\d\d)(?:年|[-./]|$)").match(sentence.text, label.end())
    if year:
        name = "field-" + Relation.FOUNDED_IN.value.lower()
        yield Match(name, Relation.FOUNDED_IN, entry, None, *year.span(), year=year[1], scoped=False)


def _values(row: _Row, entry: Naming, named: Sequence[Naming]) -> list[Naming]:
    """The namings that a label gives: all of them, but of places and posts only the first and what adjoins it."""
    fitting = [n for n in named if n.type in row.values and n.referent != entry.referent]
    if row.turned and row.relation is not Relation.HOLDS_POSITION:
        return fitting
    first = fitting[:1]
    for naming in fitting[1:]:
        if naming.start == first[-1].end:
            first.append(naming)
    return first if row.relation is not Relation.FUNDED_BY else fitting


_FIRMS = frozenset({EntityType.COMPANY, EntityType.UNIVERSITY, EntityType.INSTITUTE, EntityType.BODY, EntityType.ZONE})
_SITES = frozenset({EntityType.ZONE, EntityType.VALLEY, EntityType.FACILITY, EntityType.PLACE})
_WORKS = frozenset({EntityType.PROJECT, EntityType.FACILITY, EntityType.LABORATORY, EntityType.ZONE, EntityType.VALLEY})
_BODIES = frozenset(
    {EntityType.COMPANY, EntityType.UNIVERSITY, EntityType.INSTITUTE, EntityType.LABORATORY, EntityType.FUND}
)
_THINGS = _WORKS | _BODIES
_ROWS = (
    _Row(
        re.compile(
            r"(?:建设|实施|承担|申报|承建|施工|业主|责任|牵头|项目|共建|组建|参建|法人)(?:单位|主体|企业|方|业主)|项目法人|项目业主|开发商"
        ),
        Relation.BUILDS, _WORKS | {EntityType.INSTITUTE}, _FIRMS, turned=True,
    ),
    _Row(
        re.compile(r"投资(?:单位|主体|企业|方|人|商)|出资方|股东|主要股东|投资机构"),
        Relation.INVESTS, _WORKS | {EntityType.COMPANY}, _FIRMS | {EntityType.FUND}, turned=True,
    ),
    _Row(
        re.compile(r"(?:主要)?(?:出资方|出资人|出资单位|发起人|发起方|发起单位|有限合伙人|合伙人)"),
        Relation.FUNDED_BY, frozenset({EntityType.FUND}), _FIRMS | {EntityType.FUND, EntityType.PLACE},
    ),
    _Row(
        re.compile(
            r"(?:建设|项目|实施|工程|注册|公司|园区|企业|办公|详细|通讯|单位|联系|总部)?"
            r"(?:地点|地址|选址|位置|所在地|落户地|落地园区|注册地|区位|总部|校址)"
        ),
        Relation.LOCATED_IN, _THINGS, _SITES,
    ),
    _Row(
        re.compile(r"(?:运营|管理|开发运营|运营管理|受托管理|主管|园区运营|基金管理)(?:单位|方|主体|机构|人|公司|企业|商|部门)"),
        Relation.MANAGES, _WORKS | {EntityType.FUND}, _FIRMS, turned=True,
    ),
    _Row(
        re.compile(r"(?:依托|主办|主管|上级|所属|挂靠)(?:单位|部门|集团|高校|机构|公司)|母公司"),
        Relation.AFFILIATED_WITH, (_BODIES - {EntityType.FUND}) | {EntityType.FACILITY}, _FIRMS - {EntityType.ZONE},
    ),
    _Row(
        re.compile(r"(?:成立|创立|创办|设立|建立|注册|组建|创建|建园|建校)(?:时间|日期|年份|年)"),
        Relation.FOUNDED_IN, _THINGS, frozenset(),
    ),
    _Row(
        re.compile(
            r"法定代表人|法人代表|董事长|总经理|总裁|创始人|首席执行官|主任|实验室主任|院长|所长|校长|负责人|园区主任|理事长|书记"
            r"|党委书记|首席科学家"
        ),
        Relation.HOLDS_POSITION, _THINGS, frozenset({EntityType.PERSON}), turned=True,
    ),
)  # fmt: skip
