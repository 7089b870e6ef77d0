"""`kg add`: texts into a graph that is there already."""

from __future__ import annotations

import click

from kg.cli import changing, options

EXAMPLES = (
    "kg add texts --graph corpus",
    "echo 白鹿湾科技园位于浙江省。 | kg add - --graph zones --date 2025-03",
)


@options.command("add", examples=EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...")
@options.graph_option
@click.option("--date", metavar="DATE", help="The texts' date instead of what they say: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--source", metavar="NAME", help="Who published the texts, instead of what they say.")
@changing.workers_option
@changing.page_option
@changing.validate_option
@options.language_option
def command(
    inputs: tuple[str, ...], graph: str | None, date: str | None, source: str | None, workers: int | None,
    page: bool | None, validate: bool, language: str | None,
) -> int:  # fmt: skip
    """Add texts to a graph, or bring a folder up to date.

    What is new or has changed is read; what a named folder no longer holds is withdrawn. The graph is the one that a
    build of all its texts would give, whatever the order. Without a graph there, one is made.
    """
    from kg.pipeline import corpus
    from kg.pipeline.progress import progress
    from kg.store.place import which

    folder = which(graph)
    with progress() as shown:
        made = changing.making(folder, shown, workers=workers or options.processors(), page=page, validate=validate)
        built, changes = corpus.add(inputs, folder=folder, options=made, date=date, source=source)
    return changing.told(built, changes, language)
