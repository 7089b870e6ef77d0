"""What a dataset holds, counted by the contract's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.errors import StoreError
from kg.graph import terms
from kg.records import EntityType, Relation, Status
from kg.store.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Counts:
    """Entities by type, plain relations by property, claims with a status by status, and figures and claims in all."""

    entities: dict[str, int]
    relations: dict[str, int]
    statuses: dict[str, int]
    figures: int
    claims: int


class Tally:
    """Counts that are going on."""

    def __init__(self, before: Counts | None = None) -> None:
        types = {**before.entities, "Observation": before.figures, "Claim": before.claims} if before else {}
        self._types = Counter(types)
        self._relations = Counter(before.relations if before else {})
        self._statuses = Counter(before.statuses if before else {})

    def add(self, quads: Iterable[Quad], sign: int = 1) -> None:
        """Count some quads in, or out with -1; no quad is counted in twice."""
        counted = _counted()
        for quad in quads:
            if quad.predicate in counted:
                plain = isinstance(quad.graph_name, DefaultGraph)
                self._types[_typed(quad)] += sign * (plain or _typed(quad) == "Claim")
                self._relations[_local(quad.predicate)] += sign * plain
                told = not plain and quad.predicate == terms.zg("status")
                self._statuses[_local(quad.object)] += sign * told

    def counts(self) -> Counts:
        """The counts so far, each dict in the order of the contract and without zeros."""
        return Counts(
            _known(self._types, EntityType), _known(self._relations, Relation), _known(self._statuses, Status),
            self._types["Observation"], self._types["Claim"],
        )  # fmt: skip


def counts(quads: Iterable[Quad]) -> Counts:
    """The counts of a dataset."""
    tally = Tally()
    tally.add(quads)
    return tally.counts()


@cache
def _counted() -> frozenset[NamedNode]:
    return frozenset({terms.TYPE, terms.zg("status"), *map(terms.zg, Relation)})


def recounted(manifest: Manifest) -> Counts:
    """The counts as a build wrote them into its manifest; StoreError where it wrote none."""
    try:
        return Counts(**manifest.more["counts"])
    except (KeyError, TypeError):
        raise StoreError("manifest.json: names no counts; build the graph again") from None


def _typed(quad: Quad) -> str:
    """The local name of the type that a quad states, "" for other quads."""
    return _local(quad.object) if quad.predicate == terms.TYPE else ""


def _local(term: object) -> str:
    """The local name of a term of the ontology, "" for other terms."""
    space = terms.zg("").value
    return term.value.removeprefix(space) if isinstance(term, NamedNode) and term.value.startswith(space) else ""


def _known(found: Counter[str], names: Iterable[str]) -> dict[str, int]:
    return {str(name): found[name] for name in names if found[name]}
