"""A made-up graph of 5,000 nodes, 10,000 relations and 10,000 claims, always the same one, for what takes time.

Few nodes have most relations, as in graphs of news. Names, sentences and amounts come from a row of numbers that is
fixed by its start, so that neither a version of Python nor a seed of hashes changes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph import terms

NODES, RELATIONS, CLAIMS, FIGURES, DOCUMENTS = 5_000, 10_000, 10_000, 400, 120
_KINDS = (
    ("Company", "科技有限公司"), ("Company", "生物医药股份有限公司"), ("Project", "产业园项目"),
    ("Laboratory", "重点实验室"), ("Fund", "产业基金"), ("Product", "控制器"), ("Facility", "创新中心"),
    ("ResearchInstitute", "研究院"), ("Valley", "谷"), ("Zone", "高新区"), ("University", "理工大学"), ("Person", ""),
)  # fmt: skip
_WORDS = (
    ("invests", "投资了"), ("affiliatedWith", "依托"), ("locatedIn", "落户"), ("builds", "建设"), ("produces", "推出"),
    ("hosts", "引进"), ("partOf", "隶属于"),
)  # fmt: skip
_STATUSES = ("", "", "", "", "", "planned", "signed", "underway", "completed", "target", "negated")
_FIRST = "霁澄岚桐枫槐榆柏松筠荷菱蓼芷蘅兰桂梅竹菊樟杉椿棠樱栖云岫川溪涧泽湖江海泉源浦渚洲岛"
_SECOND = "晨曦朝晖暮旭昭明朗煦暄晴岚霄雯霆霖霏霁虹星辰宇宙乾坤坚毅恒远志诚信达通汇聚融智创新锐锋驰骋腾跃翔"
_DOUBLE = NamedNode(terms.XSD + "decimal")


@dataclass
class Row:
    """Numbers that look thrown and are not: the same from the same start."""

    state: int = 20250613

    def below(self, limit: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % limit

    def of(self, things):
        return things[self.below(len(things))]


@dataclass
class _Made:
    """The graph as it grows; a text of each document grows along, so that offsets hold."""

    row: Row = field(default_factory=Row)
    names: list[str] = field(default_factory=list)
    iris: list[NamedNode] = field(default_factory=list)
    at: list[int] = field(default_factory=lambda: [0] * DOCUMENTS)


def quads(nodes: int = NODES, relations: int = RELATIONS, figures: int = FIGURES) -> list[Quad]:
    """The dataset; of the claims as many are about relations as there are relations, the others about figures."""
    made = _Made()
    found = [Quad(*triple, DefaultGraph()) for _ in range(nodes) for triple in _entity(made)]
    for i in range(DOCUMENTS):
        found += [Quad(*triple, _document(i)) for triple in _about(i)]
    found += _relations(made, relations)
    found += [quad for i in range(figures) for quad in _figure(made, i)]
    return found


def _entity(made: _Made) -> Iterator[tuple]:
    row, place = made.row, len(made.names)
    kind, tail = _KINDS[place % len(_KINDS)]
    name = "".join(row.of(_FIRST) + row.of(_SECOND) for _ in range(2 if tail else 1)) + (tail or row.of(_SECOND))
    name = f"{name}{place}" if name in made.names[-400:] else name
    iri = NamedNode(f"{terms.BASE}{kind.lower()}/{name}-{place}")
    made.names.append(name), made.iris.append(iri)
    yield iri, terms.TYPE, terms.zg(kind)
    yield iri, terms.PREF_LABEL, Literal(name, language="zh")
    if place % 6 == 0:
        yield iri, terms.ALT_LABEL, Literal(name[:4], language="zh")
    yield iri, terms.zg("mentionedIn"), _document(row.below(DOCUMENTS))


def _document(i: int) -> NamedNode:
    return NamedNode(f"{terms.BASE}document/{i:016x}")


def _about(i: int) -> Iterator[tuple]:
    iri = _document(i)
    yield iri, terms.TYPE, terms.zg("Document")
    yield iri, NamedNode(terms.DCTERMS + "title"), Literal(f"第{i + 1}份产业观察")
    yield iri, NamedNode(terms.DCTERMS + "issued"), Literal(f"{2014 + i % 12}-{1 + i % 9:02}-{1 + i % 27:02}")
    yield iri, terms.zg("path"), Literal(f"observer-{i:03}.txt")


def _relations(made: _Made, count: int) -> Iterator[Quad]:
    """Each end is one of the ends so far every other time, so that few nodes gather most."""
    row, ends, seen = made.row, list(range(40)), set()
    while len(seen) < count:
        one, two = (row.of(ends) if row.below(2) else row.below(len(made.names)) for _ in range(2))
        relation, word = row.of(_WORDS)
        if one != two and (one, relation, two) not in seen:
            seen.add((one, relation, two))
            ends += [one, two]
            yield from _relation(made, one, two, relation, word)


def _relation(made: _Made, one: int, two: int, relation: str, word: str) -> Iterator[Quad]:
    row, status = made.row, made.row.of(_STATUSES)
    triple = (made.iris[one], terms.zg(relation), made.iris[two])
    if status not in ("planned", "target", "negated"):
        yield Quad(*triple, DefaultGraph())
    sentence = f"{made.names[one]}{word}{made.names[two]}，双方{row.of(('签约', '面谈', '座谈', '开会'))}。"
    yield from _claim(made, triple, sentence, status, f"slot-{relation}-{1 + row.below(9)}")


def _claim(made: _Made, triple: tuple, sentence: str, status: str, rule: str) -> Iterator[Quad]:
    row, document = made.row, made.row.below(DOCUMENTS)
    start, number = made.at[document], row.state
    made.at[document] += len(sentence)
    graph, claim = _document(document), NamedNode(f"{terms.BASE}claim/{number:016x}")
    where = f"{start},{start + len(sentence)}"
    evidence, selector = (NamedNode(f"{graph.value}#{part}={where}") for part in ("char", "selector"))
    yield Quad(claim, terms.TYPE, terms.zg("Claim"), graph)
    for part, value in zip(("subject", "predicate", "object"), triple, strict=True):
        yield Quad(claim, NamedNode(terms.RDF + part), value, graph)
    yield Quad(claim, terms.zg("confidence"), Literal(f"0.{500 + row.below(500)}", datatype=_DOUBLE), graph)
    yield Quad(claim, terms.zg("rule"), NamedNode(terms.RULE + rule), graph)
    if status:
        yield Quad(claim, terms.zg("status"), terms.zg(status), graph)
    yield Quad(claim, terms.zg("evidence"), evidence, graph)
    yield Quad(evidence, NamedNode(terms.OA + "hasSource"), graph, graph)
    yield Quad(evidence, NamedNode(terms.OA + "hasSelector"), selector, graph)
    yield Quad(selector, NamedNode(terms.OA + "start"), Literal(str(start)), graph)
    yield Quad(selector, NamedNode(terms.OA + "exact"), Literal(sentence), graph)


def _figure(made: _Made, i: int) -> Iterator[Quad]:
    """Four years each of one indicator, without a claim: the 10,000 are those of the relations."""
    node, value, year = NamedNode(f"{terms.BASE}observation/{i:016x}"), 100 + made.row.below(900), 2021 + i % 4
    indicator = NamedNode(terms.BASE + "indicator/营业收入")
    yield Quad(indicator, terms.PREF_LABEL, Literal("营业收入", language="zh"), DefaultGraph())
    for name, term in (
        ("subject", made.iris[i // 4]), ("indicator", indicator), ("unit", NamedNode(terms.UNIT + "CCY_CNY")),
        ("value", Literal(f"{value}00000000", datatype=_DOUBLE)), ("valueText", Literal(f"{value}亿元")),
        ("period", Literal(str(year), datatype=NamedNode(terms.XSD + "gYear"))), ("modifier", terms.zg("exact")),
    ):  # fmt: skip
        yield Quad(node, terms.zg(name), term, DefaultGraph())
    yield Quad(node, terms.TYPE, terms.zg("Observation"), DefaultGraph())
