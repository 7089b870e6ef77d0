"""Who may ask what: the Host that is answered, the token, and what web pages from elsewhere may do.

A page on the web can make its visitor's browser send requests to this machine. It cannot read answers from another
origin, unless its own name is pointed at the loopback address (DNS rebinding); so a Host that is not ours is refused
whatever is asked, and a write is refused where a foreign page sent it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from kg.serve.messages import Headers, RefusedError, Request
from kg.serve.settings import Settings, is_prefix, numeric

_SAFE = ("GET", "HEAD", "POST", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server is, as its user sees it (`https://host`, `/prefix`), and the path below, percent-encoded."""

    origin: str
    prefix: str
    path: str

    @property
    def root(self) -> str:
        """What all addresses of the server begin with."""
        return self.origin + self.prefix


def site(request: Request, settings: Settings) -> Site:
    """Where the request arrived; RefusedError 421 where its Host is not one of ours."""
    trusted = request.peer in settings.proxies
    host = _forwarded(request, "host", trusted) or request.header("host")
    scheme = _forwarded(request, "proto", trusted) or request.scheme
    prefix = _forwarded(request, "prefix", trusted).rstrip("/") or settings.prefix
    name = host.lower().removesuffix(":80" if scheme == "http" else ":443")
    if not _ours(name, settings):
        raise RefusedError(421, f"Host {host[:100]!r} is not one of this server's; its keeper can add it with --name")
    if scheme not in ("http", "https") or not is_prefix(prefix):
        raise RefusedError(400, "X-Forwarded-Proto or X-Forwarded-Prefix: not a scheme or a path")
    below = request.path[len(prefix) :] if _under(request.path, prefix) else request.path
    return Site(f"{scheme}://{name}", prefix, below or "/")


def _forwarded(request: Request, what: str, trusted: bool) -> str:
    """What the nearest proxy says, "" where it is not believed."""
    return request.header(f"x-forwarded-{what}").rsplit(",", 1)[-1].strip() if trusted else ""


def _ours(name: str, settings: Settings) -> bool:
    host, _, port = name.rpartition(":") if not name.endswith("]") else (name, "", "")
    at_any = settings.any_port is not None and numeric(host or name) and (port or "80") == str(settings.any_port)
    return name in settings.hosts or at_any


def _under(path: str, prefix: str) -> bool:
    return bool(prefix) and (path == prefix or path.startswith(prefix + "/"))


def check_reading(request: Request, settings: Settings) -> None:
    """RefusedError 401 where reading needs a token and the request has none that fits."""
    if not settings.open:
        _check_token(request, settings)


def check_writing(request: Request, site: Site, settings: Settings) -> None:
    """RefusedError 403 where nothing is written here or a foreign page asks, 401 where the token is missing."""
    if not settings.writable:
        raise RefusedError(403, "this server only reads; its keeper can start it with --writable")
    if not _own_page(request, site, settings):
        raise RefusedError(403, "a page from another origin may not write here")
    _check_token(request, settings)


def _own_page(request: Request, site: Site, settings: Settings) -> bool:
    """Whether no page sent the request, one of the server's own, or one of those that were listed."""
    origin = request.header("origin").lower()
    if not origin:
        return request.header("sec-fetch-site") not in ("cross-site", "same-site")
    return origin in {site.origin, *settings.origins} - {"*"}


def _check_token(request: Request, settings: Settings) -> None:
    """Compared by their hashes, in a time that tells nothing."""
    scheme, _, given = request.header("authorization").partition(" ")
    fits = settings.token is not None and hmac.compare_digest(_hash(given.strip()), _hash(settings.token))
    if scheme.lower() != "bearer" or not fits:
        challenge = ("WWW-Authenticate", "Bearer")
        raise RefusedError(401, "this needs the server's token: Authorization: Bearer TOKEN", challenge)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def shared(request: Request, settings: Settings) -> Headers:
    """The headers by which a page from elsewhere may read the answer (CORS); none unless it was listed."""
    origin = request.header("origin")
    if not settings.origins:
        return ()
    vary = (("Vary", "Origin"),)
    if origin.lower() in settings.origins:
        return (("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", "ETag, Location"), *vary)
    return (("Access-Control-Allow-Origin", "*"), *vary) if origin and "*" in settings.origins else vary


def preflight(request: Request, settings: Settings, allowed: str) -> Headers:
    """What a page is told that asks beforehand; one that may only read is told of no more than that."""
    given = shared(request, settings)
    names = dict(given)
    if "Access-Control-Allow-Origin" not in names or not request.header("access-control-request-method"):
        return given
    listed = names["Access-Control-Allow-Origin"] != "*"
    methods = allowed if listed else ", ".join(m for m in allowed.split(", ") if m in _SAFE)
    headers = "Accept, Content-Type, If-Match, If-None-Match" + (", Authorization" if listed else "")
    return (*given, ("Access-Control-Allow-Methods", methods), ("Access-Control-Allow-Headers", headers),
            ("Access-Control-Max-Age", "600"))  # fmt: skip
