"""`/sparql`: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/ ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.errors import UsageError
from kg.pages.frame import Where
from kg.serve import access, asking, conditional, media, pages
from kg.serve.access import Site
from kg.serve.asking import Query
from kg.serve.changes import Update
from kg.serve.description import description
from kg.serve.messages import RefusedError, Request, Response
from kg.serve.state import State

METHODS = "GET, HEAD, POST, OPTIONS"
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_FIELDS = 1000
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Operation:
    """What is asked for: one query or one update, and the parameters beside it."""

    update: bool
    text: str
    parameters: Pairs

    def values(self, name: str) -> tuple[str, ...] | None:
        """The values of a parameter that may be repeated, None where it is not there."""
        return tuple(value for key, value in self.parameters if key == name) or None


def respond(request: Request, site: Site, state: State) -> Response:
    """The answer to a query, what came of an update, or without either what the service is."""
    given = pairs(request.query)
    if request.method == "POST":
        operation = _posted(request, given)
    elif any(name == "update" for name, _ in given):
        raise RefusedError(405, "an update is sent with POST", ("Allow", "POST"))
    elif any(name == "query" for name, _ in given):
        operation = _one(given)
    else:
        access.check_reading(request, state.settings)
        return _introduced(request, site, state, given)
    if operation.update:
        return _updated(request, site, state, operation)
    access.check_reading(request, state.settings)
    return _answered(request, site, state, operation)


def pairs(text: str) -> Pairs:
    """Names and values of a query string or form; RefusedError 400 where it is not UTF-8."""
    try:
        text.encode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        what = "not UTF-8" if isinstance(error, UnicodeError) else f"more than {_FIELDS} fields"
        raise RefusedError(400, f"the parameters are {what}") from None


def word(given: Pairs) -> str:
    """The form that `?format=` names, "" where none is."""
    return next(iter(values(given, "format")), "")


def values(given: Pairs, name: str) -> tuple[str, ...]:
    """The values of a parameter."""
    return tuple(value for key, value in given if key == name)


def place(site: Site, state: State, given: Pairs) -> Where:
    """Where a page stands, and in which language (`?lang=`)."""
    return Where(site.prefix, state.settings.base, "en" if values(given, "lang") == ("en",) else "zh")


def _posted(request: Request, given: Pairs) -> _Operation:
    """The operation of a POST, by the type of its body; RefusedError 415 for another type."""
    kind, _ = media.declared(request.header("content-type"))
    if kind == _FORM:
        return _one([*given, *pairs(media.decoded(request))])
    if kind not in (_QUERY, _UPDATE):
        raise RefusedError(415, f"{kind or 'no Content-Type'}: POST {_QUERY}, {_UPDATE} or {_FORM}")
    if any(name in ("query", "update") for name, _ in given):
        raise RefusedError(400, "one operation in the address and another in the body; send one of them")
    return _Operation(kind == _UPDATE, media.decoded(request), given)


def _one(given: Pairs) -> _Operation:
    """The one query or update among the parameters."""
    found = [(name, value) for name, value in given if name in ("query", "update")]
    if len(found) != 1:
        raise RefusedError(400, f"{len(found)} parameters 'query' or 'update'; send exactly one")
    name, text = found[0]
    return _Operation(name == "update", text, given)


def _answered(request: Request, site: Site, state: State, operation: _Operation) -> Response:
    if operation.values("using-graph-uri") or operation.values("using-named-graph-uri"):
        raise RefusedError(400, "using-graph-uri is for updates; a query takes default-graph-uri and named-graph-uri")
    settings, form = state.settings, word(operation.parameters)
    where = place(site, state, operation.parameters)
    job = Query(
        operation.text, request.header("accept"), form, f"{site.root}/sparql", operation.values("default-graph-uri"),
        operation.values("named-graph-uri"), settings.asserted, settings.outside, settings.result_limit, where,
    )  # fmt: skip
    try:
        return conditional.answer(request, state, asking.KINDS, form, job, weak=True)
    except (UsageError, RefusedError) as error:
        if not _browsing(request, form):
            raise
        return _wrong(error, operation.text, where)


def _browsing(request: Request, form: str) -> bool:
    """Whether a page is wanted."""
    try:
        return media.chosen(media.Kind.ROWS, request.header("accept"), form) == media.HTML
    except RefusedError:
        return False


def _wrong(error: UsageError | RefusedError, text: str, where: Where) -> Response:
    """The query page that says what is wrong, with the status that another client gets."""
    status, headers = (error.status, error.headers) if isinstance(error, RefusedError) else (400, ())
    kept = (("Cache-Control", "no-store"), ("Vary", "Accept"), pages.policy("query"))
    return Response(status, (media.content_type(media.HTML), *kept, *headers), pages.wrong(text, str(error), where))


def _updated(request: Request, site: Site, state: State, operation: _Operation) -> Response:
    access.check_writing(request, site, state.settings)
    if operation.values("default-graph-uri") or operation.values("named-graph-uri"):
        raise RefusedError(400, "default-graph-uri is for queries; an update takes using-graph-uri")
    default, named = (operation.values(name) or () for name in ("using-graph-uri", "using-named-graph-uri"))
    state.engine.write(Update(operation.text, f"{site.root}/sparql", default, named, state.settings.outside))
    return Response(204)


def _introduced(request: Request, site: Site, state: State, given: Pairs) -> Response:
    """The service description, or the page for a browser."""
    form = media.chosen(media.Kind.THING, request.header("accept"), word(given))
    vary = ("Vary", "Accept")
    if form == media.HTML:
        policy = pages.policy("query")
        return Response(200, (media.content_type(form), vary, policy), pages.form(place(site, state, given)))
    return Response(200, (media.content_type(form), vary), description(site.root, state.settings, form.word))
