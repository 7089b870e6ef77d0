"""What a process does for a request, on a store: small values that can be sent to it, and functions that do them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from kg.serve.media import Form, Kind
from kg.serve.messages import RefusedError

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class Made:
    """A body, what it is and in which form; `lasting` is False where the same data may give another."""

    body: bytes
    kind: Kind
    form: Form
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a job, and the sha256 of the dataset that it was made from."""

    made: Made
    dataset: str


class Sink(BytesIO):
    """Takes the pieces of a body; RefusedError 422 above the limit: no answer is cut short in silence."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]
        """Keep one more piece."""
        if self.tell() + len(piece) > self._limit:
            raise RefusedError(422, f"the answer is larger than {self._limit:,} bytes, which is this server's limit; "
                               "ask for less, with LIMIT and OFFSET for instance")  # fmt: skip
        return super().write(piece)


class Job(Protocol):
    """Something to be read from a store, sent to the process that holds it."""

    def run(self, store: Store) -> Made:
        """The answer."""
        ...


class Change(Protocol):
    """Something to be done to a store, sent to the process that writes it."""

    def run(self, store: Store, dataset: str) -> Changed:
        """What the change did, as a whole or not at all; `dataset` is the sha256 of what the store held, if known."""
        ...


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of a change: whether a graph is new, and its name where the change chose it."""

    created: bool = False
    name: str = ""
