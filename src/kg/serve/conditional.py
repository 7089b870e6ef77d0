"""Answers that a cache may keep and ask for again (RFC 9110, sections 8.8 and 13; RFC 9111).

An ETag is made from the hash of the dataset and the form of the answer, so it is known before anything is computed: a
client that has the answer gets 304 at once. That of a query is weak, since rows may come in another order. A page that
another edition of the server made is none: its style would not be the one that the policy beside a 304 allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from kg.serve import media, pages
from kg.serve.changes import ALWAYS, Condition
from kg.serve.jobs import Job
from kg.serve.media import Form, Kind
from kg.serve.messages import Headers, RefusedError, Request, Response
from kg.serve.state import State

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
DIGITS = 16


def etag(dataset: str, kind: Kind, form: Form, *, weak: bool = False) -> str:
    """The tag of an answer of that kind and form from that dataset; a page's changes with the server's edition too."""
    word = f"{form.word}-{pages.edition()}" if form == media.HTML else form.word
    return f'{"W/" if weak else ""}"{dataset[:DIGITS]}-{kind}-{word}"'


def answer(
    request: Request, state: State, kinds: Iterable[Kind], word: str, job: Job, *, weak: bool = False
) -> Response:
    """What the job gives, with the headers for caches; 304 where the client has it.

    The answer will be of one of the `kinds`; `word` is the form that `?format=` names.
    """
    asking = request.method in ("GET", "HEAD")
    known = _known(request, state.engine.dataset(), kinds, word) if asking else None
    if known:
        tag = etag(state.engine.dataset(), *known, weak=weak)
        return Response(304, _headers(tag, *known))
    reply = state.engine.read(job)
    made = reply.made
    tag = etag(reply.dataset, made.kind, made.form, weak=weak) if asking and made.lasting else ""
    return Response(200, (media.content_type(made.form), *_headers(tag, made.kind, made.form)), made.body)


def _known(request: Request, dataset: str, kinds: Iterable[Kind], word: str) -> tuple[Kind, Form] | None:
    """Kind and form of the answer that the client has, if it is still the one it would get.

    Its tag says of what kind the answer is, so that nothing has to be computed, nor the query be looked at.
    """
    given = _TAG.findall(request.header("if-none-match"))
    for kind in kinds if given else ():
        with suppress(RefusedError):
            form = media.chosen(kind, request.header("accept"), word)
            if etag(dataset, kind, form).strip('"') in given:
                return kind, form
    return None


def _headers(tag: str, kind: Kind, form: Form) -> Headers:
    """An answer without a tag is kept by nobody."""
    page = "thing" if kind in (Kind.THING, Kind.DOCUMENT) else "query"
    policy = (pages.policy(page),) if form == media.HTML else ()
    kept = (("ETag", tag), ("Cache-Control", "no-cache")) if tag else (("Cache-Control", "no-store"),)
    return (*kept, ("Vary", "Accept"), *policy)


def condition(request: Request) -> Condition:
    """What the request says must hold before it changes a graph."""
    match, none = request.header("if-match").strip(), request.header("if-none-match").strip()
    if none and none != "*":
        raise RefusedError(400, "If-None-Match: a write takes only * there")
    if not match:
        return Condition(exists=False) if none else ALWAYS
    tags = _TAG.findall(match)
    if match == "*":
        return Condition(exists=True)
    return Condition(datasets=tuple(found.partition("-")[0] for found in tags if len(found) > DIGITS) or ("-",))
