"""`kg ask`: a question in Chinese or English, answered with the query and the sentences behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.answers.asking.answer import Answer, Unread
    from kg.answers.asking.rows import Row

EXAMPLES = (
    "kg ask 有哪些实验室",
    "kg ask 'What was the GDP in 2024?' --format json",
)
_WORDS = {
    "zh": {"read": "读作", "left": "未计入", "query": "查询", "no": "没有读懂这个问题。", "unknown": "不认识：",
           "instead": "可以这样问：", "more": "另有 {n} 项，用下面的查询可得全部"},
    "en": {"read": "read as", "left": "left out", "query": "query", "no": "The question was not understood.",
           "unknown": "Unknown: ", "instead": "It can answer:", "more": "{n} more; the query below gives all"},
}  # fmt: skip
Line = tuple[int, "Text"]


@options.command("ask", examples=EXAMPLES)
@click.argument("question", nargs=-1, required=True, metavar="QUESTION...")
@options.graph_option
@options.format_option("text", "json", "sparql", help="Form of the answer; sparql is the query alone.  [default: text]")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True,
              metavar="SECONDS", help="End after so long.")  # fmt: skip
@click.option("--lang", "language", type=click.Choice(["zh", "en"]),
              help="Language of the answer.  [default: that of the question]")  # fmt: skip
def command(
    question: tuple[str, ...], graph: str | None, form: str | None, timeout: float, language: str | None
) -> int:
    """Answer a question in Chinese or English.

    The answer comes with how the question was read, its SPARQL, the sentences behind each row, and what it leaves out:
    plans and targets count only where they are asked for. A question that is not understood ends with exit code 1 and
    the nearest ones that are. Without --lang the answer is in the language of the question.
    """
    from kg.answers.limits import limited

    screen = output.Screen(output.width(), output.coloured(), language or "zh")
    work = partial(_answer, graph, " ".join(question), form or "text", language, screen)
    return 0 if limited(work, output.write, seconds=timeout) else 1


def _answer(
    graph: str | None, question: str, form: str, language: str | None, screen: output.Screen, out: output.Out
) -> bool:
    """Ask and write the answer, in the child process; whether the question was understood."""
    from kg.answers.asking.answer import Answer
    from kg.answers.asking.asking import ask
    from kg.answers.graph import store

    found = ask(store(graph), question, language=language)
    if form == "json":
        kind = {"understood": isinstance(found, Answer)}
        out(json.dumps(kind | asdict(found), ensure_ascii=False, indent=1).encode() + b"\n")
    elif form == "sparql" and isinstance(found, Answer):
        out(f"{found.query}\n".encode())
    else:
        lines = _told(found) if isinstance(found, Answer) else _refused(found)
        out(output.rendered(partial(_draw, lines=list(lines)), screen))
    return isinstance(found, Answer)


def _draw(console: Console, *, lines: list[Line]) -> None:
    from rich.padding import Padding

    for depth, text in lines:
        console.print(Padding(text, (0, 0, 0, depth)))


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(output.escape(text), style)


def _told(found: Answer) -> Iterator[Line]:
    """The answer, its rows with their sentences, what was left out, how the question was read, the query."""
    words = _WORDS[found.language]
    yield 0, _text(found.sentence, "bold")
    for row in found.rows:
        yield from _row(row, found.language)
    yield from _more(found.total - len(found.rows), words["more"])
    if found.left_out:
        yield 0, _text("")
        yield 0, _text(words["left"], "bold cyan")
    for one in found.left_out:
        yield 2, _text(one.row.phrase).append(f"  {output.escape(one.reason)}", "yellow")
    yield from _more(found.beside - len(found.left_out), words["more"])
    yield 0, _text("")
    yield 0, _text(words["read"], "bold cyan")
    for meaning in found.meanings:
        yield 2, _text(f"{meaning.text} = {'、'.join(meaning.names)}")
    yield 0, _text("")
    yield 0, _text(words["query"], "bold cyan")
    for line in found.query.splitlines():
        yield 2, _text(line, "dim")


def _more(number: int, words: str) -> Iterator[Line]:
    """That there is more than is shown."""
    if number > 0:
        yield 2, _text(words.format(n=number), "dim")


def _row(row: Row, language: str) -> Iterator[Line]:
    from kg.answers import vocabulary
    from kg.cli import story

    line = _text(row.phrase, "bold")
    for status in row.statuses:
        line.append(f"  {vocabulary.named(status, language)}", "yellow")
    yield 0, _text("")
    yield 2, line
    yield from story.tellings(row.claims, [cell.text for cell in row.cells], language)


def _refused(found: Unread) -> Iterator[Line]:
    """That the question was not understood, why, and what can be asked."""
    words = _WORDS[found.language]
    missing = words["unknown"] + "、".join(f"「{piece}」" for piece in found.unknown) if found.unknown else ""
    yield 0, _text(f"{words['no']} {missing}".strip(), "bold")
    yield 0, _text(words["instead"])
    for question in found.nearest:
        yield 2, _text(question)
