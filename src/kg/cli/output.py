"""Text and bytes on their way out: what is safe on a terminal, how wide it is, whether it may be coloured."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def escape(text: str) -> str:
    r"""`text` with every control, format (bidi) and surrogate character written as an escape.

    >>> escape("a\u202eb\x1b[31m")
    'a\\u202eb\\x1b[31m'
    """
    return "".join(_escaped(c) if unicodedata.category(c) in UNSAFE else c for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def terminal() -> bool:
    """Whether data goes to a person's terminal rather than into a file or a program."""
    return sys.stdout.isatty()


def write(data: bytes) -> None:
    """Bytes to stdout as they are; BrokenPipeError where nobody reads them."""
    stream = sys.stdout.buffer
    stream.write(data)
    stream.flush()


def say(message: str) -> None:
    """A message for the person, on stderr."""
    click.echo(escape(message), err=True)


def width() -> int | None:
    """The columns of the terminal, None where there is none, so that nothing is wrapped."""
    if not terminal():
        return None
    return int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stdout.fileno()).columns)


def coloured() -> bool:
    """Whether stdout may carry colour: only a terminal, and never where NO_COLOR is set (https://no-color.org)."""
    return terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


WIDEST = 100_000
Out = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a table is drawn for: columns (None where nothing bounds them), colour, and the reader's language."""

    columns: int | None
    colour: bool
    language: str


def rendered(draw: Callable[[Console], object], screen: Screen) -> bytes:
    """What `draw` prints for that screen, as UTF-8."""
    import io

    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=screen.columns or WIDEST,
        color_system="standard" if screen.colour else None,
        force_terminal=screen.colour,
        no_color=not screen.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    draw(console)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).encode("utf-8")
