"""The graph as bytes: the same quads give the same bytes, in every format.

Turtle, N-Triples, RDF/XML and JSON-LD hold one graph: facts, claims, evidence and documents, without what is only
inferred. TriG and N-Quads hold the dataset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from io import BytesIO
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, Quad, RdfFormat, Triple, parse, serialize

from kg.graph import terms


class Format(StrEnum):
    """The formats; the value is the file's suffix and the command line's word."""

    TURTLE = "ttl"
    TRIG = "trig"
    N_TRIPLES = "nt"
    N_QUADS = "nq"
    JSON_LD = "jsonld"
    RDF_XML = "rdf"


SLICE = 100_000
"""Quads that are handed on together where all of them would be too many."""
_TYPE = f" {terms.TYPE} ".encode()
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOT = re.compile(b"<rdf:RDF ([^>]*)>")


class Ordered(list[Quad]):
    """Quads that `ordered` has put in order; nobody changes such a list."""

    __slots__ = ()


def ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Quads without doubles: the default graph first, the inferred last, and in each a subject's own together.

    They are brought together by graph and subject first: there are few of those, and strings are dear.
    """
    if isinstance(quads, Ordered):
        return quads
    own: dict[tuple[object, object], set[Quad]] = {}
    for quad in quads:
        own.setdefault((quad.graph_name, quad.subject), set()).add(quad)
    places = sorted(own, key=lambda place: (_graph(place[0]), str(place[1])))
    return Ordered(quad for place in places for quad in sorted(own[place], key=_within))


def _within(quad: Quad) -> tuple[bool, str, str]:
    """The order among what is said of one subject in one graph."""
    return quad.predicate != terms.TYPE, quad.predicate.value, str(quad.object)


def _graph(name: object) -> str:
    """What a graph is sorted by; no IRI begins with a tilde."""
    if isinstance(name, DefaultGraph):
        return ""
    return "~" if name == terms.INFERRED else str(name)


def union(quads: Iterable[Quad]) -> list[Triple]:
    """Facts, claims, evidence and documents as one graph, in order."""
    own: dict[object, set[Quad]] = {}
    for quad in quads:
        if quad.graph_name != terms.INFERRED:
            own.setdefault(quad.subject, set()).add(quad)
    return [quad.triple for subject in sorted(own, key=str) for quad in sorted(_merged(own[subject]), key=_within)]


def _merged(quads: set[Quad]) -> set[Quad]:
    """What all graphs say of one subject; mostly only one says anything."""
    alone = len({quad.graph_name for quad in quads}) == 1
    return quads if alone else {Quad(q.subject, q.predicate, q.object) for q in quads}


def serialise(quads: Iterable[Quad], format: Format | str) -> bytes:
    """The quads in a format, as UTF-8; ValueError where there is no such format."""
    match Format(format):
        case Format.TRIG:
            return _headed(plain(ordered(quads), RdfFormat.TRIG), terms.PREFIXES)
        case Format.N_QUADS:
            return _lines(plain(_distinct(quads), RdfFormat.N_QUADS))
        case Format.N_TRIPLES:
            return _lines(plain(union(quads), RdfFormat.N_TRIPLES))
        case Format.TURTLE:
            return written(union(quads), terms.PREFIXES) if isinstance(quads, Ordered) else _turtle(quads)
        case Format.RDF_XML:
            return _xml(union(quads))
        case Format.JSON_LD:
            from kg.graph import jsonld

            return jsonld.serialise(union(quads))


def _turtle(quads: Iterable[Quad]) -> bytes:
    """The same from quads that nobody has put in order: lines sort several times faster than terms."""
    kept = (quad.triple for quad in quads if quad.graph_name != terms.INFERRED)
    lines = sorted(set(plain(kept, RdfFormat.N_TRIPLES).splitlines(keepends=True)), key=_type_first)
    return written(parse(b"".join(lines), RdfFormat.N_TRIPLES), terms.PREFIXES)


def _type_first(line: bytes) -> bytes:
    """What a line of N-Triples is sorted by to stand as `ordered` has it."""
    at = line.index(b" ")
    return line.replace(_TYPE, b" <\0", 1) if line.startswith(_TYPE, at) else line


def sliced(quads: Iterable[Quad]) -> Iterator[bytes]:
    """N-Quads in the order given, in slices that each take some megabytes."""
    waiting = iter(quads)
    while part := list(islice(waiting, SLICE)):
        yield plain(part, RdfFormat.N_QUADS)


def _distinct(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Quads without doubles, in any order."""
    return quads if isinstance(quads, Ordered) else set(quads)


def written(triples: Iterable[Triple] | Iterable[Quad], prefixes: Mapping[str, str]) -> bytes:
    """Triples as Turtle, in the order given."""
    return _headed(plain(triples, RdfFormat.TURTLE, prefixes), prefixes)


def plain(
    statements: Iterable[Quad] | Iterable[Triple], format: RdfFormat, prefixes: Mapping[str, str] = terms.PREFIXES
) -> bytes:
    """What Oxigraph writes, in the order given."""
    content = BytesIO()
    serialize(statements, content, format, prefixes=dict(prefixes))
    return content.getvalue()


def _headed(content: bytes, prefixes: Mapping[str, str]) -> bytes:
    """The same with its prefixes in our order: the serialiser keeps them in one that differs from run to run."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items()).encode()
    return head + b"\n" + content[len(head) :]


def _lines(content: bytes) -> bytes:
    """One statement a line, sorted by its bytes, so that ``sort`` and ``diff`` find it in order."""
    return b"".join(sorted(content.splitlines(keepends=True)))


def _xml(triples: Iterable[Triple]) -> bytes:
    """RDF/XML; XML cannot hold most control characters, which become U+FFFD, and would swallow a bare CR."""
    content = plain(map(_for_xml, triples), RdfFormat.RDF_XML)
    return _ROOT.sub(_root, content, count=1).replace(b"\r", b"&#13;") + b"\n"


def _root(match: re.Match[bytes]) -> bytes:
    """The root's namespaces in one order, for the same reason as a Turtle file's prefixes."""
    return b"<rdf:RDF " + b" ".join(sorted(match[1].split())) + b">"


def in_xml(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _for_xml(triple: Triple) -> Triple:
    term = triple.object
    if not isinstance(term, Literal) or not _NOT_IN_XML.search(term.value):
        return triple
    value = in_xml(term.value)
    kept = Literal(value, language=term.language) if term.language else Literal(value, datatype=term.datatype)
    return Triple(triple.subject, triple.predicate, kept)
