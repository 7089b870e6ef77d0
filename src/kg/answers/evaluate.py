"""A gold folder against a graph, or against the graph that its own texts give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers.evaluation.changes import Changes, changes, previous
from kg.answers.evaluation.comparison import Score, score, text_of
from kg.answers.evaluation.gold import load as golds
from kg.errors import UsageError
from kg.records import Extraction
from kg.rules import Rules, load
from kg.store.embedded import open_graph

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = ["Changes", "Score", "changes", "evaluated", "golds", "previous"]


def evaluated(
    gold: Path | Sequence[Path],
    texts: Sequence[Path] = (),
    *,
    graph: Path | None = None,
    workers: int = 1,
    aside: Collection[str] = (),
    rules: Rules | None = None,
) -> Score:
    """The figures of the outside scorer for the gold files, on `graph`, or on a build of the texts without one.

    Without `texts` those are looked for where a corpus has them: in `texts` beside the gold, in `seeds` above or here.
    Of the texts `aside` only the figures are told. `rules` are those that the graph is made with.
    UsageError where a gold file's text is not among them and there is no graph.
    """
    paths = [gold] if isinstance(gold, Path) else list(gold)
    wanted = golds(*paths)
    known = _texts(texts or [place for path in paths for place in _usual(path)])
    read = {name: _read(file) for name, file in known.items()}
    found = {each.doc: text_of(each, read)[0] for each in wanted}
    missing = [doc for doc, name in found.items() if name is None]
    if missing and graph is None:
        raise UsageError(f"evaluate: no text of {', '.join(missing)}; name its folder with --texts DIR")
    readings = _readings([known[name] for name in found.values() if name is not None], workers)
    quads = _quads(readings, rules or load()) if graph is None else open_graph(graph)
    return score(quads, wanted, read, readings=readings, aside=aside)


def _usual(gold: Path) -> list[Path]:
    """Where a corpus has its texts."""
    folder = gold if gold.is_dir() else gold.parent
    usual = (folder.parent / "texts", folder.parent.parent / "seeds", Path("seeds"))
    return [place for place in usual if place.is_dir()]


def _texts(folders: Iterable[Path]) -> dict[str, Path]:
    """File name -> file of the texts in the folders; of one name in several the last."""
    return {file.name: file for folder in folders for file in sorted(folder.glob("*.txt"))}


def _read(file: Path) -> str:
    """The text with its line ends as they are, since offsets count them."""
    return file.read_bytes().decode("utf-8", "replace")


def _readings(files: Sequence[Path], workers: int) -> list[Extraction]:
    """What the texts say, each file with its own name."""
    from kg.pipeline.extracting import extracted
    from kg.read import documents

    if not files:
        return []
    found, _ = documents([str(file) for file in files])
    return [one for one in extracted(found, workers=workers) if isinstance(one, Extraction)]


def _quads(readings: Sequence[Extraction], rules: Rules) -> list[Quad]:
    """The graph of the readings, as a build makes it, in memory."""
    from kg.graph.assemble import quads
    from kg.resolve.resolution import resolution

    return quads(readings, resolution(readings, rules=rules), rules)
