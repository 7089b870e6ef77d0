"""`kg serve`: the graph as a SPARQL endpoint with pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import options, output
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.serve.settings import Settings

EXAMPLES = (
    "kg serve --check",
    "(umask 077; head -c 24 /dev/urandom | base64 > token); kg serve --writable --token-file token --check",
)
_MEGABYTE = 1 << 20


def _many(*names: str, metavar: str, help: str) -> Callable[[options.Function], options.Function]:
    return click.option(*names, multiple=True, metavar=metavar, help=help)


@options.command("serve", examples=EXAMPLES)
@options.graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes any free one.")
@click.option("--writable", is_flag=True, help="Let those who have the token write.")
@click.option("--token-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The token that writing needs, and reading from other machines.")  # fmt: skip
@click.option("--open-reading", is_flag=True, help="Let other machines read without the token.")
@_many("--name", metavar="HOST", help="A further name of this server, as HOST or HOST:PORT.  [repeatable]")
@click.option("--prefix", default="", metavar="PATH", help="The path under which a proxy shows the server.")
@_many("--proxy", metavar="ADDRESS", help="A proxy whose X-Forwarded headers are believed.  [repeatable]")
@_many("--cors", metavar="ORIGIN", help="Pages of this origin may read, and write; * only reads.  [repeatable]")
@_many("--reach", metavar="HOST", help="A host that SERVICE and LOAD may reach.  [repeatable]")
@click.option("--base", metavar="IRI", help="What the IRIs begin with that /id/ shows.  [default: the graph's own]")
@click.option("--asserted", is_flag=True, help="Leave out what is only inferred.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=30, show_default=True,
              metavar="SECONDS", help="End a query or update after so long.")  # fmt: skip
@click.option("--queries", type=click.IntRange(min=1), default=options.processors, show_default="one a processor",
              metavar="N", help="Quick queries at once.")  # fmt: skip
@click.option("--slow-queries", type=click.IntRange(min=0), default=4, show_default=True, metavar="N",
              help="Queries of more than a second at once.")  # fmt: skip
@click.option("--waiting", type=click.IntRange(min=1), default=128, show_default=True, metavar="N",
              help="Queries that may wait; above it is 503.")  # fmt: skip
@click.option("--max-body", type=click.IntRange(min=1), default=8, show_default=True, metavar="MB",
              help="The largest request.")  # fmt: skip
@click.option("--max-result", type=click.IntRange(min=1), default=32, show_default=True, metavar="MB",
              help="The largest answer.")  # fmt: skip
@click.option("--memory", type=click.IntRange(min=0), default=4096, show_default=True, metavar="MB",
              help="What one process may take; 0 is any.")  # fmt: skip
@click.option("--check", is_flag=True, help="Say what would be served, and stop.")
@click.option("--quiet", is_flag=True, help="Log errors only.")
def command(**given: Any) -> int:
    """Answer SPARQL over HTTP.

    By itself it listens on this machine alone and only reads. docs/serve.md tells of writing, proxies and the log.
    """
    from kg.answers.graph import place
    from kg.serve import app, settings
    from kg.serve.readers import Room
    from kg.serve.serving import Serving
    from kg.serve.worker import Limits

    folder, host = place(given["graph"]), given["host"]
    token = _token(given["token_file"], host, writable=given["writable"])
    room = Room(given["queries"], given["slow_queries"], given["waiting"])
    limits = Limits(given["timeout"], given["memory"] * _MEGABYTE)
    with app.bound(host, given["port"]) as listener:
        port = listener.getsockname()[1]
        resolved = _settings(given, port, token, given["base"] or _base(folder))
        what = f"{folder} at http://{settings.bracketed(host)}:{port}{resolved.prefix}/ ({_mode(resolved)})"
        if given["check"]:
            click.echo(what)
            return 0
        engine = Serving(folder, limits, room, writable=given["writable"])
        output.say(f"kg: serving {what}; Ctrl-C ends it")
        app.serve(listener, resolved, engine, room, debug=_debugging(), quiet=given["quiet"])
    return 0


def _settings(given: dict[str, Any], port: int, token: str | None, base: str) -> Settings:
    """The options, checked once."""
    from kg.serve import outside, settings

    host = given["host"]
    return settings.Settings(
        hosts=settings.hosts(host, port, given["name"]),
        any_port=port if settings.everywhere(host) else None,
        base=base,
        prefix=settings.prefix(given["prefix"]),
        token=token,
        writable=given["writable"],
        open=settings.loopback(host) or given["open_reading"],
        asserted=given["asserted"],
        origins=frozenset(map(settings.origin, given["cors"])),
        proxies=frozenset(given["proxy"]),
        outside=frozenset(map(outside.reachable, given["reach"])),
        body_limit=given["max_body"] * _MEGABYTE,
        result_limit=given["max_result"] * _MEGABYTE,
    )


def _token(file: Path | None, host: str, *, writable: bool) -> str | None:
    """The token; UsageError where one is needed and missing, or where others can read its file."""
    from kg.serve import settings

    if file is None and writable:
        raise UsageError("serve: --writable needs --token-file FILE, with the token that a write must bring")
    if file is None and not settings.loopback(host):
        raise UsageError(f"serve: --host {host} can be reached from elsewhere; give --token-file FILE, or listen at "
                         "127.0.0.1 behind a proxy")  # fmt: skip
    if file is None:
        return None
    try:
        content, mode = file.read_text("utf-8"), file.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError(f"serve: {file}: {reason}; write one token into it") from None
    if mode & 0o027:  # its group may read it, as systemd hands out credentials
        raise UsageError(f"serve: {file}: others can read or change it; make it yours alone: chmod 600 {file}")
    return settings.token(content, str(file))


def _base(folder: Path) -> str:
    """What the graph's IRIs begin with, as its build wrote down."""
    from kg.graph.terms import BASE
    from kg.store import generations

    return str(generations.current(folder).more.get("base", BASE))


def _debugging() -> bool:
    """Whether `--debug` was given."""
    return bool(getattr(click.get_current_context().obj, "debug", False))


def _mode(resolved: Settings) -> str:
    reading = "" if resolved.open else ", with the token"
    return ("reads and writes" if resolved.writable else "reads only") + reading
