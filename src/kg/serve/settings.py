"""How a server is set up: resolved once, when it starts."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from kg.errors import UsageError
from kg.graph.terms import BASE

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_ORIGIN = re.compile(r"https?://(.+)")
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every request.

    `hosts` are the values of Host that are answered, lower-case and with their port unless it is 80; where the server
    is bound to every address, any numeric one with `any_port` is too. `base` is what the graph's IRIs begin with,
    `prefix` the path under which a proxy shows the server. `origins` are the pages that may read and write from
    elsewhere (CORS), `proxies` the addresses whose X-Forwarded-* headers are believed, `outside` the hosts that
    SERVICE and LOAD may reach. Limits are bytes; `open` says whether reading needs no token.
    """

    hosts: frozenset[str] = frozenset({"localhost", "127.0.0.1", "[::1]"})
    any_port: int | None = None
    base: str = BASE
    prefix: str = ""
    token: str | None = None
    writable: bool = False
    open: bool = True
    asserted: bool = False
    origins: frozenset[str] = frozenset()
    proxies: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    body_limit: int = 8 << 20
    result_limit: int = 32 << 20


def hosts(host: str, port: int, names: tuple[str, ...]) -> frozenset[str]:
    """The values of Host that are answered: what is bound, on loopback its other names, and those that were listed."""
    bound = [host] if not loopback(host) else [host, *_LOCAL]
    own = [_with_port(bracketed(name), port) for name in bound if not everywhere(name)]
    if everywhere(host):
        own += [_with_port("localhost", port)]
    return frozenset([*own, *(_checked(name) for name in names)])


def loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    return host == "localhost" or (numeric(host) and ipaddress.ip_address(host.strip("[]")).is_loopback)


def everywhere(host: str) -> bool:
    """Whether it stands for all addresses of the machine."""
    return host.strip("[]") in ("", "0.0.0.0", "::")


def numeric(host: str) -> bool:
    """Whether a Host without its port is an address: a name of somebody else's cannot be one."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def bracketed(host: str) -> str:
    """An address as it stands in a URL."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host.lower()


def _with_port(host: str, port: int) -> str:
    return host if port == 80 else f"{host}:{port}"


def _checked(name: str) -> str:
    if not _HOST.fullmatch(name.lower()):
        raise UsageError(f"serve: --name {name}: write HOST or HOST:PORT, as it stands in the address bar")
    return name.lower().removesuffix(":80")


def prefix(text: str) -> str:
    """A prefix of paths without a slash at its end; UsageError where it is none."""
    path = text.rstrip("/")
    if not is_prefix(path):
        raise UsageError(f"serve: --prefix {text}: write a path such as /kg")
    return path


def is_prefix(path: str) -> bool:
    """Whether it can stand before all paths of the server."""
    return bool(_PREFIX.fullmatch(path))


def origin(text: str) -> str:
    """The origin of a page, as browsers send it; UsageError where it is none."""
    found = _ORIGIN.fullmatch(text.lower())
    if text == "*":
        return text
    if not found or not _HOST.fullmatch(found[1]):
        raise UsageError(f"serve: --cors {text}: write * or an origin such as https://page.example")
    return text.lower()


def token(content: str, where: str) -> str:
    """The token in a file's content; UsageError where there is none that is worth the name."""
    found = content.strip()
    if len(found) < SHORTEST_TOKEN or len(found.split()) != 1 or not found.isascii():
        raise UsageError(f"serve: {where}: write one token of {SHORTEST_TOKEN} or more ASCII characters into it, "
                         "for example with: openssl rand -hex 32")  # fmt: skip
    return found
