"""A small pool of reading processes. A slow query never keeps the others waiting.

Every job begins in the quick lane. One that is not done within `patience` moves over to the slow lane: its process
gets a lower priority, a fresh one takes its place, and it may go on until its limit, at which it is killed. The slow
lane has room for a few; where it is full, a job that turns out to be slow is ended instead, with 503.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from kg.errors import KgError
from kg.serve import worker
from kg.serve.jobs import Job, Reply
from kg.serve.messages import RefusedError
from kg.serve.worker import Limits, Outcome

_PRELOADED = ("kg.cli.main", "kg.serve.worker", "kg.serve.asking", "kg.serve.things", "kg.serve.pages",
              "kg.store.embedded", "pyoxigraph")  # fmt: skip
_NICE = 10
_GLANCE = 0.25
Gone = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Room:
    """How much is done at once: processes of the quick and of the slow lane, jobs that may wait, and seconds after
    which a job counts as slow."""

    quick: int = 2
    slow: int = 4
    waiting: int = 128
    patience: float = 1.0


@dataclass(frozen=True, slots=True)
class Process:
    """A child with the pipe to it."""

    child: BaseProcess
    pipe: Connection

    def end(self) -> None:
        """Kill it, whatever it does."""
        self.pipe.close()
        self.child.kill()
        self.child.join()


def started(target: Callable[[Path, Limits, Connection], None], folder: Path, limits: Limits) -> Process:
    """A child process that runs `target`, forked from a small server that has loaded what it needs."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    ours, theirs = context.Pipe()
    child = context.Process(target=target, args=(folder, limits, theirs), daemon=True)
    child.start()
    theirs.close()
    return Process(child, ours)


class Readers:
    """The pool."""

    def __init__(self, folder: Path, limits: Limits, room: Room) -> None:
        self._folder, self._limits, self._room = folder, limits, room
        self._changed = threading.Condition()
        self._idle: list[Process] = []
        self._slow = self._waiting = 0
        self._closed = False
        for _ in range(room.quick):
            self._add()

    def read(self, dataset: str, job: Job, gone: Gone) -> Reply:
        """What the job gives; its own error, RefusedError 503 where too much is going on, 504 at its limit."""
        process = self._taken()
        try:
            process.pipe.send((dataset, job))
            outcome = _outcome(process, min(self._room.patience, self._limits.seconds), gone)
        except BaseException:
            self._replace(process)
            raise
        if outcome is None:
            outcome = self._slowly(process, gone)
        else:
            self._give(process)
        if isinstance(outcome, KgError):
            raise outcome
        return outcome

    def close(self) -> None:
        """End all processes."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _taken(self) -> Process:
        """A free process of the quick lane, when it is this caller's turn."""
        end = time.monotonic() + self._limits.seconds
        with self._changed:
            if not self._idle and self._waiting >= self._room.waiting:
                raise busy("too many requests at once")
            self._waiting += 1
            try:
                while not self._idle:
                    if not self._changed.wait(end - time.monotonic()):
                        raise busy("too many requests at once")
                return self._idle.pop()
            finally:
                self._waiting -= 1

    def _give(self, process: Process) -> None:
        with self._changed:
            if not self._closed:
                self._idle.append(process)
                self._changed.notify()
                return
        process.end()

    def _add(self) -> None:
        self._give(started(worker.reader, self._folder, self._limits))

    def _replace(self, process: Process) -> None:
        """A fresh process in the place of one that died or cannot be used any more."""
        process.end()
        self._add()

    def _slowly(self, process: Process, gone: Gone) -> Outcome:
        """What comes of a job that takes its time; its process is ended whatever comes."""
        with self._changed:
            free = self._slow < self._room.slow
            self._slow += free
        if not free:
            self._replace(process)
            raise busy("too many long queries at once")
        try:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.child.pid or 0, _NICE)
            self._add()
            outcome = _outcome(process, self._limits.seconds - self._room.patience, gone)
        finally:
            process.end()
            with self._changed:
                self._slow -= 1
        if outcome is None:
            raise RefusedError(504, f"stopped after {self._limits.seconds:g} s, this server's limit; ask for less")
        return outcome


def _outcome(process: Process, seconds: float, gone: Gone) -> Outcome | None:
    """What the process sends within that time, None where it sends nothing.

    RefusedError 499 where nobody waits for it any more, 422 where the process died, as it does for want of memory.
    """
    end = time.monotonic() + seconds
    while not process.pipe.poll(min(_GLANCE, max(0.0, end - time.monotonic()))):
        if gone():
            raise RefusedError(499, "the client went away")
        if time.monotonic() >= end:
            return None
    try:
        outcome: Outcome = process.pipe.recv()
    except (EOFError, OSError):
        raise RefusedError(422, "ended without an answer, perhaps for want of memory; ask for less") from None
    return outcome


def busy(why: str) -> RefusedError:
    """Come back later."""
    return RefusedError(503, f"{why}; try again in a few seconds", ("Retry-After", "5"))
