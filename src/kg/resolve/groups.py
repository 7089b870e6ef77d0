"""The referents of all texts, those that nothing could tell apart taken together: what identity is judged between.

A text gives a `Naming`; a `Roll` holds those of all texts counted together, so that one more is added and taken out
without a look at the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kg.records import EntityType, Extraction, Referent, Relation, Status
from kg.resolve.kinds import PLACED, generic
from kg.resolve.names import folded, registered
from kg.resolve.places import NOWHERE, Gazetteer, Places, cities, gazetteer, only_city, short, split, stated
from kg.rules import Rules

Node = tuple[str, int, bool]
"""A document's key, the index of a referent in it, and whether a public list knows the referent."""
_ABOVE = (Relation.HOLDS_POSITION, Relation.AFFILIATED_WITH, Relation.PART_OF, Relation.LOCATED_IN)
"""What a thing works for or belongs to, the nearest kind of belonging first."""


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What identity looks at in a referent.

    `document` is given where a decision speaks of the name in that text alone, and where the name says so little that
    each text must be taken to mean a thing of its own (`alone`). `work` is what a person works for, until it is judged
    what that is: then it stands in `places`.
    """

    kind: EntityType
    name: str
    code: str = ""
    concept: str = ""
    places: tuple[str, ...] = ()
    document: str = ""
    alone: bool = False
    work: tuple[Group, ...] = ()

    @property
    def shown(self) -> str:
        """The group in a message."""
        return f"{self.kind.value.lower()}/{self.name}" + (f"@{self.document}" if self.document else "")


@dataclass(frozen=True, slots=True)
class Name:
    """A referent as identity sees it: `listed` where a public list knows it."""

    group: Group
    name: str
    aliases: tuple[str, ...]
    mentions: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """All of a text that identity is judged by. `above` tells of two names how near the first belongs to the second."""

    document: str
    names: tuple[Name, ...]
    above: tuple[tuple[int, int, int], ...]


@dataclass(slots=True)
class Members:
    """The referents of a group: where they stand, what they are called, how often their texts name them."""

    nodes: list[Node] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    forms: dict[str, int] = field(default_factory=dict)
    mentions: int = 0
    above: dict[tuple[int, Group], int] = field(default_factory=dict)

    @property
    def aliases(self) -> set[str]:
        """The short forms that the texts use, folded."""
        return set(map(folded, self.forms))

    def take(self, other: Members) -> None:
        """The members of both."""
        self.nodes += other.nodes
        self.mentions += other.mentions
        for own, more in ((self.names, other.names), (self.forms, other.forms), (self.above, other.above)):
            for key, number in more.items():
                _count(own, key, number)


Groups = dict[Group, Members]


def added(roll: Groups, naming: Naming) -> None:
    """Count a text in."""
    for index, name in enumerate(naming.names):
        members = roll.setdefault(name.group, Members())
        members.nodes.append((naming.document, index, name.listed))
        members.mentions += name.mentions
        _counted(members, name, 1)
    for low, rank, high in naming.above:
        _count(roll[naming.names[low].group].above, (rank, naming.names[high].group), 1)


def removed(roll: Groups, naming: Naming) -> None:
    """Take a text out again; nothing is left of a group that no other text has."""
    for low, rank, high in naming.above:
        _count(roll[naming.names[low].group].above, (rank, naming.names[high].group), -1)
    for name in naming.names:
        roll[name.group].mentions -= name.mentions
        _counted(roll[name.group], name, -1)
    for group in dict.fromkeys(name.group for name in naming.names):
        members = roll[group]
        members.nodes = [node for node in members.nodes if node[0] != naming.document]
        if not members.nodes:
            del roll[group]


def _counted(members: Members, name: Name, change: int) -> None:
    """Count a referent's names in or out."""
    _count(members.names, name.name, change)
    for form in name.aliases:
        _count(members.forms, form, change)


def _count(numbers: dict[Any, int], key: Hashable, change: int) -> None:
    """Count something in or out; what is there no more is not there."""
    left = numbers.get(key, 0) + change
    if left:
        numbers[key] = left
    else:
        del numbers[key]


def naming(reading: Extraction, rules: Rules, marks: Collection[str] = ()) -> Naming:
    """What identity is judged by in a text. Each name of a text whose key begins with one of `marks` stands alone."""
    key = reading.document.key
    apart = any(key.startswith(mark) for mark in marks)
    groups = list(_groups(reading, rules, apart))
    names = tuple(map(_name, groups, reading.referents))
    return Naming(key, names, tuple(_belonging(reading)))


def _name(group: Group, referent: Referent) -> Name:
    listed = bool(referent.code) or referent.rule.startswith("known")
    return Name(group, referent.name, referent.aliases, len(referent.mentions), listed)


def _belonging(reading: Extraction) -> Iterator[tuple[int, int, int]]:
    for claim in reading.claims:
        if claim.relation in _ABOVE and claim.object is not None:
            yield claim.subject, _ABOVE.index(claim.relation), claim.object


def _groups(reading: Extraction, rules: Rules, apart: bool) -> Iterator[Group]:
    """The group of each referent, persons last judged but here in their place."""
    known = gazetteer(rules)
    where = stated(reading, known) if reading.claims else [NOWHERE] * len(reading.referents)
    here = only_city(reading)
    key = reading.document.key
    work = _work(reading)
    things = [
        None if r.type is EntityType.PERSON else _group(r, where[at], here, rules, key, apart)
        for at, r in enumerate(reading.referents)
    ]
    for at, (thing, referent) in enumerate(zip(things, reading.referents, strict=True)):
        if thing is not None:
            yield thing
        else:
            of = {home for place in work.get(at, ()) if (home := things[place]) is not None}
            yield Group(referent.type, folded(referent.name), document=key if apart else "", work=tuple(sorted(of)))


def ordered(roll: Groups) -> Groups:
    """The same in the order of groups."""
    return {group: roll[group] for group in sorted(roll)}


def persons(roll: Groups, of: Callable[[Group], str]) -> Groups:
    """The persons of a roll, placed by what they work for; `of` names the cluster of everything else."""
    found: Groups = {}
    for group, members in roll.items():
        if group.kind is EntityType.PERSON:
            found.setdefault(placed(group, of), Members()).take(members)
    return ordered(found)


def placed(group: Group, of: Callable[[Group], str]) -> Group:
    """A person's group once it is known what each that he works for is."""
    return replace(group, places=tuple(sorted({of(home) for home in group.work})), work=())


def things(roll: Groups) -> Groups:
    """All but the persons."""
    return ordered({group: members for group, members in roll.items() if group.kind is not EntityType.PERSON})


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


def _work(reading: Extraction) -> dict[int, list[int]]:
    """Who holds a position where."""
    found: dict[int, list[int]] = {}
    for claim in reading.claims:
        works = claim.relation is Relation.HOLDS_POSITION and claim.status is not Status.NEGATED
        if works and claim.object is not None:
            found.setdefault(claim.subject, []).append(claim.object)
    return found
