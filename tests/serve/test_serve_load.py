"""Sixty-four connections for ten seconds: every request is answered, and memory does not grow."""

from __future__ import annotations

import subprocess
import sys

import pytest

from project import ROOT, environment


@pytest.mark.slow
def test_a_crowd_is_answered_and_memory_does_not_grow():
    command = [sys.executable, ROOT / "bench" / "serve.py", "--quick"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "64 connections, 10 s" in done.stdout and " 0 failures" in done.stdout
