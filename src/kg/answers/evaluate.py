"""A gold folder against a graph, or against the graph that its own texts give."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.answers.evaluation.comparison import Score, score, text_of
from kg.answers.evaluation.gold import Gold
from kg.answers.evaluation.gold import load as golds
from kg.errors import UsageError
from kg.store.embedded import open_graph

__all__ = ["Score", "evaluated", "golds"]


def evaluated(gold: Path, texts: Sequence[Path], *, graph: Path | None = None, workers: int = 1) -> Score:
    """The figures of the outside scorer for the gold files, on `graph`, or on a build of the texts without one.

    Without `texts` those are looked for where a corpus has them: in `texts` beside the gold, in `seeds` above or here.
    UsageError where a gold file's text is not among them and there is no graph.
    """
    wanted = golds(gold)
    known = _texts(texts or _usual(gold))
    if graph is not None:
        return score(open_graph(graph), wanted, {name: _read(file) for name, file in known.items()})
    return _built(wanted, known, workers)


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


def _built(wanted: Sequence[Gold], known: Mapping[str, Path], workers: int) -> Score:
    """The score of a graph built of the gold's own texts, each with its own name."""
    from kg.pipeline.build import build

    texts = {name: _read(file) for name, file in known.items()}
    found = {gold.doc: text_of(gold, texts)[0] for gold in wanted}
    missing = [doc for doc, name in found.items() if name is None]
    if missing:
        raise UsageError(f"evaluate: no text of {', '.join(missing)}; name its folder with --texts DIR")
    inputs = [str(known[name]) for name in found.values() if name is not None]
    with tempfile.TemporaryDirectory(prefix="kg-") as aside:
        build(inputs, out=Path(aside), workers=workers, check=False)
        return score(open_graph(Path(aside)), wanted, texts)
