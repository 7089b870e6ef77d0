"""`/graph-store`: SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/ ."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

from kg.graph import terms
from kg.serve import access, conditional, media
from kg.serve.access import Site
from kg.serve.changes import Content, Create, Drop, Put
from kg.serve.messages import RefusedError, Request, Response, said
from kg.serve.sparql import Pairs, pairs, word
from kg.serve.state import State
from kg.serve.things import Named, Whole

METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_HERE = "/graph-store"


def respond(request: Request, site: Site, state: State) -> Response:
    """A graph, or what came of changing it."""
    given = pairs(request.query)
    name = _graph(site, given)
    if request.method in ("GET", "HEAD"):
        access.check_reading(request, state.settings)
        return _read(request, state, name, given)
    access.check_writing(request, site, state.settings)
    if request.method == "DELETE":
        return _dropped(request, state, name)
    return _written(request, site, state, name)


def _graph(site: Site, given: Pairs) -> str | None:
    """The graph that is meant: by its name, as the default one, or by the address itself; None for the whole store."""
    names = [value for key, value in given if key == "graph"]
    defaults = [value for key, value in given if key == "default"]
    direct = site.path.removeprefix(_HERE).strip("/") != ""
    if len(names) + len(defaults) + direct > 1:
        raise RefusedError(400, "more than one graph is named; send ?default, ?graph=IRI, or an address below")
    if defaults:
        return terms.FACTS.value
    return site.root + site.path if direct else next(iter(names), None)


def _read(request: Request, state: State, name: str | None, given: Pairs) -> Response:
    limit = state.settings.result_limit
    kind = media.Kind.GRAPH if name is not None else media.Kind.DATASET
    form = media.chosen(kind, request.header("accept"), word(given))
    job = Whole(form, limit) if name is None else Named(name, form, limit)
    return conditional.answer(request, state, [kind], word(given), job)


def _dropped(request: Request, state: State, name: str | None) -> Response:
    state.engine.write(Drop(_some(name), conditional.condition(request)))
    return Response(204)


def _written(request: Request, site: Site, state: State, name: str | None) -> Response:
    contents = _contents(request)
    if name is None and request.method == "POST":
        made = state.engine.write(Create(site.root + _HERE, contents, ""))
        return said(201, made.name, ("Location", made.name))
    graph = _some(name)
    base = f"{site.root}/" if graph == terms.FACTS.value else graph
    condition = conditional.condition(request)
    put = Put(graph, contents, base, adding=request.method == "POST", condition=condition)
    return Response(201 if state.engine.write(put).created else 204)


def _some(name: str | None) -> str:
    if name is None:
        raise RefusedError(400, "no graph is named; send ?default or ?graph=IRI")
    return name


def _contents(request: Request) -> tuple[Content, ...]:
    """What was sent: one graph, or the parts of a form's files."""
    header = request.header("content-type")
    kind, parameters = media.declared(header)
    if kind != "multipart/form-data":
        return (Content(media.readable(header).word, request.body),)
    if request.method != "POST" or "boundary" not in parameters:
        raise RefusedError(400, "multipart/form-data is for POST, and names its boundary")
    parser = BytesParser(policy=policy.HTTP)
    parts = parser.parsebytes(b"Content-Type: " + header.encode("latin-1", "replace") + b"\r\n\r\n" + request.body)
    found = [part for part in parts.walk() if not part.is_multipart()]
    return tuple(Content(media.readable(part.get("content-type", "")).word, _payload(part)) for part in found)


def _payload(part: object) -> bytes:
    """The bytes of a part as they were sent."""
    data = getattr(part, "get_payload")(decode=True)  # noqa: B009
    return data if isinstance(data, bytes) else b""
