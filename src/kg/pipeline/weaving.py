"""What comes and goes in a graph ──▶ its files: TriG and Turtle spliced, N-Quads for the store, hash and counts.

Everything streams: nothing here grows with the graph but files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple

from kg.graph import blocks, digest, terms
from kg.graph.rows import parsed
from kg.graph.write import ordered, plain
from kg.pipeline.counts import Counts, Tally
from kg.pipeline.settling import BATCH, Settled, UnsettledError
from kg.pipeline.splicing import INDENTED, SECTIONS, SUBJECTS, Sink, Zone, spliced
from kg.pipeline.spool import Spool, Temporary

_CAME, _WENT = b"+", b"-"
_CLOSING = b"}\n"
_SLICE = 16 << 20
Held = Callable[[Triple], bool]
"""Whether the new graph has a triple, other than as inferred."""
Blocks = Iterator[tuple[str, bytes]]


@dataclass(slots=True)
class Woven:
    """A change as it is being made: hash, counts and number of the quads so far, and those that come and go as lines.

    `sections` and `inferred` are TriG; `turtle` has blocks by subject, each marked whether it comes or goes; `emptied`
    are documents' graphs that are no more.
    """

    total: int
    tally: Tally
    statements: int
    came: IO[bytes]
    went: IO[bytes]
    sections: Spool
    inferred: Spool
    turtle: Spool
    emptied: list[str] = field(default_factory=list)
    moved: int = 0

    def put(self, quads: Sequence[Quad], sign: int = 1) -> None:
        """Quads that come, or go with -1."""
        if quads:
            content = plain(quads, RdfFormat.N_QUADS)
            (self.came if sign > 0 else self.went).write(content)
            self.total += sign * digest.total(content.split(b"\n")[:-1])
            self.tally.add(quads, sign)
            self.statements += sign * len(quads)
            self.moved += len(quads)


def woven(temporary: Temporary, total: int, counts: Counts | None, statements: int) -> Woven:
    """A change of a graph with this sum of hashes, these counts and so many statements."""
    sections, inferred, turtle = (Spool(temporary) for _ in range(3))
    return Woven(total, Tally(counts), statements, temporary(), temporary(), sections, inferred, turtle)


def slices(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file, some megabytes at once."""
    file.seek(0)
    while piece := file.read(_SLICE):
        yield piece + file.readline()


def told(change: Woven, graph: str, before: frozenset[Quad], after: frozenset[Quad]) -> None:
    """A document's own graph as it was and as it is, either of them empty where there is none."""
    if before == after:
        return
    new = ordered(after)
    came, went = (ordered(after - before) if before else new), ordered(before - after)
    change.put(came)
    change.put(went, -1)
    section = blocks.section(new)
    change.sections.add(graph, section)
    if not after:
        change.emptied.append(graph)
    if not before:
        for block in blocks.within(section):
            change.turtle.add(blocks.key(block), _CAME + block)
    else:
        _moved(change.turtle, [q.triple for q in came], [q.triple for q in went])


def _moved(turtle: Spool, came: Sequence[Triple], went: Sequence[Triple]) -> None:
    """Triples that come to the Turtle and go from it, in order."""
    for block in blocks.blocks(came):
        turtle.add(blocks.key(block), _CAME + block)
    for subject, gone in groupby(went, key=lambda triple: str(triple.subject)):
        turtle.add(subject, _WENT + b"".join(f"{triple} .\n".encode() for triple in gone))


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of a TriG: facts, documents, what is inferred."""

    facts: Zone
    documents: Zone
    inferred: Zone


def zones(file: IO[bytes], size: int, ends: tuple[int, int]) -> Zones:
    """The parts of a TriG of that size, in which facts and documents end there."""
    facts, documents = ends
    if not size:
        return Zones(*(Zone(file, 0, 0, starts) for starts in (SUBJECTS, SECTIONS, INDENTED)))
    start, end = (documents + len(_opening()), size - len(_CLOSING)) if size > documents else (size, size)
    return Zones(
        Zone(file, len(blocks.HEAD), facts, SUBJECTS),
        Zone(file, facts, documents, SECTIONS),
        Zone(file, start, end, INDENTED),
    )


def _opening() -> bytes:
    """How the section of what is inferred begins."""
    quad = Quad(terms.INFERRED, terms.TYPE, terms.INFERRED, terms.INFERRED)
    return blocks.section([quad]).partition(b"\n")[0] + b"\n"


def trig(change: Woven, settled: Iterable[Settled], before: Zones, sink: Sink) -> tuple[int, int]:
    """Write the TriG; where its facts and its documents end. What is settled goes to hash, store and Turtle too."""
    sink.write(blocks.HEAD)
    for piece in spliced(before.facts, _facts(change, settled, before)):
        sink.write(piece)
    facts = sink.size
    for piece in spliced(before.documents, _bytes(change.sections)):
        sink.write(piece)
    documents = sink.size
    for piece in _enclosed(spliced(before.inferred, _bytes(change.inferred))):
        sink.write(piece)
    return facts, documents


def _enclosed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The last section, with nothing around it where nothing is in it."""
    first = next(pieces, b"")
    if first:
        yield _opening() + first
        yield from pieces
        yield _CLOSING


def _bytes(spool: Spool) -> Blocks:
    for key, value in spool:
        assert isinstance(value, bytes)
        yield key, value


def _facts(change: Woven, settled: Iterable[Settled], before: Zones) -> Blocks:
    """The blocks of facts that changed; what is inferred goes to its spool."""
    for some in _subjects(settled):
        quads = list(parsed(triple for triple, _, _ in some))
        came, went = (ordered(q for q, s in zip(quads, some, strict=True) if s[1] == sign) for sign in (1, -1))
        change.put(came)
        change.put(went, -1)
        _moved(change.turtle, [q.triple for q in came], [q.triple for q in went])
        for key, block in _inferred(change, some, quads, before):
            change.inferred.add(key, blocks.indented(block) if block else b"")
        yield from _remade(before.facts, came, went)


def _inferred(change: Woven, some: Sequence[Settled], quads: Sequence[Quad], before: Zones) -> Blocks:
    """The blocks of what is inferred that changed."""
    came, went = (
        ordered(
            Quad(q.subject, q.predicate, q.object, terms.INFERRED)
            for q, s in zip(quads, some, strict=True)
            if s[2] == sign
        )
        for sign in (1, -1)
    )
    change.put(came)
    change.put(went, -1)
    return _remade(before.inferred, came, went)


def _subjects(settled: Iterable[Settled]) -> Iterator[list[Settled]]:
    """What came or went, in lists of some size, of which none cuts a subject in two."""
    some: list[Settled] = []
    for _, own in groupby(settled, key=lambda s: s[0][: s[0].index(" ")]):
        some += (s for s in own if s[1] or s[2])
        if len(some) >= BATCH:
            yield some
            some = []
    if some:
        yield some


def _remade(zone: Zone, came: Sequence[Quad], went: Sequence[Quad]) -> Blocks:
    """The blocks of all subjects of which something came or went, in order, empty where nothing is left."""
    subjects = sorted({str(quad.subject) for quad in (*came, *went)})
    before = _by_subject(blocks.triples(b"".join(_plainly(zone.content(subject)) for subject in subjects)))
    new, old = (_by_subject(quad.triple for quad in quads) for quads in (came, went))
    after = []
    for subject in subjects:
        had, comes, goes = (found.get(subject, set()) for found in (before, new, old))
        if had & comes or not goes <= had:
            raise UnsettledError(subject)
        after += blocks.ordered((had - goes) | comes)
    made = blocks.keyed(blocks.blocks(after))
    yield from ((subject, made.get(subject, b"")) for subject in subjects)


def _plainly(block: bytes) -> bytes:
    """A block without the tabs that it has in a section."""
    return block.replace(b"\n\t", b"\n")[1:] if block.startswith(b"\t") else block


def _by_subject(triples: Iterable[Triple]) -> dict[str, set[Triple]]:
    found: dict[str, set[Triple]] = {}
    for triple in triples:
        found.setdefault(str(triple.subject), set()).add(triple)
    return found


def turtle(change: Woven, before: Zone, held: Held, sink: Sink) -> None:
    """Write the Turtle: what all graphs but the inferred say of each subject."""
    sink.write(blocks.HEAD)
    for piece in spliced(before, _merged(change.turtle, before, held)):
        sink.write(piece)


def _merged(turtle: Spool, before: Zone, held: Held) -> Blocks:
    for subject, pairs in groupby(_bytes(turtle), key=itemgetter(0)):
        pieces, old = [piece for _, piece in pairs], before.content(subject)
        alone = not old and len(pieces) == 1 and pieces[0].startswith(_CAME)
        yield subject, pieces[0][1:] if alone else _united(old, pieces, held)


def _united(old: bytes, pieces: Sequence[bytes], held: Held) -> bytes:
    """What was there without what goes and stands in no other graph, with what comes."""
    came, went = (b"".join(piece[1:] for piece in pieces if piece.startswith(sign)) for sign in (_CAME, _WENT))
    gone = {triple for triple in blocks.triples(went) if not held(triple)}
    after = (set(blocks.triples(old)) - gone) | set(blocks.triples(came))
    return b"".join(blocks.blocks(blocks.ordered(after)))
