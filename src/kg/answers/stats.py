"""What a graph consists of: counts by named queries, and what is central and what stands alone in its network."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import resources
from kg.answers import lookup, query
from kg.errors import RulesError, UsageError

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Store

    Network: TypeAlias = "networkx.Graph[Any]"

SHOWN = 20
_PIVOTS = 200  # so many shortest-path trees give the betweenness of a network well enough,
_VISITS = 1_000_000  # and fewer that of one with more than 5,000 things: each tree visits all of them
_SEED = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing, term or document with its number; `iri` is "" for what has none."""

    name: str
    iri: str
    number: float


@dataclass(frozen=True, slots=True)
class Section:
    """A named count or measure: its entries, the largest first, and how many there are in all.

    `query` is what counts, "" where it is a measure of the network.
    """

    name: str
    zh: str
    en: str
    entries: tuple[Entry, ...]
    total: int
    query: str = ""


def names() -> tuple[str, ...]:
    """All sections in their order."""
    return (*(count["name"] for count in _counts()), *_MEASURES)


def stats(store: Store, wanted: Sequence[str] = (), *, most: int = SHOWN, language: str = "zh") -> tuple[Section, ...]:
    """The sections of those names, all without one, each with at most so many entries; UsageError for another name."""
    for name in wanted:
        if name not in names():
            raise UsageError(f"stats: nothing is named {name}; there are {', '.join(names())}")
    chosen = wanted or names()
    counted = [_counted(store, one, most, language) for one in _counts() if one["name"] in chosen]
    return (*counted, *_measured(store, [name for name in _MEASURES if name in chosen], most, language))


def _counts() -> list[dict[str, str]]:
    """The named queries."""
    file = resources.ontology() / "questions" / "stats.toml"
    try:
        found: list[dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))["count"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise RulesError(f"{file.name}: {error}; install zonegraph again") from None
    return found


def _counted(store: Store, one: Mapping[str, str], most: int, language: str) -> Section:
    from pyoxigraph import QuerySolutions

    answer = query.ask(store, one["query"])
    assert isinstance(answer, QuerySolutions)
    rows = [(str(getattr(what, "value", "")), int(getattr(number, "value", 0)))
            for what, number in query.rows(answer, ("what", "number"))]  # fmt: skip
    entries = (Entry(lookup.name(store, iri, language), iri, number) for iri, number in rows[:most])
    return Section(one["name"], one["zh"], one["en"], tuple(entries), len(rows), one["query"])


def _measured(store: Store, wanted: Sequence[str], most: int, language: str) -> Iterator[Section]:
    """The measures of the network of facts: plans and what is denied are no edges."""
    network = _network(store) if wanted else None
    for name in wanted:
        assert network is not None
        zh, en, measure = _MEASURES[name]
        found = sorted(measure(network).items(), key=lambda pair: (-pair[1], pair[0]))
        entries = (Entry(lookup.name(store, iri, language), iri, number) for iri, number in found[:most])
        yield Section(name, zh, en, tuple(entries), len(found))


def _network(store: Store) -> Network:
    import networkx

    from kg.graph.network import to_networkx

    found = to_networkx(store)
    network: networkx.Graph[Any] = networkx.Graph()
    network.add_nodes_from(sorted(found.nodes))
    edges = (sorted((a, b)) for a, b, asserted in found.edges(data="asserted") if asserted and a != b)
    network.add_edges_from(sorted(map(tuple, edges)))
    return network


def _degrees(network: Network) -> dict[str, float]:
    """How many things each is related to."""
    return {node: float(degree) for node, degree in network.degree() if degree}


def _between(network: Network) -> dict[str, float]:
    """The share of shortest paths that lead through each thing."""
    import networkx

    pivots = min(len(network), _PIVOTS, max(_VISITS // max(len(network), 1), 1))
    found = networkx.betweenness_centrality(network, k=pivots, seed=_SEED) if pivots else {}
    return {node: rounded for node, share in found.items() if (rounded := round(share, 4)) > 0}


def _bridges(network: Network) -> dict[str, float]:
    """The things without which the network falls apart, with the number of pieces that are left of their own."""
    import networkx

    found = networkx.articulation_points(network)
    blocks = [frozenset(block) for block in networkx.biconnected_components(network)]
    return {node: float(sum(node in block for block in blocks)) for node in sorted(found)}


def _parts(network: Network) -> dict[str, float]:
    """The connected parts by their most related thing, with their sizes."""
    import networkx

    parts = [part for part in networkx.connected_components(network) if len(part) > 1]
    return {min(part, key=lambda node: (-network.degree(node), node)): float(len(part)) for part in parts}


def _alone(network: Network) -> dict[str, float]:
    """The things that no fact relates to another."""
    return {node: 0.0 for node, degree in network.degree() if not degree}


_MEASURES: Mapping[str, tuple[str, str, Callable[[Network], dict[str, float]]]] = {
    "central": ("关系最多的实体", "Most related", _degrees),
    "between": ("居于联系之间的实体", "Between the others (share of shortest paths)", _between),
    "bridges": ("去掉便断开联系的实体", "Cut points (parts that hang on them)", _bridges),
    "parts": ("互相连通的部分", "Connected parts (by their most related thing)", _parts),
    "alone": ("没有关系的实体", "Related to nothing", _alone),
}
