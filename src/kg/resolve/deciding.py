"""The curator's decisions carried out on groups: what they join and part, and which of them fit nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.records import EntityType
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import IDENTITY, Decision, Kind
from kg.resolve.groups import Group, Groups
from kg.resolve.names import folded

Paths = dict[Group, str]
"""What each group's entity is called without any decision."""

_KINDS = {kind.value.lower(): kind for kind in EntityType}


def marks(decisions: Iterable[Decision]) -> frozenset[str]:
    """The beginnings of the keys of documents that decisions speak of, whose names are told from those of others."""
    return frozenset({end.partition("@")[2] for d in decisions if d.kind in IDENTITY for end in d.about} - {""})


def meant(reference: str, groups: Groups, paths: Paths) -> list[Group]:
    """The groups that a reference names: by an entity's whole path, else by name, else by a short form."""
    what, _, document = reference.partition("@")
    segment, slash, name = what.partition("/")
    kind = _KINDS.get(segment) if slash else None
    wanted = folded(name if kind else what)
    here = [g for g in groups if (kind in (None, g.kind)) and (not document or g.document.startswith(document))]
    by_name = [g for g in here if g.name == wanted]
    by_path = [g for g in here if paths.get(g) == what]
    return by_name or by_path or [g for g in here if wanted in groups[g].aliases]


def decide(decisions: Sequence[Decision], groups: Groups, clusters: Clusters, paths: Paths) -> list[str]:
    """Carry out what was decided of these groups, differences first; the complaints about what could not be."""
    complaints = []
    for kind in (Kind.DIFFERENT, Kind.SAME):
        for decision in decisions:
            if decision.kind is kind:
                complaints += _carried_out(decision, groups, clusters, paths)
    return complaints


def _carried_out(decision: Decision, groups: Groups, clusters: Clusters, paths: Paths) -> list[str]:
    a, b = (meant(reference, groups, paths) for reference in decision.about)
    if not a or not b:
        return []
    if decision.kind is Kind.DIFFERENT:
        return _parted(decision, a, b, clusters)
    several = [r for r, found in zip(decision.about, (a, b), strict=True) if len({paths.get(g, "") for g in found}) > 1]
    if several:
        return [f"{decision}: {several[0]} names several things; write type/name or name@document"]
    refused = {clusters.join(a[0], group, decided=True) for group in (*a, *b)} - {""}
    return [f"{decision}: not done, another decision says different"] if refused else []


def _parted(decision: Decision, a: list[Group], b: list[Group], clusters: Clusters) -> list[str]:
    if set(a) & set(b):
        return [f"{decision}: both are one name; write name@document for the text that you mean"]
    for one in a:
        for other in b:
            clusters.part(one, other)
    return []


def unfit(decisions: Iterable[Decision], groups: Groups, paths: Paths) -> list[str]:
    """The identity decisions of which an end names nothing in the texts."""
    found = []
    for decision in decisions:
        if decision.kind in IDENTITY:
            ends = decision.about if decision.kind is not Kind.PIN else decision.about[:1]
            named = {end: meant(end, groups, paths) for end in ends}
            found += [f"{decision}: no text names {end} any more" for end in ends if not named[end]]
            if len({all(g.kind is EntityType.PERSON for g in groups_) for groups_ in named.values() if groups_}) > 1:
                found.append(f"{decision}: a person is nothing but a person")
    return found


def told(
    decisions: Iterable[Decision], groups: Groups, clusters: Clusters, paths: Paths
) -> Iterator[tuple[Group, str]]:
    """Each cluster that a decision is about, with the decision in words."""
    for decision in decisions:
        line = f"{decision} ({decision.reason})" if decision.reason else str(decision)
        ends = decision.about if decision.kind is not Kind.PIN else decision.about[:1]
        yield from ((clusters.root(group), line) for end in ends for group in meant(end, groups, paths))


def pinned(
    decisions: Iterable[Decision], groups: Groups, clusters: Clusters, paths: Paths
) -> tuple[dict[Group, str], list[str]]:
    """The path that a curator gave a cluster for good, and what could not be given."""
    found: dict[Group, str] = {}
    complaints = []
    for decision in decisions:
        if decision.kind is not Kind.PIN:
            continue
        roots = sorted({clusters.root(group) for group in meant(decision.about[0], groups, paths)})
        if len(roots) > 1:
            complaints.append(f"{decision}: {decision.about[0]} names several things; write its whole path")
        elif roots and (roots[0] in found or decision.about[1] in found.values()):
            complaints.append(f"{decision}: another line pins the same")
        elif roots:
            found[roots[0]] = decision.about[1]
    return found, complaints
