"""kill -9 at any moment of a build, an addition or a withdrawal leaves a whole graph, and the next command goes on."""

from __future__ import annotations

import pytest

from killing import NAMES, operations, tried

KILLS = 20


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return operations(tmp_path_factory.mktemp("kills"))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_leaves_the_graph_before_or_after(number, prepared, tmp_path):
    start, found = prepared
    operation = found[NAMES[number % len(NAMES)]]
    killed = tried(number, start, operation, tmp_path / "out")
    # What was withdrawn before the kill is no longer there to be withdrawn: the answer is no, 1.
    assert killed.next_code == (operation.name == "withdraw" and killed.left == "new")
    assert killed.dataset == operation.after
