"""The reference of all commands as Markdown, made of their own help: `python -m kg.cli.reference > docs/cli.md`."""

from __future__ import annotations

import click

from kg.cli.main import COMMANDS, app

WIDTH = 100
_HEAD = """# The commands of `kg`

<!-- Made by `python -m kg.cli.reference > docs/cli.md`; a test compares. -->

Data goes to stdout, messages and progress to stderr. A message is one line: what, where, how to mend it; `--debug` adds
a traceback. A command that works on a graph takes `--graph PATH`, else `$KG_GRAPH`, else `./exports`. `NO_COLOR` is
honoured. Labels and messages are Chinese or English by `$LANG`, or by `--lang`.

| exit code | when |
|---|---|
| 0 | done |
| 1 | the answer is no: does not conform, nothing of that name, an ASK is false with `--exit-status` |
| 2 | the call itself is wrong: an option, a query that is not SPARQL or may not run |
| 3 | some input could not be used, the rest was |
| 4 | ontology, lexicon, patterns or recogniser are missing or broken |
| 5 | the graph cannot be read or written, a time limit was reached, or the program itself failed |
| 130 | interrupted |
| 141 | the reader of the output went away (`kg … | head`) |
"""


def reference() -> str:
    """The page."""
    root = click.Context(app, info_name="kg", terminal_width=WIDTH, **app.context_settings)
    parts = [_HEAD, _block("kg", app.get_help(root))]
    for name in COMMANDS:
        command = app.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root, terminal_width=WIDTH)
        parts.append(_block(f"kg {name}", command.get_help(context)))
    return "\n".join(parts)


def _block(title: str, text: str) -> str:
    return f"## `{title}`\n\n```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
