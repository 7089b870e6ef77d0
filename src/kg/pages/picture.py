"""The graph as one SVG, drawn from the same positions as the page: for a README, a notebook, an export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from math import hypot
from typing import TYPE_CHECKING

from kg.pages.looks import FONT, box, lines, look, radius
from kg.pages.model import TYPES, Model, Node, model
from kg.pages.part import Choice, part
from kg.pages.payload import places, style, unreal
from kg.pages.vocabulary import vocabulary

if TYPE_CHECKING:
    from pyoxigraph import Quad

Place = tuple[int, int]
DRAWN = 1_000  # of a larger graph the entities with most relations: as many as the page draws at once
_MARGIN = 28
_LEGEND = (118, 168)  # width of one entry, in Chinese and English
_FONTS = "'PingFang SC','Hiragino Sans GB','Noto Sans CJK SC','Microsoft YaHei',sans-serif"
_DASHES = {"plain": "", "plan": ' stroke-dasharray="7 5"', "void": ' stroke-dasharray="2 5"'}
_COLOURS = {"plain": "#c2ccd5", "plan": "#cf8a3c", "void": "#c98a8a"}
_STYLES = {"plan": ("计划", "planned"), "void": ("不成立", "does not hold")}


def picture(quads: Iterable[Quad]) -> str:
    """The graph of a build as SVG. Of more than DRAWN entities those with most relations; it says that it does so."""
    found = model(quads)
    return svg(found if len(found.nodes) <= DRAWN else part(found, Choice(top=DRAWN)))


def svg(model: Model, language: str = "zh") -> str:
    """The whole model as a standing SVG document; the same bytes for the same model, names escaped."""
    model, english = (_english(model), 1) if language == "en" else (model, 0)
    sizes = [box(node.name, node.degree) for node in model.nodes]
    drawn, hollow = places(model), unreal(model)
    left, top, wide, high = _frame(drawn, sizes)
    signs = [*_types(model, english), *_lines(model, english)]
    legend = _legend(signs, (left + _MARGIN, top + high), wide - 2 * _MARGIN, _LEGEND[english])
    high += 30 * len(legend) + _MARGIN // 2 if legend else 0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" font-family="{_FONTS}" font-size="{FONT}" fill="#1b2530">',
        f"<title>{_told(model, english)}</title>",
        f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" rx="14" fill="#f5f7f8"/>',
        *_edges(model, drawn),
        *(_node(node, drawn[i], i in hollow, english) for i, node in enumerate(model.nodes)),
        *(part for row in legend for part in row),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _english(model: Model) -> Model:
    """The model with the English names that it has."""
    return replace(model, nodes=tuple(replace(node, name=node.english or node.name) for node in model.nodes))


def _told(model: Model, english: int) -> str:
    """What is drawn, in numbers."""
    nodes, facts, whole = len(model.nodes), len(model.facts), model.whole
    counts = (f"{nodes} 个实体，{facts} 条关系", f"entities: {nodes}, relations: {facts}")[english]
    more = (f"（全图共 {whole} 个实体）", f" (of {whole} entities)")[english]
    return counts if whole == nodes else counts + more


def _frame(drawn: tuple[Place, ...], sizes: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    """Left, top, width and height of the picture."""
    if not drawn:
        return 0, 0, 320, 120
    pairs = list(zip(drawn, sizes, strict=True))
    left = min(x - wide // 2 for (x, _), (wide, _) in pairs) - _MARGIN
    top = min(y - high // 2 for (_, y), (_, high) in pairs) - _MARGIN
    right = max(x + wide // 2 for (x, _), (wide, _) in pairs) + _MARGIN
    bottom = max(y + high // 2 for (_, y), (_, high) in pairs) + _MARGIN
    return left, top, right - left, bottom - top


def _edges(model: Model, drawn: tuple[Place, ...]) -> list[str]:
    """A line for each fact between two nodes."""
    rows: dict[str, None] = {}  # facts of one look between the same two nodes are one line
    for fact in model.facts:
        if fact.object is not None and fact.object != fact.subject:
            end = radius(model.nodes[fact.object].degree) + 4
            rows[_edge(drawn[fact.subject], drawn[fact.object], end, style(fact.statuses))] = None
    return list(rows)


def _edge(start: Place, end: Place, short: int, kind: str) -> str:
    """A line that ends before the node it points to, and its arrow: not every program knows markers."""
    (x, y), (u, v) = start, end
    length = hypot(u - x, v - y) or 1.0
    part = max(1 - short / length, 0.0)
    (dx, dy), (a, b) = ((u - x) / length, (v - y) / length), (x + (u - x) * part, y + (v - y) * part)
    corners = " ".join(f"L{a - 8 * dx - side * dy:.1f} {b - 8 * dy + side * dx:.1f}" for side in (3.4, -3.4))
    line = f'<line x1="{x}" y1="{y}" x2="{a - 4 * dx:.1f}" y2="{b - 4 * dy:.1f}" stroke="{_COLOURS[kind]}"'
    return f'{line}{_DASHES[kind]}/><path d="M{a:.1f} {b:.1f}{corners}Z" fill="{_COLOURS[kind]}"/>'


def _node(node: Node, place: Place, hollow: bool, english: int) -> str:
    """Shape, character and label."""
    x, y = place
    r = radius(node.degree)
    rows = "".join(
        f'<text x="{x}" y="{y + r + 4 + FONT + i * (FONT + 4)}" text-anchor="middle" paint-order="stroke" '
        f'stroke="#f5f7f8" stroke-width="4" stroke-linejoin="round">{_shown(row)}</text>'
        for i, row in enumerate(lines(node.name))
    )
    kinds = [_shown(_label(kind, english)) for kind in node.types]
    about = f" ({', '.join(kinds)})" if english else f"（{'、'.join(kinds)}）"
    title = f"<title>{_shown(node.name)}{about}</title>"
    return f"<g>{title}{_shape(node.types[0], x, y, r, hollow=hollow)}{rows}</g>"


def _shape(kind: str, x: int, y: int, r: int, *, hollow: bool = False) -> str:
    """The sign of a type; hollow and dashed for what is only planned."""
    seen = look(kind)
    fill, line = ("#fff", f'"{seen.colour}" stroke-dasharray="5 4"') if hollow else (seen.colour, '"#f5f7f8"')
    ring = f'fill="{fill}" stroke={line} stroke-width="2"'
    side = r * 0.8 if seen.shape == "diamond" else r * 0.9
    turn = f' transform="rotate(45 {x} {y})"' if seen.shape == "diamond" else ""
    square = f'x="{x - side:.1f}" y="{y - side:.1f}" width="{2 * side:.1f}" height="{2 * side:.1f}" rx="{r * 0.34:.1f}"'
    drawn = (
        f'<circle cx="{x}" cy="{y}" r="{r}" {ring}/>' if seen.shape == "circle" else f"<rect {square} {ring}{turn}/>"
    )
    return (
        f'{drawn}<text x="{x}" y="{y + r * 0.34:.1f}" font-size="{r * 0.94:.1f}" font-weight="600" '
        f'fill="{seen.colour if hollow else "#fff"}" text-anchor="middle">{_shown(seen.glyph)}</text>'
    )


def _legend(signs: Sequence[tuple[str, str]], corner: Place, wide: int, each: int) -> list[list[str]]:
    """A line, then rows of signs with their words, each as wide as `each`."""
    (left, top), across = corner, max(wide // each, 1)
    made = []
    for i, (sign, text) in enumerate(signs):
        x, y = left + 12 + (i % across) * each, top + 36 + 30 * (i // across)
        made.append(f'<g transform="translate({x} {y})">{sign}<text x="18" y="5" fill="#586675">{text}</text></g>')
    if not made:
        return []
    rule = f'<path d="M{left} {top}h{wide}" stroke="#dfe5ea"/>'
    return [[rule], *(made[i : i + across] for i in range(0, len(made), across))]


def _types(model: Model, english: int) -> list[tuple[str, str]]:
    """Sign and words of each type that is drawn."""
    counts = ((kind, sum(kind in node.types for node in model.nodes)) for kind in TYPES)
    return [(_shape(kind, 0, 0, 11), f"{_shown(_label(kind, english))} {count}") for kind, count in counts if count]


def _label(kind: str, english: int) -> str:
    """A type's name."""
    return vocabulary().label(kind)[english]


def _lines(model: Model, english: int) -> list[tuple[str, str]]:
    """Sign and words of each style of line that is drawn and needs words."""
    drawn = {style(fact.statuses) for fact in model.facts if fact.object is not None}
    kinds = [kind for kind in _STYLES if kind in drawn]
    return [
        (f'<line x1="-11" x2="11" stroke="{_COLOURS[kind]}" stroke-width="2"{_DASHES[kind]}/>', _STYLES[kind][english])
        for kind in kinds
    ]


def _shown(text: str) -> str:
    """Text for markup: escaped, and without the control characters that XML forbids."""
    return escape("".join(char if char >= " " else " " for char in text if char not in "\ufffe\uffff"))
