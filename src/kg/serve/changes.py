"""Changes of a store: a SPARQL update, and what the Graph Store HTTP Protocol does to a graph."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

from kg.answers import query
from kg.errors import UsageError
from kg.graph import terms
from kg.serve import media, outside, using
from kg.serve.asking import graph
from kg.serve.jobs import Changed
from kg.serve.messages import RefusedError

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

    Graph = NamedNode | BlankNode | DefaultGraph

# An entity made of entities can grow a hundred bytes into gigabytes before anything is parsed.
_NESTED_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?[^\s>]+\s+(?:\"[^\"]*[&%][^\"]*\"|'[^']*[&%][^']*'|SYSTEM|PUBLIC)")


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update and what the protocol says beside it."""

    text: str
    base: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()

    def run(self, store: Store, dataset: str) -> Changed:
        """All of it or nothing; UsageError where it is no update, RefusedError where it would open a connection."""
        outside.check_update(self.text, self.hosts)
        text = using.rewritten(self.text, self.default, self.named) if self.default or self.named else self.text
        try:
            store.update(text, base_iri=self.base, prefixes=dict(terms.PREFIXES))
        except SyntaxError as error:
            raise UsageError(query.syntax(text, str(error)).replace("query", "update", 1)) from None
        except (OSError, RuntimeError) as error:
            raise RefusedError(409, f"update: {' '.join(str(error).split())}") from None
        return Changed()


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold before a graph is changed (RFC 9110, section 13): that it exists or not, and of which dataset.

    `datasets` are the first digits of their sha256, None where any will do.
    """

    exists: bool | None = None
    datasets: tuple[str, ...] | None = None

    def check(self, existed: bool, dataset: str) -> None:
        """RefusedError 412 where it does not hold."""
        if self.exists is not None and existed != self.exists:
            raise RefusedError(412, "the graph exists already" if existed else "there is no such graph")
        if self.datasets is not None and not (existed and dataset and dataset.startswith(self.datasets)):
            raise RefusedError(412, "the graph has changed since it was read; read it again")


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Content:
    """A graph as it was sent: the word of its form, and its bytes."""

    form: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Put:
    """Make these contents the graph of that name (`zg:facts`: the default graph), or add them to it."""

    graph: str
    contents: tuple[Content, ...]
    base: str
    adding: bool = False
    condition: Condition = ALWAYS

    def run(self, store: Store, dataset: str) -> Changed:
        """Whether the graph is new. UsageError for what cannot be read, RefusedError 412 where the condition fails."""
        name = graph(self.graph)
        existed = exists(store, name)
        self.condition.check(existed, dataset)
        quads = [quad for content in self.contents for quad in _parsed(content, name, self.base)]
        if not self.adding:
            _clear(store, name)
        store.extend(quads)
        return Changed(created=not existed)


@dataclass(frozen=True, slots=True)
class Create:
    """Make these contents a new graph below `place`, named by what it holds."""

    place: str
    contents: tuple[Content, ...]
    base: str

    def run(self, store: Store, dataset: str) -> Changed:
        """The new graph's name; UsageError where a content cannot be read."""
        digest = hashlib.sha256(b"\0".join(content.data for content in self.contents)).hexdigest()[:16]
        names = (f"{self.place}/{digest}{number}" for number in chain([""], (f"-{n}" for n in count(2))))
        name = next(name for name in names if not exists(store, graph(name)))
        Put(name, self.contents, self.base or name).run(store, dataset)
        return Changed(created=True, name=name)


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a graph away."""

    graph: str
    condition: Condition = ALWAYS

    def run(self, store: Store, dataset: str) -> Changed:
        """RefusedError 404 where there is no such graph."""
        name = graph(self.graph)
        existed = exists(store, name)
        if not existed:
            raise RefusedError(404, f"no graph {self.graph}")
        self.condition.check(existed, dataset)
        _clear(store, name)
        return Changed()


def exists(store: Store, name: Graph) -> bool:
    """Whether the graph is there: the default graph always, another as long as it holds something."""
    if name == graph(terms.FACTS.value):
        return True
    return next(iter(store.quads_for_pattern(None, None, None, name)), None) is not None


def _clear(store: Store, name: Graph) -> None:
    """The graph without its content; a named one that is empty is none."""
    from pyoxigraph import DefaultGraph

    if isinstance(name, DefaultGraph):
        store.clear_graph(name)
    else:
        store.remove_graph(name)


def _parsed(content: Content, name: Graph, base: str) -> Sequence[Quad]:
    """The quads of a content, with blank nodes of their own."""
    from pyoxigraph import Quad, RdfFormat, parse

    if content.form == media.RDF_XML.word and _NESTED_ENTITY.search(content.data):
        raise RefusedError(400, "RDF/XML: an entity is made of others or lies elsewhere; write out what it stands for")
    form = RdfFormat.from_extension(content.form)
    try:
        found = list(parse(content.data, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{form.name if form else content.form}: {' '.join(str(error).split())}") from None
    return [Quad(quad.subject, quad.predicate, quad.object, name) for quad in found]
