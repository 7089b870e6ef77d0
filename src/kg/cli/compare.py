"""`kg compare`: things side by side, each figure with its sentence."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.answers.compare import Comparison
    from kg.answers.figures import Figure

EXAMPLES = (
    "kg compare 浙江省 杭州市",
    "kg compare 浙江省 杭州市 --years 2020-2024 --format csv",
)
_WORDS = {
    "zh": {"missing": "未提及", "indicator": "指标", "period": "时期", "sentences": "依据",
           "none": "这些事物都没有数据。"},
    "en": {"missing": "not mentioned", "indicator": "indicator", "period": "period", "sentences": "sentences",
           "none": "None of these things has a figure."},
}  # fmt: skip


@options.command("compare", examples=EXAMPLES)
@click.argument("names", nargs=-1, required=True, metavar="NAME NAME...")
@options.graph_option
@click.option(
    "--indicator", "indicators", multiple=True, metavar="NAME", help="Only this indicator, by any of its names."
)
@click.option("--years", metavar="YEAR[-YEAR]", help="Only figures of these years.")
@options.format_option("table", "csv", "json", help="Form of the answer.  [default: table]")
@options.language_option
def command(
    names: tuple[str, ...], graph: str | None, indicators: tuple[str, ...], years: str | None, form: str | None,
    language: str | None,
) -> int:  # fmt: skip
    """Put zones, companies or funds side by side.

    One line for each indicator and period, one column for each thing, with growth and rank; the sentence behind each
    figure stands below under its number. What no text mentions is shown as not mentioned.
    """
    from kg.answers.compare import as_csv, compared
    from kg.answers.graph import store

    spoken = options.language(language)
    found = compared(store(graph), names, indicators=indicators, years=years, language=spoken)
    if form == "json":
        output.write(json.dumps(asdict(found), ensure_ascii=False, indent=1).encode() + b"\n")
    elif form == "csv":
        output.write(as_csv(found))
    else:
        screen = output.Screen(output.width(), output.coloured(), spoken)
        output.write(output.rendered(partial(_draw, found=found, language=spoken), screen))
    return 0


def _draw(console: Console, *, found: Comparison, language: str) -> None:
    """The table, then the sentences by number."""
    from rich import box
    from rich.padding import Padding
    from rich.table import Table

    words = _WORDS[language]
    if not found.lines:
        console.print(words["none"])
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for heading in (words["indicator"], words["period"], *(thing.name for thing in found.things)):
        table.add_column(output.escape(heading), overflow="fold")
    sentences: dict[str, int] = {}
    for line in found.lines:
        cells = (_cell(cell, sentences, language) for cell in line.cells)
        table.add_row(output.escape(line.indicator), output.escape(line.period), *cells)
    console.print(table)
    console.print(f"\n{words['sentences']}")
    for text, number in sentences.items():
        console.print(Padding(output.escape(f"[{number}] {text}"), (0, 0, 0, 2)))


def _cell(cell: tuple[Figure, ...], sentences: dict[str, int], language: str) -> Text:
    """The figures of one thing, each with its status and the number of its sentence."""
    from rich.text import Text

    from kg.answers import vocabulary
    from kg.answers.asking import wording
    from kg.answers.compare import best_quote

    if not cell:
        return Text(_WORDS[language]["missing"], "dim italic")
    text = Text()
    for figure in cell:
        text.append("\n" if len(text) else "").append(output.escape(wording.short(figure, language)))
        if figure.status:
            text.append(f" {vocabulary.named(figure.status, language)}", "yellow")
        quote, title, issued = best_quote(figure)
        shown = f"“{quote}” {title}{f', {issued}' if issued else ''}"
        text.append(f" [{sentences.setdefault(shown, len(sentences) + 1)}]", "dim")
    return text
