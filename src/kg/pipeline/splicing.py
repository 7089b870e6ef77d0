"""A file in order made out of the one before: blocks that changed are put in, all else is copied as it is.

The blocks of a file are found by bisection: it is its own index.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from kg.graph.blocks import key

CHUNK = 1 << 20
_PROBE = 1 << 12
SUBJECTS = re.compile(rb"\n(?=[^\t\n])")
SECTIONS = re.compile(rb"\n(?=[^\t\n}])")
INDENTED = re.compile(rb"\n(?=\t[^\t])")


@dataclass(slots=True)
class Sink:
    """A file that is being written, with its length and its hash."""

    file: IO[bytes]
    size: int = 0
    hash: Any = field(default_factory=hashlib.sha256)

    def write(self, content: bytes) -> None:
        """Some more of it."""
        self.file.write(content)
        self.hash.update(content)
        self.size += len(content)


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a file, in which blocks stand in the order of their keys; `starts` finds where one begins."""

    file: IO[bytes]
    start: int
    end: int
    starts: re.Pattern[bytes]

    def found(self, wanted: str, after: int) -> tuple[int, int]:
        """Where the block of that key begins and ends, both where it would have to stand if there is none."""
        low, high = after, self.end
        while low < high:
            middle = (low + high) // 2
            start = self._start(middle)
            if start < high and self._key(start) < wanted:
                low = self._start(start + 1)
            else:
                high = middle
        there = low < self.end and self._key(low) == wanted
        return low, self._start(low + 1) if there else low

    def _start(self, at: int) -> int:
        """The first beginning of a block from there on, the zone's end if there is none."""
        if at <= self.start:
            return self.start
        place, size = at - 1, _PROBE
        while place < self.end:
            piece = self._piece(place, min(place + size, self.end))
            match = self.starts.search(piece)
            if match and place + match.start() + 1 < self.end:
                return place + match.start() + 1
            place, size = place + max(1, len(piece) - 4), size * 2
        return self.end

    def _key(self, start: int) -> str:
        return key(self._piece(start, min(start + _PROBE, self.end)))

    def _piece(self, start: int, end: int) -> bytes:
        self.file.seek(start)
        return self.file.read(end - start)

    def content(self, wanted: str) -> bytes:
        """The block of that key, empty if there is none."""
        return self._piece(*self.found(wanted, self.start))

    def pieces(self, start: int, end: int) -> Iterator[bytes]:
        """What stands between two places, in pieces."""
        while start < end:
            piece = self._piece(start, min(start + CHUNK, end))
            yield piece
            start += len(piece)


def spliced(zone: Zone, changes: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The zone in pieces, with blocks in place of those of their keys; one that is empty is taken out."""
    at = zone.start
    for wanted, block in changes:
        start, end = zone.found(wanted, at)
        yield from zone.pieces(at, start)
        if block:
            yield block
        at = end
    yield from zone.pieces(at, zone.end)
