"""The referents of all texts, those that nothing could tell apart taken together: what identity is judged between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.records import EntityType, Extraction, Referent, Relation, Status
from kg.resolve.kinds import PLACED, generic
from kg.resolve.names import folded, registered
from kg.resolve.places import NOWHERE, Gazetteer, Places, cities, gazetteer, only_city, short, split, stated
from kg.rules import Rules

Node = tuple[str, int]
"""A document's key and the index of a referent in it."""


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What identity looks at in a referent.

    `document` is given where a decision speaks of the name in that text alone, and where the name says so little that
    each text must be taken to mean a thing of its own (`alone`).
    """

    kind: EntityType
    name: str
    code: str = ""
    concept: str = ""
    places: tuple[str, ...] = ()
    document: str = ""
    alone: bool = False

    @property
    def shown(self) -> str:
        """The group in a message."""
        return f"{self.kind.value.lower()}/{self.name}" + (f"@{self.document}" if self.document else "")


@dataclass(slots=True)
class Members:
    """The referents of a group, and the short forms that their texts use."""

    nodes: list[Node] = field(default_factory=list)
    referents: list[Referent] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)


Groups = dict[Group, Members]


def ordered(extractions: Iterable[Extraction]) -> list[Extraction]:
    """One reading a text, in the order of their keys, whatever the order given."""
    found: dict[str, Extraction] = {}
    for reading in sorted(extractions, key=lambda x: (x.document.key, x.document.name, x.document.title or "")):
        found.setdefault(reading.document.key, reading)
    return list(found.values())


def things(readings: Sequence[Extraction], rules: Rules, apart: Collection[str]) -> Groups:
    """All referents but persons, by group. In the documents `apart` every referent is a group of its own."""
    return _collected(node for reading in readings for node in _things(reading, rules, apart))


def persons(readings: Sequence[Extraction], of: Mapping[Node, str], apart: Collection[str]) -> Groups:
    """The persons, placed by what they work for; `of` names the cluster of everything else."""
    return _collected(node for reading in readings for node in _persons(reading, of, apart))


def _collected(nodes: Iterable[tuple[Group, Node, Referent]]) -> Groups:
    found: Groups = {}
    for group, node, referent in nodes:
        members = found.setdefault(group, Members())
        members.nodes.append(node)
        members.referents.append(referent)
        members.aliases.update(map(folded, referent.aliases))
    return {group: found[group] for group in sorted(found)}


def _things(reading: Extraction, rules: Rules, apart: Collection[str]) -> Iterator[tuple[Group, Node, Referent]]:
    known = gazetteer(rules)
    where = stated(reading, known) if reading.claims else [NOWHERE] * len(reading.referents)
    here = only_city(reading)
    key = reading.document.key
    for index, referent in enumerate(reading.referents):
        if referent.type is not EntityType.PERSON:
            yield _group(referent, where[index], here, rules, key, key in apart), (key, index), referent


def _group(referent: Referent, where: Places, here: Places, rules: Rules, key: str, apart: bool) -> Group:
    name = folded(referent.name)
    many = not referent.code and not referent.rule.startswith("known") and generic(referent.type, name, rules)
    places = (where or here) if many else _places(referent, name, where, gazetteer(rules))
    alone = many and not places
    where_alone = key if apart or alone else ""
    return Group(
        referent.type, name, referent.code or "", referent.concept or "", tuple(sorted(places)), where_alone, alone
    )


def _places(referent: Referent, name: str, where: Places, known: Gazetteer) -> Places:
    """Where the thing is: by its code, else by the place in its name, else where its text puts it.

    A registered name and one of a public list stand for one thing wherever it has been seen.
    """
    if referent.code:
        return frozenset({short(referent.code)})
    if referent.type is EntityType.PLACE:
        return where
    if referent.type not in PLACED:
        return NOWHERE
    begins = split(name, known)[0]
    if begins:
        return cities([begins])
    return NOWHERE if registered(name) or referent.rule.startswith("known") else cities(where)


def _persons(
    reading: Extraction, of: Mapping[Node, str], apart: Collection[str]
) -> Iterator[tuple[Group, Node, Referent]]:
    key, work = reading.document.key, _work(reading)
    for index, referent in enumerate(reading.referents):
        if referent.type is EntityType.PERSON:
            places = {of[key, place] for place in work.get(index, ()) if (key, place) in of}
            alone = key if key in apart else ""
            group = Group(referent.type, folded(referent.name), "", "", tuple(sorted(places)), alone)
            yield group, (key, index), referent


def _work(reading: Extraction) -> dict[int, list[int]]:
    """Who holds a position where."""
    found: dict[int, list[int]] = {}
    for claim in reading.claims:
        works = claim.relation is Relation.HOLDS_POSITION and claim.status is not Status.NEGATED
        if works and claim.object is not None:
            found.setdefault(claim.subject, []).append(claim.object)
    return found
