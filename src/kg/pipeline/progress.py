"""How far a long run has come, for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[str, int, int], None]
"""Told the stage's name, what is done of it and how much there is."""


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


@contextmanager
def progress(stream: TextIO | None = None) -> Iterator[Progress]:
    """A bar a stage on a terminal, which leaves nothing behind; silence where standard error is no terminal."""
    out = stream or sys.stderr
    if not out.isatty():
        yield silent
        return
    yield from _bars(out)


def _bars(out: TextIO) -> Iterator[Progress]:
    """One bar that changes its words with the stage."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(file=out), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda stage, done, total: bars.update(task, description=stage, completed=done, total=total)
