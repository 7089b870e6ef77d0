"""The model as the data of the page: tables of rows, so that 10,000 facts stay small, and text that ends no script.

`scene` is pyvis's network: its nodes, edges and options, of which the page makes vis-network's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kg.pages.layout import positions
from kg.pages.looks import box, lift, lines, look, radius
from kg.pages.model import TYPES, Model
from kg.pages.readings import readings
from kg.pages.vocabulary import Vocabulary
from kg.records import Basis, Modifier, Status

if TYPE_CHECKING:
    from pyvis.network import Network

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_UNREAL = frozenset({Status.PLANNED, Status.TARGET})
_VOID = frozenset({Status.NEGATED, Status.TERMINATED})
_PLANNABLE = frozenset(
    {"Zone", "Valley", "Laboratory", "ResearchInstitute", "Fund", "Facility", "Project", "Product", "Event"}
)
_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectable": False, "tooltipDelay": 0},
    "nodes": {"shape": "dot"},
    "edges": {"smooth": False},
}


def encode(value: object) -> str:
    """JSON that may stand in a script element: no character of it opens or closes markup."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def network(model: Model) -> Network:
    """The model as pyvis's network, with positions; nothing moves once the page is open."""
    from pyvis.network import Network

    scene = Network(directed=True)
    scene.set_options(json.dumps(_OPTIONS))
    hollow = unreal(model)
    for i, (node, (x, y)) in enumerate(zip(model.nodes, places(model), strict=True)):
        label = "\n".join(lines(node.name)) or "?"
        kind = "plan" if i in hollow else "plain"
        scene.add_node(i, label, "dot", group=node.types[0], x=x, y=y, size=radius(node.degree), style=kind)
    for i, fact in enumerate(model.facts):
        if fact.object is not None:
            scene.add_edge(fact.subject, fact.object, id=i, style=style(fact.statuses))
    return scene


def places(model: Model) -> tuple[tuple[int, int], ...]:
    """Where the middle of each node stands, in pixels at scale 1."""
    sizes = [box(node.name, node.degree) for node in model.nodes]
    found = positions(sizes, links(model), [TYPES.index(node.types[0]) for node in model.nodes])
    return tuple((x, y - lift(node.name)) for node, (x, y) in zip(model.nodes, found, strict=True))


def links(model: Model) -> list[tuple[int, int]]:
    """The pairs of nodes that a fact binds."""
    return [(fact.subject, fact.object) for fact in model.facts if fact.object is not None]


def style(statuses: Sequence[str]) -> str:
    """How an edge is drawn: plain, plan (all its statements are plans or goals), void (it does not hold)."""
    if not set(statuses) - _VOID:
        return "void"
    return "plan" if not set(statuses) - _UNREAL - _VOID else "plain"


def unreal(model: Model) -> frozenset[int]:
    """The nodes that so far are only planned: each of their relations to others is a plan or a goal."""
    plans: dict[int, bool] = {}
    for fact in model.facts:
        if fact.object is not None:
            only = not set(fact.statuses) - _UNREAL
            plans |= {node: plans.get(node, True) and only for node in (fact.subject, fact.object)}
    return frozenset(i for i, only in plans.items() if only and _PLANNABLE & set(model.nodes[i].types))


def table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> dict[str, object]:
    """Rows under named columns; a column of few different words or lists holds their numbers, `words` has them."""
    cells = {column: [row[column] for row in rows] for column in columns}
    words = {column: found for column in columns if (found := _repeated(cells[column]))}
    for column, found in words.items():
        place = {repr(word): i for i, word in enumerate(found)}
        cells[column] = [place[repr(word)] for word in cells[column]]
    return {"columns": list(columns), "words": words, "rows": [list(row) for row in zip(*cells.values(), strict=True)]}


def _repeated(values: Sequence[object]) -> list[object]:
    """The different words (or lists) of a column where they are few, else nothing."""
    if not all(isinstance(value, str | list) for value in values):
        return []
    found = {repr(value): value for value in values}
    return list(found.values()) if 4 * len(found) < len(values) else []


def records(rows: Sequence[Any], kind: type) -> dict[str, object]:
    """Records as a table under the names of their fields."""
    columns = [field.name for field in fields(kind)]
    return table([{column: plain(getattr(row, column)) for column in columns} for row in rows], columns)


def plain(value: object) -> object:
    """A field as JSON has it: a nested record becomes a list."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return [plain(getattr(value, name)) for name in value.__dataclass_fields__]
    return value


def main(model: Model, words: Vocabulary, title: str) -> dict[str, object]:
    """What the page reads when it opens: everything but sentences and statements."""
    from kg.pages.figures import Figure
    from kg.pages.model import Fact, Node, Paper

    scene = network(model)
    return {
        "title": title,
        "base": model.base,
        "whole": model.whole,
        "scene": {
            "options": scene.options,
            "nodes": table(scene.nodes, ("id", "label", "x", "y", "size", "style")),
            "edges": table(scene.edges, ("id", "style")),
        },
        "nodes": records(model.nodes, Node),
        "facts": records(model.facts, Fact),
        "figures": records(model.figures, Figure),
        "papers": records(model.papers, Paper),
        "moved": dict(model.moved),
        "looks": {kind: plain(look(kind)) for kind in TYPES},
        "words": labels(model, words),
        "readings": readings(_names(model)),
    }


def evidence(model: Model) -> dict[str, object]:
    """What the page reads at the first click: sentences, and statements that point into them."""
    from kg.pages.statements import Sentence, Statement

    return {"sentences": records(model.sentences, Sentence), "statements": records(model.statements, Statement)}


def labels(model: Model, words: Vocabulary) -> dict[str, object]:
    """Both labels of each term the page shows; of a relation also those of its inverse."""
    relations = sorted({fact.relation for fact in model.facts})
    return {
        "types": {name: words.label(name) for name in TYPES},
        "relations": {name: [*words.label(name), *(words.backward(name) or ())] for name in relations},
        "statuses": {status.value: words.label(status.value) for status in Status},
        "modifiers": {modifier.value: words.label(modifier.value) for modifier in Modifier},
        "bases": {basis.value: words.label(basis.value) for basis in Basis},
    }


def _names(model: Model) -> Iterable[str]:
    for node in model.nodes:
        yield node.name
        yield from node.aliases
