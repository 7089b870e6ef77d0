"""Why a text was read as it was: each sentence, and below it every reading with its rule, or why it was refused."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from kg.cli.output import Screen, escape, rendered

if TYPE_CHECKING:
    from rich.console import Console

    from kg.answers.reasons import Told
    from kg.extract.why import Reading
    from kg.records import Document


def shown(told: Iterable[tuple[Document, Told]], screen: Screen) -> bytes:
    """The texts one after the other."""
    return b"\n".join(rendered(partial(_draw, document=document, told=one), screen) for document, one in told)


def _draw(console: Console, *, document: Document, told: Told) -> None:
    console.print(Text(escape(document.title or document.name), "bold"))
    for sentence, readings in told:
        console.print()
        console.print(Text(_flat(document.quote(sentence.span))))
        for reading in readings:
            console.print(Padding(_line(reading), (0, 0, 0, 4)))
        if not readings:
            console.print(Padding(Text("no rule read anything", "dim"), (0, 0, 0, 4)))


def _line(reading: Reading) -> Text:
    """+ for what stands, - for what was refused, with the rule and the reason."""
    style = "red" if reading.refused else "green"
    line = Text("- " if reading.refused else "+ ", style).append(f"{reading.kind.value:9}")
    line.append(_flat(reading.said)).append(f"  {reading.rule}", "dim")
    return line.append(f": {_flat(reading.refused)}", style) if reading.refused else line


def _flat(text: str) -> str:
    return escape(text.replace("\r", "").replace("\n", " "))
