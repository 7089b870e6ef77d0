"""A SPARQL query on a store, as SPARQL 1.1 Protocol asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import guard, query
from kg.errors import StoreError, UsageError
from kg.graph import terms
from kg.pages.frame import Where
from kg.serve import media, outside
from kg.serve.jobs import Made, Sink
from kg.serve.messages import RefusedError

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store

    from kg.answers.query import Answer

    Graph = NamedNode | BlankNode | DefaultGraph

# Functions whose value differs from call to call: what rests on them can be compared with no answer before it.
_FICKLE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "SERVICE"})
_HERE = Where("", terms.BASE)
KINDS = (media.Kind.ROWS, media.Kind.TRUTH, media.Kind.TRIPLES)
_KINDS = {
    "SELECT": media.Kind.ROWS,
    "ASK": media.Kind.TRUTH,
    "CONSTRUCT": media.Kind.TRIPLES,
    "DESCRIBE": media.Kind.TRIPLES,
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query and what the protocol says beside it. `default` and `named` are IRIs, None where it says nothing.

    `accept` and `word` choose the form, once the query has been looked at. That is done where it runs, since a text
    can be made that takes long to split into words. `hosts` are those that SERVICE may reach, `where` is where its page
    stands.
    """

    text: str
    accept: str
    word: str
    base: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    asserted: bool = False
    hosts: frozenset[str] = frozenset()
    limit: int = 32 << 20
    where: Where = _HERE

    def run(self, store: Store) -> Made:
        """The answer in its form; UsageError where it is no query, RefusedError where it is refused or too large."""
        what = kind(self.text)
        form = media.chosen(what, self.accept, self.word) if what else media.JSON
        try:
            body = _written(store, self, form)
            return Made(body, what or media.Kind.ROWS, form, repeatable(self.text))
        except OSError as error:
            if self.hosts and guard.calls_out(self.text):
                raise RefusedError(502, f"SERVICE: {' '.join(str(error).split())}") from None
            raise StoreError(f"the graph cannot be read: {error}") from None


def kind(text: str) -> media.Kind | None:
    """What a query gives, by its first word that can say so; None where it is no query."""
    words = (word.upper() for token, word in guard.tokens(text) if token == "word")
    return next((_KINDS[word] for word in words if word in _KINDS), None)


def repeatable(text: str) -> bool:
    """Whether the query gives the same on the same data whenever it is asked."""
    return not any(token == "word" and word.upper() in _FICKLE for token, word in guard.tokens(text))


def _answer(store: Store, asked: Query) -> Answer:
    outside.check_query(asked.text, asked.hosts)
    default, named = _dataset(asked)
    try:
        return store.query(
            asked.text, base_iri=asked.base, prefixes=dict(terms.PREFIXES), default_graph=default, named_graphs=named
        )
    except SyntaxError as error:
        raise UsageError(query.syntax(asked.text, str(error))) from None


def _dataset(asked: Query) -> tuple[list[Graph] | None, list[NamedNode | BlankNode] | None]:
    """The graphs read: what the protocol names, else what FROM names, else the facts with what is inferred."""
    from pyoxigraph import DefaultGraph

    if asked.default is not None or asked.named is not None:
        return [graph(iri) for iri in asked.default or ()], [_node(iri) for iri in asked.named or ()]
    if guard.names_dataset(asked.text):
        return None, None
    return [DefaultGraph()] if asked.asserted else [DefaultGraph(), terms.INFERRED], None


def graph(iri: str) -> NamedNode | DefaultGraph:
    """The graph of that name; `zg:facts` is the default graph's, for stores that can only be asked for a name."""
    from pyoxigraph import DefaultGraph

    return DefaultGraph() if iri == terms.FACTS.value else _node(iri)


def _node(iri: str) -> NamedNode:
    from pyoxigraph import NamedNode

    try:
        return NamedNode(iri)
    except ValueError:
        raise UsageError(f"{iri}: not the absolute IRI of a graph") from None


def _written(store: Store, asked: Query, form: media.Form) -> bytes:
    """The answer's bytes."""
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

    sink, answer = Sink(asked.limit), _answer(store, asked)
    if form == media.HTML:
        from kg.serve import pages

        sink.write(pages.answered(store, answer, asked.text, asked.where))
    elif isinstance(answer, QueryTriples):
        answer.serialize(output=sink, format=RdfFormat.from_extension(form.word))
    elif isinstance(answer, QuerySolutions | QueryBoolean):
        answer.serialize(output=sink, format=QueryResultsFormat.from_extension(form.word))
    return sink.getvalue()
