"""`kg evaluate`: precision, recall and F1 against gold files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from rich.console import Console

    from kg.answers.evaluate import Score
    from kg.answers.evaluation.tally import Line

EXAMPLES = (
    "kg evaluate gold --texts texts",
    "kg evaluate gold --texts texts --graph exports --format json",
)


@options.command("evaluate", examples=EXAMPLES)
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--texts", type=click.Path(path_type=Path, exists=True, file_okay=False), multiple=True, metavar="DIR",
              help="The texts that the gold is about.  [default: texts beside GOLD, and seeds]")  # fmt: skip
@click.option("--graph", type=click.Path(path_type=Path), metavar="PATH",
              help="Score this graph.  [default: one built of the texts]")  # fmt: skip
@options.format_option("text", "json", help="json has the rows of every document too.  [default: text]")
def command(gold: Path, texts: tuple[Path, ...], graph: Path | None, form: str | None) -> int:
    """Show precision, recall and F1 against gold.

    GOLD is a gold file or a folder of them.
    """
    from kg.answers.evaluate import evaluated

    score = evaluated(gold, texts, graph=graph, workers=options.processors())
    if form == "json":
        output.write(json.dumps(score.plain(), ensure_ascii=False, indent=1).encode() + b"\n")
    else:
        screen = output.Screen(output.width(), output.coloured(), "en")
        output.write(output.rendered(partial(_draw, score=score), screen))
    if score.absent:
        output.say(f"kg: not in the graph, so all is missed of: {', '.join(score.absent)}")
    return 0


def _draw(console: Console, *, score: Score) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    table.add_column(f"{len(score.docs)} document{'' if len(score.docs) == 1 else 's'}")
    for name in ("P", "R", "F1", "right/predicted", "found/required"):
        table.add_column(name, justify="right")
    for row, line in _rows(score.micro):
        table.add_row(row, *line)
    console.print(table)


def _rows(lines: Mapping[str, Line]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (row, (*(f"{x:.3f}" for x in (n.precision, n.recall, n.f1)), f"{n.right:g}/{n.predicted}",
               f"{n.found}/{n.required}"))
        for row, n in lines.items()
    ]  # fmt: skip
