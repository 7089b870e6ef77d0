"""What a request may reach beyond this machine: nothing, but for the hosts that the server's keeper listed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.answers import guard
from kg.errors import UsageError
from kg.serve.messages import RefusedError

_CALLS = ("service", "load")
Token = tuple[str, str]


def check_query(text: str, hosts: frozenset[str]) -> None:
    """RefusedError 403 for a query that calls a host that is not listed, UsageError for one that changes the graph."""
    if hosts and "service" in text.casefold():
        _check_calls(list(guard.tokens(text)), hosts, "service")
        return
    if guard.calls_out(text):
        raise _refused("SERVICE")
    guard.check(text)


def check_update(text: str, hosts: frozenset[str]) -> None:
    """RefusedError 403 for an update that would open a connection to a host that is not listed."""
    if any(call in text.casefold() for call in _CALLS):
        found = list(guard.tokens(text))
        for call in _CALLS:
            _check_calls(found, hosts, call)


def _check_calls(found: list[Token], hosts: frozenset[str], call: str) -> None:
    """Each token that can be read as the keyword must stand alone and be followed by the whole IRI of a listed host."""
    for place, token in enumerate(found):
        if _calling(token, call) and not _listed(found, place, hosts, call):
            raise _refused(call.upper())


def _calling(token: Token, call: str) -> bool:
    """Whether the token may be read as the keyword, alone or run together with others, as Oxigraph's grammar does."""
    kind, text = token
    part = text.partition(":")[0] if kind == "prefixed" else text
    return kind in ("word", "prefixed") and call in part.casefold()


def _listed(found: list[Token], place: int, hosts: frozenset[str], call: str) -> bool:
    """Whether the call names a listed host in so many words: a variable or a prefix could stand for any."""
    following = [token for token in found[place + 1 : place + 3] if token[1].upper() != "SILENT"]
    kind, iri = following[0] if following else ("", "")
    plain = found[place][1].casefold() == call and kind == "iri" and "\\" not in iri
    return plain and host_of(iri[1:-1]) in hosts


def host_of(iri: str) -> str | None:
    """The host and port of an http IRI as it would be listed, None where it is none."""
    try:
        parts = urlsplit(iri)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.hostname + (f":{port}" if port else "")


def _refused(call: str) -> RefusedError:
    return RefusedError(403, f"{call} would open a connection, which this server does not; its keeper can list hosts "
                             "that it may reach with --reach HOST")  # fmt: skip


def reachable(name: str) -> str:
    """A host that may be reached, as it is compared; UsageError where it is none."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", name.lower()):
        raise UsageError(f"serve: --reach {name}: write HOST or HOST:PORT")
    return name.lower()
