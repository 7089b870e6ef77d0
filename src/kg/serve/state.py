"""What an answer depends on beside the request: the settings, and the engine that holds the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.serve.jobs import Change, Changed, Job, Reply
from kg.serve.settings import Settings


class Engine(Protocol):
    """Reads and writes the graph.

    Its errors: those of a job itself, and RefusedError 503 where too much is going on, 504 where a job took too long.
    """

    def dataset(self) -> str:
        """The sha256 of the dataset that is read now."""
        ...

    def read(self, job: Job) -> Reply:
        """What the job gives on a snapshot of the dataset."""
        ...

    def write(self, change: Change) -> Changed:
        """What the change did; it is on the disk, and every later read sees it."""
        ...

    def text(self, sha256: str) -> bytes:
        """The text of a document; NotFoundError where it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class State:
    """All that `respond` looks at beside the request."""

    settings: Settings
    engine: Engine
