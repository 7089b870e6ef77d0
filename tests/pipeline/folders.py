"""Folders of small texts and of their graphs, as the tests of a corpus compare them."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.graph.write import serialise
from kg.pipeline import corpus, making, texts
from kg.pipeline.making import Options
from kg.rules import load
from sample import summed
from small_texts import text

QUIET = Options(check=False)
SEED = 20260224


def put(folder: Path, numbers) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:02}.txt").write_text(text(number), "utf-8")
    return folder


def fresh(folder: Path, corpus_folder: Path, decided=()) -> str:
    """The dataset hash of a build of what lies in a folder, made in memory out of the same readings."""
    found = texts.found([str(folder)], load())
    readings = texts.readings(texts.Shelf(corpus_folder, found.contents), texts.distinct(found.texts.values()))
    quads = making.dataset(readings, decided, load(), corpus.BASE).quads
    return summed(serialise(quads, "nq"))


def files(folder: Path) -> dict[str, bytes]:
    """All files but the store's, which an engine writes as it likes, and the cache and ledger."""
    found = [p for p in sorted(folder.rglob("*")) if p.is_file() and not {"store", ".kg", ".lock"} & set(p.parts)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.name != ".lock"}


def copied(fifty: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The folder of texts, and a graph of them that the test may change."""
    shutil.copytree(fifty / "out", tmp_path / "out")
    return fifty / "in", tmp_path / "out"
