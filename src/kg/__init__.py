"""ZoneGraph: Chinese texts about innovation zones as an RDF graph in which every fact carries its sentence.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     file = Path(folder) / "news.txt"
...     _ = file.write_text("白鹿湾科技园位于浙江省。白鹿湾科技园成立于2011年。", "utf-8")
...     graph = build(file, date="2025-03")
>>> graph.query("SELECT ?zone ?year { ?z zg:foundedIn ?year ; skos:prefLabel ?zone }")[0]
{'zone': '白鹿湾科技园', 'year': '2011'}
>>> graph.query("ASK { ?z zg:locatedIn/skos:prefLabel '浙江省'@zh }")
True
>>> fact = graph.explain("白鹿湾科技园").facts[0]
>>> fact.property, fact.name, fact.claims[0].quotes[0].text
('locatedIn', '浙江省', '白鹿湾科技园位于浙江省。')
>>> sorted(name for _, name in graph.to_networkx().nodes(data="label"))
['浙江省', '白鹿湾科技园']
>>> graph.explain("黑鹿湾科技园")
Traceback (most recent call last):
...
kg.errors.NotFoundError: nothing in the graph is named 黑鹿湾科技园; the nearest are 白鹿湾科技园

What is heavy is loaded when it is first used, so that `import kg` costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, KgError, NotFoundError, RulesError, StoreError, UsageError
from kg.records import Document, Extraction

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.answers.graph import Graph

__all__ = [
    "Document",
    "Extraction",
    "Graph",
    "InputError",
    "KgError",
    "NotFoundError",
    "RulesError",
    "StoreError",
    "UsageError",
    "build",
    "open",
    "read_text",
]


def __getattr__(name: str) -> object:
    """`Graph` and `__version__`, which cost something to find."""
    if name == "Graph":
        from kg.answers.graph import Graph

        return Graph
    if name == "__version__":
        return _version()
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def _version() -> str:
    """That of the installed distribution; a checkout that is only on the path has none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zonegraph")
    except PackageNotFoundError:
        return "0+checkout"


def read_text(
    text: str, *, title: str | None = None, date: str | None = None, source: str | None = None
) -> Extraction:
    """What one text says: its referents, claims and observations, each with spans that count its code points.

    `date` is an ISO date, year-month or year. RulesError where the rules or the recogniser are missing.

    >>> [referent.name for referent in read_text("白鹿湾科技园位于浙江省。").referents]
    ['白鹿湾科技园', '浙江省']
    """
    from kg.extract.extraction import extraction
    from kg.rules import load

    return extraction(Document(text, "text", title, date, source), load())


def build(
    inputs: str | Path | Iterable[str | Path], out: str | Path | None = None, *, date: str | None = None,
    source: str | None = None, workers: int = 1, base: str | None = None,
) -> Graph:  # fmt: skip
    """The graph of files, folders or globs, written to the folder `out`, or kept in memory without one.

    What could not be read stands in `graph.problems`; InputError where nothing could. `date` and `source` go before
    what the texts say of themselves; `base` is what the IRIs of entities begin with.
    """
    from kg.answers.making import built
    from kg.pages.graph_page import page

    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    render = None if out is None else page
    given = [str(path) for path in paths]
    return built(given, out, date=date, source=source, workers=workers, base=base, render=render, draw=_picture)


def open(path: str | Path | None = None) -> Graph:
    """The graph that `kg build` wrote to a folder; $KG_GRAPH or ./exports without a path. StoreError if none."""
    from kg.answers.graph import opened

    return opened(path, draw=_picture)


def _picture(store: Store) -> str:
    """What a notebook shows of a graph."""
    from kg.pages.picture import picture

    return picture(store)
