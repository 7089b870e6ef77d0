"""A store behind a URL: SPARQL 1.1 Query, Update and Graph Store Protocol over HTTP, and nothing of any one product.

Only the addresses differ from product to product; `LAYOUTS` has them. Credentials come from the environment or from a
netrc file, never from the URL, and are not sent in the clear to another machine. No proxy of the environment is used
and no redirect is followed: a request goes where the user said, or fails.
"""

from __future__ import annotations

import netrc
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit, urlunsplit

import httpx

from kg.errors import StoreError, UsageError

USER, PASSWORD, TOKEN, NETRC = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN", "NETRC"
TRIES, FIRST_WAIT = 4, 0.2
"""How often a request is sent that the network or a busy server failed, and the seconds before the second time."""
TIMEOUT = httpx.Timeout(600, connect=10)
_BUSY = frozenset({429, 502, 503, 504})
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a product has its three services below the URL that its users know.

    `digest` is how it takes passwords. `open` tells that GRAPH ranges over all graphs even where a request names the
    default graph alone, which the standard (SPARQL 1.1 Query, 13.2) has range over none. `amends` tells that a
    part of a graph is sent to it where little changed; it was not tried with Virtuoso.
    """

    query: str
    update: str
    data: str
    digest: bool = False
    open: bool = False
    amends: bool = True


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "oxigraph": Layout("/query", "/update", "/store"),
        "virtuoso": Layout(
            "/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth", digest=True, open=True, amends=False
        ),
        "fuseki": Layout("/query", "/update", "/data"),
        "graphdb": Layout("", "/statements", "/rdf-graphs/service"),
    }
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The addresses of one store; `shown` is what messages call it."""

    shown: str
    layout: Layout
    query: str
    update: str
    data: str


def endpoint(url: str) -> Endpoint:
    """The store of a URL such as `http://127.0.0.1:7878`; `…#fuseki` names its product, and `…/sparql` is Virtuoso.

    UsageError for a URL with credentials, with a product that nobody knows, or without a host.
    """
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"--graph: a URL with a password would be seen by others; set ${USER} and ${PASSWORD}")
    if not parts.hostname or parts.query:
        raise UsageError(f"--graph {url}: no URL of a store; write it as http://HOST:PORT or http://HOST:PORT/PATH")
    name = parts.fragment or ("virtuoso" if parts.path.endswith("/sparql") else "oxigraph")
    if name not in LAYOUTS:
        raise UsageError(f"--graph {url}: no product {name}; there are {', '.join(LAYOUTS)}")
    path = parts.path.rstrip("/")
    bare = path.removesuffix("/sparql") if name == "virtuoso" else path
    root = urlunsplit((parts.scheme, parts.netloc, bare, "", ""))
    layout = LAYOUTS[name]
    return Endpoint(root, layout, root + layout.query, root + layout.update, root + layout.data)


def client(found: Endpoint) -> httpx.Client:
    """A connection that is kept open and knows the credentials; UsageError where they would travel in the clear."""
    token = os.environ.get(TOKEN)
    headers = {"User-Agent": "zonegraph", **({"Authorization": f"Bearer {token}"} if token else {})}
    login = None if token else _login(found)
    if (token or login) and not _private(found.shown):
        raise UsageError(f"{found.shown}: over http:// others would read the password; use https://")
    how = httpx.DigestAuth if found.layout.digest else httpx.BasicAuth
    auth = how(*login) if login else None
    return httpx.Client(auth=auth, headers=headers, timeout=TIMEOUT, trust_env=False, follow_redirects=False)


def _login(found: Endpoint) -> tuple[str, str] | None:
    """User and password of the environment, else those that a netrc file has for the host."""
    user = os.environ.get(USER)
    if user:
        return user, os.environ.get(PASSWORD, "")
    file = Path(os.environ.get(NETRC) or Path.home() / ".netrc")
    if not file.is_file():
        return None
    try:
        entry = netrc.netrc(str(file)).authenticators(urlsplit(found.shown).hostname or "")
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError):
        raise UsageError(f"{file}: no netrc file that can be read; correct it, or set ${USER}, ${PASSWORD}") from None
    return (entry[0], entry[2] or "") if entry else None


def _private(url: str) -> bool:
    """Whether nobody else hears what is said: encrypted, or inside this machine."""
    parts = urlsplit(url)
    if parts.scheme.lower() == "https" or parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def asked(http: httpx.Client, found: Endpoint, text: str, accept: str, graphs: Mapping[str, Sequence[str]]) -> bytes:
    """The bytes of the answer to a query; `graphs` are the protocol's default-graph-uri and named-graph-uri."""
    form = {"query": text, **{name: list(values) for name, values in graphs.items()}}
    return _sent(http, found, "POST", found.query, data=form, headers={"Accept": accept}).content


def updated(http: httpx.Client, found: Endpoint, text: str) -> None:
    """Carry out an update. It is sent again after a failure, so it must come to the same when done twice."""
    headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
    _sent(http, found, "POST", found.update, content=text.encode("utf-8"), headers=headers)


def put(http: httpx.Client, found: Endpoint, graph: str, triples: bytes) -> None:
    """Make a graph hold these N-Triples and nothing else."""
    headers = {"Content-Type": "text/turtle; charset=utf-8"}  # every store takes it, and N-Triples are Turtle
    _sent(http, found, "PUT", found.data, params={"graph": graph}, content=triples, headers=headers)


def delete(http: httpx.Client, found: Endpoint, graph: str) -> None:
    """Take a graph away; one that is not there is gone already."""
    _sent(http, found, "DELETE", found.data, params={"graph": graph}, missing=True)


def got(http: httpx.Client, found: Endpoint, graph: str) -> bytes:
    """The N-Triples of a graph, none where it is not there."""
    headers = {"Accept": "application/n-triples"}
    return _sent(http, found, "GET", found.data, params={"graph": graph}, headers=headers, missing=True).content


def _sent(
    http: httpx.Client, found: Endpoint, method: str, url: str, *, missing: bool = False, **how: object
) -> httpx.Response:
    """The answer to a request, sent again where the network or a busy server failed it; StoreError otherwise."""
    for attempt in range(1, TRIES + 1):
        try:
            answer = http.request(method, url, **how)  # type: ignore[arg-type]
        except httpx.TransportError as error:
            if attempt == TRIES:
                raise StoreError(f"{found.shown}: no answer ({_short(str(error))}); see whether it runs") from None
        else:
            if answer.status_code not in _BUSY or attempt == TRIES:
                return _good(answer, found, missing=missing)
        time.sleep(FIRST_WAIT * 2 ** (attempt - 1))
    raise AssertionError("the last try returns or raises")


def _good(answer: httpx.Response, found: Endpoint, *, missing: bool) -> httpx.Response:
    """The answer where it is one; a graph that is not there holds nothing."""
    if answer.is_success:
        return answer
    if missing and answer.status_code == httpx.codes.NOT_FOUND:
        return httpx.Response(httpx.codes.NO_CONTENT)
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise StoreError(f"{found.shown}: refused ({answer.status_code}); set ${USER} and ${PASSWORD}, or ${TOKEN}")
    said = _short(answer.text) if answer.text.strip() else answer.reason_phrase
    raise StoreError(f"{found.shown}: answered {answer.status_code} ({said}); see the store's own log")


def _short(text: str) -> str:
    """The beginning of what a server said, on one line."""
    return " ".join(text.split())[:_SHOWN] or "closed"
