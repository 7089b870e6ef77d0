"""The graph as a person looks at it: nodes, facts, figures, documents and sentences as plain frozen records.

Everything refers by index, and every order is one of the content, so that equal graphs give equal pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.pages import figures, statements
from kg.pages.statements import Piece, Sentence, Statement
from kg.pages.triples import DCTERMS, ORG, RDF, SCHEMA, SKOS, ZG, Triples, local, triples
from kg.records import EntityType, Relation

TYPES = tuple(kind.value for kind in EntityType)
_RELATIONS = {relation.value: place for place, relation in enumerate(Relation)}
_NO_RELATION = frozenset({"mentionedIn", "subject", "indicator", "among", "rank", "statedBy", "evidence", "status"})

__all__ = ["Fact", "Model", "Node", "Paper", "Piece", "Sentence", "Statement", "model"]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `path` is its IRI behind the base, `documents` and `statements` are indices."""

    iri: str
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

    iri: str
    title: str
    issued: str
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation from a node to a node, or to a `text` (a year). `text` beside an object is a position's title.

    `held` tells that it has no plain triple; `statuses` are those of its statements, "" for a plain one.
    """

    subject: int
    relation: str
    object: int | None
    text: str
    held: bool
    statuses: tuple[str, ...]
    documents: tuple[int, ...]
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that page and picture show. `moved` leads from an earlier path to a node."""

    base: str
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[figures.Figure, ...]
    papers: tuple[Paper, ...]
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    moved: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A fact still by IRIs."""

    subject: str
    relation: str
    object: str
    text: str
    held: bool
    claims: tuple[str, ...]


def model(quads: Iterable[Quad]) -> Model:
    """The graph of a build as records; nodes with most relations first, facts in reading order."""
    known = triples(quads)
    papers = _papers(known)
    told = statements.statements(known, {paper.iri: i for i, paper in enumerate(papers)})
    links = _links(known, told.of)
    nodes = _nodes(known, links, papers, told)
    place = {node.iri: i for i, node in enumerate(nodes)}
    facts = tuple(sorted((_fact(link, place, told) for link in links), key=lambda fact: _order(fact, told)))
    observed = figures.figures(known, place, told)
    return Model(_base(nodes), nodes, facts, observed, papers, told.sentences, told.all, _moved(known, place))


def _papers(known: Triples) -> tuple[Paper, ...]:
    """The documents, the dated ones first in the order of their dates."""
    found = [iri for iri in known.told if ZG + "Document" in known.values(iri, RDF + "type")]
    papers = [_paper(known, iri) for iri in found]
    return tuple(sorted(papers, key=lambda paper: (not paper.issued, paper.issued, paper.title, paper.iri)))


def _paper(known: Triples, iri: str) -> Paper:
    path = known.value(iri, ZG + "path")
    title = known.value(iri, DCTERMS + "title") or path or local(iri)
    return Paper(iri, title, known.value(iri, DCTERMS + "issued"), path, known.value(iri, SCHEMA + "url"))


def _types(known: Triples, iri: str) -> tuple[str, ...]:
    """The types of the contract that the default graph gives, in the contract's order."""
    terms = known.facts.get(iri, {}).get(RDF + "type", ())
    given = {term.value.removeprefix(ZG) for term in terms if term.value.startswith(ZG)}
    return tuple(kind for kind in TYPES if kind in given)


def _links(known: Triples, claims: dict[tuple[str, str, str], tuple[str, ...]]) -> list[_Link]:
    """Plain relations and those that only claims tell of, once each."""
    plain = {
        (subject, predicate, term.value)
        for subject, row in known.facts.items()
        for predicate, terms in row.items()
        for term in terms
        if _relates(known, subject, predicate, term.value)
    }
    told = {key for key in claims if _relates(known, *key)}
    return [_link(known, key, key not in plain, claims.get(key, ())) for key in sorted(plain | told)]


def _relates(known: Triples, subject: str, predicate: str, value: str) -> bool:
    """Whether the triple is a relation of an entity: to an entity, a membership, or a year."""
    name = predicate.removeprefix(ZG)
    if not predicate.startswith(ZG) or name in _NO_RELATION or not _types(known, subject):
        return False
    return name == "foundedIn" or bool(_types(known, value)) or bool(known.value(value, ORG + "organization"))


def _link(known: Triples, key: tuple[str, str, str], held: bool, claims: tuple[str, ...]) -> _Link:
    subject, predicate, value = key
    organization = known.value(value, ORG + "organization")
    if organization:
        title = known.value(value, SCHEMA + "roleName")
        return _Link(subject, predicate.removeprefix(ZG), organization, title, held, claims)
    is_node = bool(_types(known, value))
    return _Link(subject, predicate.removeprefix(ZG), value if is_node else "", "" if is_node else value, held, claims)


def _nodes(known: Triples, links: list[_Link], papers: tuple[Paper, ...], told: statements.Told) -> tuple[Node, ...]:
    """All entities, the most connected first."""
    degree: dict[str, int] = {}
    for link in links:
        for iri in {link.subject, link.object} - {""}:
            degree[iri] = degree.get(iri, 0) + 1
    paper = {item.iri: i for i, item in enumerate(papers)}
    nodes = [_node(known, iri, degree.get(iri, 0), paper, told) for iri in known.facts if _types(known, iri)]
    return tuple(sorted(nodes, key=lambda node: (-node.degree, TYPES.index(node.types[0]), node.name, node.iri)))


def _node(known: Triples, iri: str, degree: int, paper: dict[str, int], told: statements.Told) -> Node:
    types = _types(known, iri)
    labels = known.terms(iri, SKOS + "prefLabel")
    english = next((term.value for term in labels if getattr(term, "language", None) == "en"), "")
    documents = {paper[value] for value in known.values(iri, ZG + "mentionedIn") if value in paper}
    claims = [claim for kind in types for claim in told.of.get((iri, RDF + "type", ZG + kind), ())]
    return Node(
        iri,
        _path(iri),
        known.name(iri),
        english,
        types,
        known.values(iri, SKOS + "altLabel"),
        tuple(sorted(documents)),
        tuple(told.index[claim] for claim in claims),
        degree,
    )


def _path(iri: str) -> str:
    """An entity's IRI behind the base."""
    return iri.rsplit("/id/", 1)[-1]


def _fact(link: _Link, place: dict[str, int], told: statements.Told) -> Fact:
    indices = tuple(sorted(told.index[claim] for claim in link.claims))
    found = [told.all[i] for i in indices]
    statuses = tuple(sorted({statement.status for statement in found})) or ("",)
    documents = tuple(sorted({statement.document for statement in found if statement.document is not None}))
    target = place.get(link.object)
    return Fact(place[link.subject], link.relation, target, link.text, link.held, statuses, documents, indices)


def _order(fact: Fact, told: statements.Told) -> tuple[int, int, str, tuple[Piece, ...], int, str]:
    """By subject and relation, then as the texts have them."""
    first = told.all[fact.statements[0]].pieces if fact.statements else ()
    rank = _RELATIONS.get(fact.relation, len(_RELATIONS))
    return fact.subject, rank, fact.relation, first, -1 if fact.object is None else fact.object, fact.text


def _base(nodes: tuple[Node, ...]) -> str:
    """What stands before the path of every node."""
    return next((node.iri.removesuffix(node.path) for node in nodes), "")


def _moved(known: Triples, place: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Earlier names of entities, so that an old link still opens."""
    rows = []
    for iri, row in known.inferred.items():
        now = [place[term.value] for term in row.get(DCTERMS + "isReplacedBy", ()) if term.value in place]
        rows += [(_path(iri), node) for node in now]
    return tuple(sorted(rows))
