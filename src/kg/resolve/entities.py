"""Clusters as entities: type, preferred name, and an IRI path that no other entity has."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.records import Entity, EntityType
from kg.resolve.clusters import Clusters
from kg.resolve.groups import Group, Groups
from kg.resolve.names import fullest
from kg.resolve.places import Gazetteer, city

KEY = 8
Home = Callable[[Group], Group]
"""The root of the cluster of a group of the roll."""


@dataclass(frozen=True, slots=True)
class Body:
    """A cluster before it is named in full: its entity with the plain path, and the groups in it."""

    root: Group
    entity: Entity
    members: tuple[Group, ...]
    former: frozenset[str]


def bodies(groups: Groups, clusters: Clusters) -> list[Body]:
    """One a cluster, in order."""
    return [_body(root, tuple(sorted(clusters.members[root])), groups) for root in clusters.roots()]


def _body(root: Group, members: tuple[Group, ...], groups: Groups) -> Body:
    names = {name for group in members for name in groups[group].names}
    forms = names.union(*(groups[group].forms for group in members))
    name = fullest(names)
    kind = _kind(members, groups)
    entity = Entity(
        type=kind,
        name=name,
        path=path(kind, name),
        aliases=tuple(sorted(forms - {name})),
        concept=next((g.concept for g in members if g.concept), None),
        code=next((g.code for g in members if g.code), None),
    )
    former = frozenset(path(g.kind, name) for g in members if not g.concept for name in groups[g].names)
    return Body(root, entity, members, former)


def path(kind: EntityType, name: str) -> str:
    """The path of an entity of that type and name; the form of Unicode in which IRIs are written."""
    return unicodedata.normalize("NFC", f"{kind.value.lower()}/{name}")


def _kind(members: Sequence[Group], groups: Groups) -> EntityType:
    """The one type: what public lists say, else what most documents, else what most mentions say."""
    if len({group.kind for group in members}) == 1:
        return members[0].kind
    listed: defaultdict[EntityType, set[str]] = defaultdict(set)
    named: defaultdict[EntityType, set[str]] = defaultdict(set)
    mentions: Counter[EntityType] = Counter()
    for group in members:
        mentions[group.kind] += groups[group].mentions
        named[group.kind].update(document for document, _, _ in groups[group].nodes)
        listed[group.kind].update(document for document, _, known in groups[group].nodes if known)
    return min(named, key=lambda t: (-len(listed[t]), -len(named[t]), -mentions[t], list(EntityType).index(t)))


def entities(
    found: Sequence[Body], groups: Groups, home: Home, clusters: Clusters, pins: Mapping[Group, str], known: Gazetteer
) -> dict[Group, Entity]:
    """The entities with paths that are theirs alone, and the paths that they had or would have had before."""
    paths = _paths(found, groups, home, clusters, pins, known)
    living = frozenset(paths.values())
    return {body.root: _named(body, paths[body.root], living) for body in found}


def _named(body: Body, final: str, living: frozenset[str]) -> Entity:
    e = body.entity
    former = tuple(sorted({*body.former, *([] if e.concept else [e.path])} - living))
    return Entity(e.type, e.name, final, e.aliases, former, e.concept, e.code)


def _paths(
    found: Sequence[Body], groups: Groups, home: Home, clusters: Clusters, pins: Mapping[Group, str], known: Gazetteer
) -> dict[Group, str]:
    """Pinned paths first; then the plain path where one body wants it; else with the place, the parent, the text."""
    paths = dict(pins)
    waiting = [body for body in found if body.root not in pins]
    taken = set(pins.values())
    names = {body.root: body.entity.name for body in found}
    ways: tuple[Callable[[Body], str], ...] = (
        _plain,
        partial(_with_place, clusters=clusters, known=known),
        partial(_with_parent, groups=groups, home=home, names=names),
        partial(_with_document, groups=groups),
    )
    for telling in ways:
        wanted = {b.root: telling(b) for b in waiting}
        number = Counter(wanted.values())
        settled = [b for b in waiting if number[wanted[b.root]] == 1 and wanted[b.root] not in taken and wanted[b.root]]
        paths |= {b.root: wanted[b.root] for b in settled}
        taken |= {wanted[b.root] for b in waiting}
        waiting = [b for b in waiting if b.root not in paths]
    return paths


def _plain(body: Body) -> str:
    return body.entity.path


def _with_place(body: Body, *, clusters: Clusters, known: Gazetteer) -> str:
    """The path with the place the thing is in, empty where none is known."""
    places = () if body.entity.type is EntityType.PERSON else sorted(clusters.facts[body.root].places)
    above = [known.named.get(_above(code, body.entity.code), "") for code in places]
    names = [name for name in above if name]
    return f"{body.entity.path}({names[0]})" if names else ""


def _above(code: str, own: str | None) -> str:
    """A division is told apart by the city or province it belongs to."""
    if own is None or not own.startswith(code):
        return code
    return city(code) if city(code) != code else code[:2]


def _with_parent(body: Body, *, groups: Groups, home: Home, names: Mapping[Group, str]) -> str:
    """The path with what it works for or belongs to, the nearest kind of belonging first."""
    above = ((rank, names[home(high)]) for group in body.members for rank, high in groups[group].above)
    nearest = min(above, default=None)
    return f"{body.entity.path}({nearest[1]})" if nearest else ""


def _with_document(body: Body, *, groups: Groups) -> str:
    """The first text that names it, and if that is no difference either, where it stands in it."""
    document, index, _ = min(node for group in body.members for node in groups[group].nodes)
    return f"{body.entity.path}({document[:KEY]}-{index})"
