"""The command `kg`: finds the command, runs it, and turns whatever happens into an exit code and one line.

Exit codes: 0 done · 1 the answer is no · 2 usage · 3 some input could not be used · 4 bad ontology or rules ·
5 internal, or the graph cannot be used · 130 interrupted · 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from keyword import iskeyword

import click

from kg.cli.output import escape
from kg.errors import KgError

COMMANDS = (
    "build", "add", "withdraw", "read", "query", "ask", "explain", "compare", "stats", "diff", "conflicts", "decide",
    "reject", "assert", "validate", "view", "export", "push", "serve", "evaluate",
)  # fmt: skip


@dataclass(slots=True)
class Settings:
    """What holds for a whole run; `--debug` sets it wherever it stands among the options."""

    debug: bool = False


class Commands(click.Group):
    """The commands, each imported only when it is named, so that none pays for another's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"kg.cli.{_module(cmd_name)}").command
        return found


def _module(command: str) -> str:
    """A command's module; no module can be named `assert`."""
    return f"{command}_" if iskeyword(command) else command


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and stop; asked of the installed distribution only now, since that takes time."""
    if wanted:
        from kg import __version__

        click.echo(f"kg {__version__}")
        ctx.exit()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    epilog="kg COMMAND --help shows a command's options and two examples.",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def app() -> None:
    """Read Chinese texts about innovation zones into an RDF graph in which every fact carries its sentence."""


def run(arguments: Sequence[str]) -> int:
    """Carry out one call and give its exit code; every error a user is meant to read is one line on stderr."""
    settings = Settings()
    try:
        code = _invoked(list(arguments), settings)
        sys.stdout.flush()
    except BaseException as error:
        if settings.debug:
            traceback.print_exc()
        return _ended(error)
    return code


def _invoked(arguments: list[str], settings: Settings) -> int:
    """Run the command; `app.main` would do so too, but it has its own mind about Ctrl-C and closed pipes."""
    try:
        with app.make_context("kg", arguments, obj=settings) as context:
            code = app.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    return code if isinstance(code, int) else 0


def _ended(error: BaseException) -> int:
    """The exit code of an error, after its line was written."""
    match error:
        case BrokenPipeError():
            return _reader_gone()
        case KeyboardInterrupt() | click.Abort():
            return 130
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return 2
        case click.ClickException():
            return _tell(_usage(error), 2)
        case KgError():
            return _tell(str(error), error.exit_code)
        case OSError() if error.filename is not None:
            return _tell(f"{error.filename}: {error.strerror}", 5)
    return _tell(f"internal error: {type(error).__name__}: {error}; run it with --debug and report what it says", 5)


def _usage(error: click.ClickException) -> str:
    """A usage error with the command it belongs to and where its help stands."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "kg"
    command = path.removeprefix("kg").strip()
    where = f"{command}: " if command else ""
    return f"{where}{error.format_message().rstrip('.')}; see {path} --help"


def _tell(message: str, code: int) -> int:
    """Write the one line."""
    click.echo("kg: " + escape(" ".join(message.split())), err=True)
    return code


def _reader_gone() -> int:
    """`kg … | head` closed the pipe: say nothing, and keep Python from trying the pipe again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def main() -> None:
    """The entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # the texts are Chinese whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
