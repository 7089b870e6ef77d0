"""Fifty small texts with their graph, and ways to look at how a graph is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import put
from kg.pipeline import ledger, remaking
from kg.pipeline.build import build
from kg.store import generations


@pytest.fixture
def quick(monkeypatch):
    """No waiting for the disk: these tests ask what is written, not whether it survives a power cut."""
    monkeypatch.setattr(generations, "_flushed", lambda path: None)
    monkeypatch.setattr(ledger.os, "fsync", lambda handle: None)


@pytest.fixture(scope="module")
def fifty(tmp_path_factory) -> Path:
    """A folder of fifty texts, and their graph."""
    top = tmp_path_factory.mktemp("fifty")
    put(top / "in", range(50))
    build([str(top / "in")], out=top / "out", check=False)
    return top


@pytest.fixture
def begun(monkeypatch) -> list[bool]:
    """For each graph that is made whether it is made out of the one before."""
    calls: list[bool] = []
    real = remaking.remade
    monkeypatch.setattr(remaking, "remade", lambda *given: calls.append(given[0].store is not None) or real(*given))
    return calls
