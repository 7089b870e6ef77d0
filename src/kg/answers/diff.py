"""What one graph says and another does not: as an analyst reads it, and as a SPARQL Update from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kg.answers.agreement import Value, agree
from kg.answers.progress import BUILT, furthest, tells
from kg.errors import StoreError, UsageError
from kg.graph import index, terms
from kg.records import HELD_BACK, EntityType, Relation, Status

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad

    from kg.graph.index import Index
    from kg.graph.statements import Triple


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity by type and name."""

    kind: EntityType
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words; `others` is what another source gives for the same, where both cannot be true."""

    subject: str
    indicator: str
    period: str
    text: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What `after` has that `before` has not, and the reverse; things under a new name are one thing."""

    documents: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    things: tuple[tuple[Thing, ...], tuple[Thing, ...]] = ((), ())
    renamed: tuple[tuple[str, str], ...] = ()
    retyped: tuple[tuple[str, EntityType, EntityType], ...] = ()
    progress: tuple[tuple[str, Status, Status], ...] = ()
    relations: tuple[tuple[tuple[str, Relation, str], ...], tuple[tuple[str, Relation, str], ...]] = ((), ())
    figures: tuple[tuple[Told, ...], tuple[Told, ...]] = ((), ())

    def __bool__(self) -> bool:
        pairs = (*self.documents, *self.things, *self.relations, *self.figures)
        return any(pairs) or bool(self.renamed or self.retyped or self.progress)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two graphs, with what its entities are called in the other."""

    found: Index
    called: Mapping[str, str] = field(default_factory=dict)

    def name(self, iri: str) -> str:
        """What an entity is called in both graphs."""
        return self.called.get(iri, iri)


def quads_of(graph: str) -> list[Quad]:
    """The quads of a graph's folder, or of a file that holds a dataset; StoreError, UsageError as they come."""
    from pyoxigraph import RdfFormat, parse

    from kg.store.embedded import open_graph

    place = Path(graph)
    if not place.is_file():
        return list(open_graph(place))
    form = RdfFormat.from_extension(place.suffix.removeprefix("."))
    if form is None or not form.supports_datasets:
        raise UsageError(f"{place}: no dataset; give a graph's folder, a .trig or an .nq file")
    try:
        return list(parse(path=str(place), format=form))
    except SyntaxError as error:
        raise StoreError(f"{place}: {error}") from None


def update(before: Iterable[Quad], after: Iterable[Quad]) -> bytes:
    """A SPARQL 1.1 Update that turns the one dataset into the other; empty where they are the same."""
    from kg.graph.write import ordered

    old, new = set(before), set(after)
    parts = [
        f"{verb} DATA {{\n{''.join(_grouped(ordered(found)))}}}"
        for verb, found in (("DELETE", old - new), ("INSERT", new - old))
        if found
    ]
    return (" ;\n".join(parts) + "\n" * bool(parts)).encode("utf-8")


def _grouped(quads: Sequence[Quad]) -> Iterator[str]:
    """Triples, those of a named graph in its braces."""
    from itertools import groupby

    from pyoxigraph import DefaultGraph

    for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
        lines = "".join(f"  {quad.subject} {quad.predicate} {quad.object} .\n" for quad in group)
        yield lines if isinstance(graph, DefaultGraph) else f" GRAPH {graph} {{\n{lines} }}\n"


def difference(before: Sequence[Quad], after: Sequence[Quad]) -> Difference:
    """The difference in an analyst's terms."""
    old, new = Side(index.index(before)), Side(index.index(after))
    old = Side(old.found, _moved(before, after, old, new))
    things, names = _things(old), _things(new)
    common = sorted(set(things) & set(names))
    return Difference(
        documents=_both(_documents(old), _documents(new)),
        things=_both(_only(things, names), _only(names, things)),
        renamed=tuple((things[i].name, names[i].name) for i in common if things[i].name != names[i].name),
        retyped=tuple(
            (names[i].name, things[i].kind, names[i].kind) for i in common if things[i].kind != names[i].kind
        ),
        progress=tuple(_progress(old, new, names)),
        relations=_relations(old, new, things | names),
        figures=_figures(old, new, things | names),
    )


def _both(old: Iterable, new: Iterable) -> tuple:  # type: ignore[type-arg]
    """What came, and what went."""
    before, after = list(old), list(new)
    return tuple(x for x in after if x not in before), tuple(x for x in before if x not in after)


def _only(these: Mapping[str, Thing], those: Mapping[str, Thing]) -> list[Thing]:
    return [thing for iri, thing in these.items() if iri not in those]


def _moved(before: Iterable[Quad], after: Iterable[Quad], old: Side, new: Side) -> dict[str, str]:
    """What each entity of the first graph that has gone is called in the second."""
    ahead, back = _replaced(after), {now: was for was, now in _replaced(before).items()}
    here, there = ({e.value for e in index.entities(side.found)} for side in (old, new))
    moved = {iri: ahead.get(iri) or back.get(iri) for iri in sorted(here - there)}
    return {iri: name for iri, name in moved.items() if name in there and name not in here}


def _replaced(quads: Iterable[Quad]) -> dict[str, str]:
    """What has gone -> what stands for it, where that is one thing."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == terms.DCTERMS + "isReplacedBy":
            found.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
    return {old: min(new) for old, new in found.items() if len(new) == 1}


def _things(side: Side) -> dict[str, Thing]:
    """The entities by what they are called in both graphs."""
    found = {}
    for node in index.entities(side.found):
        kind = next(kind for kind in EntityType if kind in index.kinds(side.found, node))
        found[side.name(node.value)] = Thing(kind, index.name(side.found, node))
    return found


def _documents(side: Side) -> list[str]:
    """The titles of documents, their files' names where they have none."""
    from pyoxigraph import NamedNode

    found = [node for node, predicate in side.found.values if predicate == terms.zg("sha256")]
    title, path = NamedNode(terms.DCTERMS + "title"), terms.zg("path")
    return sorted(index.said(side.found, n, title) or index.said(side.found, n, path) for n in found)


def _progress(old: Side, new: Side, names: Mapping[str, Thing]) -> Iterator[tuple[str, Status, Status]]:
    """How far things that are planned and built have come, where that has changed."""
    was, now = _standing(old), _standing(new)
    for iri in sorted(set(was) & set(now)):
        if was[iri] is not now[iri] and iri in names:
            yield names[iri].name, was[iri], now[iri]


def _standing(side: Side) -> dict[str, Status]:
    """The furthest status that claims give each thing that is built; an end counts only where nothing else is said."""
    found: dict[str, set[Status]] = {}
    for (subject, predicate, target), claims in side.found.claims.items():
        relation = index.RELATIONS.get(predicate)
        if relation is not None:
            for node in (subject, target):
                if _is_built(side, node) and tells(relation, subject=node is subject):
                    said = {Status(status) for status in index.statuses(side.found, claims)}
                    found.setdefault(side.name(node.value), set()).update(said)
    return {iri: furthest(statuses) for iri, statuses in found.items() if statuses}


def _is_built(side: Side, node: object) -> bool:
    from pyoxigraph import NamedNode

    return isinstance(node, NamedNode) and bool(BUILT & set(index.kinds(side.found, node)))


def _relations(old: Side, new: Side, names: Mapping[str, Thing]) -> tuple:  # type: ignore[type-arg]
    return _both(_plain(old, names), _plain(new, names))


def _plain(side: Side, names: Mapping[str, Thing]) -> list[tuple[str, Relation, str]]:
    """The facts between things, and years of founding, in words that are the same for both graphs."""
    return [_worded(triple, side, names) for triple, plain, _ in index.relations(side.found) if plain]


def _worded(triple: Triple, side: Side, names: Mapping[str, Thing]) -> tuple[str, Relation, str]:
    subject, predicate, target = triple
    return _name(subject, side, names), index.RELATIONS[predicate], _end(target, side, names)


def _end(target: object, side: Side, names: Mapping[str, Thing]) -> str:
    """The name of the other end; that of a position is the organisation and the title."""
    from pyoxigraph import NamedNode

    if not isinstance(target, NamedNode):
        return target.value  # type: ignore[attr-defined, no-any-return]
    place = index.one(side.found, target, NamedNode(terms.ORG + "organization"))
    if isinstance(place, NamedNode):
        return f"{_name(place, side, names)} {index.said(side.found, target, NamedNode(terms.SCHEMA + 'roleName'))}"
    return _name(target, side, names)


def _name(node: NamedNode, side: Side, names: Mapping[str, Thing]) -> str:
    known = names.get(side.name(node.value))
    return known.name if known else index.name(side.found, node)


def _figures(old: Side, new: Side, names: Mapping[str, Thing]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    was, now = _told(old, names), _told(new, names)
    return (
        tuple(told for key, told in now.items() if key not in was),
        tuple(told for key, told in was.items() if key not in now),
    )


def _told(side: Side, names: Mapping[str, Thing]) -> dict[tuple[str, ...], Told]:
    """Every figure by what it says, with those of other sources that contradict it."""
    nodes = dict.fromkeys(node for node, predicate in side.found.values if predicate == terms.zg("indicator"))
    rows = [(node, *_about(node, side, names)) for node in nodes]
    rivals: dict[tuple[str, ...], list[Value]] = {}
    for _, key, value, _ in rows:
        if value is not None and key[2] and key[4] not in HELD_BACK:
            rivals.setdefault(key[:4], []).append(value)
    found = {}
    for _, key, value, text in sorted(rows, key=lambda row: (row[1], row[3])):
        others = [] if value is None or key[4] in HELD_BACK else sorted(rivals.get(key[:4], []))
        against = [other.text for other in others if value is not None and not agree(other, value)]
        found[(*key, text)] = Told(key[0], key[1], key[2], text, tuple(dict.fromkeys(against)))
    return found


def _about(node: NamedNode, side: Side, names: Mapping[str, Thing]) -> tuple[tuple[str, ...], Value | None, str]:
    """What is measured (thing, indicator, period, unit, status), the value, and the wording."""
    said = {name: index.said(side.found, node, terms.zg(name)) for name in _SAID}
    whose, what = (index.one(side.found, node, terms.zg(name)) for name in ("subject", "indicator"))
    subject = _end(whose, side, names) if whose is not None else ""
    indicator = index.name(side.found, what) if what is not None else ""
    growth = said["growthPercent"]
    text = said["valueText"] + (f"（同比{growth}%）" if growth and said["value"] else "")
    key = (subject, indicator, said["period"], said["unit"], said["status"].removeprefix(terms.ZG))
    if not said["value"]:
        return key, None, text
    return key, Value(Decimal(said["value"]), said["valueText"], said["modifier"].removeprefix(terms.ZG)), text


_SAID = ("period", "unit", "status", "value", "valueText", "modifier", "growthPercent")
