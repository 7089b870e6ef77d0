"""`kg withdraw`: texts out of a graph."""

from __future__ import annotations

import click

from kg.cli import changing, options

EXAMPLES = (
    "kg add texts --graph corpus && kg withdraw white.txt --graph corpus",
    "kg add texts --graph corpus && kg withdraw texts --graph corpus --forget",
)


@options.command("withdraw", examples=EXAMPLES)
@click.argument("names", nargs=-1, required=True, metavar="DOCUMENT|PATH...")
@options.graph_option
@click.option("--forget", is_flag=True, help="Keep nothing of them: no text, no reading, no line in the ledger.")
@changing.page_option
@changing.validate_option
@options.language_option
def command(
    names: tuple[str, ...], graph: str | None, forget: bool, page: bool | None, validate: bool, language: str | None
) -> int:
    """Take texts out of a graph.

    What rested on them alone goes with them, also what the program had concluded about names. A text is named by its
    IRI, the beginning of its sha256, its file or its folder.
    """
    from kg.pipeline import corpus
    from kg.pipeline.progress import progress
    from kg.store.place import which

    folder = which(graph)
    with progress() as shown:
        made = changing.making(folder, shown, page=page, validate=validate)
        built, changes = corpus.withdraw(names, folder=folder, options=made, forget=forget)
    return changing.told(built, changes, language)
