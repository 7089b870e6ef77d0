"""`kg reject`: a claim that is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import changing, options

EXAMPLES = (
    "kg add texts --graph corpus && kg reject 白鹿湾科技园 locatedIn 浙江省 --reason 误读 --graph corpus",
    "kg add texts --graph corpus && kg reject 白鹿湾科技园 locatedIn 浙江省 --graph corpus && "
    "kg reject 白鹿湾科技园 locatedIn 浙江省 --graph corpus --undo",
)


@options.command("reject", examples=EXAMPLES)
@click.argument("claim", nargs=-1, required=True, metavar="CLAIM|SUBJECT PROPERTY OBJECT")
@options.graph_option
@changing.reason_option
@changing.undo_option
@changing.decisions_option
@options.language_option
def command(
    claim: tuple[str, ...], graph: str | None, reason: str, undo: bool, decisions: Path | None, language: str | None
) -> int:
    """Reject a claim: it makes no fact any more.

    CLAIM is its IRI, as kg explain --format json gives it; a subject, property and object mean every claim of that
    fact. Claims stay in their documents' graphs, marked with the reason; a line each goes to decisions.tsv.
    """
    from kg.answers import curating
    from kg.answers.graph import store

    if len(claim) not in (1, 3):
        raise click.UsageError("give the IRI of a claim, or a subject, a property and an object")
    lines = curating.rejection(store(graph), claim, reason)
    return changing.decided(lines, graph, decisions, undo, language)
