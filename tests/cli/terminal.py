"""Running a command as on a terminal, and what its user sees."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

from project import environment, kg_command


def seen(*arguments: str | Path, columns: int = 100, **env: str) -> str:
    """Everything the command writes to a terminal of so many columns."""
    leader, follower = pty.openpty()
    settings = environment(COLUMNS=str(columns), TERM="xterm", **env)
    with subprocess.Popen(kg_command(*arguments), env=settings, stdin=follower, stdout=follower, stderr=follower):
        os.close(follower)
        written = b""
        while piece := _piece(leader):
            written += piece
    os.close(leader)
    return written.decode().replace("\r\n", "\n")


def _piece(leader: int) -> bytes:
    """What comes next; nothing when the other side has closed."""
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""
