"""What speaks for two groups being one thing: candidates by code, name and short name, each judged with a reason.

The rounds are carried out strongest first, since what a weaker one may conclude hangs on what a stronger one joined. In
each round the candidates are taken in the order of their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kg.records import EntityType
from kg.resolve.clusters import Clusters
from kg.resolve.groups import Group, Groups
from kg.resolve.kinds import PLACED, generic
from kg.resolve.names import usual, without_legal_form
from kg.resolve.places import gazetteer, split
from kg.rules import Rules

SHORTEST = 3


class Verdict(StrEnum):
    """What a judgement says of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """A verdict on a pair, with its reason.

    `strength` orders the joins: 1 a public list, 2 one name, 3 its usual form, 4 a short name that a text has,
    5 a short name by rule, 6 one name under two types.
    """

    strength: int
    a: Group
    b: Group
    verdict: Verdict
    reason: str


Judge = Callable[[Judgement], None]
Blocks = dict[tuple[str, ...], list[Group]]


def judge(groups: Groups, clusters: Clusters, rules: Rules) -> list[Judgement]:
    """All judgements on the groups, carried out in the clusters as they are made."""
    made: list[Judgement] = []

    def carried_out(judgement: Judgement) -> None:
        if judgement.verdict is Verdict.SAME:
            refused = clusters.join(judgement.a, judgement.b)
            if refused:
                reason = f"{judgement.reason}, but {refused}"
                judgement = Judgement(judgement.strength, judgement.a, judgement.b, Verdict.DIFFERENT, reason)
        made.append(judgement)

    for found in (_listed(groups), *_by_name(groups, clusters, rules)):
        for judgement in found:
            carried_out(judgement)
    return made


def _by_name(groups: Groups, clusters: Clusters, rules: Rules) -> Iterator[Iterable[Judgement]]:
    """The rounds after the first; each looks at the clusters when its turn has come."""
    names = _blocks(groups, lambda g: [g.name])
    usuals = _blocks(groups, lambda g: [usual(g.kind, g.name)])
    used = _blocks(groups, lambda g: sorted(groups[g].aliases))
    implied = _blocks(groups, lambda g: _implied(g, rules))
    yield from (_one_name(block, clusters, 2, "one name") for block in names.values() if len(block) > 1)
    yield from (_one_name(block, clusters, 3, "one usual name") for block in usuals.values() if len(block) > 1)
    for strength, owned, reason in ((4, used, "a short name in use"), (5, implied, "a short name by rule")):
        yield from (
            _short_name(names[key], owners, clusters, strength, reason, rules)
            for key, owners in owned.items()
            if key in names
        )
    yield from (_other_types(block, clusters, rules) for block in _across(groups).values() if len(block) > 1)


def _blocks(groups: Groups, keys: Callable[[Group], Iterable[str]]) -> Blocks:
    """The groups of one type under each of their keys, in the order of types and keys."""
    found: Blocks = {}
    for group in groups:
        for key in keys(group):
            found.setdefault((group.kind, key), []).append(group)
    return {key: found[key] for key in sorted(found)}


def _across(groups: Groups) -> Blocks:
    found: Blocks = {}
    for group in groups:
        if group.kind not in (EntityType.PERSON, EntityType.INDUSTRY):
            found.setdefault((group.name,), []).append(group)
    return {key: found[key] for key in sorted(found)}


def _implied(group: Group, rules: Rules) -> list[str]:
    """The short forms that nobody needs to define: without the place before it, without the legal form behind it."""
    if group.kind not in PLACED:
        return []
    whole = [group.name, split(group.name, gazetteer(rules))[1]]
    bare = [form for name in whole for form in (name, without_legal_form(group.kind, name))]
    forms = {form for name in bare for form in (name, usual(group.kind, name))} - {group.name}
    return sorted(form for form in forms if len(form) >= SHORTEST)


def _listed(groups: Groups) -> Iterator[Judgement]:
    """One entry of a public list is one thing, whatever it is called and taken for."""
    blocks: Blocks = {}
    for group in groups:
        if group.code:
            blocks.setdefault(("code", group.code), []).append(group)
        elif group.concept:
            blocks.setdefault((group.kind, group.concept), []).append(group)
    for _, block in sorted(blocks.items()):
        for other in block[1:]:
            yield Judgement(1, block[0], other, Verdict.SAME, "one entry of a public list")


def _one_name(block: list[Group], clusters: Clusters, strength: int, reason: str) -> Iterator[Judgement]:
    """Groups of one name: those in one place are one; those of no place join them where there is only one place."""
    roots = sorted({clusters.root(group) for group in block if not group.alone})
    placed = [root for root in roots if clusters.facts[root].places]
    for at, a in enumerate(placed):
        for b in placed[at + 1 :]:
            yield _judged(a, b, clusters, strength, f"{reason} in one place")
    floating = [root for root in roots if not clusters.facts[clusters.root(root)].places]
    for a, b in pairwise(floating):
        yield _judged(a, b, clusters, strength, reason)
    homes = sorted({clusters.root(group) for group in placed})
    if floating and homes:
        yield from _housed(floating[0], homes, clusters, strength, reason)


def _housed(floating: Group, homes: list[Group], clusters: Clusters, strength: int, reason: str) -> Iterator[Judgement]:
    """What has no place goes to the one that has; where several have, nobody knows."""
    if len(homes) == 1:
        yield _judged(floating, homes[0], clusters, strength, f"{reason}, and nothing against it")
        return
    for home in homes:
        yield Judgement(strength, floating, home, Verdict.UNSURE, f"{reason}, and {len(homes)} things have it")


def _judged(a: Group, b: Group, clusters: Clusters, strength: int, reason: str) -> Judgement:
    against = clusters.hindrance(a, b)
    if against:
        return Judgement(strength, a, b, Verdict.DIFFERENT, against)
    return Judgement(strength, a, b, Verdict.SAME, reason)


def _short_name(
    named: list[Group], owners: list[Group], clusters: Clusters, strength: int, reason: str, rules: Rules
) -> Iterator[Judgement]:
    """A thing that one text calls by a name which is short for another's: evidence, where one other alone fits.

    A short name that many things have (管委会) says nothing but in one place.
    """
    many = generic(named[0].kind, named[0].name, rules)
    roots = sorted({clusters.root(group) for group in named}, key=lambda r: (not clusters.facts[r].places, r))
    for root in roots:
        fitting = _fitting(root, owners, clusters, many)
        others = {clusters.root(r) for r in roots} - {clusters.root(root), *fitting}
        alone = len(fitting) == 1 and (bool(clusters.facts[clusters.root(root)].places) or not others)
        for owner in fitting:
            if len(named[0].name) < SHORTEST or not alone:
                yield Judgement(strength, root, owner, Verdict.UNSURE, f"{reason}, but not of one thing alone")
            else:
                yield Judgement(strength, root, owner, Verdict.SAME, reason)


def _fitting(group: Group, owners: list[Group], clusters: Clusters, many: bool) -> list[Group]:
    """The clusters that a short name may stand for: those in its place, else those of no place."""
    root = clusters.root(group)
    others = sorted({clusters.root(owner) for owner in owners} - {root})
    possible = [other for other in others if not clusters.hindrance(root, other)]
    if not clusters.facts[root].places:
        return [] if many else possible
    here = [other for other in possible if clusters.facts[other].places]
    return here if here or many else possible


def _other_types(block: list[Group], clusters: Clusters, rules: Rules) -> Iterator[Judgement]:
    """One name that texts give to things of types that are taken for each other: one thing has one type."""
    roots = sorted({clusters.root(g) for g in block if len(g.name) >= SHORTEST and not generic(g.kind, g.name, rules)})
    for at, a in enumerate(roots):
        fitting = [b for b in roots if b is not a and not clusters.hindrance(a, b)]
        for b in roots[at + 1 :]:
            if b in fitting:
                sure = len(fitting) == 1 or len({x.kind for x in fitting}) == len(fitting)
                yield Judgement(6, a, b, Verdict.SAME if sure else Verdict.UNSURE, "one name under two types")
