"""`kg query`: ask the graph in SPARQL, or one of the competency questions by name."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import click

from kg.cli import options, output
from kg.errors import UsageError

EXAMPLES = (
    "kg query 'SELECT ?name { ?valley a zg:Valley ; skos:prefLabel ?name }'",
    "kg query valleys --format json",
)
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf")


@options.command("query", examples=EXAMPLES)
@click.argument("text", required=False, metavar="QUERY|@FILE|-|NAME")
@options.graph_option
@options.format_option(*FORMATS, help="Form of the answer.  [default: table on a terminal, else CSV or Turtle]")
@click.option("--asserted", is_flag=True, help="Leave out what is only inferred.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True,
              metavar="SECONDS", help="End the query after so long.")  # fmt: skip
@click.option("--exit-status", is_flag=True, help="Exit with 1 where an ASK is false or there is no row.")
@click.option("--list", "listing", is_flag=True, help="Show the questions that have a name.")
@options.language_option
def command(
    text: str | None, graph: str | None, form: str | None, asserted: bool, timeout: float, exit_status: bool,
    listing: bool, language: str | None,
) -> int:  # fmt: skip
    """Ask the graph in SPARQL, or a named question.

    Prefixes are bound. A pattern reads the facts and what is inferred from them; GRAPH ?document { … } reads claims and
    evidence.
    """
    if listing:
        return _list()
    if text is None:
        raise click.UsageError("a query is missing: give its text, @FILE, - for stdin, or a NAME of kg query --list")
    from kg.answers.limits import limited

    chosen = form or ("table" if output.terminal() else None)
    screen = output.Screen(output.width(), output.coloured(), options.language(language))
    work = partial(_answer, graph, _query(text), chosen, not asserted, screen)
    something = limited(work, output.write, seconds=timeout)
    return 1 if exit_status and not something else 0


def _query(text: str) -> str:
    """The SPARQL that the argument stands for."""
    from kg.answers import questions

    if text == "-":
        return _decoded(sys.stdin.buffer.read(), "stdin")
    if text.startswith("@"):
        return _decoded(_content(Path(text[1:])), text[1:])
    if questions.is_name(text):
        return questions.question(text).text
    return _decoded(os.fsencode(text), "the query")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"query: {file}: {error.strerror}; give the path of a file with a query") from None


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"query: {where}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _answer(
    graph: str | None, text: str, form: str | None, inferred: bool, screen: output.Screen, out: output.Out
) -> bool:
    """Ask and write the answer, in the child process; whether there is something (a true, a row, a triple)."""
    from kg.answers import formats, query
    from kg.answers.graph import store

    asked = store(graph)
    answer = query.ask(asked, text, inferred=inferred)
    if form == "table":
        from kg.cli import table

        return table.show(answer, text, asked, screen, out)
    return formats.write(answer, text, form, out)


def _list() -> int:
    """The named questions."""
    from kg.answers import questions

    width = max((len(one.name) for one in questions.questions()), default=0)
    for one in questions.questions():
        click.echo(f"{one.number}  {one.name:{width}}  {one.zh}")
        click.echo(f"{'':{len(one.number) + width + 4}}{one.en}")
    return 0
