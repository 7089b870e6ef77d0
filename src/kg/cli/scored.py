"""An evaluation as a person reads it: the rows, and on demand kinds, rules, errors and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.cli.output import Screen, escape, rendered

if TYPE_CHECKING:
    from rich.console import Console

    from kg.answers.evaluate import Changes, Score
    from kg.answers.evaluation.errors import Error
    from kg.answers.evaluation.ledger import Fired
    from kg.answers.evaluation.tally import Line

MAIN = ("entities", "relations", "figures", "period", "status", "held back", "evidence", "evidence names")


def shown(score: Score, screen: Screen, *, verbose: bool = False, rules: bool = False, errors: bool = False) -> bytes:
    """The rows over all texts; then those of each text and of each type and predicate, the rules, the errors."""
    draw = partial(_draw, score=score, verbose=verbose, rules=rules, errors=errors)
    return rendered(draw, screen)


def changed(changes: Changes, screen: Screen) -> bytes:
    """What was gained and lost since another run."""
    return rendered(partial(_changes, changes=changes), screen)


def _draw(console: Console, *, score: Score, verbose: bool, rules: bool, errors: bool) -> None:
    console.print(_lines(f"{len(score.docs)} document{'' if len(score.docs) == 1 else 's'}", score.micro))
    if verbose:
        _section(console, _documents(score.docs))
        _section(console, _lines("type or predicate", score.kinds))
    if rules:
        _section(console, _rules(score.rules))
    if errors:
        _errors(console, score.errors)


def _section(console: Console, table: Table) -> None:
    console.print()
    console.print(table)


def _table(first: str, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _lines(title: str, lines: Mapping[str, Line]) -> Table:
    """Precision, recall, F1, and the counts they come from."""
    table = _table(title, "P", "R", "F1", "right/predicted", "found/required")
    for row, n in lines.items():
        ratios = (f"{x:.3f}" for x in (n.precision, n.recall, n.f1))
        table.add_row(row, *ratios, f"{n.right:g}/{n.predicted}", f"{n.found}/{n.required}")
    return table


def _documents(docs: Mapping[str, Mapping[str, Line]]) -> Table:
    """F1 of the main rows, a line a text."""
    table = _table("F1 by document", *MAIN)
    for doc, lines in docs.items():
        table.add_row(escape(doc), *(f"{lines[row].f1:.3f}" if row in lines else "-" for row in MAIN))
    return table


def _rules(rules: Mapping[str, Fired]) -> Table:
    """Each rule with what it read, those with most mistakes first."""
    table = _table("rule", "fired", "right", "wrong")
    for name, n in sorted(rules.items(), key=lambda item: (item[1].right - item[1].fired, item[0])):
        table.add_row(escape(name), str(n.fired), str(n.right), str(n.fired - n.right))
    return table


def _errors(console: Console, errors: Iterable[Error]) -> None:
    """The errors by kind, the worst kind first."""
    for kind, group in groupby(errors, key=lambda error: error.kind):
        alike = list(group)
        console.print()
        console.print(Text(f"{kind} ({len(alike)})", "bold"))
        for error in alike:
            _error(console, error)


def _error(console: Console, error: Error) -> None:
    """Text and sentence, what was expected, what came, rules and reason."""
    said = {"expected": error.wanted, "came": error.came, "rule": ", ".join(error.rules), "why": error.gap}
    lines = [f"{name:8}  {_flat(text)}" for name, text in said.items() if text]
    if error.sentence:
        lines.append(f"{'text':8}  {_flat(error.sentence)}")
    console.print()
    console.print(Padding(Text(f"[{escape(error.doc)}]", "dim"), (0, 0, 0, 2)))
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 4)))


def _flat(text: str) -> str:
    return escape(text.replace("\r", "").replace("\n", " "))


def _changes(console: Console, *, changes: Changes) -> None:
    console.print()
    console.print(Text(f"{len(changes.gains)} gained, {len(changes.losses)} lost", "bold"))
    for doc, rows in changes.rows.items():
        moved = "  ".join(f"{row} {before:.3f} → {now:.3f}" for row, (before, now) in rows.items())
        console.print(Text(f"  [{escape(doc)}]  {moved}"))
    for sign, style, errors in (("+", "green", changes.gains), ("-", "red", changes.losses)):
        for error in errors:
            console.print(Text(f"{sign} [{escape(error.doc)}] {error.kind}: {_item(error)}", style))
    if changes.apart:
        console.print(Text(f"only in one of the two runs: {', '.join(map(escape, changes.apart))}"))


def _item(error: Error) -> str:
    """What was wanted and what came instead."""
    return " ⇒ ".join(_flat(part) for part in (error.wanted, error.came) if part)
