"""`kg view`: the graph as a page, opened in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from kg.cli import options, output

EXAMPLES = (
    "kg view --no-open --out page.html",
    "kg view --no-open --around 杭州市 --hops 2 --top 50",
)


@options.command("view", examples=EXAMPLES)
@options.graph_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The page to write.  [default: graph.html in the graph's folder]")  # fmt: skip
@click.option("--around", multiple=True, metavar="NAME",
              help="Only what is near the entity of this name, alias or IRI. May be repeated.")  # fmt: skip
@click.option("--hops", type=click.IntRange(1), default=1, metavar="N",
              help="How many relations --around follows.  [default: 1]")  # fmt: skip
@click.option("--top", type=click.IntRange(1), metavar="N", help="Only the N entities with most relations.")
@click.option("--type", "types", multiple=True, metavar="TYPE",
              help="Only entities of this type (Company, 企业 …). May be repeated.")  # fmt: skip
@click.option("--document", "documents", multiple=True, metavar="TEXT",
              help="Only what the document with this in its title or path states. May be repeated.")  # fmt: skip
@click.option("--open/--no-open", "opening", default=True, help="Open it in the browser.  [default: open]")
def command(
    graph: str | None, out: Path | None, around: tuple[str, ...], hops: int, top: int | None, types: tuple[str, ...],
    documents: tuple[str, ...], opening: bool,
) -> int:  # fmt: skip
    """Write the graph as an HTML page and open it.

    The page is one file that needs no network. It holds up to 20,000 entities; of a larger graph the 5,000 with most
    relations, unless you pick a part.
    """
    from kg.answers.graph import place, store
    from kg.pages.graph_page import written
    from kg.pages.model import model
    from kg.pages.part import Choice, part
    from kg.rules import load

    target = out or place(graph) / "graph.html"
    found = part(model(store(graph)), Choice(around, hops, top, types, documents))
    if advice := _advice(found.whole, len(found.nodes)):
        output.say(advice)
    html = written(found, load())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8")
    click.echo(target)
    if opening and not webbrowser.open(target.resolve().as_uri()):
        output.say(f"no browser could be opened; open {target} in one")
    return 0


def _advice(whole: int, shown: int) -> str:
    """What to do about a graph that is too large for one page, else nothing."""
    from kg.pages.part import LIMIT

    if whole <= LIMIT or shown == whole:
        return ""
    return (
        f"the graph has {whole} entities, a page up to {LIMIT}: this one shows {shown}; "
        "pick others with --around NAME --hops N, --top N, --type TYPE or --document TEXT"
    )
