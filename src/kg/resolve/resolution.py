"""From the names of many documents to entities: groups, judgements on them, joins, decisions, and names for IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.records import Extraction, Resolution
from kg.resolve import deciding, entities
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import IDENTITY, Decision, settled
from kg.resolve.entities import Body
from kg.resolve.groups import Groups, Node, ordered, persons, things
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


def resolution(
    extractions: Iterable[Extraction], decisions: Sequence[Decision] = (), *, rules: Rules | None = None
) -> Resolution:
    """Which referent of which document is which entity, a pure function of the set of extractions and decisions.

    The notes tell of joins that were refused, of names that nobody can tell apart, and of decisions that fit nothing.
    """
    rules = rules or load()
    readings = ordered(extractions)
    wanted = [d for d in settled(decisions) if d.kind in IDENTITY]
    apart = deciding.documents(wanted, [reading.document.key for reading in readings])
    judged = judgements(readings, rules, apart=apart)
    if not wanted:
        return _resolved(judged, readings, rules, (), {})
    paths = _called(judged, readings, rules)
    again = judgements(readings, rules, wanted, paths, apart=apart)
    return _resolved(again, readings, rules, wanted, paths)


def judgements(
    readings: Sequence[Extraction],
    rules: Rules,
    decisions: Sequence[Decision] = (),
    paths: deciding.Paths | None = None,
    *,
    apart: frozenset[str] = frozenset(),
) -> Judged:
    """Everything but the naming: first what persons may work for, then the persons."""
    clusters = Clusters()
    groups = things(readings, rules, apart)
    made, complaints = _round(groups, clusters, rules, decisions, paths)
    at = {node: clusters.root(group).shown for group, members in groups.items() for node in members.nodes}
    people = persons(readings, at, apart)
    more, further = _round(people, clusters, rules, decisions, paths)
    return Judged(groups | people, clusters, (*made, *more), (*complaints, *further))


def _round(
    groups: Groups, clusters: Clusters, rules: Rules, decisions: Sequence[Decision], paths: deciding.Paths | None
) -> tuple[list[Judgement], list[str]]:
    clusters.add(groups)
    complaints = deciding.decide(decisions, groups, clusters, paths or {})
    return judge(groups, clusters, rules), complaints


def _called(judged: Judged, readings: Sequence[Extraction], rules: Rules) -> deciding.Paths:
    """What each group's entity is called before any decision: decisions speak of these names."""
    found = entities.bodies(judged.groups, judged.clusters)
    named = entities.entities(found, judged.clusters, readings, {}, gazetteer(rules))
    return {group: named[judged.clusters.root(group)].path for group in judged.groups}


def _resolved(
    judged: Judged, readings: Sequence[Extraction], rules: Rules, decisions: Sequence[Decision], paths: deciding.Paths
) -> Resolution:
    pins, complaints = deciding.pinned(decisions, judged.groups, judged.clusters, paths)
    found = entities.bodies(judged.groups, judged.clusters)
    named = entities.entities(found, judged.clusters, readings, pins, gazetteer(rules))
    order = sorted(found, key=lambda body: named[body.root].path)
    notes = (*deciding.unfit(decisions, judged.groups, paths), *judged.complaints, *complaints, *_told(judged))
    at = {body.root: index for index, body in enumerate(order)}
    decided = {(at[root], line) for root, line in deciding.told(decisions, judged.groups, judged.clusters, paths)}
    found_entities = tuple(named[body.root] for body in order)
    return Resolution(found_entities, _of(order, readings), notes, tuple(sorted(decided)))


def _of(order: Sequence[Body], readings: Sequence[Extraction]) -> dict[str, tuple[int, ...]]:
    position: dict[Node, int] = {node: at for at, body in enumerate(order) for node in body.nodes}
    return {r.document.key: tuple(position[r.document.key, i] for i in range(len(r.referents))) for r in readings}


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
