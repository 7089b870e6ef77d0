"""The graph as one SVG, drawn from the same positions as the page: for a README, a notebook, an export."""

from __future__ import annotations

from collections.abc import Iterable
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
_LEGEND = 118  # width of one entry
_FONTS = "'PingFang SC','Hiragino Sans GB','Noto Sans CJK SC','Microsoft YaHei',sans-serif"
_DASHES = {"plain": "", "plan": ' stroke-dasharray="7 5"', "void": ' stroke-dasharray="2 5"'}
_COLOURS = {"plain": "#c2ccd5", "plan": "#cf8a3c", "void": "#c98a8a"}
_STYLES = {"plan": "计划", "void": "不成立"}


def picture(quads: Iterable[Quad]) -> str:
    """The graph of a build as SVG. Of more than DRAWN entities those with most relations; it says that it does so."""
    found = model(quads)
    return svg(found if len(found.nodes) <= DRAWN else part(found, Choice(top=DRAWN)))


def svg(model: Model) -> str:
    """The whole model as a standing SVG document; the same bytes for the same model, names escaped."""
    sizes = [box(node.name, node.degree) for node in model.nodes]
    drawn, hollow = places(model), unreal(model)
    left, top, wide, high = _frame(drawn, sizes)
    legend = _legend(model, left + _MARGIN, top + high, wide - 2 * _MARGIN)
    high += 30 * len(legend) + _MARGIN // 2 if legend else 0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" font-family="{_FONTS}" font-size="{FONT}" fill="#1b2530">',
        f"<title>{_told(model)}</title>",
        f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" rx="14" fill="#f5f7f8"/>',
        *_edges(model, drawn),
        *(_node(node, drawn[i], i in hollow) for i, node in enumerate(model.nodes)),
        *(part for row in legend for part in row),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _told(model: Model) -> str:
    """What is drawn, in numbers."""
    counts = f"{len(model.nodes)} 个实体，{len(model.facts)} 条关系"
    return counts if model.whole == len(model.nodes) else f"{counts}（全图共 {model.whole} 个实体）"


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


def _node(node: Node, place: Place, hollow: bool) -> str:
    """Shape, character and label."""
    x, y = place
    r = radius(node.degree)
    rows = "".join(
        f'<text x="{x}" y="{y + r + 4 + FONT + i * (FONT + 4)}" text-anchor="middle" paint-order="stroke" '
        f'stroke="#f5f7f8" stroke-width="4" stroke-linejoin="round">{_shown(row)}</text>'
        for i, row in enumerate(lines(node.name))
    )
    title = f"<title>{_shown(node.name)}（{'、'.join(_shown(_label(kind)) for kind in node.types)}）</title>"
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


def _legend(model: Model, left: int, top: int, wide: int) -> list[list[str]]:
    """A line, then rows of signs: the types with their counts, and the lines that are no plain facts."""
    across = max(wide // _LEGEND, 1)
    made = []
    for i, (sign, text) in enumerate([*_types(model), *_lines(model)]):
        x, y = left + 12 + (i % across) * _LEGEND, top + 36 + 30 * (i // across)
        made.append(f'<g transform="translate({x} {y})">{sign}<text x="18" y="5" fill="#586675">{text}</text></g>')
    if not made:
        return []
    rule = f'<path d="M{left} {top}h{wide}" stroke="#dfe5ea"/>'
    return [[rule], *(made[i : i + across] for i in range(0, len(made), across))]


def _types(model: Model) -> list[tuple[str, str]]:
    """Sign and words of each type that is drawn."""
    counts = ((kind, sum(kind in node.types for node in model.nodes)) for kind in TYPES)
    return [(_shape(kind, 0, 0, 11), f"{_shown(_label(kind))} {count}") for kind, count in counts if count]


def _label(kind: str) -> str:
    """A type's Chinese name."""
    return vocabulary().label(kind)[0]


def _lines(model: Model) -> list[tuple[str, str]]:
    """Sign and words of each style of line that is drawn and needs words."""
    drawn = {style(fact.statuses) for fact in model.facts if fact.object is not None}
    kinds = [kind for kind in _STYLES if kind in drawn]
    return [
        (f'<line x1="-11" x2="11" stroke="{_COLOURS[kind]}" stroke-width="2"{_DASHES[kind]}/>', _STYLES[kind])
        for kind in kinds
    ]


def _shown(text: str) -> str:
    """Text for markup: escaped, and without the control characters that XML forbids."""
    return escape("".join(char if char >= " " else " " for char in text if char not in "\ufffe\uffff"))
