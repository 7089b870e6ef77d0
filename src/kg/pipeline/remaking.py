"""A graph ──▶ the graph of a corpus that is changed: only what the change touches is made anew.

What a text gives hangs on what it says and on what its names stand for. So the names are judged, and the texts are
taken up that came, went, or whose entities look different now; all else stays as it is in files and store. A graph that
is made of all texts is the change of none at all.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.graph import blocks, digest, entities, inferred, rows, terms, view
from kg.graph.entities import Thing
from kg.graph.shacl import Term
from kg.graph.statements import Triple as Told
from kg.graph.touched import touched as touched_of
from kg.graph.view import View
from kg.pipeline import reprints, settling, sides, weaving
from kg.pipeline.correcting import corrected
from kg.pipeline.counts import Counts
from kg.pipeline.ledger import Text
from kg.pipeline.progress import Progress
from kg.pipeline.sides import Side
from kg.pipeline.splicing import SUBJECTS, Sink, Zone
from kg.pipeline.spool import Spool, Temporary, room
from kg.pipeline.standing import Standing, stamp
from kg.pipeline.texts import Shelf
from kg.pipeline.weaving import Woven, Zones
from kg.records import Resolution
from kg.resolve import deciding, groups, resolution
from kg.resolve.decisions import Decision, Kind
from kg.resolve.groups import Group
from kg.resolve.resolution import Identity
from kg.rules import Rules
from kg.store import generations

TRIG, TURTLE = "graph.trig", "graph.ttl"
_REJECTED = terms.zg("rejected")


@dataclass(frozen=True, slots=True)
class Present:
    """The graph that a change begins with; nothing at all where it is made of all texts.

    `folder` is where its files lie, `store` its store, `total` the sum of the hashes of its quads.
    """

    texts: Mapping[str, Text] = field(default_factory=dict)
    decided: tuple[Decision, ...] = ()
    standing: Standing = field(default_factory=Standing)
    total: int = 0
    counts: Counts | None = None
    statements: int = 0
    folder: Path | None = None
    store: Path | None = None
    conforms: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The corpus whose graph is to be made: texts by sha256, decisions, and what the graph hangs on besides."""

    texts: Mapping[str, Text]
    decided: tuple[Decision, ...]
    rules: Rules
    base: str
    of: str


@dataclass(frozen=True, slots=True)
class Remade:
    """What came of it: the hash of the dataset, counts, statements, notes, the sha256 of files, and what is kept.

    `touched` are the nodes that may break a shape; None where all may, since nothing is known of the graph before.
    """

    dataset: str
    counts: Counts
    statements: int
    notes: tuple[str, ...]
    files: Mapping[str, str]
    standing: Standing
    touched: Set[Term] | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    """How many more or fewer give a triple as a fact, and from how many it follows."""

    facts: Spool
    follows: Spool


def remade(present: Present, wanted: Wanted, shelf: Shelf, aside: Path, progress: Progress) -> Remade:
    """Write the files and the store of the wanted graph into the folder `aside`, with the texts that are new."""
    rejected = corrected((), _of(wanted.decided, Kind.REJECT)).rejected
    before = _side(present.texts, present.decided, wanted, rejected, shelf, present.standing)
    after = _side(wanted.texts, wanted.decided, wanted, rejected, shelf, Standing())
    gone, came = _moved(before, after), _moved(after, before)
    roll = present.standing.roll
    for sha256 in gone:
        groups.removed(roll, sides.named(before, sides.reading(before, sha256)))
    bands: dict[str, list[int]] = {}
    for sha256 in came:
        found = sides.reading(after, sha256)
        groups.added(roll, sides.named(after, found))
        bands[sha256[:16]] = reprints.bands(found.document)
        _kept(found.document.text.encode("utf-8"), f"texts/{sha256}.txt", shelf.folder, aside)
    progress("resolving", 0, 1)
    identity = resolution.identity(roll, wanted.decided, wanted.rules)
    standing = replace(
        present.standing, of=wanted.of, identity=identity, iris=_iris(identity, present.standing, before.view)
    )
    standing = _compared(standing, bands, wanted, shelf)
    after = _identified(after, standing)
    progress("assembling", 0, 1)
    touched = _touched(before, after, roll, [*gone, *came])
    with room(aside) as temporary:
        return _assembled(present, wanted, before, after, standing, touched, aside, temporary)


def _of(decided: Iterable[Decision], kind: Kind) -> list[Decision]:
    return [decision for decision in decided if decision.kind is kind]


def _side(
    texts: Mapping[str, Text], decided: Sequence[Decision], wanted: Wanted, rejected: Mapping[str, str], shelf: Shelf,
    standing: Standing,
) -> Side:  # fmt: skip
    """A side of the change, with what was known of its entities."""
    asserted = sides.homes(_of(decided, Kind.ASSERT), sorted(texts))
    nothing = View(wanted.base, wanted.rules, Resolution((), {}), (), rejected=rejected)
    side = Side(texts, asserted, deciding.marks(decided), nothing, Identity((), {}), shelf.reading)
    return _identified(side, standing)


def _identified(side: Side, standing: Standing) -> Side:
    """The side with its entities."""
    identity = standing.identity
    resolved = Resolution(identity.entities, {}, (), identity.decided)
    iris = tuple(map(NamedNode, standing.iris))
    seen = replace(side.view, resolution=resolved, iris=iris, reprints=standing.reprints)
    return replace(side, view=view.seeing(seen, _known(standing.shown)), identity=identity)


def _known(shown: Mapping[str, int]) -> frozenset[NamedNode]:
    return frozenset(NamedNode(iri) for iri, number in shown.items() if number)


def _moved(side: Side, other: Side) -> list[str]:
    """The texts of a side that the other has not, or not so."""
    return [
        sha256
        for sha256 in sorted(side.texts)
        if sha256 not in other.texts or sides.signature(side, sha256) != sides.signature(other, sha256)
    ]


def _kept(content: bytes, name: str, folder: Path, aside: Path) -> None:
    """Write a text, unless it lies in its place."""
    if not generations.same(folder / name, content):
        (aside / name).parent.mkdir(exist_ok=True)
        (aside / name).write_bytes(content)


def _iris(identity: Identity, before: Standing, seen: View) -> tuple[str, ...]:
    """The IRIs of the entities; those that were there before need not be made again."""
    known = {
        (e.type, e.path, e.concept, e.name): iri for e, iri in zip(before.identity.entities, before.iris, strict=True)
    }
    return tuple(
        known.get((e.type, e.path, e.concept, e.name)) or view.named(e, seen.rules, seen.base).value
        for e in identity.entities
    )


def _compared(standing: Standing, bands: Mapping[str, Sequence[int]], wanted: Wanted, shelf: Shelf) -> Standing:
    """The same with what the texts are compared by, and which are reprints; `bands` are those of new texts."""
    by_key = {sha256[:16]: text for sha256, text in wanted.texts.items()}
    found = reprints.sketched(standing.sketches, bands, by_key, lambda key: shelf.document(by_key[key]))
    copies = reprints.firsts(found, {key: text.issued for key, text in by_key.items()})
    return replace(standing, sketches=found, reprints=copies)


def _touched(before: Side, after: Side, roll: groups.Groups, moved: Iterable[str]) -> set[str]:
    """The texts that came or went, and those whose entities look different now."""
    turned = sides.turned(sides.faces(before), sides.faces(after))
    return {*moved, *_naming(turned, roll, after.texts)}


def _naming(found: Iterable[Group], roll: groups.Groups, texts: Mapping[str, Text]) -> set[str]:
    """The texts that have names of these groups."""
    keys = {document for group in found for document, _, _ in roll[group].nodes}
    return {sha256 for sha256 in texts if sha256[:16] in keys} if keys else set()


def _assembled(
    present: Present, wanted: Wanted, before: Side, after: Side, standing: Standing, touched: set[str], aside: Path,
    temporary: Temporary,
) -> Remade:  # fmt: skip
    """The graph, once it is known who is who."""
    shown = _shown(before, after, standing.shown, touched)
    turned = {iri for iri in shown.keys() | standing.shown if bool(shown[iri]) != bool(standing.shown[iri])}
    after = replace(after, view=view.seeing(after.view, _known(shown)))
    if turned:
        flipped = (g for g, at in after.identity.at.items() if standing.iris[at] in turned)
        touched = touched | _naming(flipped, standing.roll, after.texts)
    change = weaving.woven(temporary, present.total, present.counts, present.statements)
    given = _Given(Spool(temporary), Spool(temporary))
    for sha256 in sorted(touched):
        _document(sha256, before, after, given, change)
    _entities(before.view, after.view, given)
    standing = replace(standing, shown=+shown)
    return _written(present, wanted, after, standing, change, given, aside)


def _shown(before: Side, after: Side, shown: Counter[str], touched: Iterable[str]) -> Counter[str]:
    """How many texts show each thing."""
    found = Counter(shown)
    for sha256 in sorted(touched):
        for side, sign in ((before, -1), (after, 1)):
            if sha256 in side.texts:
                reading = sides.reading(side, sha256)
                for iri in sides.shown(reading, sides.seen(side, reading)):
                    found[iri] += sign
    return found


def _document(sha256: str, before: Side, after: Side, given: _Given, change: Woven) -> None:
    """What a text gave and gives."""
    old, new = (_gives(side, sha256) for side in (before, after))
    for quads, sign in ((old - new, -1), (new - old, 1)):
        for quad in quads:
            if isinstance(quad.graph_name, DefaultGraph):
                given.facts.add(str(quad), sign)
            elif quad.graph_name == terms.INFERRED:
                given.follows.add(str(quad.triple), (0, sign))
    graph = terms.document(sha256[:16], after.view.base)
    was, now = (frozenset(quad for quad in quads if quad.graph_name == graph) for quads in (old, new))
    weaving.told(change, str(graph), was, now)


def _gives(side: Side, sha256: str) -> frozenset[Quad]:
    if sha256 not in side.texts:
        return frozenset()
    reading = sides.reading(side, sha256)
    return sides.given(reading, sides.seen(side, reading))


def _entities(before: View, after: View, given: _Given) -> None:
    """What entities gave and give: names, classes, places, and which texts are reprints."""
    old, new = ({thing.iri: thing for thing in entities.things(v)} for v in (before, after))
    for iri in (*old, *(iri for iri in new if iri not in old)):
        was, now = old.get(iri), new.get(iri)
        if was != now:
            _thing(was, before, given, -1)
            _thing(now, after, given, 1)
    named = inferred.divisions(old.values()), inferred.divisions(new.values())
    if named[0] != named[1]:
        _follow(given, inferred.of_places(named[0], before.rules, before.base), -1)
        _follow(given, inferred.of_places(named[1], after.rules, after.base), 1)
    if before.reprints != after.reprints:
        _follow(given, inferred.of_reprints(before.reprints, before.base), -1)
        _follow(given, inferred.of_reprints(after.reprints, after.base), 1)


def _thing(thing: Thing | None, v: View, given: _Given, sign: int) -> None:
    if thing is not None:
        for quad in sorted(set(map(str, entities.described(thing, v.rules)))):
            given.facts.add(quad, sign)
        _follow(given, inferred.of_thing(thing, v.base), sign)


def _follow(given: _Given, triples: Iterable[Told], sign: int) -> None:
    for triple, _, _ in rows.following(triples):
        given.follows.add(triple, (0, sign))


def _written(
    present: Present, wanted: Wanted, after: Side, standing: Standing, change: Woven, given: _Given, aside: Path
) -> Remade:
    """The files and the store."""
    tally = settling.Tally(standing.shared, Store.read_only(str(present.store)) if present.store else None)
    with (aside / TRIG).open("wb") as file, _zones(present) as zones:
        trig = Sink(file)
        ends = weaving.trig(change, settling.settled(given.facts, given.follows, tally), zones, trig)
    dataset = digest.written(change.total)
    store = _stored(present, change, aside / generations.STORE / dataset[:16])
    with (aside / TURTLE).open("wb") as file, _zone(present) as zone:
        turtle = Sink(file)
        weaving.turtle(change, zone, lambda triple: _holds(store, triple), turtle)
    notes = _notes(wanted, after, store)
    worn = standing.worn + change.moved if present.store else 0
    stamps = {name: stamp(aside / name) for name in (TRIG, TURTLE)}
    standing = replace(standing, zones=ends, worn=worn, stamps=stamps)
    files = {TRIG: trig.hash.hexdigest(), TURTLE: turtle.hash.hexdigest()}
    may = _may(change, store) if present.conforms else None
    return Remade(dataset, change.tally.counts(), change.statements, notes, files, standing, may)


def _may(change: Woven, store: Store) -> Set[Term]:
    """The nodes that a change can make break a shape."""
    lines = (line for file in (change.came, change.went) for line in weaving.slices(file))
    return touched_of(store, (quad for some in lines for quad in parse(some, RdfFormat.N_QUADS)))


@contextmanager
def _zones(present: Present) -> Iterator[Zones]:
    """The parts of the TriG before."""
    if present.folder is None:
        yield weaving.zones(io.BytesIO(), 0, (0, 0))
    else:
        place = generations.located(present.folder, TRIG)
        with place.open("rb", buffering=0) as file:
            yield weaving.zones(file, place.stat().st_size, present.standing.zones)


@contextmanager
def _zone(present: Present) -> Iterator[Zone]:
    """The Turtle before."""
    if present.folder is None:
        yield Zone(io.BytesIO(), 0, 0, SUBJECTS)
    else:
        place = generations.located(present.folder, TURTLE)
        with place.open("rb", buffering=0) as file:
            yield Zone(file, len(blocks.HEAD), place.stat().st_size, SUBJECTS)


def _stored(present: Present, change: Woven, place: Path) -> Store:
    """The store, made out of the one before where there is one."""
    came = weaving.slices(change.came)
    if present.store is None:
        generations.stored(place, came)
    else:
        emptied = [NamedNode(graph[1:-1]) for graph in change.emptied]
        generations.derived(present.store, place, weaving.slices(change.went), came, emptied)
    return Store.read_only(str(place))


def _holds(store: Store, triple: Triple) -> bool:
    """Whether a store has a triple other than as inferred."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name != terms.INFERRED for quad in found)


def _notes(wanted: Wanted, after: Side, store: Store) -> tuple[str, ...]:
    """What fits nothing, and what nobody can tell."""
    homes = [after.read(wanted.texts[sha256]) for sha256 in sorted(after.asserted)]
    right = corrected(homes, wanted.decided)
    return (*right.notes, *_missed(store, right.rejected, wanted.base), *after.identity.notes)


def _missed(store: Store, rejected: Iterable[str], base: str) -> list[str]:
    """The rejections of claims that no document makes any more."""
    return [
        f"reject claim/{name}: no document makes this claim any more"
        for name in sorted(set(rejected))
        if next(store.quads_for_pattern(NamedNode(f"{base}claim/{name}"), _REJECTED, None, None), None) is None
    ]
