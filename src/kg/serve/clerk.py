"""The one writer, as the server sees it: changes wait in line, and a batch of them becomes one generation."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Full, Queue

from kg.errors import KgError
from kg.serve import worker
from kg.serve.jobs import Change, Changed
from kg.serve.messages import RefusedError
from kg.serve.readers import Process, busy, started
from kg.serve.worker import Limits

_BATCH, _LINE = 32, 256


@dataclass(frozen=True, slots=True)
class _Order:
    """A change and whoever waits for it."""

    change: Change
    done: Future[Changed] = field(default_factory=Future)


class Clerk:
    """Hands changes to the writing process, one batch after the other, and ends it where a change takes too long."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._line: Queue[_Order | None] = Queue(_LINE)
        self._process: Process | None = None
        self._thread = threading.Thread(target=self._work, name="clerk", daemon=True)
        self._thread.start()

    def write(self, change: Change) -> Changed:
        """What the change did, once its generation is on the disk; its own error, or RefusedError 503 or 504."""
        order = _Order(change)
        try:
            self._line.put_nowait(order)
        except Full:
            raise busy("too many writes at once") from None
        return order.done.result()

    def close(self) -> None:
        """Let what was begun come to its end."""
        self._line.put(None)
        self._thread.join()

    def _work(self) -> None:
        """The line, until it is closed."""
        while (orders := self._next()) is not None:
            while orders:
                orders = self._carried_out(orders)
        self._end()

    def _next(self) -> list[_Order] | None:
        """Those who wait, the first ones of a long line; None where it is closed."""
        if (first := self._line.get()) is None:
            return None
        orders = [first]
        with suppress(Empty):
            while len(orders) < _BATCH:
                if (order := self._line.get_nowait()) is None:
                    self._line.put(None)
                    break
                orders.append(order)
        return orders

    def _carried_out(self, orders: Sequence[_Order]) -> list[_Order]:
        """Carry out a batch. Where a change had to be ended, the others are given back: with it they are lost."""
        try:
            process = self._process = self._process or started(worker.writer, self._folder, self._limits)
            process.pipe.send([order.change for order in orders])
        except Exception as error:
            return self._broken(orders, KgError(f"the writer cannot be reached: {error}"))
        outcomes: list[Changed | KgError] = []
        for order in orders:
            try:
                outcomes.append(_received(process, self._limits.seconds))
            except KgError as error:
                self._end()
                order.done.set_exception(error)
                return [other for other in orders if other is not order]
        return self._committed(process, orders, outcomes)

    def _committed(
        self, process: Process, orders: Sequence[_Order], outcomes: Sequence[Changed | KgError]
    ) -> list[_Order]:
        """Tell everybody what came of it. Only now is anything on the disk."""
        try:
            result: str | KgError = process.pipe.recv()
        except (EOFError, OSError):
            return self._broken(orders, KgError("the writer ended while it wrote; whether it did is not known"))
        for order, outcome in zip(orders, outcomes, strict=True):
            error = outcome if isinstance(outcome, KgError) else result
            if isinstance(error, KgError):
                order.done.set_exception(error)
            elif isinstance(outcome, Changed):
                order.done.set_result(outcome)
        return []

    def _broken(self, orders: Sequence[_Order], error: KgError) -> list[_Order]:
        self._end()
        for order in orders:
            order.done.set_exception(error)
        return []

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


def _received(process: Process, seconds: float) -> Changed | KgError:
    """What came of one change; RefusedError 504 where nothing came in time, 422 where the process died of it."""
    if not process.pipe.poll(seconds):
        raise RefusedError(504, f"stopped after {seconds:g} s, this server's limit; change less at once")
    try:
        outcome: Changed | KgError = process.pipe.recv()
    except (EOFError, OSError):
        raise RefusedError(422, "ended without an answer, perhaps for want of memory; change less at once") from None
    return outcome
