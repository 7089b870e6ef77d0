"""An answer as a table for a person: names instead of IRIs, numbers to the right, nothing that moves a cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, Store

from kg.answers import lookup, query
from kg.cli.output import Out, Screen, escape, rendered
from kg.graph import terms

if TYPE_CHECKING:
    from rich.console import Console

    from kg.answers.query import Answer, Term

    Row = Sequence[Term | None]
    Shown = Callable[[Term | None], str]

MOST = 1000
NUMBERS = frozenset(terms.XSD + name for name in ("decimal", "integer", "int", "double", "float"))


def show(answer: Answer, text: str, store: Store, screen: Screen, out: Out) -> bool:
    """Draw the answer; whether there is something in it. Of many rows only the first thousand are drawn."""
    if isinstance(answer, QueryBoolean):
        out(f"{_truth(bool(answer), screen.language)}\n".encode())
        return bool(answer)
    columns, source = _content(answer, text)
    rows = list(islice(source, MOST + 1))
    draw = partial(_draw, columns=columns, rows=rows[:MOST], shown=_shown(store, screen.language))
    out(rendered(draw, screen) + _counted(len(rows), screen))
    return bool(rows)


def _truth(answer: bool, language: str) -> str:
    word = "true" if answer else "false"
    return f"{'是' if answer else '否'} ({word})" if language == "zh" else word


def _counted(rows: int, screen: Screen) -> bytes:
    """The number of rows, for a person; that there are more is said in any case."""
    if rows > MOST:
        return f"the first {MOST} rows; --format csv gives all\n".encode()
    return b"" if screen.columns is None else f"{rows} row{'' if rows == 1 else 's'}\n".encode()


def _content(answer: Answer, text: str) -> tuple[Sequence[str], Iterable[Row]]:
    """Columns and rows of a SELECT; triples have the three that they always have."""
    if isinstance(answer, QuerySolutions):
        columns = query.columns(answer, text)
        return columns, query.rows(answer, columns)
    assert not isinstance(answer, QueryBoolean)
    return ("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in query.triples(answer))


def _draw(console: Console, *, columns: Sequence[str], rows: list[Row], shown: Shown) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for at, name in enumerate(columns):
        numeric = _numeric(row[at] for row in rows)
        table.add_column(escape(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(shown, row))
    console.print(table)


def _numeric(terms_of_column: Iterable[Term | None]) -> bool:
    """Whether a column holds numbers alone."""
    kinds = [isinstance(t, Literal) and t.datatype.value in NUMBERS for t in terms_of_column if t is not None]
    return bool(kinds) and all(kinds)


def _shown(store: Store, language: str) -> Shown:
    """How a term looks; each is looked up once."""

    @cache
    def shown(term: Term | None) -> str:
        return "" if term is None else escape(lookup.shown(store, term, language))

    return shown
