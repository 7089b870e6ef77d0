"""The graph that is being changed: a copy in memory, from which each batch of changes makes the next generation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.serve.jobs import Change, Changed

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from kg.graph.statements import Triple
    from kg.store.manifest import Manifest

EDITS = "edits"


class Desk:
    """Changes of one folder's graph. What was changed counts when `commit` has ended, and not before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store: Store | None = None
        self._dataset = ""
        self._facts: frozenset[Triple] = frozenset()
        self._touched = False

    def change(self, change: Change) -> Changed:
        """What the change did to the copy; its own errors where it failed and did nothing."""
        done = change.run(self._current(), "" if self._touched else self._dataset)
        self._touched = True
        return done

    def commit(self) -> str:
        """Make the copy the folder's graph; its dataset. StoreError where it cannot be written or another is there."""
        store, touched = self._current(), self._touched
        self._touched = False
        try:
            return self._written(store) if touched else self._dataset
        except Exception:
            self._store = None
            raise

    def _current(self) -> Store:
        """The copy, made anew where somebody else wrote a graph since, as long as nothing was changed in it."""
        from kg.store import generations

        if self._store is None or (not self._touched and generations.current(self._folder).dataset != self._dataset):
            self._store, self._dataset = _copied(self._folder)
            self._facts = _facts(self._store)
        return self._store

    def _written(self, store: Store) -> str:
        from kg.graph.digest import digest
        from kg.graph.write import ordered
        from kg.store import generations

        self._infer(store)
        quads = ordered(store)
        dataset = digest(quads)
        if dataset != self._dataset:
            before = generations.current(self._folder)
            files = {**_files(self._folder, before, quads), "manifest.json": _account(before, quads)}
            generations.commit(self._folder, files, quads, replacing=self._dataset)
            self._dataset = dataset
        return dataset

    def _infer(self, store: Store) -> None:
        """Bring what follows from the facts up to them: an inverse of a fact that is gone would be a wrong answer."""
        from kg.graph import inferred

        gone, fresh = inferred.renewed(self._facts, store)
        for quad in gone:
            store.remove(quad)
        store.extend(fresh)
        self._facts = _facts(store)


def _copied(folder: Path) -> tuple[Store, str]:
    from pyoxigraph import Store

    from kg.store import embedded, generations

    dataset = generations.current(folder).dataset
    store = Store()
    store.bulk_extend(embedded.open_graph(folder))
    return store, dataset


def _facts(store: Store) -> frozenset[Triple]:
    from kg.graph import inferred

    return inferred.facts(store)


def _files(folder: Path, before: Manifest, quads: Sequence[Quad]) -> dict[str, bytes]:
    """The texts as they are, the exports made anew; the page, which shows another graph now, is left out."""
    from kg.graph.write import Format, serialise
    from kg.store import embedded

    exports = {f"graph.{form}": form for form in Format}
    texts = {name: embedded.read(folder, name) for name in before.files if name.startswith("texts/")}
    return texts | {name: serialise(quads, exports[name]) for name in before.files if name in exports}


def _account(before: Manifest, quads: Sequence[Quad]) -> bytes:
    """The manifest's own part: that of the build, with new counts and how often the graph was edited since."""
    from kg.pipeline.counts import counts

    edits = int(before.more.get(EDITS, 0)) + 1
    more = {**before.more, "counts": asdict(counts(quads)), EDITS: edits}
    return json.dumps(more, ensure_ascii=False, sort_keys=True).encode()
