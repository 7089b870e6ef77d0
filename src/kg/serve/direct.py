"""An engine in this process, for a graph in memory: no limits, nothing on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.graph.digest import digest
from kg.serve.jobs import Change, Changed, Job, Reply

if TYPE_CHECKING:
    from pyoxigraph import Store


class Direct:
    """Jobs and changes run where they are asked for, one after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def dataset(self) -> str:
        """The hash of the dataset."""
        return digest(self._store)

    def read(self, job: Job) -> Reply:
        """What the job gives."""
        return Reply(job.run(self._store), self.dataset())

    def write(self, change: Change) -> Changed:
        """What the change did, now."""
        return change.run(self._store, self.dataset())

    def text(self, sha256: str) -> bytes:
        """A graph in memory has no texts."""
        raise NotFoundError(f"no text {sha256}")
