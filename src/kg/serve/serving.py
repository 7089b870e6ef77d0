"""The engine of a running server: a folder's graph, read and written by processes of their own."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from kg.errors import NotFoundError, StoreError
from kg.serve.clerk import Clerk
from kg.serve.jobs import Change, Changed, Job, Reply
from kg.serve.messages import RefusedError
from kg.serve.readers import Gone, Readers, Room
from kg.serve.worker import Limits
from kg.store import embedded, generations, manifest

_Signature = tuple[tuple[int, int, int] | None, ...]


class Serving:
    """Reads the generation that counts, also one that a `kg build` makes while the server runs."""

    def __init__(self, folder: Path, limits: Limits, room: Room, *, writable: bool) -> None:
        generations.recover(folder)
        self._folder = folder
        self._known: tuple[_Signature, str] = ((), "")
        self._lock = threading.Lock()
        self.dataset()
        self._readers = Readers(folder, limits, room)
        self._clerk = Clerk(folder, limits) if writable else None

    def dataset(self) -> str:
        """The sha256 of the dataset that counts; StoreError where there is none."""
        seen = self._signature()
        with self._lock:
            if self._known[0] != seen:
                self._known = (seen, generations.current(self._folder).dataset)
            return self._known[1]

    def read(self, job: Job) -> Reply:
        """What the job gives."""
        return self.read_unless(job, lambda: False)

    def read_unless(self, job: Job, gone: Gone) -> Reply:
        """What the job gives, as long as `gone` says that somebody waits for it."""
        return self._readers.read(self.dataset(), job, gone)

    def write(self, change: Change) -> Changed:
        """What the change did."""
        if self._clerk is None:
            raise RefusedError(403, "this server only reads")
        return self._clerk.write(change)

    def text(self, sha256: str) -> bytes:
        """The text of a document."""
        try:
            return embedded.read(self._folder, f"texts/{sha256}.txt")
        except StoreError:
            raise NotFoundError(f"no text {sha256}") from None

    def close(self) -> None:
        """End the processes, the writer after what it has begun."""
        if self._clerk is not None:
            self._clerk.close()
        self._readers.close()

    def _signature(self) -> _Signature:
        """What tells one manifest from another without reading it."""
        places = (self._folder / manifest.NAME, self._folder / generations.NEXT / manifest.NAME)
        return tuple(map(_stamp, places))


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


@dataclass(frozen=True, slots=True)
class Watched:
    """The same engine for one request whose client may go away."""

    engine: Serving
    gone: Gone

    def dataset(self) -> str:
        """As the engine's."""
        return self.engine.dataset()

    def read(self, job: Job) -> Reply:
        """As the engine's, but ended when the client has gone."""
        return self.engine.read_unless(job, self.gone)

    def write(self, change: Change) -> Changed:
        """As the engine's: what was begun is done, whoever still waits."""
        return self.engine.write(change)

    def text(self, sha256: str) -> bytes:
        """As the engine's."""
        return self.engine.text(sha256)
