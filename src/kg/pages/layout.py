"""Where the nodes stand: computed once, the same on every machine, whole numbers.

Each connected part is spread by rustworkx's spring layout from a fixed seed (equal bytes across hash seeds; 0.5 s for
1,000 nodes), then nodes are pushed apart until no box of node and label covers another. The largest part stands in the
middle, the others are packed around it, and the smallest, with all that have no relation, stand in rows beneath.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from math import ceil, cos, pi, sin, sqrt

Point = tuple[float, float]
Size = tuple[int, int]
Links = Sequence[tuple[int, int]]
Near = Sequence[set[int]]
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom

SEED = 20250613
_ASPECT = 1.75  # width by height: that of a window, less what the rows beneath take
_ROOM, _WIDE_ROOM = 1.8, 2.4  # area of a part by the area of its boxes; of a crowded one
_STAR = 0.4  # a part is fanned out around a node that so many of the others touch
_STAGGER = (0.0, 0.42, 0.21)  # ends of one branch stand at different distances, so that labels find room
_PASSES = 80
_CHECKS = 4_000_000  # pairs that are looked at before a part is left as it is: some 5 seconds, far above 5,000 nodes
_CROWD = 200  # larger parts have a middle so dense that boxes could not be pushed apart
_GAP = 46
_SMALL = 3  # parts up to this size stand in rows beneath,
_PACKED = 60  # and so do all behind so many


def positions(sizes: Sequence[Size], links: Links, groups: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The centre of each node's box. `sizes` are the boxes in pixels, `links` pairs of nodes,
    `groups` their kinds. Nodes come in order of importance: the first of a part stands in its middle.
    """
    near = _near(len(sizes), links)
    blocks = [_spread(part, sizes, near, groups) for part in _parts(len(sizes), links)]
    placed: dict[int, Point] = {}
    taken: list[Rectangle] = []
    large = [block for block in blocks if len(block) > _SMALL or block is blocks[0]][:_PACKED]
    for block in large:
        _settle(placed, taken, block, sizes)
    rest = [block for block in blocks if not any(block is other for other in large)]
    if rest:
        _below(placed, taken, _rows(rest, sizes, _across(taken)), sizes)
    return tuple((round(placed[i][0]), round(placed[i][1])) for i in range(len(sizes)))


def _parts(count: int, links: Links) -> list[list[int]]:
    """The connected parts, the largest first."""
    import rustworkx

    parts = rustworkx.connected_components(_graph(range(count), links))
    return sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))


def _graph(nodes: Sequence[int], links: Links) -> "rustworkx.PyGraph[int, None]":  # type: ignore[name-defined] # noqa: F821, UP037
    """The undirected graph without loops and double edges."""
    import rustworkx

    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    place = dict(zip(nodes, graph.add_nodes_from(list(nodes)), strict=True))
    pairs = sorted({(min(a, b), max(a, b)) for a, b in links if a != b and a in place})
    graph.add_edges_from([(place[a], place[b], None) for a, b in pairs])
    return graph


def _spread(part: list[int], sizes: Sequence[Size], near: Near, groups: Sequence[int]) -> dict[int, Point]:
    """One part around its own middle, without overlaps."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    starlike = len(near[part[0]]) >= _STAR * (len(part) - 1)
    points = _fan(part, near, groups) if starlike else _springs(part, near)
    return _apart(_scaled(points, _room(part, sizes)), sizes)


def _springs(part: list[int], near: Near) -> dict[int, Point]:
    """The part as springs settle it."""
    import rustworkx

    rounds = 200 if len(part) <= 1_000 else max(min(50, 1_250_000_000 // len(part) ** 2), 8)
    links = [(node, other) for node in part for other in near[node] if node < other]
    found = rustworkx.spring_layout(_graph(part, links), num_iter=rounds, seed=SEED)
    points = {node: (found[i][0], found[i][1]) for i, node in enumerate(part)}
    return _even(points) if len(part) > _CROWD else points


def _even(points: Mapping[int, Point]) -> dict[int, Point]:
    """The points at distances from the middle that leave each the same area: springs crowd what many are bound to."""
    x, y = (sum(place[axis] for place in points.values()) / len(points) for axis in (0, 1))
    away = {i: sqrt((u - x) * (u - x) + (v - y) * (v - y)) or 1e-9 for i, (u, v) in points.items()}
    reach = {i: sqrt(place + 0.5) for place, i in enumerate(sorted(points, key=lambda i: (away[i], i)))}
    return {i: ((u - x) / away[i] * reach[i], (v - y) / away[i] * reach[i]) for i, (u, v) in points.items()}


def _near(count: int, links: Links) -> Near:
    """The neighbours of each node."""
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in links:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    return near


def _fan(part: list[int], near: Near, groups: Sequence[int]) -> dict[int, Point]:
    """The most connected node in the middle, the others fanned out by their distance from it.

    Neighbours of one kind come side by side, and every branch has an angle as wide as it has ends. This is for parts
    around one node: they have no shape that springs could find, springs only shuffle their rays.
    """
    children = _tree(part, near, groups)
    ends: dict[int, int] = {}
    for node in reversed(list(_walk(children, part[0]))):
        ends[node] = sum(ends[child] for child in children[node]) or 1
    points = {part[0]: (0.0, 0.0)}
    stack = [(part[0], 0.0, 2 * pi, 1)]
    while stack:
        node, low, wide, depth = stack.pop()
        for turn, child in enumerate(children[node]):
            share = wide * ends[child] / ends[node]
            reach = depth - _STAGGER[turn % len(_STAGGER)] * (not children[child])
            angle = low + share / 2
            points[child] = (round(reach * cos(angle), 6), round(reach * sin(angle), 6))
            stack.append((child, low, share, depth + 1))
            low += share
    return points


def _tree(part: list[int], near: Near, groups: Sequence[int]) -> dict[int, list[int]]:
    """The breadth-first tree of a part from its first node; children by kind."""
    children: dict[int, list[int]] = {node: [] for node in part}
    seen, level = {part[0]}, [part[0]]
    while level:
        for node in level:
            children[node] = sorted(near[node] - seen, key=lambda child: (groups[child], child))
            seen.update(children[node])
        level = [child for node in level for child in children[node]]
    return children


def _walk(children: Mapping[int, list[int]], root: int) -> Iterator[int]:
    """The nodes of a tree, each before its children."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack += children[node]


def _room(part: Sequence[int], sizes: Sequence[Size]) -> tuple[float, float]:
    """Width and height for a part."""
    area = (_WIDE_ROOM if len(part) > _CROWD else _ROOM) * sum(sizes[i][0] * sizes[i][1] for i in part)
    return sqrt(area * _ASPECT), sqrt(area / _ASPECT)


def _scaled(points: Mapping[int, Point], room: tuple[float, float]) -> dict[int, Point]:
    """The points stretched to fill the room."""
    left, top, right, bottom = _bounds(points.values())
    wide, high = max(right - left, 1e-9), max(bottom - top, 1e-9)
    return {
        i: (((x - left) / wide - 0.5) * room[0], ((y - top) / high - 0.5) * room[1]) for i, (x, y) in points.items()
    }


def _bounds(points: Iterable[Point]) -> Rectangle:
    rows = list(points)
    return min(x for x, _ in rows), min(y for _, y in rows), max(x for x, _ in rows), max(y for _, y in rows)


def _apart(points: dict[int, Point], sizes: Sequence[Size]) -> dict[int, Point]:
    """The points pushed apart, pair by pair, until no two boxes overlap (or the passes are used up).

    After the first pass only those that were moved are looked at again.
    """
    active, checks = set(points), 0
    for _ in range(_PASSES):
        pairs = _close(points, sizes, active)
        checks += len(pairs)
        active = {node for pair in pairs if _push(points, *pair, sizes) for node in pair}
        if not active or checks > _CHECKS:
            break
    return points


def _close(points: Mapping[int, Point], sizes: Sequence[Size], active: Set[int]) -> list[tuple[int, int]]:
    """Pairs with an active node whose boxes may overlap, from a grid of cells as large as the largest box."""
    wide, high = max(sizes[i][0] for i in points), max(sizes[i][1] for i in points)
    place = {i: (int(x // wide), int(y // high)) for i, (x, y) in points.items()}
    cells: dict[tuple[int, int], list[int]] = {}
    for i, cell in place.items():
        cells.setdefault(cell, []).append(i)
    pairs: set[tuple[int, int]] = set()
    for i in sorted(active):
        column, row = place[i]
        around = (cells.get((column + dx, row + dy), ()) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        pairs.update((min(i, j), max(i, j)) for cell in around for j in cell if i != j)
    return sorted(pairs)


def _push(points: dict[int, Point], one: int, other: int, sizes: Sequence[Size]) -> bool:
    """Moves two boxes apart along the line between them; whether there was need to."""
    (x, y), (u, v) = points[one], points[other]
    wide, high = (sizes[one][0] + sizes[other][0]) / 2, (sizes[one][1] + sizes[other][1]) / 2
    near = max(abs(u - x) / wide, abs(v - y) / high)
    if near >= 0.995:
        return False
    if near < 0.1:  # too close for a direction: the later one goes down
        dx, dy = 0.0, high / 2
    else:
        dx, dy = (u - x) * (1 / near - 1) / 2, (v - y) * (1 / near - 1) / 2
    points[one], points[other] = (x - dx, y - dy), (u + dx, v + dy)
    return True


def _frame(points: Mapping[int, Point], sizes: Sequence[Size]) -> Rectangle:
    """The rectangle that holds the boxes."""
    return (
        min(x - sizes[i][0] / 2 for i, (x, _) in points.items()),
        min(y - sizes[i][1] / 2 for i, (_, y) in points.items()),
        max(x + sizes[i][0] / 2 for i, (x, _) in points.items()),
        max(y + sizes[i][1] / 2 for i, (_, y) in points.items()),
    )


def _settle(placed: dict[int, Point], taken: list[Rectangle], part: dict[int, Point], sizes: Sequence[Size]) -> None:
    """Puts a part beside those that stand, as near to the middle as it goes."""
    frame = _frame(part, sizes)
    wide, high = frame[2] - frame[0], frame[3] - frame[1]
    spots = [(-wide / 2, -high / 2)] if not taken else [spot for box in taken for spot in _spots(box, wide, high)]
    free = [spot for spot in spots if not any(_meets(spot, wide, high, box) for box in taken)]
    left, top = min(free, key=lambda spot: (_distance(spot, wide, high), spot))
    _put(placed, taken, part, frame, (left, top))


def _put(
    placed: dict[int, Point], taken: list[Rectangle], part: dict[int, Point], frame: Rectangle, corner: Point
) -> None:
    dx, dy = corner[0] - frame[0], corner[1] - frame[1]
    placed.update({i: (x + dx, y + dy) for i, (x, y) in part.items()})
    taken.append((frame[0] + dx, frame[1] + dy, frame[2] + dx, frame[3] + dy))


def _spots(box: Rectangle, wide: float, high: float) -> list[Point]:
    """Where a rectangle can touch a standing one: flush with its corners or centred on its sides."""
    left, top, right, bottom = box
    columns = (left, (left + right - wide) / 2, right - wide)
    rows = (top, (top + bottom - high) / 2, bottom - high)
    beside = [(x, y) for x in (left - wide - _GAP, right + _GAP) for y in rows]
    return beside + [(x, y) for y in (top - high - _GAP, bottom + _GAP) for x in columns]


def _meets(spot: Point, wide: float, high: float, box: Rectangle) -> bool:
    near = _GAP - 1
    beside = spot[0] + wide + near <= box[0] or spot[0] >= box[2] + near
    return not (beside or spot[1] + high + near <= box[1] or spot[1] >= box[3] + near)


def _distance(spot: Point, wide: float, high: float) -> float:
    """How far from the middle, in a window wider than high."""
    return max(abs(spot[0] + wide / 2) + wide / 2, _ASPECT * (abs(spot[1] + high / 2) + high / 2))


def _across(taken: Sequence[Rectangle]) -> float:
    return max((box[2] for box in taken), default=0.0) - min((box[0] for box in taken), default=0.0)


def _rows(blocks: Sequence[dict[int, Point]], sizes: Sequence[Size], least: float) -> dict[int, Point]:
    """Small parts in rows, as wide as the picture above or as their own area asks."""
    frames = [_frame(block, sizes) for block in blocks]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in frames)
    wide = max(least, sqrt(area * _ASPECT), max(right - left for left, _, right, _ in frames))
    points: dict[int, Point] = {}
    x = y = high = 0.0
    for block, (left, top, right, bottom) in zip(blocks, frames, strict=True):
        if x and x + right - left > wide:
            x, y, high = 0.0, y + high, 0.0
        points.update({i: (u + x - left, v + y - top) for i, (u, v) in block.items()})
        x, high = x + right - left, max(high, bottom - top)
    return points


def _below(placed: dict[int, Point], taken: list[Rectangle], part: dict[int, Point], sizes: Sequence[Size]) -> None:
    """Puts a part under everything that stands, in the middle."""
    frame = _frame(part, sizes)
    top = max((box[3] for box in taken), default=0.0) + _GAP
    middle = (max((b[2] for b in taken), default=0.0) + min((b[0] for b in taken), default=0.0)) / 2
    _put(placed, taken, part, frame, (ceil(middle - (frame[2] - frame[0]) / 2), top))
