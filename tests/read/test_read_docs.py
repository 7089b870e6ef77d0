"""What docs/formats.md shows is what comes."""

from __future__ import annotations

import sys

import pytest

from project import ROOT

sys.path.insert(0, str(ROOT / "tests" / "readme"))
import readmes

SESSIONS = readmes.shown("docs/formats.md")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> list[str]:
    """What each command prints, run one after the other in one folder."""
    folder = tmp_path_factory.mktemp("formats")
    done = [readmes.typed(command, folder) for command, _ in SESSIONS]
    assert [one.stderr for one in done if one.returncode] == []
    return [one.stdout.strip() for one in done]


def test_every_command_prints_what_the_page_shows(outputs):
    shown = [output for _, output in SESSIONS]
    assert len(shown) >= 5
    assert [mine for mine, theirs in zip(outputs, shown, strict=True) if theirs] == [
        output for output in shown if output
    ]
