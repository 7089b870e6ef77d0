"""The server as a function from a request to a response. It opens no socket and starts no process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from kg.errors import KgError, NotFoundError, StoreError, UsageError
from kg.serve import access, dereference, graph_store, questions, refusals, sparql
from kg.serve.access import Site
from kg.serve.messages import Headers, RefusedError, Request, Response, said
from kg.serve.state import State

Route = tuple[str, Callable[[Request, Site, State], Response]]
_PLAIN_POLICY = "default-src 'none'; frame-ancestors 'none'"
_BUSY = 5


def respond(request: Request, state: State) -> Response:
    """The response to a request. It never raises: what went wrong is in the status and, for the log, in `cause`."""
    try:
        site = access.site(request, state.settings)
    except Exception as error:
        response = _failed(error)
    else:
        response = _answered(request, site, state)
    return _finished(request, response.with_headers(*access.shared(request, state.settings)))


def _answered(request: Request, site: Site, state: State) -> Response:
    """The answer, or why there is none: a line of text, and a page for a browser."""
    try:
        return _routed(request, site, state)
    except Exception as error:
        return refusals.shown(_failed(error), request, site, state)


def _routed(request: Request, site: Site, state: State) -> Response:
    """The answer of whatever stands at the path."""
    methods, handle = _route(site.path)
    if request.method == "OPTIONS":
        return Response(204, (("Allow", methods), *_asked_beforehand(request, state, methods)))
    if request.method not in methods.split(", "):
        raise RefusedError(405, f"{request.method[:20]}: there are {methods} here", ("Allow", methods))
    if request.header("transfer-encoding") and request.header("content-length"):
        # Two readings of where the request ends: a proxy in front may have taken the other one.
        raise RefusedError(400, "Transfer-Encoding and Content-Length together", ("Connection", "close"))
    if len(request.body) > state.settings.body_limit:
        raise RefusedError(413, f"the body is larger than {state.settings.body_limit:,} bytes")
    if request.header("content-encoding") not in ("", "identity"):
        raise RefusedError(415, "send the body as it is, without Content-Encoding")
    return handle(request, site, state)


def _route(path: str) -> Route:
    """The methods of a path and what answers them; RefusedError 404 where there is nothing."""
    match path.strip("/").split("/"):
        case [""]:
            return dereference.METHODS, _welcome
        case ["health"]:
            return dereference.METHODS, _health
        case ["sparql"]:
            return sparql.METHODS, sparql.respond
        case ["ask"]:
            return questions.METHODS, questions.respond_ask
        case ["compare"]:
            return questions.METHODS, questions.respond_compare
        case ["stats"]:
            return questions.METHODS, questions.respond_stats
        case ["graph-store", *_]:
            return graph_store.METHODS, graph_store.respond
        case ["id", _, _, *_]:
            return dereference.METHODS, dereference.respond_id
        case ["document", _]:
            return dereference.METHODS, dereference.respond_document
    raise RefusedError(
        404,
        "nothing is here; there are /sparql, /ask, /compare, /stats, /graph-store, /id/TYPE/NAME, /document/SHA256, "
        "/health",
    )


def _asked_beforehand(request: Request, state: State, methods: str) -> Headers:
    """What is only in the answer to a preflight; the rest comes with every answer."""
    common = access.shared(request, state.settings)
    return tuple(pair for pair in access.preflight(request, state.settings, methods) if pair not in common)


def _welcome(request: Request, site: Site, state: State) -> Response:
    return Response(303, (("Location", f"{site.prefix}/sparql"),))


def _health(request: Request, site: Site, state: State) -> Response:
    """That the server answers, and from which dataset."""
    body = json.dumps({"status": "ok", "dataset": state.engine.dataset()}).encode() + b"\n"
    return Response(200, (("Content-Type", "application/json"), ("Cache-Control", "no-store")), body)


def _failed(error: Exception) -> Response:
    """An error as a status and a line that names nothing of the machine."""
    match error:
        case RefusedError():
            answer = said(error.status, error.message, *error.headers)
            return replace(answer, cause=error) if error.status >= 500 else answer
        case UsageError():
            return said(400, str(error))
        case NotFoundError():
            return said(404, str(error))
        case StoreError():
            answer = said(503, "the graph cannot be used at the moment; try again", ("Retry-After", str(_BUSY)))
            return replace(answer, cause=error)
        case KgError():
            return replace(said(500, "the request could not be carried out"), cause=error)
    return replace(said(500, "the server made a mistake; its log says which"), cause=error)


def _finished(request: Request, response: Response) -> Response:
    """The answer with its length and the headers that all have; without its body where HEAD asks."""
    names = {name.lower() for name, _ in response.headers}
    policy = () if "content-security-policy" in names else (("Content-Security-Policy", _PLAIN_POLICY),)
    length = () if response.status in (204, 304) else (("Content-Length", str(len(response.body))),)
    common = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"))
    headers = _merged((*response.headers, *policy, *common, *length))
    body = b"" if request.method == "HEAD" or response.status in (204, 304) else response.body
    return replace(response, headers=headers, body=body)


def _merged(headers: Headers) -> Headers:
    """The headers with one Vary of all that the answer varies by."""
    vary = ", ".join(dict.fromkeys(value for name, value in headers if name == "Vary"))
    rest = tuple(pair for pair in headers if pair[0] != "Vary")
    return (*rest, ("Vary", vary)) if vary else rest
