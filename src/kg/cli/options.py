"""What all commands share: their form of help, `--graph`, `--format`, `--debug`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import click

Function = Callable[..., Any]


class Command(click.Command):
    """A command whose help ends with examples; a test runs every one of them."""

    examples: tuple[str, ...] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Examples"):
            formatter.write("".join(f"  {example}\n" for example in self.examples))


def command(name: str, *, examples: Sequence[str]) -> Callable[[Function], Command]:
    """Make a function a command with examples and `--debug`."""

    def make(function: Function) -> Command:
        made = click.command(name, cls=Command)(function)
        made.params.append(click.Option(["--debug"], **_DEBUG))
        made.examples = tuple(examples)
        return made

    return make


def _set_debug(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and ctx.obj is not None:
        ctx.obj.debug = True


_DEBUG: dict[str, Any] = {
    "is_flag": True,
    "is_eager": True,
    "expose_value": False,
    "callback": _set_debug,
    "help": "Show a traceback of errors.",
}

graph_option = click.option(
    "--graph", metavar="PATH|URL",
    help="The graph: a folder that kg build wrote, or the URL of a store.  [default: $KG_GRAPH or ./exports]",
)

language_option = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), help="Language of labels and messages.  [default: by $LANG]"
)


def format_option(*formats: str, help: str) -> Callable[[Function], Function]:
    """`--format`, one of the named ones; None where the user left it open."""
    return click.option("--format", "form", type=click.Choice(formats), help=help)


def language(chosen: str | None) -> str:
    """`zh` or `en`: what the user chose, else what the locale says."""
    named = chosen or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    return "zh" if named.lower().startswith("zh") else "en"


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
