"""The measure of whether rules are general: a twin scores as the seed does, row by row."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import twin
from project import SEED, build

pytestmark = pytest.mark.shared
TOLERANCE = 0.05
FLOORS = {"entities": 0.85, "relations": 0.70, "figures": 0.90, "status": 0.85, "held back": 1.0, "evidence": 1.0,
          "evidence names": 0.95}


def scores(shared: Path, folder: Path, gold: Path, texts: Path) -> dict[str, float]:
    """The outside scorer's F1 per row."""
    command = [sys.executable, shared / "corpus" / "score.py", folder, "--gold", gold, "--texts", texts, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return {row: cells["F1"] for row, cells in json.loads(done.stdout)["micro"].items()}


@pytest.fixture(scope="module")
def seed_scores(seed_build, shared):
    return scores(shared, seed_build, shared / "corpus" / "gold" / f"{SEED.stem}.json", SEED.parent)


@pytest.mark.parametrize(("row", "floor"), FLOORS.items())
def test_the_seed_reaches_its_floors(seed_scores, row, floor):
    assert seed_scores[row] >= floor


@pytest.mark.parametrize("letter", twin.VARIANTS)
def test_a_twin_scores_as_the_seed(seed_scores, shared, tmp_path, letter):
    twin.write(tmp_path, [letter])
    folder = build(tmp_path / f"twin-{letter}.txt", out=tmp_path / "out")
    found = scores(shared, folder, tmp_path / f"twin-{letter}.json", tmp_path)
    apart = {row: (f1, found.get(row, 0.0)) for row, f1 in seed_scores.items()}
    assert {row: pair for row, pair in apart.items() if abs(pair[0] - pair[1]) > TOLERANCE} == {}
