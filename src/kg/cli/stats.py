"""`kg stats`: what a graph consists of, what is central in it, and what stands alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from rich.console import Console

    from kg.answers.stats import Section

EXAMPLES = (
    "kg stats",
    "kg stats central alone --most 5 --format csv",
)
COLUMNS = ("section", "name", "number", "iri")


@options.command("stats", examples=EXAMPLES)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.graph_option
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Entries of each.")
@options.format_option("table", "csv", "json", help="Form of the answer.  [default: table]")
@options.language_option
def command(names: tuple[str, ...], graph: str | None, most: int, form: str | None, language: str | None) -> int:
    """Count what is in a graph and measure it.

    Counts: types, relations, statuses, indicators, documents. Measures of the network of facts: central (relations of
    each thing), between (share of shortest paths through it), bridges (what it holds together), parts, alone.
    """
    from kg.answers.graph import store
    from kg.answers.stats import stats

    spoken = options.language(language)
    found = stats(store(graph), names, most=most, language=spoken)
    if form == "json":
        output.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1).encode() + b"\n")
    elif form == "csv":
        from kg.answers.formats import lines

        rows = ((one.name, entry.name, f"{entry.number:g}", entry.iri) for one in found for entry in one.entries)
        output.write(lines([COLUMNS, *rows]))
    else:
        screen = output.Screen(output.width(), output.coloured(), spoken)
        output.write(output.rendered(partial(_draw, found=found, language=spoken), screen))
    return 0


def _draw(console: Console, *, found: Sequence[Section], language: str) -> None:
    """One small table after the other."""
    from rich import box
    from rich.table import Table

    for one in found:
        heading = one.zh if language == "zh" else one.en
        more = f" ({len(one.entries)}/{one.total})" if one.total > len(one.entries) else f" ({one.total})"
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
        table.add_column(output.escape(heading + more), overflow="fold", min_width=30)
        table.add_column("", justify="right")
        for entry in one.entries:
            table.add_row(output.escape(entry.name), f"{entry.number:g}" if entry.number else "")
        console.print(table)
        console.print()
