"""What speaks for two referents being one: each reason with its strength, and what forbids it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.records import EntityType, Extraction, Referent
from kg.resolve.names import folded


class Verdict(StrEnum):
    """What a judgement says of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A referent of a document."""

    document: str
    index: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on a pair; `strength` orders the joins, 1 is a public code, 2 the full name, 3 a short name."""

    strength: int
    a: Node
    b: Node
    verdict: Verdict
    reason: str


def referents(extractions: Sequence[Extraction]) -> dict[Node, Referent]:
    """Every referent of the extractions under its node, in a fixed order."""
    ordered = sorted(extractions, key=lambda e: e.document.key)
    return {Node(e.document.key, i): r for e in ordered for i, r in enumerate(e.referents)}


def judgements(nodes: dict[Node, Referent]) -> list[Judgement]:
    """All judgements that names and codes allow, the strongest first."""
    found = [*_by_code(nodes), *_by_name(nodes), *_by_short_name(nodes)]
    return sorted(found, key=lambda j: (j.strength, j.a, j.b))


def _by_code(nodes: dict[Node, Referent]) -> Iterable[Judgement]:
    blocks: dict[tuple[EntityType, str], list[Node]] = defaultdict(list)
    for node, referent in nodes.items():
        if referent.code or referent.concept:
            blocks[referent.type, referent.code or "concept:" + str(referent.concept)].append(node)
    yield from _chained(blocks.values(), 1, "one entry of a public list")


def _by_name(nodes: dict[Node, Referent]) -> Iterable[Judgement]:
    blocks: dict[tuple[EntityType, str], list[Node]] = defaultdict(list)
    for node, referent in nodes.items():
        blocks[referent.type, folded(referent.name)].append(node)
    yield from _chained(blocks.values(), 2, "one full name")


def _chained(blocks: Iterable[list[Node]], strength: int, reason: str) -> Iterable[Judgement]:
    for block in blocks:
        for a, b in zip(block, block[1:], strict=False):
            yield Judgement(strength, a, b, Verdict.SAME, reason)


def _by_short_name(nodes: dict[Node, Referent]) -> Iterable[Judgement]:
    """A name in one document that is a short form in another, where only one full name claims it."""
    claimed: dict[tuple[EntityType, str], dict[str, Node]] = defaultdict(dict)
    for node, referent in nodes.items():
        for alias in referent.aliases:
            claimed[referent.type, folded(alias)].setdefault(folded(referent.name), node)
    for node, referent in nodes.items():
        owners = claimed.get((referent.type, folded(referent.name)), {})
        full = [n for name, n in owners.items() if name != folded(referent.name)]
        if len(full) == 1 and len(folded(referent.name)) >= 3:
            yield Judgement(3, full[0], node, Verdict.SAME, "a short name of one full name only")
