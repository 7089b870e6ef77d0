"""What a dataset holds, counted by the contract's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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


def counts(quads: Iterable[Quad]) -> Counts:
    """The counts of a dataset, each dict in the order of the contract and without zeros."""
    types: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    counted = {terms.TYPE, terms.zg("status"), *map(terms.zg, Relation)}
    for quad in quads:
        if quad.predicate in counted:
            plain = isinstance(quad.graph_name, DefaultGraph)
            types[_typed(quad)] += plain or _typed(quad) == "Claim"
            relations[_local(quad.predicate)] += plain
            statuses[_local(quad.object)] += not plain and quad.predicate == terms.zg("status")
    return Counts(
        _known(types, EntityType), _known(relations, Relation), _known(statuses, Status),
        types["Observation"], types["Claim"],
    )  # fmt: skip


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
