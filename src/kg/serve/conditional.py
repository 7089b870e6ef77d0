"""Answers that a cache may keep and ask for again (RFC 9110, sections 8.8 and 13; RFC 9111).

An ETag is made from the hash of the dataset and the form of the answer, so it is known before anything is computed: a
client that has the answer gets 304 at once. That of a query is weak, since rows may come in another order.
"""

from __future__ import annotations

import re

from kg.serve import media, pages
from kg.serve.changes import ALWAYS, Condition
from kg.serve.jobs import Job
from kg.serve.messages import Headers, RefusedError, Request, Response
from kg.serve.state import State

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
DIGITS = 16


def etag(dataset: str, form: media.Form, *, weak: bool = False) -> str:
    """The tag of an answer of that form from that dataset."""
    return f'{"W/" if weak else ""}"{dataset[:DIGITS]}-{form.word}"'


def answer(
    request: Request, state: State, form: media.Form, job: Job, *, weak: bool = False, repeatable: bool = True
) -> Response:
    """What the job gives, with the headers for caches; 304 where the client has it."""
    known = etag(state.engine.dataset(), form)
    asking = request.method in ("GET", "HEAD") and repeatable
    if asking and _same(request.header("if-none-match"), known):
        return Response(304, _headers(etag(state.engine.dataset(), form, weak=weak), form))
    reply = state.engine.read(job)
    tag = etag(reply.dataset, form, weak=weak) if asking else ""
    return Response(200, (media.content_type(form), *_headers(tag, form)), reply.body)


def _same(header: str, tag: str) -> bool:
    """Whether an If-None-Match names the tag, compared weakly; `*` is left to those who know whether there is one."""
    return tag.strip('"') in _TAG.findall(header)


def _headers(tag: str, form: media.Form) -> Headers:
    """An answer without a tag is kept by nobody."""
    policy = (("Content-Security-Policy", pages.POLICY),) if form is media.HTML else ()
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
