"""Pairs that come in any order and are read once in the order of their keys, whatever their number.

An external merge sort (Knuth, The Art of Computer Programming 3, 5.4): what would take too much memory is written in
sorted runs to files without a name, which are gone when the process is.
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from operator import itemgetter
from pathlib import Path
from typing import IO

Value = bytes | int | tuple[int, int]
Pair = tuple[str, Value]
LIMIT = 24 << 20
"""Bytes of pairs that are held in memory."""
RUNS = 64
"""Files that are open at once; more are merged into one."""
_EACH = 150


Temporary = Callable[[], IO[bytes]]
"""Makes a file without a name, which is gone at the end."""


@contextmanager
def room(folder: Path) -> Iterator[Temporary]:
    """Room for files without a name, on the disk of the folder."""
    with ExitStack() as files:
        yield lambda: files.enter_context(tempfile.TemporaryFile(dir=folder))


class Spool:
    """Add pairs, then go through it once; pairs of one key come in no order that means anything."""

    def __init__(self, temporary: Temporary, limit: int = LIMIT) -> None:
        self._temporary, self._limit = temporary, limit
        self._pairs: list[Pair] = []
        self._runs: list[IO[bytes]] = []
        self._size = 0

    def add(self, key: str, value: Value) -> None:
        """One more pair."""
        self._pairs.append((key, value))
        self._size += len(key) + _EACH + (len(value) if isinstance(value, bytes) else 0)
        if self._size > self._limit:
            self._spill()

    def __iter__(self) -> Iterator[Pair]:
        waiting, self._pairs = sorted(self._pairs, key=itemgetter(0)), []
        return heapq.merge(*map(_read, self._runs), waiting, key=itemgetter(0))

    def _spill(self) -> None:
        if len(self._runs) == RUNS:
            self._runs = [self._written(iter(self))]
        else:
            self._runs.append(self._written(sorted(self._pairs, key=itemgetter(0))))
        self._pairs, self._size = [], 0

    def _written(self, pairs: Iterable[Pair]) -> IO[bytes]:
        file = self._temporary()
        for pair in pairs:
            marshal.dump(pair, file)
        file.seek(0)
        return file


def _read(file: IO[bytes]) -> Iterator[Pair]:
    while True:
        try:
            yield marshal.load(file)
        except EOFError:
            return
