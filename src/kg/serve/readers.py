"""A small pool of reading processes. A slow query never keeps the others waiting.

Every job begins in the quick lane. One that is not done within `patience` moves aside: a fresh process takes its place
in the lane, and it may go on until its limit, at which it is killed. There is room for a few aside. Where that is full,
a job that has computed for as long as `patience` is ended with 503; one that has not, since the machine is busy, stays
where it is. What has computed that long gets a lower priority.
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
_WAITING = 5
Gone = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Room:
    """How much is done at once: processes of the quick lane and aside, jobs that may wait, and seconds after which a
    job counts as slow. One that neither ends nor computes counts as slow after five times that.
    """

    quick: int = 2
    slow: int = 4
    waiting: int = 128
    patience: float = 1.0


@dataclass(frozen=True, slots=True)
class Process:
    """A child with the pipe to it."""

    child: BaseProcess
    pipe: Connection

    def computed(self) -> float:
        """Seconds of processor time that it has used; 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

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
        self._slow = self._waiting = self._missing = 0
        self._closed = False
        for _ in range(room.quick):
            self._add()

    def read(self, dataset: str, job: Job, gone: Gone) -> Reply:
        """What the job gives; its own error, RefusedError 503 where too much is going on, 504 at its limit."""
        process = self._taken()
        task = _Task(process, gone, self._limits.seconds, self._room.patience)
        try:
            process.pipe.send((dataset, job))
            outcome = self._in_lane(task)
        except BaseException:
            self._replace(process)
            raise
        if outcome is None:
            outcome = self._aside(task)
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
        self._refill()
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
        """One more process; where the system gives none now, it is asked again before the next job."""
        try:
            process = started(worker.reader, self._folder, self._limits)
        except OSError:
            with self._changed:
                self._missing += 1
            return
        self._give(process)

    def _refill(self) -> None:
        """What was missing."""
        with self._changed:
            missing, self._missing = self._missing, 0
        for _ in range(missing):
            self._add()

    def _replace(self, process: Process) -> None:
        """A fresh process in the place of one that died or cannot be used any more."""
        process.end()
        self._add()

    def _in_lane(self, task: _Task) -> Outcome | None:
        """What comes of a job in the quick lane; None where it has found a place aside."""
        outcome = task.wait(self._room.patience)
        while outcome is None:
            with self._changed:
                if self._slow < self._room.slow:
                    self._slow += 1
                    return None
            if task.left() <= 0:
                raise self._over()
            if task.slow():
                raise busy("too many long queries at once")
            outcome = task.wait(_GLANCE)
        return outcome

    def _aside(self, task: _Task) -> Outcome:
        """What comes of a job that has moved aside; its process is ended whatever comes."""
        try:
            self._add()
            while task.left() > 0:
                if task.slow():
                    with suppress(OSError):
                        os.setpriority(os.PRIO_PROCESS, task.process.child.pid or 0, _NICE)
                if (outcome := task.wait(self._room.patience)) is not None:
                    return outcome
        finally:
            task.process.end()
            with self._changed:
                self._slow -= 1
        raise self._over()

    def _over(self) -> RefusedError:
        return RefusedError(504, f"stopped after {self._limits.seconds:g} s, this server's limit; ask for less")


class _Task:
    """A job in a process: how long it has taken, and what comes of it."""

    def __init__(self, process: Process, gone: Gone, limit: float, patience: float) -> None:
        self.process = process
        self._gone, self._patience = gone, patience
        self._began, self._before = time.monotonic(), process.computed()
        self._end = self._began + limit

    def left(self) -> float:
        """Seconds until its limit."""
        return self._end - time.monotonic()

    def slow(self) -> bool:
        """Whether it has computed for longer than a quick one does, or neither ended nor computed for much longer."""
        waited = time.monotonic() - self._began
        return self.process.computed() - self._before >= self._patience or waited >= _WAITING * self._patience

    def wait(self, seconds: float) -> Outcome | None:
        """What the process sends within that time and the limit, None where it sends nothing.

        RefusedError 499 where nobody waits for it any more, 422 where the process died, as it does for want of memory.
        """
        end = min(self._end, time.monotonic() + seconds)
        while not self.process.pipe.poll(min(_GLANCE, max(0.0, end - time.monotonic()))):
            if self._gone():
                raise RefusedError(499, "the client went away")
            if time.monotonic() >= end:
                return None
        try:
            outcome: Outcome = self.process.pipe.recv()
        except (EOFError, OSError):
            raise RefusedError(422, "ended without an answer, perhaps for want of memory; ask for less") from None
        return outcome


def busy(why: str) -> RefusedError:
    """Come back later."""
    return RefusedError(503, f"{why}; try again in a few seconds", ("Retry-After", "5"))
