"""Which form of an answer a client gets (RFC 9110, section 12), and which form of a body is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.serve.messages import RefusedError, Request


class Kind(StrEnum):
    """What an answer is, which decides the forms it can have."""

    ROWS = "rows"
    TRUTH = "truth"
    TRIPLES = "triples"
    GRAPH = "graph"
    DATASET = "dataset"
    THING = "thing"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its word in `?format=`, the Content-Type it is sent with, and all media types that mean it."""

    word: str
    sent: str
    types: tuple[str, ...]

    @property
    def text(self) -> bool:
        """Whether its Content-Type may carry a charset, which then is UTF-8."""
        return self.sent.startswith("text/")


TURTLE = Form("ttl", "text/turtle", ("text/turtle", "application/x-turtle"))
N_TRIPLES = Form("nt", "application/n-triples", ("application/n-triples",))
RDF_XML = Form("rdf", "application/rdf+xml", ("application/rdf+xml", "application/xml", "text/xml"))
JSON_LD = Form("jsonld", "application/ld+json", ("application/ld+json", "application/json"))
TRIG = Form("trig", "application/trig", ("application/trig", "application/x-trig"))
N_QUADS = Form("nq", "application/n-quads", ("application/n-quads", "text/x-nquads"))
HTML = Form("html", "text/html", ("text/html", "application/xhtml+xml"))
PLAIN = Form("txt", "text/plain", ("text/plain",))
JSON = Form("json", "application/sparql-results+json", ("application/sparql-results+json", "application/json"))
XML = Form("xml", "application/sparql-results+xml", ("application/sparql-results+xml", "application/xml", "text/xml"))
CSV = Form("csv", "text/csv", ("text/csv",))
TSV = Form("tsv", "text/tab-separated-values", ("text/tab-separated-values",))

_GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
OFFERED: Mapping[Kind, Sequence[Form]] = {
    Kind.ROWS: (JSON, XML, CSV, TSV, HTML),
    Kind.TRUTH: (JSON, XML, HTML),
    Kind.TRIPLES: (*_GRAPHS, HTML),
    Kind.GRAPH: _GRAPHS,
    Kind.DATASET: (TRIG, N_QUADS),
    Kind.THING: (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML),
    Kind.DOCUMENT: (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, PLAIN, HTML),
}
# What a graph may be written in; JSON-LD is among them as long as it embeds its context, since nothing is fetched.
READ = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
_QUALITY = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+|\*/\*")


@dataclass(frozen=True, slots=True)
class _Range:
    """One range of an Accept header."""

    type: str
    quality: float
    utf8: bool

    def fits(self, type: str) -> int:
        """How exactly it means a media type: 2 by its first half, 1 as anything, 0 not at all."""
        if self.type == "*/*":
            return 1
        return 2 if self.type.endswith("/*") and type.startswith(self.type[:-1]) else 0


def chosen(kind: Kind, accept: str, word: str = "") -> Form:
    """The best form for an Accept header, by quality, then by our own order; `word` (`?format=`) goes before it.

    RefusedError 406 where none of ours is accepted.
    """
    return best(OFFERED[kind], accept, word)


def best(offered: Sequence[Form], accept: str, word: str = "") -> Form:
    """The same for any forms, the preferred one first."""
    named = next((form for form in offered if form.word == word), None)
    if named or not accept.strip():
        return named or offered[0]
    ranges = _ranges(accept)
    found = max(offered, key=lambda form: _quality(form, ranges))
    if _quality(found, ranges) <= 0:
        raise RefusedError(406, f"none of the forms that Accept names; there are {', '.join(f.sent for f in offered)}")
    return found


def _ranges(accept: str) -> list[_Range]:
    """The well-formed ranges of an Accept header; a broken one is as if it were not there."""
    return [found for part in accept.lower().split(",") if (found := _range(part))]


def _range(part: str) -> _Range | None:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    pairs = dict(_pair(parameter) for parameter in parameters if "=" in parameter)
    quality = pairs.get("q", "1")
    if not _TOKEN.fullmatch(name) or not _QUALITY.fullmatch(quality):
        return None
    return _Range(name, float(quality), pairs.get("charset", "utf-8") in ("utf-8", "utf8"))


def _pair(parameter: str) -> tuple[str, str]:
    name, _, value = parameter.partition("=")
    return name.strip(), value.strip().strip('"')


def _quality(form: Form, ranges: Sequence[_Range]) -> float:
    """The quality of a form: that of the range that names it most exactly. A wildcard means the type that is sent."""
    named = [(_fit(form, r), r.quality) for r in ranges if r.utf8]
    closest = max((fit for fit, _ in named), default=0)
    return max((quality for fit, quality in named if fit == closest), default=0.0) if closest else 0.0


def _fit(form: Form, range: _Range) -> int:
    """How exactly a range names the form: 3 by one of its types, 2 or 1 by a wildcard for the one it is sent with."""
    return 3 if range.type in form.types else range.fits(form.sent)


def content_type(form: Form) -> tuple[str, str]:
    """The header that says what form a body has."""
    return "Content-Type", f"{form.sent}; charset=utf-8" if form.text else form.sent


def declared(content: str) -> tuple[str, Mapping[str, str]]:
    """Media type and parameters of a Content-Type header; RefusedError 415 where its charset is not UTF-8."""
    name, *parameters = content.split(";")
    pairs = {key.lower(): value for key, value in (_pair(p) for p in parameters if "=" in p)}
    if pairs.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise RefusedError(415, f"charset {pairs['charset']}: send UTF-8")
    return name.strip().lower(), pairs


def readable(content: str) -> Form:
    """The form of RDF that a Content-Type header names; RefusedError 415 where it is none that is read."""
    name, _ = declared(content)
    found = next((form for form in READ if name in form.types), None)
    if found is None:
        said = name or "no Content-Type"
        raise RefusedError(415, f"{said}: send the graph as {', '.join(form.sent for form in READ)}")
    return found


def decoded(request: Request) -> str:
    """The body as text; RefusedError 400 where it is not UTF-8."""
    try:
        return request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the body is not UTF-8 at byte {error.start}") from None
