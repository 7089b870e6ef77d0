"""`kg explain`: all that is known of a thing, each line with the sentences it rests on."""

from __future__ import annotations

import json

import click

from kg.cli import options, output

EXAMPLES = (
    "kg explain 浙江省",
    "kg explain 杭州市 locatedIn --format json",
)


@options.command("explain", examples=EXAMPLES)
@click.argument("name")
@click.argument("words", nargs=-1, metavar="[PROPERTY|WORD]...")
@options.graph_option
@options.format_option("text", "json", help="Form of the answer.  [default: text]")
@options.language_option
def command(name: str, words: tuple[str, ...], graph: str | None, form: str | None, language: str | None) -> int:
    """Show all that is known of NAME, quote by quote.

    NAME is any label of a thing, or an IRI. Further words leave only the facts that hold them: a property, the name at
    the other end, an indicator, a year.
    """
    from kg.answers import explain
    from kg.answers.graph import store

    found = explain.explain(store(graph), name)
    if words:
        found = [explain.only(one, words) for one in found]
    if form == "json":
        output.write(json.dumps([one.plain() for one in found], ensure_ascii=False, indent=1).encode() + b"\n")
        return 0
    from kg.cli import story

    screen = output.Screen(output.width(), output.coloured(), options.language(language))
    output.write(story.told(found, screen))
    return 0
