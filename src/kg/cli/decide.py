"""`kg decide`: which names are one thing, and which IRI stays."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import changing, options

EXAMPLES = (
    "kg add texts --graph corpus && kg decide different 白鹿湾科技园 浙江省 --graph corpus",
    "kg add texts --graph corpus && kg decide pin 白鹿湾科技园 --graph corpus",
)


@options.command("decide", examples=EXAMPLES)
@click.argument("what", type=click.Choice(["same", "different", "pin"]))
@click.argument("names", nargs=-1, required=True, metavar="A [B]")
@options.graph_option
@changing.reason_option
@changing.undo_option
@changing.decisions_option
@options.language_option
def command(
    what: str, names: tuple[str, ...], graph: str | None, reason: str, undo: bool, decisions: Path | None,
    language: str | None,
) -> int:  # fmt: skip
    """Decide that two names are one thing, or two.

    One line goes to decisions.tsv beside the inputs and holds for every later build; `pin` keeps an IRI for good. A
    name may be an IRI, a label, or either with @ and the beginning of a document's sha256.
    """
    from kg.answers import curating
    from kg.answers.graph import store

    if len(names) != (1 if what == "pin" else 2):
        raise click.UsageError("pin takes one name, same and different take two")
    lines = curating.identity(store(graph), what, names, reason)
    return changing.decided(lines, graph, decisions, undo, language)
