"""The graph as a Python object: what `kg.build` and `kg.open` give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from kg.answers import explain, export, query
from kg.answers.explain import Explanation
from kg.answers.query import Value
from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Store

    from kg.answers.asking.answer import Answer, Unread
    from kg.answers.check import Report

    Draw: TypeAlias = Callable[[Store], str]

Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT: a sequence of dicts from column to Python value, None where the query leaves it open."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Row:
        return self.rows[index]


class Graph:
    """A finished graph. It is read, never changed; `folder` is where its files lie, None for one in memory.

    `problems` are the inputs that its build left out, with the reasons. `draw` is what a notebook shows of it; pictures
    are made above this room, so whoever opens a graph brings it along.
    """

    __slots__ = ("_draw", "_store", "folder", "problems")

    def __init__(
        self, store: Store, folder: Path | None, *, problems: tuple[str, ...] = (), draw: Draw | None = None
    ) -> None:
        self._store, self.folder, self.problems, self._draw = store, folder, problems, draw

    def __repr__(self) -> str:
        return f"<kg.Graph {self.folder or 'in memory'}: {len(self)} statements>"

    def _repr_svg_(self) -> str | None:
        """What a notebook shows of the graph: the picture of `kg export --format svg`."""
        return self._draw(self._store) if self._draw else None

    def __len__(self) -> int:
        """The number of statements in all named graphs and the default graph."""
        return len(self._store)

    def query(self, text: str, *, inferred: bool = True) -> Rows | bool | list[tuple[Value, Value, Value]]:
        """What a SPARQL query gives: Rows of a SELECT, a bool of an ASK, triples of a CONSTRUCT or DESCRIBE.

        The contract's prefixes are bound. UsageError for what is not SPARQL, changes the graph, or opens a connection.
        """
        from pyoxigraph import QueryBoolean, QuerySolutions

        answer = query.ask(self._store, text, inferred=inferred)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QuerySolutions):
            names = query.columns(answer, text)
            rows = (map(query.value, row) for row in query.rows(answer, names))
            return Rows(names, tuple(dict(zip(names, row, strict=True)) for row in rows))
        return [(query.value(t.subject), t.predicate.value, query.value(t.object)) for t in query.triples(answer)]

    def ask(self, question: str, *, language: str | None = None) -> Answer | Unread:
        """The answer to a question in Chinese or English, with its query, rows and sentences; Unread where it is not

        understood, with questions near it. `language` is "zh" or "en"; without it the question's own.
        """
        from kg.answers.asking.asking import ask

        return ask(self._store, question, language=language)

    def explain(self, name: str) -> Explanation:
        """All that is known of the one thing with that name or IRI, with its sentences.

        NotFoundError where nothing has that name, UsageError where several things do.
        """
        first, *others = explain.explain(self._store, name)
        if others:
            iris = " ".join(f"<{found.iri}>" for found in [first, *others])
            raise UsageError(f"{name} is the name of {len(others) + 1} things; give the IRI of one: {iris}")
        return first

    def validate(self) -> Report:
        """Whether the graph conforms to the shapes and checks of the ontology, and if not, what is wrong."""
        from kg.answers.check import report

        return report(self._store)

    def export(self, format: str = "ttl") -> bytes:
        """The graph in a format of `kg export`, with the bytes of the build's own file; UsageError for another."""
        return export.exported(self._store, format)

    def to_networkx(self) -> networkx.MultiDiGraph[Any]:
        """Entities as nodes, relations as edges."""
        from kg.graph.network import to_networkx

        return to_networkx(self._store)

    def to_rdflib(self) -> rdflib.Dataset:
        """The same graph through rdflib's interface; it reads a store on disk in place, one behind a URL is copied."""
        import rdflib
        from oxrdflib import OxigraphStore
        from pyoxigraph import Store

        store = self._store if isinstance(self._store, Store) else self._store.copy()
        return rdflib.Dataset(store=OxigraphStore(store=store))


def place(path: str | Path | None = None) -> Path:
    """The folder of the graph to work on: the one named, else $KG_GRAPH, else ./exports."""
    from kg.store.place import which

    return which(None if path is None else str(path))


def store(path: str | Path | None = None) -> Store:
    """The store of that graph, to be read, on disk or behind a URL; StoreError where there is none."""
    from kg.store.place import is_url, named

    name = named(None if path is None else str(path))
    if is_url(name):
        return _remote(name)
    from kg.store.embedded import open_graph

    return open_graph(Path(name))


def _remote(url: str) -> Store:
    """A store behind a URL; it answers to all of Store's interface that is used from here."""
    from kg.store.remote_store import Remote

    return cast("Store", Remote(url))


def opened(path: str | Path | None = None, *, draw: Draw | None = None) -> Graph:
    """The graph of a folder that `kg build` wrote, or of a store's URL ($KG_GRAPH or ./exports without either).

    StoreError where there is none.
    """
    from kg.store.place import is_url, named

    name = named(None if path is None else str(path))
    return Graph(store(name), None if is_url(name) else Path(name), draw=draw)
