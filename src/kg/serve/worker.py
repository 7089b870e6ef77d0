"""The processes that hold a store: readers, which answer one job after another, and the one writer.

A reader opens the generation that its job names. It has a ceiling of memory, and one of processor time a job, so that
it ends even when the server that would have ended it is gone.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, StoreError
from kg.serve.jobs import Change, Changed, Job, Reply

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.serve.writing import Desk

Outcome = Reply | KgError
_AGAIN = 4  # a reader that a busy machine holds up can miss one generation after the other while somebody writes


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take: seconds of time, and bytes of memory (0: any)."""

    seconds: float
    memory: int


@dataclass(slots=True)
class _Shelf:
    """The generation that a reader has open."""

    folder: Path
    store: Store | None = None
    dataset: str = ""

    def at(self, dataset: str) -> Store:
        """The store of that dataset, or of the one that has taken its place."""
        if self.store is None or self.dataset != dataset:
            self.store = None  # one open at a time
            self.store, self.dataset = _opened(self.folder)
        return self.store


def reader(folder: Path, limits: Limits, pipe: Connection) -> None:
    """Answer jobs until the server goes: each comes with the sha256 of the dataset that it is to read."""
    _settle(limits)
    shelf = _Shelf(folder)
    while (message := _received(pipe)) is not None:
        pipe.send(_answered(shelf, *message, limits))


def _answered(shelf: _Shelf, dataset: str, job: Job, limits: Limits) -> Outcome:
    """What came of a job. A generation that was cleared away while it was read is read no more."""
    allow(limits.seconds)
    outcome = _outcome(shelf, dataset, job)
    for _ in range(_AGAIN):
        if not isinstance(outcome, StoreError):
            break
        shelf.store = None
        outcome = _outcome(shelf, dataset, job)
    return outcome


def _opened(folder: Path) -> tuple[Store, str]:
    """The store of the current generation, and its dataset."""
    from kg.store import embedded, generations

    for _ in range(3):
        before = generations.current(folder).dataset
        store = embedded.open_graph(folder)
        if generations.current(folder).dataset == before:
            break
    return store, before


def _outcome(shelf: _Shelf, dataset: str, job: Job) -> Outcome:
    """The reply or the error; one that nobody foresaw goes to the log of the server."""
    try:
        made = job.run(shelf.at(dataset))
        return Reply(made, shelf.dataset)
    except KgError as error:
        return error
    except Exception as error:
        return KgError(f"{type(error).__name__}: {error}")


def _received(pipe: Connection) -> tuple[str, Job] | None:
    """The next job, None where the server is gone."""
    try:
        message: tuple[str, Job] = pipe.recv()
    except (EOFError, OSError):
        return None
    return message


def _settle(limits: Limits) -> None:
    """Leave Ctrl-C to the server, keep the stack traces of a crash out of its log, and do not eat the machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def allow(seconds: float) -> None:
    """End this process when it has taken so much more processor time, all threads together, and then some."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + 2 * seconds) + 1, hard))


def writer(folder: Path, limits: Limits, pipe: Connection) -> None:
    """Carry out batches of changes until the server goes; each ends as one generation on the disk."""
    _settle(limits)
    from kg.serve.writing import Desk

    desk = Desk(folder)
    while (batch := _batch(pipe)) is not None:
        allow(limits.seconds * (len(batch) + 1))
        for change in batch:
            pipe.send(_tried(desk, change))
        allow(10 * limits.seconds + 600)
        pipe.send(_committed(desk))


def _batch(pipe: Connection) -> Sequence[Change] | None:
    try:
        message: Sequence[Change] = pipe.recv()
    except (EOFError, OSError):
        return None
    return message


def _tried(desk: Desk, change: Change) -> Changed | KgError:
    try:
        return desk.change(change)
    except KgError as error:
        return error
    except Exception as error:
        return KgError(f"{type(error).__name__}: {error}")


def _committed(desk: Desk) -> str | KgError:
    """The sha256 of the dataset that counts now."""
    try:
        return desk.commit()
    except KgError as error:
        return error
    except Exception as error:
        return KgError(f"{type(error).__name__}: {error}")
