"""Turtle in blocks, one a subject, and TriG in sections, one a graph: what a file in order is put together from.

Oxigraph writes a statement's end and a line's only at the end of a block, since literals have theirs escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.graph import terms
from kg.graph.write import plain, written

HEAD = written((), terms.PREFIXES)
"""How every file of Turtle and TriG begins."""
_END = b" .\n"
_PREFIXES = {name.encode(): iri.encode() for name, iri in terms.PREFIXES.items()}


def blocks(triples: Iterable[Triple]) -> list[bytes]:
    """The Turtle of triples that are in order, a block a subject."""
    return _parted(written(triples, terms.PREFIXES)[len(HEAD) :])


def section(quads: Iterable[Quad]) -> bytes:
    """The TriG of one graph's quads that are in order."""
    content = plain(quads, RdfFormat.TRIG)
    return content[len(HEAD) - 1 :] if content else b""


def within(section: bytes) -> list[bytes]:
    """The blocks of a section, as Turtle."""
    first = section.index(b"\n")
    return _parted(section[first : -len(b"}\n")].replace(b"\n\t", b"\n")[1:])


def indented(block: bytes) -> bytes:
    """A block as it stands in a section."""
    return b"\t" + block[:-1].replace(b"\n", b"\n\t") + b"\n"


def triples(blocks: bytes) -> list[Triple]:
    """The triples of blocks."""
    return [quad.triple for quad in parse(HEAD + blocks, RdfFormat.TURTLE)] if blocks else []


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """The triples of one subject as a block has them."""
    return sorted(set(triples), key=lambda t: (t.predicate != terms.TYPE, t.predicate.value, str(t.object)))


def key(line: bytes) -> str:
    """What a block or section is sorted by: the IRI that it begins with, in full."""
    name = line[: line.index(b" ")].lstrip(b"\t")
    if not name.startswith(b"<"):
        prefix, _, local = name.partition(b":")
        name = b"<" + _PREFIXES[prefix] + local.replace(b"\\", b"") + b">"
    return name.decode("utf-8")


def _parted(body: bytes) -> list[bytes]:
    return [block + _END for block in body.split(_END)[:-1]]


def keyed(blocks: Sequence[bytes]) -> dict[str, bytes]:
    """Blocks by their keys."""
    return {key(block): block for block in blocks}
