"""`kg build`: texts into the folder of a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from kg.pipeline.build import Built, Render

EXAMPLES = (
    "kg build seeds --out exports",
    "echo 白鹿湾科技园位于浙江省。 | kg build - --out white --date 2025-03 --no-page",
)


@options.command("build", examples=EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
              help="The folder of the graph; an earlier graph there is replaced as a whole.")  # fmt: skip
@click.option("--date", metavar="DATE", help="The texts' date instead of what they say: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--source", metavar="NAME", help="Who published the texts, instead of what they say.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N",
              help="Processes that read.  [default: one a processor where there is much to read]")  # fmt: skip
@click.option("--base", metavar="IRI", help="What the IRIs of entities begin with.")
@click.option("--page/--no-page", default=True, help="Write graph.html.  [default: page]")
@click.option("--validate/--no-validate", default=True, help="Check the graph against the shapes.  [default: validate]")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
              help="spark writes sorted N-Quads and Parquet, no store and no page.")  # fmt: skip
@click.option("--master", metavar="URL", help="The Spark cluster, such as spark://HOST:7077.  [default: local[*]]")
@options.language_option
def command(
    inputs: tuple[str, ...], out: Path, date: str | None, source: str | None, workers: int | None, base: str | None,
    page: bool, validate: bool, engine: str, master: str | None, language: str | None,
) -> int:  # fmt: skip
    """Build the graph of texts.

    INPUT is a file, a folder, a glob, or - for the standard input: .txt, .md, .html, .mhtml, .jsonl, .docx, .pdf, .csv
    and .xlsx, each also as .gz. What cannot be read is named on stderr, the others are built, and the exit code is 3.
    """
    if engine == "spark":
        return _on_spark(inputs, out, master, date=date, source=source, base=base)
    if master is not None:
        raise click.UsageError("--master is for --engine spark")
    from kg.graph.terms import BASE
    from kg.pipeline.build import build
    from kg.pipeline.progress import progress

    with progress() as shown:
        built = build(
            inputs, out=out, workers=workers or options.processors(), date=date, source=source, base=base or BASE,
            render=_render() if page else None, check=validate, progress=shown,
        )  # fmt: skip
    _complain(built)
    from kg.cli import account

    output.write(account.told(built, output.Screen(output.width(), output.coloured(), options.language(language))))
    return built.exit_code


def _on_spark(inputs: tuple[str, ...], out: Path, master: str | None, **more: str | None) -> int:
    """The same over many machines; one line of numbers tells of it."""
    from kg.graph.terms import BASE
    from kg.pipeline.spark import build

    date, source, base = more["date"], more["source"], more["base"] or BASE
    built = build(inputs, out=out, master=master, date=date, source=source, base=base)
    for line in (*built.unreadable, *built.crashes, *built.notes):
        output.say(f"kg: {line}")
    counts = f"{built.documents} documents, {built.entities} entities, {built.quads} statements"
    output.write(f"{out}: {counts}; {built.names} bytes of names in the driver; dataset {built.dataset}\n".encode())
    return built.exit_code


def _render() -> Render:
    """The maker of the page."""
    from kg.pages.graph_page import page

    return page


def _complain(built: Built) -> None:
    """Name what was left out, and what the judging of identity has to report."""
    for line in (*built.unreadable, *built.crashes, *built.notes):
        output.say(f"kg: {line}")
    if built.conforms is False:
        output.say(f"kg: the graph breaks the ontology's shapes; kg validate --graph {built.folder} says where")
