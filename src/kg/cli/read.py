"""`kg read`: what a text says, before any graph is built."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from kg.records import Document, Extraction
    from kg.rules import Rules

EXAMPLES = (
    "kg read seeds/000_8643faa9eca49758.txt",
    "echo 白鹿湾科技园位于浙江省。 | kg read - --why --format json",
)


@options.command("read", examples=EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...|-")
@options.format_option("text", "json", "jsonl", "tsv", help="Form of the answer.  [default: text]")
@click.option("--why", is_flag=True, help="Show every reading of every rule, and why a reading was refused.")
@click.option("--date", metavar="DATE", help="The texts' date, where they do not say it: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--source", metavar="NAME", help="Who published the texts.")
@options.language_option
def command(
    inputs: tuple[str, ...], form: str | None, why: bool, date: str | None, source: str | None, language: str | None
) -> int:
    """Show what texts name, count and claim.

    PATH is a file, a folder or a glob; - reads the standard input. json gives a list, jsonl one document a line, tsv
    one statement a line.
    """
    from kg.extract.extraction import extraction
    from kg.read.reading import documents
    from kg.rules import load

    rules = load()
    found, failures = documents(inputs, date=date, source=source)
    for failure in failures:
        output.say(f"kg: {failure.name}: {failure.reason}")
    screen = output.Screen(output.width(), output.coloured(), options.language(language))
    if why:
        output.write(_reasons(found, rules, form or "text", screen))
    else:
        output.write(_written([extraction(document, rules) for document in found], form or "text", screen))
    return 3 if failures else 0


def _reasons(found: Iterable[Document], rules: Rules, form: str, screen: output.Screen) -> bytes:
    """What the rules read and what became of it, in a form."""
    from kg.answers import reasons
    from kg.extract.why import why

    told = [(document, why(document, rules)) for document in found]
    match form:
        case "json":
            return _json([reasons.plain(*one) for one in told], indent=1)
        case "jsonl":
            return b"".join(_json(reasons.plain(*one), indent=None) for one in told)
        case "tsv":
            return _table([reasons.COLUMNS, *(row for one in told for row in reasons.rows(*one))])
    from kg.cli import reasons as drawn

    return drawn.shown(told, screen)


def _written(readings: list[Extraction], form: str, screen: output.Screen) -> bytes:
    """The readings in a form."""
    from kg.answers import reading

    match form:
        case "json":
            return _json([reading.plain(one) for one in readings], indent=1)
        case "jsonl":
            return b"".join(_json(reading.plain(one), indent=None) for one in readings)
        case "tsv":
            return _table([reading.COLUMNS, *(row for one in readings for row in reading.statements(one))])
    from kg.cli import marked

    return marked.shown(readings, screen)


def _table(rows: Iterable[tuple[str, ...]]) -> bytes:
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows).encode()


def _json(content: object, *, indent: int | None) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=indent).encode("utf-8") + b"\n"


def _cell(text: str) -> str:
    """A value that breaks no line and no column."""
    return text.translate({0x5C: "\\\\", 0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"})
