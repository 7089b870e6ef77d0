"""What comes in and what goes out, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.errors import KgError

TEXT = "text/plain; charset=utf-8"
Headers = tuple[tuple[str, str], ...]
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was sent: `path` and `query` still percent-encoded, names of headers in lower case.

    `scheme` and `peer` (the caller's address) are those of the connection.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: _NONE)
    body: bytes = b""
    scheme: str = "http"
    peer: str = "127.0.0.1"

    def header(self, name: str) -> str:
        """The value of a header, "" where it is missing."""
        return self.headers.get(name, "")


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. `cause` is the error behind it, for the log alone; it is never sent."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    cause: BaseException | None = field(default=None, compare=False)

    def header(self, name: str) -> str:
        """The value of a header in any case, "" where it is missing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def with_headers(self, *more: tuple[str, str]) -> Response:
        """The same answer with further headers."""
        return replace(self, headers=(*self.headers, *more))


class RefusedError(KgError):
    """What a request gets instead of an answer: a status, one line, and the headers that belong to it."""

    def __init__(self, status: int, message: str, *headers: tuple[str, str]) -> None:
        super().__init__(status, message, *headers)
        self.status, self.message, self.headers = status, message, headers

    def __str__(self) -> str:
        return self.message


def said(status: int, message: str, *headers: tuple[str, str]) -> Response:
    """A line of text as an answer."""
    return Response(status, (("Content-Type", TEXT), *headers), message.encode("utf-8", "replace") + b"\n")
