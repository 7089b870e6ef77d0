"""Entities out of judgements: SAME edges joined in a fixed order, strongest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.records import Entity, EntityType, Extraction, Referent, Resolution
from kg.resolve.judgements import Judgement, Node, Verdict, judgements, referents
from kg.resolve.names import fullest


def resolution(extractions: Sequence[Extraction]) -> Resolution:
    """Which referent of which document is which entity; independent of the order of the extractions."""
    nodes = referents(extractions)
    roots = _joined(nodes, judgements(nodes))
    clusters: dict[Node, list[Node]] = {}
    for node in nodes:
        clusters.setdefault(_root(roots, node), []).append(node)
    entities = _entities(clusters, nodes)
    order = sorted(entities, key=lambda root: entities[root].path)
    position = {root: i for i, root in enumerate(order)}
    of = {
        e.document.key: tuple(position[_root(roots, Node(e.document.key, i))] for i in range(len(e.referents)))
        for e in sorted(extractions, key=lambda e: e.document.key)
    }
    return Resolution(tuple(entities[root] for root in order), of)


def _joined(nodes: dict[Node, Referent], verdicts: Sequence[Judgement]) -> dict[Node, Node]:
    """Each node's parent in its cluster; a cluster's root is its smallest node."""
    parent = {node: node for node in nodes}
    for judgement in verdicts:
        if judgement.verdict is Verdict.SAME:
            a, b = sorted((_root(parent, judgement.a), _root(parent, judgement.b)))
            parent[b] = a
    return parent


def _root(parent: dict[Node, Node], node: Node) -> Node:
    while parent[node] != node:
        node = parent[node]
    return node


def _entities(clusters: dict[Node, list[Node]], nodes: dict[Node, Referent]) -> dict[Node, Entity]:
    """One entity a cluster; two clusters of one name and type are told apart by a number in a fixed order."""
    found: dict[Node, Entity] = {}
    taken: Counter[str] = Counter()
    for root in sorted(clusters):
        entity = _entity([(n.document, nodes[n]) for n in clusters[root]])
        taken[entity.path] += 1
        found[root] = entity
    return found


def _entity(members: list[tuple[str, Referent]]) -> Entity:
    """The entity that these referents name."""
    names = [r.name for _, r in members]
    name = fullest(names)
    forms = {form for _, r in members for form in (r.name, *r.aliases)} - {name}
    type_ = _type([r for _, r in members])
    return Entity(
        type=type_,
        name=name,
        path=f"{type_.value.lower()}/{name}",
        aliases=tuple(sorted(forms)),
        documents=tuple(sorted({document for document, _ in members})),
        concept=next((r.concept for _, r in members if r.concept), None),
        code=next((r.code for _, r in members if r.code), None),
    )


def _type(members: Sequence[Referent]) -> EntityType:
    votes: Counter[EntityType] = Counter()
    for referent in members:
        votes[referent.type] += len(referent.mentions)
    return min(votes, key=lambda t: (-votes[t], t))
