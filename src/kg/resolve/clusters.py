"""Groups joined to clusters. A join that would unite what is known to differ is refused, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.records import EntityType
from kg.resolve.groups import Group
from kg.resolve.kinds import confused
from kg.resolve.names import alike, branch, registered
from kg.resolve.places import hold


@dataclass(slots=True)
class Facts:
    """What is known of a cluster that can set it apart from others."""

    kinds: set[EntityType]
    codes: set[str]
    concepts: set[str]
    places: set[str]
    branches: set[str]
    registered: set[str]

    def take(self, other: Facts) -> None:
        """What is known of both together."""
        for name in self.__slots__:
            getattr(self, name).update(getattr(other, name))


def _facts(group: Group) -> Facts:
    return Facts(
        kinds={group.kind},
        codes={group.code} - {""},
        concepts={group.concept} - {""},
        places=set(group.places),
        branches={branch(group.name)},
        registered={group.name} if group.kind is EntityType.COMPANY and registered(group.name) else set(),
    )


def hindrance(a: Facts, b: Facts) -> str:
    """Why two clusters are two things, empty where nothing says so."""
    if a.codes and b.codes and not a.codes & b.codes:
        return "two entries of a public list"
    if a.concepts and b.concepts and not a.concepts & b.concepts:
        return "two concepts of the scheme"
    if a.branches != b.branches:
        return "a branch is not its head office"
    if not all(alike(x, y) for x in a.registered for y in b.registered):
        return "two registered names"
    if not all(confused(x, y) for x in a.kinds for y in b.kinds) and not a.codes & b.codes:
        return "types that nobody takes for each other"
    return _elsewhere(a, b)


def _elsewhere(a: Facts, b: Facts) -> str:
    if not a.places or not b.places:
        return ""
    if EntityType.PERSON in a.kinds:
        return "" if a.places & b.places else "one name in two organisations"
    return "" if hold(frozenset(a.places), frozenset(b.places)) else "one name in two places"


@dataclass(slots=True)
class Clusters:
    """A partition of groups; the root of a cluster is its least group."""

    parent: dict[Group, Group] = field(default_factory=dict)
    facts: dict[Group, Facts] = field(default_factory=dict)
    members: dict[Group, list[Group]] = field(default_factory=dict)
    parted: dict[Group, set[Group]] = field(default_factory=dict)

    def add(self, groups: Iterable[Group]) -> None:
        """Groups, each a cluster of its own."""
        for group in groups:
            self.parent[group], self.facts[group], self.members[group] = group, _facts(group), [group]

    def root(self, group: Group) -> Group:
        """The cluster of a group."""
        top = group
        while self.parent[top] is not top:
            top = self.parent[top]
        while self.parent[group] is not top:
            self.parent[group], group = top, self.parent[group]
        return top

    def part(self, a: Group, b: Group) -> None:
        """Never join these two clusters."""
        a, b = self.root(a), self.root(b)
        if a is not b:
            self.parted.setdefault(a, set()).add(b)
            self.parted.setdefault(b, set()).add(a)

    def hindrance(self, a: Group, b: Group) -> str:
        """Why these two may not be one, empty where they may."""
        a, b = self.root(a), self.root(b)
        if b in self.parted.get(a, ()):
            return "a decision"
        return "" if a is b else hindrance(self.facts[a], self.facts[b])

    def join(self, a: Group, b: Group, *, decided: bool = False) -> str:
        """Make one cluster of two; the reason where it is refused. A decision is stopped by decisions alone."""
        a, b = sorted((self.root(a), self.root(b)))
        if a is b:
            return ""
        reason = self.hindrance(a, b)
        if reason and not (decided and b not in self.parted.get(a, ())):
            return reason
        self._unite(a, b)
        return ""

    def _unite(self, a: Group, b: Group) -> None:
        self.parent[b] = a
        self.facts[a].take(self.facts.pop(b))
        self.members[a] += self.members.pop(b)
        for other in self.parted.pop(b, ()):
            self.parted[other].remove(b)
            self.parted[other].add(a)
            self.parted.setdefault(a, set()).add(other)

    def roots(self) -> list[Group]:
        """All clusters, in order."""
        return sorted(self.members)
