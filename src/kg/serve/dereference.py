"""`/id/<type>/<name>` and `/document/<sha256>`: the graph's IRIs as addresses."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from kg.graph import terms
from kg.serve import access, conditional, media
from kg.serve.access import Site
from kg.serve.media import Kind
from kg.serve.messages import RefusedError, Request, Response
from kg.serve.sparql import pairs, place, word
from kg.serve.state import State
from kg.serve.things import Filed, Thing

METHODS = "GET, HEAD, OPTIONS"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def respond_id(request: Request, site: Site, state: State) -> Response:
    """What the graph says of the thing with that path, as a page, Turtle, JSON-LD, N-Triples or RDF/XML."""
    access.check_reading(request, state.settings)
    return _thing(request, site, state, state.settings.base + _name(site.path.removeprefix("/id/")), Kind.THING)


def respond_document(request: Request, site: Site, state: State) -> Response:
    """What the graph says of the document whose text has that sha256, or the text itself."""
    access.check_reading(request, state.settings)
    sha256 = site.path.removeprefix("/document/")
    if not _SHA256.fullmatch(sha256):
        raise RefusedError(404, "a document's address is /document/ and the sha256 of its text, 64 digits")
    iri = state.engine.read(Filed(sha256)).made.body.decode()
    form = _form(request, Kind.DOCUMENT)
    if form != media.PLAIN:
        return _thing(request, site, state, iri, Kind.DOCUMENT)
    tag = ("ETag", f'"{sha256}"')
    kept = (tag, ("Cache-Control", "no-cache"), ("Vary", "Accept"))
    if tag[1] in request.header("if-none-match"):
        return Response(304, kept)
    return Response(200, (media.content_type(form), *kept), state.engine.text(sha256))


def _name(path: str) -> str:
    """The part of an IRI that a path stands for: what the graph keeps readable is decoded, all else stays encoded."""
    try:
        return "/".join(terms.encode(unquote(part, errors="strict")) for part in path.split("/"))
    except UnicodeError:
        raise RefusedError(400, "the address is not UTF-8") from None


def _form(request: Request, kind: Kind) -> media.Form:
    return media.chosen(kind, request.header("accept"), word(pairs(request.query)))


def _thing(request: Request, site: Site, state: State, iri: str, kind: Kind) -> Response:
    settings = state.settings
    given = pairs(request.query)
    job = Thing(iri, kind, _form(request, kind), place(site, state, given), settings.result_limit)
    try:
        return conditional.answer(request, state, [kind], word(given), job)
    except RefusedError as refusal:
        if refusal.status != 301:
            raise
        return _moved(refusal.headers[0][1], site, settings.base)


def _moved(iri: str, site: Site, base: str) -> Response:
    """To the address of the thing's newer name."""
    place = f"{site.prefix}/id/{quote(iri.removeprefix(base), safe='/%~()')}" if iri.startswith(base) else iri
    return Response(301, (("Location", quote(place, safe="/%~():#?&=@+,;")), ("Vary", "Accept")))
