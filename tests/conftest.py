"""What is skipped where, and one build of the seed for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from project import CHROMIUM, ROOT, SHARED, build, run_kg


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail when a test was skipped")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine lacks, by marker or by fixture, so that the count is printed."""
    for item in items:
        needs_shared = item.get_closest_marker("shared") or "shared" in getattr(item, "fixturenames", ())
        if needs_shared and not SHARED.is_dir():
            item.add_marker(pytest.mark.skip(reason="no ../shared"))
        if item.get_closest_marker("browser") and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With --no-skips a skip is a failure: nothing may pass by not having run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", ())) if reporter else 0
    if session.config.getoption("--no-skips") and skipped and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"--no-skips: {skipped} skipped", red=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with corpus, gold and scorer."""
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str | None:
    """The path of a Chromium."""
    return CHROMIUM


@pytest.fixture(scope="session")
def kg():
    """`kg(*arguments, cwd=, stdin=, **environment)` -> the finished process, its outputs as text."""
    return run_kg


@pytest.fixture(scope="session")
def seed_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one build of seeds/, made once a session; read it, never write to it."""
    return build(ROOT / "seeds", out=tmp_path_factory.mktemp("seed") / "exports")
