"""Positions: whole numbers, the same each time, no box on another, the most connected node in the middle."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from kg.pages.layout import positions

STAR = [(0, i) for i in range(1, 31)]
TREE = [(i // 3, i) for i in range(1, 60)]
WEB = sorted({tuple(sorted(random.Random(i).sample(range(80), 2))) for i in range(160)})
APART = [(0, 1), (0, 2), (3, 4), (5, 6), (6, 7)]
CASES = {
    "star": (31, STAR),
    "tree": (60, TREE),
    "web": (80, WEB),
    "apart": (14, APART),
    "single": (1, []),
    "none": (0, []),
}


def laid(case: str):
    count, links = CASES[case]
    sizes = [(60 + 17 * (i % 5), 56 + 17 * (i % 2)) for i in range(count)]
    return sizes, links, positions(sizes, links, [i % 4 for i in range(count)])


@pytest.mark.parametrize("case", CASES)
def test_no_box_covers_another(case):
    sizes, _, places = laid(case)
    assert len(places) == len(sizes)
    for (a, (w, h)), (b, (u, v)) in combinations(zip(places, sizes, strict=True), 2):
        assert abs(a[0] - b[0]) >= (w + u) / 2 - 4 or abs(a[1] - b[1]) >= (h + v) / 2 - 4


@pytest.mark.parametrize("case", CASES)
def test_whole_numbers_and_the_same_again(case):
    _, _, places = laid(case)
    assert all(isinstance(value, int) for place in places for value in place)
    assert laid(case)[2] == places


def test_the_order_and_direction_of_links_do_not_matter():
    sizes, links, places = laid("web")
    turned = [(b, a) for a, b in random.Random(3).sample(links, len(links))]
    assert positions(sizes, [*turned, *links[:9]], [i % 4 for i in range(80)]) == places


def test_the_hub_of_the_largest_part_stands_in_the_middle():
    _, _, places = laid("star")
    across, down = ([place[axis] for place in places] for axis in (0, 1))
    assert abs(places[0][0] - (min(across) + max(across)) / 2) < 0.2 * (max(across) - min(across))
    assert abs(places[0][1] - (min(down) + max(down)) / 2) < 0.2 * (max(down) - min(down))


def test_neighbours_of_one_kind_stand_side_by_side():
    sizes = [(80, 60)] * 31
    groups = [0] + [i % 3 for i in range(1, 31)]
    _, *places = positions(sizes, STAR, groups)
    middles = [sum(p[0] for p, g in zip(places, groups[1:], strict=True) if g == kind) / 10 for kind in range(3)]
    assert max(middles) - min(middles) > 100


def test_parts_do_not_mix():
    _, _, places = laid("apart")
    boxes = [[places[i] for i in part] for part in ([0, 1, 2], [3, 4], [5, 6, 7])]
    frames = [(min(x for x, _ in b), min(y for _, y in b), max(x for x, _ in b), max(y for _, y in b)) for b in boxes]
    for a, b in combinations(frames, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
