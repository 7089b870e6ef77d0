"""`kg assert`: a fact that the program missed, with its quote."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import changing, options

EXAMPLES = (
    "kg add texts --graph corpus && kg assert 白鹿湾科技园 partOf 浙江省 --quote 白鹿湾科技园位于浙江省 --graph corpus",
    "kg add texts --graph corpus && kg assert 白鹿湾科技园 foundedIn 2011 --quote 白鹿湾科技园 --graph corpus",
)


@options.command("assert", examples=EXAMPLES)
@click.argument("subject")
@click.argument("property_", metavar="PROPERTY")
@click.argument("object_", metavar="OBJECT")
@options.graph_option
@click.option("--document", metavar="DOCUMENT", help="IRI or sha256 of the text.  [default: the only one so]")
@click.option("--quote", required=True, metavar="TEXT", help="The words of the text that say so, at most 300.")
@changing.reason_option
@changing.undo_option
@changing.decisions_option
@options.language_option
def command(
    subject: str, property_: str, object_: str, graph: str | None, document: str | None, quote: str, reason: str,
    undo: bool, decisions: Path | None, language: str | None,
) -> int:  # fmt: skip
    """State a fact that a text gives and the program missed.

    The quote must stand in the text and name both ends. An end that the text's reading lacks is written type/name; the
    object of holdsPosition is ORGANISATION|TITLE, that of foundedIn a year. With the property value the object is a
    figure, INDICATOR|NUMBER|TIME, the number with its unit, the time if there is one; with type it is the type of a
    thing that the reading lacks. One line goes to decisions.tsv.
    """
    from kg.answers import curating
    from kg.store.place import which

    fact = (subject, property_, object_)
    lines = curating.assertion(which(graph), fact, document, quote, reason)
    return changing.decided(lines, graph, decisions, undo, language)
