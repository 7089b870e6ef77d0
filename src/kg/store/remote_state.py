"""What a remote store says of itself: which graphs it holds in which version, and of which generation it is.

It stands in the graph `zg:state`: `<graph> zg:generation "…"` for each graph, the sha256 of its sorted N-Triples, or
"changing" while it is written; `zg:state zg:generation "…"` for the whole, the hash of the dataset,
and only while that is what the store holds. A store without that triple was left in the middle of a load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

Ask = Callable[[str], "QuerySolutions"]
STATE, GENERATION, LOADING = terms.zg("state"), terms.zg("generation"), terms.zg("loading")
CHANGING = "changing"
BATCH = 200
"""Graphs in one update: Virtuoso compiles an update whole, and only so much of it."""
_ALL = f"SELECT ?graph ?version WHERE {{ GRAPH {STATE} {{ ?graph {GENERATION} ?version }} }}"
_DOCUMENTS = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?graph {terms.TYPE} {terms.zg('Document')} }} }}"
_LOADING = f"SELECT ?target WHERE {{ GRAPH {STATE} {{ {STATE} {LOADING} ?target }} }}"


@dataclass(frozen=True, slots=True)
class State:
    """`versions` is graph -> version; `generation` is None where the store is empty or a load has not ended."""

    generation: str | None
    versions: Mapping[str, str]
    loading: str | None = None

    @property
    def broken(self) -> bool:
        """Whether a load broke off here, or two got in each other's way."""
        return CHANGING in self.versions.values() or (self.generation is None and bool(self.versions))


def state(ask: Ask) -> State:
    """What the store says of itself, and documents that it does not speak of as if they were being changed."""
    said = {row["graph"].value: row["version"].value for row in ask(_ALL)}
    generation = said.pop(STATE.value, None)
    strays = {row["graph"].value: CHANGING for row in ask(_DOCUMENTS)}
    target = next((row["target"].value for row in ask(_LOADING)), None)
    return State(generation, {**strays, **said}, target)


def generation(ask: Ask) -> str | None:
    """The generation that readers check, None where there is none."""
    rows = ask(f"SELECT ?version WHERE {{ GRAPH {STATE} {{ {STATE} {GENERATION} ?version }} }}")
    return next((row["version"].value for row in rows), None)


def begun(target: str) -> str:
    """The update after which no reader takes the store for whole, and which says what is being loaded."""
    return (
        f"DELETE WHERE {{ GRAPH {STATE} {{ {STATE} {GENERATION} ?version }} }} ;\n"
        f"DELETE WHERE {{ GRAPH {STATE} {{ {STATE} {LOADING} ?target }} }} ;\n"
        f'INSERT DATA {{ GRAPH {STATE} {{ {STATE} {LOADING} "{target}" }} }}'
    )


def ended(target: str) -> str:
    """The update that makes the store whole, unless another load has begun in the meantime."""
    return (
        f'DELETE {{ GRAPH {STATE} {{ {STATE} {LOADING} "{target}" }} }}\n'
        f'INSERT {{ GRAPH {STATE} {{ {STATE} {GENERATION} "{target}" }} }}\n'
        f'WHERE {{ GRAPH {STATE} {{ {STATE} {LOADING} "{target}" }} }}'
    )


def marked(versions: Mapping[str, str | None], *, target: str) -> Iterator[str]:
    """Updates that give graphs their version, None for one that is gone, while the load of `target` is the last one."""
    graphs = sorted(versions)
    for some in (graphs[at : at + BATCH] for at in range(0, len(graphs), BATCH)):
        names = " ".join(f"<{graph}>" for graph in some)
        kept = "".join(f'<{g}> {GENERATION} "{versions[g]}" . ' for g in some if versions[g] is not None)
        ours = f'{STATE} {LOADING} "{target}"'
        yield (
            f"DELETE {{ GRAPH {STATE} {{ ?graph {GENERATION} ?version }} }}\n"
            f"WHERE {{ VALUES ?graph {{ {names} }} GRAPH {STATE} {{ ?graph {GENERATION} ?version . {ours} }} }}"
            + (f" ;\nINSERT {{ GRAPH {STATE} {{ {kept}}} }} WHERE {{ GRAPH {STATE} {{ {ours} }} }}" if kept else "")
        )


def documents(found: State) -> list[str]:
    """The graphs that GRAPH ranges over in an embedded store: all but the facts."""
    return sorted(graph for graph in found.versions if graph != terms.FACTS.value)


def changes(known: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The graphs to put and those to delete, the facts behind all that they rest on."""
    put = [graph for graph in wanted if known.get(graph) != wanted[graph]]
    return sorted(put, key=_order), sorted(set(known) - set(wanted))


def _order(graph: str) -> tuple[bool, bool, str]:
    return graph == terms.FACTS.value, graph == terms.INFERRED.value, graph
