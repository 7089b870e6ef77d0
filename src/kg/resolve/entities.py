"""Clusters as entities: type, preferred name, and an IRI path that no other entity has."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.records import Entity, EntityType, Extraction, Referent, Relation
from kg.resolve.clusters import Clusters
from kg.resolve.groups import Group, Groups, Node
from kg.resolve.names import fullest
from kg.resolve.places import Gazetteer, city

_PARENTS = (Relation.HOLDS_POSITION, Relation.AFFILIATED_WITH, Relation.PART_OF, Relation.LOCATED_IN)
KEY = 8


@dataclass(frozen=True, slots=True)
class Body:
    """A cluster before it is named in full: its entity with the plain path, and its nodes."""

    root: Group
    entity: Entity
    nodes: tuple[Node, ...]
    former: frozenset[str]


def bodies(groups: Groups, clusters: Clusters) -> list[Body]:
    """One a cluster, in order."""
    return [_body(root, sorted(clusters.members[root]), groups) for root in clusters.roots()]


def _body(root: Group, members: Sequence[Group], groups: Groups) -> Body:
    nodes = [node for group in members for node in groups[group].nodes]
    referents = [referent for group in members for referent in groups[group].referents]
    name = fullest({r.name for r in referents})
    kind = _kind(list(zip(nodes, referents, strict=True)))
    entity = Entity(
        type=kind,
        name=name,
        path=path(kind, name),
        aliases=tuple(sorted({form for r in referents for form in (r.name, *r.aliases)} - {name})),
        documents=tuple(sorted({document for document, _ in nodes})),
        concept=next((g.concept for g in members if g.concept), None),
        code=next((g.code for g in members if g.code), None),
    )
    former = frozenset(path(r.type, r.name) for r in referents if not r.concept)
    return Body(root, entity, tuple(sorted(nodes)), former)


def path(kind: EntityType, name: str) -> str:
    """The path of an entity of that type and name; the form of Unicode in which IRIs are written."""
    return unicodedata.normalize("NFC", f"{kind.value.lower()}/{name}")


def _kind(members: Iterable[tuple[Node, Referent]]) -> EntityType:
    """The one type: what public lists say, else what most documents, else what most mentions say."""
    listed: defaultdict[EntityType, set[str]] = defaultdict(set)
    named: defaultdict[EntityType, set[str]] = defaultdict(set)
    mentions: Counter[EntityType] = Counter()
    for (document, _), referent in members:
        named[referent.type].add(document)
        mentions[referent.type] += len(referent.mentions)
        if referent.code or referent.rule.startswith("known"):
            listed[referent.type].add(document)
    return min(named, key=lambda t: (-len(listed[t]), -len(named[t]), -mentions[t], list(EntityType).index(t)))


def entities(
    found: Sequence[Body], clusters: Clusters, readings: Sequence[Extraction], pins: Mapping[Group, str],
    known: Gazetteer,
) -> dict[Group, Entity]:  # fmt: skip
    """The entities with paths that are theirs alone, and the paths that they had or would have had before."""
    parents = _parents(found, readings) if _clashing(found, pins) else {}
    paths = _paths(found, clusters, pins, parents, known)
    living = frozenset(paths.values())
    return {body.root: _named(body, paths[body.root], living) for body in found}


def _named(body: Body, final: str, living: frozenset[str]) -> Entity:
    e = body.entity
    former = tuple(sorted({*body.former, *([] if e.concept else [e.path])} - living))
    return Entity(e.type, e.name, final, e.aliases, e.documents, former, e.concept, e.code)


def _clashing(found: Iterable[Body], pins: Mapping[Group, str]) -> bool:
    taken = Counter([*pins.values(), *(body.entity.path for body in found if body.root not in pins)])
    return any(number > 1 for number in taken.values())


def _paths(
    found: Sequence[Body], clusters: Clusters, pins: Mapping[Group, str], parents: Mapping[Group, Sequence[str]],
    known: Gazetteer,
) -> dict[Group, str]:  # fmt: skip
    """Pinned paths first; then the plain path where one body wants it; else with the place, the parent, the text."""
    paths = dict(pins)
    waiting = [body for body in found if body.root not in pins]
    taken = set(pins.values())
    for telling in (_plain, _with_place, _with_parent, _with_document):
        wanted = {b.root: telling(b, clusters, parents.get(b.root, ()), known) for b in waiting}
        number = Counter(wanted.values())
        settled = [b for b in waiting if number[wanted[b.root]] == 1 and wanted[b.root] not in taken and wanted[b.root]]
        paths |= {b.root: wanted[b.root] for b in settled}
        taken |= {wanted[b.root] for b in waiting}
        waiting = [b for b in waiting if b.root not in paths]
    return paths


def _plain(body: Body, clusters: Clusters, parents: Sequence[str], known: Gazetteer) -> str:
    return body.entity.path


def _with_place(body: Body, clusters: Clusters, parents: Sequence[str], known: Gazetteer) -> str:
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


def _with_parent(body: Body, clusters: Clusters, parents: Sequence[str], known: Gazetteer) -> str:
    return f"{body.entity.path}({parents[0]})" if parents else ""


def _with_document(body: Body, clusters: Clusters, parents: Sequence[str], known: Gazetteer) -> str:
    """The first text that names it, and if that is no difference either, where it stands in it."""
    document, index = body.nodes[0]
    return f"{body.entity.path}({document[:KEY]}-{index})"


def _parents(found: Iterable[Body], readings: Iterable[Extraction]) -> dict[Group, list[str]]:
    """The names of what each thing works for or belongs to, the nearest kind of belonging first."""
    home = {node: body for body in found for node in body.nodes}
    above: dict[Group, set[tuple[int, str]]] = {}
    for reading in readings:
        for claim in reading.claims:
            if claim.relation in _PARENTS and claim.object is not None:
                low, high = (home[reading.document.key, end] for end in (claim.subject, claim.object))
                rank = _PARENTS.index(claim.relation)
                above.setdefault(low.root, set()).add((rank, high.entity.name))
    return {root: [name for _, name in sorted(names)] for root, names in above.items()}
