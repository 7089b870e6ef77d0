"""A store behind a URL, read the way an embedded one is: `query`, `quads_for_pattern`, iteration.

Every answer is checked against the generation: read before and after, and taken only where both are the same.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import StoreError
from kg.graph import terms
from kg.store import remote, remote_state
from kg.store.remote_state import State

Term = NamedNode | BlankNode | Literal
Graph = NamedNode | BlankNode | DefaultGraph
Graphs = Mapping[str, Sequence[str]]
Answer = QuerySolutions | QueryBoolean | list[Triple]
T = TypeVar("T")
TRIES = 3
_PREFIX = re.compile(r"PREFIX\s+([\w.\-]*):", re.IGNORECASE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_SKIPPED = re.compile(r"#[^\n]*|<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|PREFIX\s+[\w.\-]*:", re.IGNORECASE)
_RETURNED = "__ASK_RETVAL"  # Virtuoso answers an ASK with a row of one number


class Remote:
    """The store of a URL; its facts are the named graph `zg:facts` and stand for the default graph here."""

    def __init__(self, url: str) -> None:
        self.endpoint = remote.endpoint(url)
        self.http = remote.client(self.endpoint)
        self._closing = weakref.finalize(self, self.http.close)
        self._state: State | None = None

    def close(self) -> None:
        """Close the connection; so does the end of the object."""
        self._closing()

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def state(self) -> State:
        """What the store says of itself, whole or not."""
        return remote_state.state(self._rows)

    def generation(self) -> str | None:
        """The generation of a whole store, None for one that is empty or was left in the middle of a load."""
        return remote_state.generation(self._rows)

    def update(self, text: str) -> None:
        """Carry out an update; it must come to the same when it is done twice."""
        self._state = None
        remote.updated(self.http, self.endpoint, text)

    def query(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        default_graph: Sequence[Graph] | None = None,
    ) -> Answer:
        """What a query gives, the default graph standing for the facts; StoreError where a load broke off."""
        bound = _bound(text, prefixes or {})
        return self._checked(lambda found: self._answer(bound, self._dataset(default_graph, found)))

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: Term | Triple | None,
        graph_name: Graph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit, in the facts' own graph, in one named or in all."""
        wanted = None if graph_name is None else _named(graph_name)
        given = {"?s": subject, "?p": predicate, "?o": object, "?g": wanted}
        s, p, o, g = (name if term is None else str(term) for name, term in given.items())
        text = f"SELECT * WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}"
        for row in self._checked(lambda found: self._solutions(text, self._every(found))):
            graph = wanted or row["g"]
            yield _quad(subject or row["s"], predicate or row["p"], object or row["o"], graph)

    def __iter__(self) -> Iterator[Quad]:
        """Every quad of the facts, of what is inferred, and of the documents."""
        return iter(self._checked(self._all))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def copy(self) -> Store:
        """The dataset in memory, for what needs a store of pyoxigraph's own."""
        store = Store()
        store.bulk_extend(self)
        return store

    def _all(self, found: State) -> list[Quad]:
        return [quad for graph in sorted(found.versions) for quad in self._graph(graph)]

    def _graph(self, graph: str) -> Iterator[Quad]:
        content = remote.got(self.http, self.endpoint, graph)
        for quad in parse(content, RdfFormat.N_TRIPLES):
            yield _quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))

    def _checked(self, work: Callable[[State], T]) -> T:
        """What some work gives, done on one generation; StoreError where there is none or it changes all the time."""
        for _ in range(TRIES):
            found = self._current()
            result = work(found)
            if self.generation() == found.generation:
                return result
            self._state = None
        raise StoreError(f"{self.endpoint.shown}: is being loaded; ask again when the load has ended")

    def _current(self) -> State:
        """The state of a whole store."""
        found = self._state or self.state()
        if found.broken:
            raise StoreError(f"{self.endpoint.shown}: a load broke off here; run kg push again, which finishes it")
        if found.generation is None:
            raise StoreError(f"{self.endpoint.shown}: no graph here; bring one there with kg push")
        self._state = found
        return found

    def _dataset(self, default: Sequence[Graph] | None, found: State) -> Graphs:
        """The protocol's graphs of a query; none where the query names its own."""
        if default is None:
            return {}
        names = [_named(graph).value for graph in default]
        open_ = self.endpoint.layout.open
        return {"default-graph-uri": names, "named-graph-uri": [] if open_ else remote_state.documents(found)}

    def _every(self, found: State) -> Graphs:
        return {} if self.endpoint.layout.open else {"named-graph-uri": sorted(found.versions)}

    def _rows(self, text: str) -> QuerySolutions:
        return self._solutions(text, {})

    def _solutions(self, text: str, graphs: Graphs) -> QuerySolutions:
        answer = self._answer(text, graphs)
        if not isinstance(answer, QuerySolutions):
            raise StoreError(f"{self.endpoint.shown}: gave no rows for a SELECT; is it a SPARQL 1.1 store?")
        return answer

    def _answer(self, text: str, graphs: Graphs) -> Answer:
        """The answer of the store, parsed."""
        graph = _form(text) in ("CONSTRUCT", "DESCRIBE")
        accept = "application/n-triples" if graph else "application/sparql-results+json"
        content = remote.asked(self.http, self.endpoint, text, accept, graphs)
        try:
            return [quad.triple for quad in parse(content, RdfFormat.N_TRIPLES)] if graph else _parsed(content)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.endpoint.shown}: an answer that is not of SPARQL 1.1 ({error})") from None


def _parsed(content: bytes) -> QuerySolutions | QueryBoolean:
    """Rows or a truth value."""
    answer = parse_query_results(content, QueryResultsFormat.JSON)
    if isinstance(answer, QuerySolutions) and [v.value for v in answer.variables] == [_RETURNED]:
        truth = next((row[0].value for row in answer), "0") == "1"
        said = b'{"head": {}, "boolean": %s}' % (b"true" if truth else b"false")
        return _parsed(said)
    return answer


def _form(text: str) -> str:
    """The keyword that says what a query gives."""
    found = _FORM.search(_SKIPPED.sub(" ", text))
    return found[1].upper() if found else "SELECT"


def _bound(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with the prefixes that it does not bind itself."""
    own = set(_PREFIX.findall(text))
    return "".join(f"PREFIX {p}: <{iri}> " for p, iri in prefixes.items() if p not in own) + text


def _named(graph: Graph) -> NamedNode:
    """The graph's name in a store behind a URL."""
    return graph if isinstance(graph, NamedNode) else terms.FACTS


def _quad(subject: object, predicate: object, object_: object, graph: object) -> Quad:
    """A quad as an embedded store has it."""
    name = DefaultGraph() if graph == terms.FACTS else graph
    return Quad(subject, predicate, object_, name)  # type: ignore[arg-type]
