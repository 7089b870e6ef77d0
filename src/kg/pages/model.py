"""The graph as a person looks at it: nodes, facts, figures, documents and sentences as plain frozen records.

Everything refers by index, and every order is one of the content, so that equal graphs give equal pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.graph import terms
from kg.graph.index import Index, english, entities, index, kinds, local, many, name, relations, said
from kg.graph.statements import Triple
from kg.pages import facets, figures, statements
from kg.pages.facets import Times
from kg.pages.statements import Piece, Sentence, Statement, Told
from kg.records import EntityType, Relation

TYPES = tuple(kind.value for kind in EntityType)
_RELATIONS = tuple(relation.value for relation in Relation)
_ORGANIZATION = NamedNode(terms.ORG + "organization")
_ROLE = NamedNode(terms.SCHEMA + "roleName")
_REPLACED = NamedNode(terms.DCTERMS + "isReplacedBy")
_DOCUMENT = terms.zg("Document")


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `path` is its IRI behind the base; `documents` and `statements` are indices."""

    path: str
    name: str
    english: str
    types: tuple[str, ...]
    aliases: tuple[str, ...]
    documents: tuple[int, ...]
    statements: tuple[int, ...]
    degree: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: where no title is known, `title` is the file's name."""

    title: str
    issued: str
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation from a node to a node, or to a `text` (a year). `text` beside an object is a position's title.

    `held` tells that it has no plain triple; `statuses`, `years` and `confidences` are those of its statements, ""
    where one says nothing.
    """

    subject: int
    relation: str
    object: int | None
    text: str
    held: bool
    statuses: tuple[str, ...]
    years: tuple[str, ...]
    confidences: tuple[str, ...]
    documents: tuple[int, ...]
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that page and picture show.

    `moved` leads from an earlier path to a node; `whole` is how many entities the graph has, of which `nodes` may be a
    part.
    """

    base: str
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[figures.Figure, ...]
    papers: tuple[Paper, ...]
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    moved: tuple[tuple[str, int], ...]
    whole: int


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation still by names of the graph: its end is an entity or a text."""

    subject: NamedNode
    relation: str
    object: NamedNode | None
    text: str
    held: bool
    claims: tuple[NamedNode, ...]


def model(quads: Iterable[Quad]) -> Model:
    """The graph of a build as records: nodes with most relations first, facts in the order of the texts."""
    given = [_settled(quad) for quad in quads]
    found = index(given)
    documents = _documents(found)
    papers = {iri: i for i, iri in enumerate(documents)}
    told = statements.statements(found, papers)
    links = [_link(found, *relation) for relation in relations(found)]
    degrees = _degrees(links)
    iris = _ranked(found, degrees)
    place = {iri: i for i, iri in enumerate(iris)}
    times = Times(told, tuple(_paper(found, iri).issued for iri in documents))
    made = (_fact(link, place, times) for link in links if link.subject in place)
    facts = sorted(made, key=lambda fact: _order(fact, told))
    return Model(
        base=_base(iris),
        nodes=tuple(_node(found, iri, degrees.get(iri, 0), papers, told) for iri in iris),
        facts=tuple(facts),
        figures=figures.figures(found, place, times),
        papers=tuple(_paper(found, iri) for iri in documents),
        sentences=told.sentences,
        statements=told.all,
        moved=_moved(given, place),
        whole=len(iris),
    )


def _settled(quad: Quad) -> Quad:
    """A store reached by URL keeps the default graph's content in a graph of its own."""
    if quad.graph_name == terms.FACTS:
        return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
    return quad


def _documents(found: Index) -> list[NamedNode]:
    """The documents, the dated ones first in the order of their dates."""
    iris = [
        node
        for node, predicate in found.values
        if predicate == terms.TYPE and _DOCUMENT in many(found, node, predicate)
    ]
    papers = {iri: _paper(found, iri) for iri in iris}
    return sorted(papers, key=lambda iri: (not papers[iri].issued, papers[iri].issued, papers[iri].title, iri.value))


def _paper(found: Index, iri: NamedNode) -> Paper:
    path = said(found, iri, terms.zg("path"))
    title = said(found, iri, NamedNode(terms.DCTERMS + "title")) or path or local(iri)
    issued = said(found, iri, NamedNode(terms.DCTERMS + "issued"))
    return Paper(title, issued, path, said(found, iri, NamedNode(terms.SCHEMA + "url")))


def _link(found: Index, triple: Triple, plain: bool, claims: tuple[NamedNode, ...]) -> _Link:
    """A relation with its end looked up: behind a membership stands the organisation."""
    subject, predicate, end = triple
    organization = next(iter(many(found, end, _ORGANIZATION)), None)
    target = organization or end
    text = said(found, end, _ROLE) if organization else ""
    if isinstance(target, NamedNode) and kinds(found, target):
        return _Link(subject, local(predicate), target, text, not plain, claims)
    return _Link(subject, local(predicate), None, name(found, target), not plain, claims)


def _degrees(links: Sequence[_Link]) -> Mapping[NamedNode, int]:
    """How many relations each entity stands in."""
    ends = [link.subject for link in links]
    ends += [link.object for link in links if link.object is not None and link.object != link.subject]
    return Counter(ends)


def _ranked(found: Index, degrees: Mapping[NamedNode, int]) -> list[NamedNode]:
    """All entities, the most connected first."""

    def rank(iri: NamedNode) -> tuple[int, int, str, str]:
        return -degrees.get(iri, 0), TYPES.index(_types(found, iri)[0]), name(found, iri), iri.value

    return sorted(entities(found), key=rank)


def _types(found: Index, iri: NamedNode) -> tuple[str, ...]:
    """An entity's types in the contract's order."""
    given = {kind.value for kind in kinds(found, iri)}
    return tuple(kind for kind in TYPES if kind in given)


def _node(found: Index, iri: NamedNode, degree: int, papers: Mapping[NamedNode, int], told: Told) -> Node:
    mentioned = many(found, iri, terms.zg("mentionedIn"))
    named = {papers[term] for term in mentioned if isinstance(term, NamedNode) and term in papers}
    types = _types(found, iri)
    claims = [claim for kind in types for claim in found.claims.get((iri, terms.TYPE, terms.zg(kind)), ())]
    return Node(
        _path(iri),
        name(found, iri),
        english(found, iri),
        types,
        tuple(label.value for label in many(found, iri, terms.ALT_LABEL)),
        tuple(sorted(named)),
        tuple(sorted(told.place[claim] for claim in claims)),
        degree,
    )


def _path(iri: NamedNode) -> str:
    """An entity's IRI behind the base."""
    return iri.value.rsplit("/id/", 1)[-1]


def _base(iris: Sequence[NamedNode]) -> str:
    """What stands before the path of every entity."""
    return next((iri.value.removesuffix(_path(iri)) for iri in iris), "")


def _fact(link: _Link, place: Mapping[NamedNode, int], times: Times) -> Fact:
    indices = tuple(sorted(times.told.place[claim] for claim in link.claims))
    found = [times.told.all[i] for i in indices]
    return Fact(
        subject=place[link.subject],
        relation=link.relation,
        object=place[link.object] if link.object is not None else None,
        text=link.text,
        held=link.held,
        statuses=tuple(sorted({statement.status for statement in found})) or ("",),
        years=facets.years(times, indices, link.text if link.relation == Relation.FOUNDED_IN else ""),
        confidences=facets.confidences(times.told, indices),
        documents=tuple(sorted({statement.document for statement in found if statement.document is not None})),
        statements=indices,
    )


def _order(fact: Fact, told: Told) -> tuple[int, int, tuple[Piece, ...], int, str]:
    """By subject and relation, then as the texts have them."""
    first = told.all[fact.statements[0]].pieces if fact.statements else ()
    return fact.subject, _RELATIONS.index(fact.relation), first, -1 if fact.object is None else fact.object, fact.text


def _moved(given: Iterable[Quad], place: Mapping[NamedNode, int]) -> tuple[tuple[str, int], ...]:
    """Earlier names of entities, so that an old link still opens."""
    rows = [(q.subject, q.object) for q in given if q.predicate == _REPLACED and isinstance(q.subject, NamedNode)]
    return tuple(sorted((_path(old), place[new]) for old, new in rows if isinstance(new, NamedNode) and new in place))
