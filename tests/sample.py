"""Two invented news reports and what a perfect reading makes of them, for the tests of every room after `extract`.

Nothing in them exists. Spans are looked up in the text, so that every quote holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from kg.records import (
    Basis,
    Claim,
    Document,
    Entity,
    EntityType,
    Extraction,
    Modifier,
    Observation,
    Period,
    Rank,
    Referent,
    Relation,
    Resolution,
    Span,
    Status,
)

FIRST = """霁川高新区按下科创加速键
霁川日报讯 2月20日，霁川高新区召开溪桥科创大会，晨曦机器人等企业参加大会。
霁川高新区成立于2011年，位于霁川市，拥有澄湖算谷。
溪桥量子信息实验室落户霁川高新区，聚焦量子信息产业。
2024年，霁川高新区实现地区生产总值1234.5亿元，同比增长6.2%，总量和增速分别居霁川市第二、第一。
霁川晨曦机器人股份有限公司（以下简称“晨曦机器人”）在溪桥科创大会上签约，将建设智能关节产业园项目。该项目总投资约30亿元。
晨曦机器人生产的“小满”四足机器人获得霁川市科技进步一等奖。
霁川市拟设立溪桥未来产业基金，总规模超50亿元，基金将落户霁川高新区。
晨曦机器人董事长陆知遥介绍，晨曦机器人力争2026年实现营业收入100亿元。
2024年，霁川高新区固定资产投资增长8.8%，高新技术企业数量居全国第15位。
晨曦机器人没有参与溪桥湿地公园建设。
"""
SECOND = """溪桥观察
霁川晨曦机器人股份有限公司的智能关节产业园项目正在霁川高新区加快建设。
2024年，霁川高新区实现地区生产总值1234.5亿元，同比增长6.3%。
溪桥量子信息实验室隶属于霁川理工大学，聚焦量子信息和低空经济产业。
溪桥未来产业基金总规模超50亿元，仍在筹备。
霁川高新区管委会发布“溪桥十条”。
霁川高新区是省级园区联盟成员，已终止引进岚石芯片有限公司。
霁川高新区现有企业2.1万家。
"""


def sample_extractions() -> list[Extraction]:
    """The readings of both documents, in reading order."""
    return [_first(), _second()]


def sample_resolution(extractions: Iterable[Extraction]) -> Resolution:
    """Entities by equal name and type over any extractions, in the order of their paths."""
    readings = list(extractions)
    found: dict[str, Entity] = {}
    for reading in readings:
        for referent in reading.referents:
            path = _path(referent)
            found[path] = _merged(found.get(path), referent)
    paths = sorted(found)
    of = {r.document.key: tuple(paths.index(_path(x)) for x in r.referents) for r in readings}
    return Resolution(tuple(found[path] for path in paths), of)


def _path(referent: Referent) -> str:
    return f"{referent.type.value.lower()}/{referent.name}"


def _merged(entity: Entity | None, referent: Referent) -> Entity:
    """The entity with one more referent."""
    known = entity or Entity(referent.type, referent.name, _path(referent), concept=referent.concept)
    aliases = tuple(sorted({*known.aliases, *referent.aliases}))
    return replace(known, aliases=aliases)


class _Reader:
    """One document under construction: looks up spans and numbers the referents by name."""

    def __init__(self, document: Document, names: Mapping[str, tuple[EntityType, tuple[str, ...]]]) -> None:
        self.document = document
        self.index = {name: i for i, name in enumerate(names)}
        self.referents = tuple(self._referent(n, kind, aliases) for n, (kind, aliases) in names.items())

    def sentence(self, part: str) -> Span:
        """The line that holds `part`."""
        at = self.document.text.index(part)
        end = self.document.text.index("\n", at)
        return Span(self.document.text.rfind("\n", 0, at) + 1, end)

    def at(self, part: str) -> Span:
        start = self.document.text.index(part)
        return Span(start, start + len(part))

    def _referent(self, name: str, kind: EntityType, aliases: tuple[str, ...]) -> Referent:
        concept = name if name == "低空经济" else None
        where = (self.sentence(name),)
        return Referent(name, kind, aliases, (self.at(name),), where, f"mention-{kind.value.lower()}", concept)

    def claim(self, subject: str, relation: Relation, object: str | None, *parts: str, **more: object) -> Claim:
        """A claim whose evidence is the lines of `parts`; more are fields of the record."""
        target = None if object is None else self.index[object]
        evidence = tuple(self.sentence(part) for part in parts)
        claim = Claim(self.index[subject], relation, target, evidence, f"slot-{relation.value}")
        return replace(claim, **more)  # type: ignore[arg-type]

    def figure(self, subject: str, indicator: str, text: str, value: str | None, **more: object) -> Observation:
        """An observation in yuan, exact unless `more` says otherwise."""
        number = None if value is None else Decimal(value)
        unit = None if value is None else "CCY_CNY"
        base = Observation(
            self.index[subject], indicator, None, text, self.at(text), number, unit,
            Modifier.EXACT, (self.sentence(text),), "figure-value",
        )  # fmt: skip
        return replace(base, **more)  # type: ignore[arg-type]


_YEAR = Period("2024", "2024-01-01", "2024-12-31")
_ZONE, _FIRM, _CITY, _LAB = "霁川高新区", "霁川晨曦机器人股份有限公司", "霁川市", "溪桥量子信息实验室"
_PARK, _FUND, _EVENT, _HEAD = "智能关节产业园项目", "溪桥未来产业基金", "溪桥科创大会", "陆知遥"
_SHORT = ("晨曦机器人",)


def _first() -> Extraction:
    document = Document(FIRST, "sample-1.txt", "霁川高新区按下科创加速键", "2025-02-20", "霁川日报")
    read = _Reader(document, _FIRST_NAMES)
    return Extraction(document, read.referents, _first_claims(read), _first_figures(read))


_FIRST_NAMES: Mapping[str, tuple[EntityType, tuple[str, ...]]] = {
    _ZONE: (EntityType.ZONE, ()),
    _CITY: (EntityType.PLACE, ()),
    "澄湖算谷": (EntityType.VALLEY, ()),
    _LAB: (EntityType.LABORATORY, ()),
    "量子信息": (EntityType.INDUSTRY, ()),
    _FIRM: (EntityType.COMPANY, _SHORT),
    _EVENT: (EntityType.EVENT, ()),
    _PARK: (EntityType.PROJECT, ("智能关节产业园",)),
    "“小满”四足机器人": (EntityType.PRODUCT, ()),
    "霁川市科技进步一等奖": (EntityType.AWARD, ()),
    _FUND: (EntityType.FUND, ()),
    _HEAD: (EntityType.PERSON, ()),
    "溪桥湿地公园": (EntityType.FACILITY, ()),
    "霁川日报": (EntityType.MEDIA, ()),
}


def _first_claims(read: _Reader) -> tuple[Claim, ...]:
    claim, firm = read.claim, "霁川晨曦机器人股份有限公司（"
    return (
        claim(_ZONE, Relation.HOSTS, _EVENT, "召开溪桥科创大会"),
        claim(_FIRM, Relation.PARTICIPATES_IN, _EVENT, "召开溪桥科创大会"),
        claim(_ZONE, Relation.FOUNDED_IN, None, "成立于2011年", year="2011"),
        claim(_ZONE, Relation.LOCATED_IN, _CITY, "成立于2011年"),
        claim(_ZONE, Relation.HAS_VALLEY, "澄湖算谷", "成立于2011年"),
        claim(_LAB, Relation.LOCATED_IN, _ZONE, _LAB),
        claim(_LAB, Relation.FOCUSES_ON, "量子信息", _LAB),
        claim(_FIRM, Relation.BUILDS, _PARK, firm, status=Status.PLANNED),
        claim(_PARK, Relation.SIGNED_AT, _EVENT, firm, status=Status.SIGNED),
        claim(_FIRM, Relation.PRODUCES, "“小满”四足机器人", "晨曦机器人生产的"),
        claim("“小满”四足机器人", Relation.WON, "霁川市科技进步一等奖", "晨曦机器人生产的", status=Status.ACHIEVED),
        claim(_CITY, Relation.PLANS, _FUND, "霁川市拟设立", status=Status.PLANNED),
        claim(_FUND, Relation.LOCATED_IN, _ZONE, "霁川市拟设立", status=Status.PLANNED),
        claim(_HEAD, Relation.HOLDS_POSITION, _FIRM, "董事长陆知遥", title="董事长"),
        claim(_FIRM, Relation.BUILDS, "溪桥湿地公园", "没有参与", status=Status.NEGATED),
    )


def _first_figures(read: _Reader) -> tuple[Observation, ...]:
    figure, city = read.figure, read.index[_CITY]
    two_pieces = (read.sentence("约30亿元"), read.at(_PARK))
    return (
        figure(_ZONE, "地区生产总值", "1234.5亿元", "123450000000.00", concept="地区生产总值", period=_YEAR,
               growth=Decimal("6.20"), ranks=(Rank(2, city), Rank(1, city, Basis.GROWTH))),
        figure(_PARK, "总投资", "约30亿元", "3000000000", modifier=Modifier.ABOUT, evidence=two_pieces),
        figure(_FUND, "总规模", "超50亿元", "5000000000", modifier=Modifier.OVER, status=Status.PLANNED),
        figure(_FIRM, "营业收入", "100亿元", "10000000000", status=Status.TARGET, stated_by=read.index[_HEAD],
               period=Period("2026", "2026-01-01", "2026-12-31")),
        figure(_ZONE, "固定资产投资", "增长8.8%", None, growth=Decimal("8.8"), period=_YEAR),
        figure(_ZONE, "高新技术企业数量", "居全国第15位", None, ranks=(Rank(15, "全国"),), period=_YEAR),
    )  # fmt: skip


def _second() -> Extraction:
    read = _Reader(Document(SECOND, "sample-2.txt", "溪桥观察", "2025-03"), _SECOND_NAMES)
    return Extraction(read.document, read.referents, _second_claims(read), _second_figures(read))


_SECOND_NAMES: Mapping[str, tuple[EntityType, tuple[str, ...]]] = {
    _FIRM: (EntityType.COMPANY, ()),
    _PARK: (EntityType.PROJECT, ()),
    _ZONE: (EntityType.ZONE, ()),
    _LAB: (EntityType.LABORATORY, ()),
    "霁川理工大学": (EntityType.UNIVERSITY, ()),
    "量子信息": (EntityType.INDUSTRY, ()),
    "低空经济": (EntityType.INDUSTRY, ()),
    _FUND: (EntityType.FUND, ()),
    "霁川高新区管委会": (EntityType.BODY, ()),
    "“溪桥十条”": (EntityType.POLICY, ("溪桥十条",)),
    "省级园区联盟": (EntityType.GROUP, ()),
    "岚石芯片有限公司": (EntityType.COMPANY, ()),
}


def _second_claims(read: _Reader) -> tuple[Claim, ...]:
    claim, works = read.claim, "正在霁川高新区加快建设"
    return (
        claim(_FIRM, Relation.BUILDS, _PARK, works, status=Status.UNDERWAY),
        claim(_PARK, Relation.LOCATED_IN, _ZONE, works, status=Status.UNDERWAY),
        claim(_LAB, Relation.AFFILIATED_WITH, "霁川理工大学", _LAB),
        claim(_LAB, Relation.FOCUSES_ON, "量子信息", _LAB),
        claim(_LAB, Relation.FOCUSES_ON, "低空经济", _LAB),
        claim("“溪桥十条”", Relation.ANNOUNCED_BY, "霁川高新区管委会", "发布"),
        claim(_ZONE, Relation.MEMBER_OF, "省级园区联盟", "联盟"),
        claim(_ZONE, Relation.HOSTS, "岚石芯片有限公司", "已终止引进", status=Status.TERMINATED),
    )


def _second_figures(read: _Reader) -> tuple[Observation, ...]:
    return (
        read.figure(_ZONE, "地区生产总值", "1234.5亿元", "123450000000", concept="地区生产总值",
                    growth=Decimal("6.3"), period=_YEAR),
        read.figure(_FUND, "总规模", "超50亿元", "5000000000", modifier=Modifier.OVER, status=Status.PLANNED),
        read.figure(_ZONE, "企业", "2.1万家", "21000", unit="NUM", attribution="溪桥观察"),
    )  # fmt: skip


def summed(lines: bytes) -> str:
    """The hash of a dataset out of its N-Quads, as docs/decisions/0013 defines it: the sum of the lines' sha256."""
    each = (int.from_bytes(hashlib.sha256(line).digest()) for line in lines.splitlines())
    return f"{sum(each) % 2**256:064x}"
