"""`kg view`: the graph as a page, opened in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from kg.cli import options, output

EXAMPLES = (
    "kg view --no-open",
    "kg view --no-open --out page.html",
)


@options.command("view", examples=EXAMPLES)
@options.graph_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The page to write.  [default: graph.html in the graph's folder]")  # fmt: skip
@click.option("--open/--no-open", "opening", default=True, help="Open it in the browser.  [default: open]")
def command(graph: str | None, out: Path | None, opening: bool) -> int:
    """Write the graph as an HTML page and open it.

    The page is one file that needs no network.
    """
    from kg.answers.graph import place, store
    from kg.pages.graph_page import page
    from kg.rules import load

    target = out or place(graph) / "graph.html"
    html = page(list(store(graph)), load())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8")
    click.echo(target)
    if opening and not webbrowser.open(target.resolve().as_uri()):
        output.say(f"no browser could be opened; open {target} in one")
    return 0
