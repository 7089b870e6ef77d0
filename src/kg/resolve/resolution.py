"""From the names of many documents to entities: groups, judgements on them, joins, decisions, and names for IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.records import Entity, EntityType, Extraction, Resolution
from kg.resolve import deciding, entities, groups
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import IDENTITY, Decision, settled
from kg.resolve.groups import Group, Groups, Naming
from kg.resolve.judgements import Judgement, Verdict, judge
from kg.resolve.places import gazetteer
from kg.rules import Rules, load

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """All groups, the clusters they were joined to, the judgements on the way, and complaints about decisions."""

    groups: Groups
    clusters: Clusters
    judgements: tuple[Judgement, ...]
    complaints: tuple[str, ...] = ()

    def home(self, group: Group) -> Group:
        """The root of the cluster of a group of the roll, in which a person is not yet placed."""
        if group.kind is EntityType.PERSON:
            group = groups.placed(group, lambda work: self.clusters.root(work).shown)
        return self.clusters.root(group)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which group of a roll is which entity, by its index; `notes` and `decided` as a `Resolution` has them."""

    entities: tuple[Entity, ...]
    at: Mapping[Group, int]
    notes: tuple[str, ...] = ()
    decided: tuple[tuple[int, str], ...] = ()


def resolution(
    extractions: Iterable[Extraction], decisions: Sequence[Decision] = (), *, rules: Rules | None = None
) -> Resolution:
    """Which referent of which document is which entity, a pure function of the set of extractions and decisions.

    The notes tell of joins that were refused, of names that nobody can tell apart, and of decisions that fit nothing.
    """
    rules = rules or load()
    marks = deciding.marks(decisions)
    return resolved((groups.naming(reading, rules, marks) for reading in extractions), decisions, rules)


def resolved(namings: Iterable[Naming], decisions: Sequence[Decision], rules: Rules) -> Resolution:
    """The same of what identity is judged by in each document."""
    texts = {naming.document: naming for naming in namings}
    roll: Groups = {}
    for key in sorted(texts):
        groups.added(roll, texts[key])
    found = identity(roll, decisions, rules)
    of = {key: tuple(found.at[name.group] for name in texts[key].names) for key in sorted(texts)}
    return Resolution(found.entities, of, found.notes, found.decided)


def identity(roll: Groups, decisions: Sequence[Decision], rules: Rules) -> Identity:
    """Which group is which entity. Decisions speak of names as they are without any: so it is judged twice for them."""
    wanted = [d for d in settled(decisions) if d.kind in IDENTITY]
    judged = judgements(roll, rules)
    if not wanted:
        return _identified(judged, roll, (), {}, rules)
    paths = _called(judged, rules)
    return _identified(judgements(roll, rules, wanted, paths), roll, wanted, paths, rules)


def judgements(
    roll: Groups, rules: Rules, decisions: Sequence[Decision] = (), paths: deciding.Paths | None = None
) -> Judged:
    """Everything but the naming: first what persons may work for, then the persons."""
    clusters = Clusters()
    things = groups.things(roll)
    made, complaints = _round(things, clusters, rules, decisions, paths)
    people = groups.persons(roll, lambda group: clusters.root(group).shown)
    more, further = _round(people, clusters, rules, decisions, paths)
    return Judged(things | people, clusters, (*made, *more), (*complaints, *further))


def _round(
    found: Groups, clusters: Clusters, rules: Rules, decisions: Sequence[Decision], paths: deciding.Paths | None
) -> tuple[list[Judgement], list[str]]:
    clusters.add(found)
    complaints = deciding.decide(decisions, found, clusters, paths or {})
    return judge(found, clusters, rules), complaints


def _called(judged: Judged, rules: Rules) -> deciding.Paths:
    """What each group's entity is called before any decision: decisions speak of these names."""
    found = entities.bodies(judged.groups, judged.clusters)
    named = entities.entities(found, judged.groups, judged.home, judged.clusters, {}, gazetteer(rules))
    return {group: named[judged.clusters.root(group)].path for group in judged.groups}


def _identified(
    judged: Judged, roll: Groups, decisions: Sequence[Decision], paths: deciding.Paths, rules: Rules
) -> Identity:
    clusters = judged.clusters
    pins, complaints = deciding.pinned(decisions, judged.groups, clusters, paths)
    found = entities.bodies(judged.groups, clusters)
    named = entities.entities(found, judged.groups, judged.home, clusters, pins, gazetteer(rules))
    order = sorted(named, key=lambda root: named[root].path)
    notes = (*deciding.unfit(decisions, judged.groups, paths), *judged.complaints, *complaints, *_told(judged))
    at = {root: index for index, root in enumerate(order)}
    decided = {(at[root], line) for root, line in deciding.told(decisions, judged.groups, clusters, paths)}
    homes = {group: at[judged.home(group)] for group in roll}
    return Identity(tuple(named[root] for root in order), homes, notes, tuple(sorted(decided)))


def _told(judged: Judged) -> list[str]:
    """What a curator should know: joins that a difference forbade, and names that stand for one of several things."""
    lines = [_note(judgement) for judgement in judged.judgements if _doubtful(judgement, judged.clusters)]
    lines = list(dict.fromkeys(lines))
    more = len(lines) - SHOWN
    return lines[:SHOWN] + ([f"and {more} more names that are not sure"] if more > 0 else [])


def _doubtful(judgement: Judgement, clusters: Clusters) -> bool:
    """Whether the two are still apart and somebody had reason to think them one."""
    apart = clusters.root(judgement.a) is not clusters.root(judgement.b)
    return apart and (judgement.verdict is Verdict.UNSURE or ", but " in judgement.reason)


def _note(judgement: Judgement) -> str:
    a, b = judgement.a.shown, judgement.b.shown
    return f"kept apart: {a} and {b} ({judgement.reason}); kg decide same|different settles it"
