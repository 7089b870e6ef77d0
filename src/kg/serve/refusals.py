"""Refusals as a person sees them: what other clients get as a line of text is a page for a browser."""

from __future__ import annotations

from dataclasses import replace

from kg.serve import media, pages
from kg.serve.access import Site
from kg.serve.messages import TEXT, RefusedError, Request, Response
from kg.serve.sparql import Pairs, pairs, place, word
from kg.serve.state import State

_FORMS = (media.PLAIN, media.HTML)


def shown(refusal: Response, request: Request, site: Site, state: State) -> Response:
    """The same refusal as a page where a page is wanted: status, cause and other headers stay."""
    if refusal.status < 400 or refusal.header("Content-Type") != TEXT or request.method not in ("GET", "HEAD"):
        return refusal
    given = _given(request)
    if given is None or not _browsing(request, given):
        return refusal
    where = place(site, state, given)
    others = {name: [value for key, value in given if key == name] for name, _ in given if name != "lang"}
    body = pages.failed(refusal.status, refusal.body.decode().strip(), site.path, where, **others)
    kept = tuple(pair for pair in refusal.headers if pair[0] != "Content-Type")
    more = (media.content_type(media.HTML), ("Cache-Control", "no-store"), ("Vary", "Accept"), pages.policy("error"))
    return replace(refusal, headers=(*more, *kept), body=body)


def _given(request: Request) -> Pairs | None:
    """The parameters, None where they cannot be read."""
    try:
        return pairs(request.query)
    except RefusedError:
        return None


def _browsing(request: Request, given: Pairs) -> bool:
    try:
        return media.best(_FORMS, request.header("accept"), word(given)) == media.HTML
    except RefusedError:
        return False
