"""`kg validate`: whether the graph keeps the ontology's shapes and checks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from rich.console import Console

    from kg.answers.check import Report
    from kg.graph.shapes import Result

EXAMPLES = (
    "kg validate --lang zh",
    "kg validate --format ttl",
)
_WORDS = {
    "zh": ("符合：{n} 条陈述遵守全部形状与检查", "不符合：{n} 处"),
    "en": ("conforms: {n} statements keep all shapes and checks", "does not conform: {n} complaints"),
}


@options.command("validate", examples=EXAMPLES)
@options.graph_option
@options.format_option("text", "ttl", help="ttl is a SHACL validation report.  [default: text]")
@click.option("--store", "whole", is_flag=True, help="See instead whether the store is whole, and which graph it is.")
@options.language_option
def command(graph: str | None, form: str | None, whole: bool, language: str | None) -> int:
    """Check the graph against shapes and checks.

    Each complaint names the thing, what is wrong with it, and the sentence behind it. The exit code is 1 where there is
    one.
    """
    if whole:
        return _store(graph)
    from kg.answers.check import report
    from kg.answers.graph import store

    found = report(store(graph))
    if form == "ttl":
        output.write(found.turtle())
    else:
        screen = output.Screen(output.width(), output.coloured(), options.language(language))
        output.write(output.rendered(partial(_draw, found=found, language=screen.language), screen))
    return 0 if found.conforms else 1


def _store(graph: str | None) -> int:
    """Which graph the store holds, as JSON."""
    import json
    from dataclasses import asdict

    from kg.pipeline import corpus
    from kg.store.place import which

    held = corpus.held(which(graph))
    output.write(json.dumps(asdict(held), ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    return 0


def _draw(console: Console, *, found: Report, language: str) -> None:
    from rich.text import Text

    good, bad = _WORDS[language]
    if found.conforms:
        console.print(Text(good.format(n=found.statements), "green"))
    else:
        console.print(Text(bad.format(n=len(found.results)), "red"))
    for result in found.results:
        _complain(console, result, language)


def _complain(console: Console, result: Result, language: str) -> None:
    """One complaint: the thing, what is wrong, the value, the sentence."""
    from rich.padding import Padding
    from rich.text import Text

    from kg.answers.vocabulary import local

    console.print()
    console.print(Text(output.escape(result.label), "bold").append(f"  {local(result.shape)}", "dim"))
    console.print(Padding(Text(output.escape(result.zh if language == "zh" else result.en)), (0, 0, 0, 2)))
    about = " ".join(output.escape(part) for part in (local(result.path), result.value) if part)
    for line in (about, f"“{result.quote}” {result.document}" if result.quote else "", result.focus):
        if line:
            console.print(Padding(Text(output.escape(line), "dim"), (0, 0, 0, 4)))
