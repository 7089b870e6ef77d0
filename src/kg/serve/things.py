"""A graph, the whole dataset, or all that is said of one thing, as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph import terms
from kg.pages.frame import Where
from kg.serve import media
from kg.serve.asking import graph
from kg.serve.changes import exists
from kg.serve.jobs import Made, Sink
from kg.serve.media import Form, Kind
from kg.serve.messages import RefusedError

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

    Subject = NamedNode | BlankNode | Triple
    Object = Subject | Literal

# What tells more of a thing stands as its subject or object in a claim, as its figure, or as a position with it.
_CLAIMED = frozenset({terms.RDF + "subject", terms.RDF + "object"})
_PARTS = frozenset({terms.ZG + "subject", terms.ORG + "member", terms.ORG + "organization"})
_LEADING = frozenset({terms.ZG + "evidence", terms.OA + "hasSelector", terms.OA + "hasSource", terms.ZG + "rank"})


@dataclass(frozen=True, slots=True)
class Named:
    """One graph by its name (`zg:facts`: the default graph), in a form."""

    graph: str
    form: Form
    limit: int

    def run(self, store: Store) -> Made:
        """Its bytes, the same for the same content; RefusedError 404 where there is none of that name."""
        name = graph(self.graph)
        if not exists(store, name):
            raise RefusedError(404, f"no graph {self.graph}")
        body = written(store.quads_for_pattern(None, None, None, name), self.form.word)
        return Made(_within(self.limit, body), Kind.GRAPH, self.form)


@dataclass(frozen=True, slots=True)
class Whole:
    """The dataset, as TriG or N-Quads."""

    form: Form
    limit: int

    def run(self, store: Store) -> Made:
        """Its bytes: those of the build's own file."""
        from kg.graph.write import serialise

        return Made(_within(self.limit, serialise(store, self.form.word)), Kind.DATASET, self.form)


@dataclass(frozen=True, slots=True)
class Thing:
    """All that is said of a thing, in a form; `where` is where its page stands."""

    iri: str
    kind: Kind
    form: Form
    where: Where
    limit: int

    def run(self, store: Store) -> Made:
        """The bytes; RefusedError 404 where the graph says nothing of it, 301 where it goes by another name now."""
        found = described(store, self.iri)
        if not found:
            raise RefusedError(404, f"the graph says nothing of {self.iri}")
        if newer := _newer(found, self.iri):
            raise RefusedError(301, f"see {newer}", ("Location", newer))
        return Made(_within(self.limit, self._body(store, found)), self.kind, self.form)

    def _body(self, store: Store, found: list[Quad]) -> bytes:
        if self.form != media.HTML:
            return written(found, self.form.word)
        from kg.serve import pages

        return pages.thing(store, self.iri, found, self.where)


@dataclass(frozen=True, slots=True)
class Filed:
    """The IRI of the document whose text has that sha256."""

    sha256: str

    def run(self, store: Store) -> Made:
        """The IRI in UTF-8; RefusedError 404 where there is no such document."""
        from pyoxigraph import Literal, NamedNode

        quads = store.quads_for_pattern(None, terms.zg("sha256"), Literal(self.sha256))
        found = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
        if not found:
            raise RefusedError(404, f"no document whose text has the sha256 {self.sha256}")
        return Made(found[0].encode(), Kind.DOCUMENT, media.PLAIN)


def described(store: Store, iri: str) -> list[Quad]:
    """The statements in which the thing is subject or object, and the claims about it down to their quotes."""
    from pyoxigraph import NamedNode

    try:
        node = NamedNode(iri)
    except ValueError:
        raise RefusedError(404, f"{iri}: not an IRI") from None
    own = list(store.quads_for_pattern(node, None, None))
    incoming = list(store.quads_for_pattern(None, None, node))
    telling = [q.subject for q in incoming if q.predicate.value in _CLAIMED | _PARTS]
    parts = [q.subject for q in incoming if q.predicate.value in _PARTS]
    telling += [q.subject for part in parts for q in store.quads_for_pattern(None, None, part) if _claims(q)]
    leading = [quad.object for quad in own if quad.predicate.value in _LEADING]
    return [*own, *incoming, *_below(store, [*telling, *leading], {node})]


def _claims(quad: Quad) -> bool:
    return quad.predicate.value in _CLAIMED


def _below(store: Store, nodes: Iterable[Object], seen: set[Object]) -> Iterator[Quad]:
    """What is said of claims, figures and positions, and of the evidence and documents that they lead to."""
    from pyoxigraph import BlankNode, NamedNode

    for node in nodes:
        if node in seen or not isinstance(node, NamedNode | BlankNode):
            continue
        seen.add(node)
        quads = list(store.quads_for_pattern(node, None, None))
        yield from quads
        yield from _below(store, [q.object for q in quads if q.predicate.value in _LEADING], seen)


def _newer(found: Iterable[Quad], iri: str) -> str | None:
    """The name that has taken this one's place."""
    from pyoxigraph import NamedNode

    replaced = terms.DCTERMS + "isReplacedBy"
    named = (q.object for q in found if q.predicate.value == replaced and getattr(q.subject, "value", "") == iri)
    return next((node.value for node in named if isinstance(node, NamedNode)), None)


def written(quads: Iterable[Quad], form: str) -> bytes:
    """The quads of whichever graphs as one graph, in a form."""
    from pyoxigraph import Quad

    from kg.graph.write import serialise

    return serialise([Quad(quad.subject, quad.predicate, quad.object) for quad in quads], form)


def _within(limit: int, body: bytes) -> bytes:
    """The body; RefusedError 422 where it is larger than the limit."""
    Sink(limit).write(body)
    return body
