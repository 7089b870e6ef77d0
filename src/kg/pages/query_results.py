"""What a query gave, for a page: a table with names instead of IRIs, a chart where there are numbers, the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.answers import lookup, query
from kg.graph import terms
from kg.pages.drawing import drawing
from kg.pages.frame import Markup, Where, element, joined, link
from kg.pages.terms_shown import shown

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.answers.query import Answer, Term

    Row = Sequence[Term | None]

MOST = 500
_BARS = 24
_NAMES, _CHARTS, _LONGEST = 3, 2, 40  # columns and characters of a bar's name, charts of a result
_LONG = re.compile(r"[+-]?\d{5,}(?:\.\d+)?")
_LABEL, _BAR, _HIGH, _WIDE = 190, 520, 26, 860
_NUMBERS = frozenset(terms.XSD + name for name in ("decimal", "integer", "int", "long", "double", "float"))
_TABLE = "results"
_ROWS, _GRAPHS = ("csv", "tsv", "json", "xml"), ("ttl", "nt", "jsonld", "rdf")


def results(store: Store, answer: Answer, text: str, where: Where) -> Markup:
    """The answer to the query `text`."""
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(answer, QueryBoolean):
        word = where.say(_TABLE, "yes" if answer else "no")
        return element(
            "section", element("p", word, class_="truth"), files(text, ("json", "xml"), where), class_="sheet"
        )
    if isinstance(answer, QuerySolutions):
        columns = query.columns(answer, text)
        rows = list(islice(query.rows(answer, columns), MOST + 1))
        return _table(store, columns, rows, files(text, _ROWS, where), where, "rows")
    triples = [(t.subject, t.predicate, t.object) for t in query.triples(answer)]
    heads = ("subject", "predicate", "object")
    return _table(store, heads, triples[: MOST + 1], files(text, _GRAPHS, where), where, "triples")


def files(text: str, forms: Sequence[str], where: Where) -> Markup:
    """The answer in other forms, to be kept."""

    def address(form: str) -> str:
        return f"{where.root}/sparql?{urlencode({'query': text, 'format': form})}"

    names = (link(address(form), form.upper(), class_="tool", download=f"result.{form}") for form in forms)
    return element(
        "div", element("span", where.say(_TABLE, "download"), class_="quiet"), *names, class_="row files no-print"
    )


def _table(
    store: Store, columns: Sequence[str], rows: Sequence[Row], kept: Markup, where: Where, word: str
) -> Markup:  # fmt: skip
    """Rows under their columns; of many only the first, which is said."""
    if not rows:
        return element("section", element("p", where.say(_TABLE, "none"), class_="empty"), kept, class_="found")
    count = where.say(_TABLE, "first" if len(rows) > MOST else word).format(n=min(len(rows), MOST))
    shown = rows[:MOST]
    numeric = [_numeric(row[at] for row in shown) for at in range(len(columns))]
    heads = (
        element("th", name, scope="col", class_="number" if n else None)
        for name, n in zip(columns, numeric, strict=True)
    )
    cell = _cells(store, where)
    body = (element("tr", *(cell(term, n) for term, n in zip(row, numeric, strict=True))) for row in shown)
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *body))
    top = element("div", element("span", count, class_="quiet"), kept, class_="row between")
    scroll = element("div", table, class_="scroll", tabindex="0", role="region", aria_label=count)
    listed = element("section", top, scroll, class_="sheet found")
    charts = _charts(store, columns, shown, numeric, where)
    iris = (getattr(term, "value", "") for row in shown for term in row if str(term).startswith("<"))
    return joined(listed, charts, drawing(store, iris, where, unfolded=word == "triples"))


def _numeric(column: object) -> bool:
    """Whether a column holds numbers alone."""
    given = [getattr(getattr(term, "datatype", None), "value", "") for term in column if term is not None]  # type: ignore[attr-defined]
    return bool(given) and all(kind in _NUMBERS for kind in given)


def _cells(store: Store, where: Where) -> Callable[[Term | None, bool], Markup]:
    """What shows a term: a thing by its sign and name, a term of a vocabulary by its prefix, a number to the right."""
    known: dict[str, Markup] = {}

    def cell(term: Term | None, numeric: bool) -> Markup:
        if term is None:
            return element("td")
        if numeric:
            return element("td", _grouped(term), class_="number")
        key = str(term)
        if key not in known:
            known[key] = shown(store, term, where)
        return element("td", known[key])

    return cell


def _grouped(term: Term) -> str:
    """A number with its digits in groups of three from five on; one that is written otherwise as it is."""
    text = str(getattr(term, "value", term))
    return f"{Decimal(text):,f}" if _LONG.fullmatch(text) else text


def _charts(
    store: Store, columns: Sequence[str], rows: Sequence[Row], numeric: Sequence[bool], where: Where
) -> Markup | None:  # fmt: skip
    """Bars for each column of numbers, named by the other cells of the row; for few rows and short names."""
    names = [at for at, number in enumerate(numeric) if not number]
    numbers = [at for at, number in enumerate(numeric) if number]
    if not (2 <= len(rows) <= _BARS and 1 <= len(names) <= _NAMES and 1 <= len(numbers) <= _CHARTS):
        return None
    called = [" · ".join(_called(store, row[at], where) for at in names if row[at] is not None) for row in rows]
    if max(map(len, called)) > _LONGEST:
        return None
    drawn = [_bars(columns[at], [(name, row[at]) for name, row in zip(called, rows, strict=True)]) for at in numbers]
    shown = [one for one in drawn if one]
    return element("section", *shown, class_="sheet") if shown else None


def _bars(column: str, pairs: Sequence[tuple[str, Term | None]]) -> Markup | None:
    """One chart; none where a number is missing for most, below zero, or all are nought."""
    given = [(name, _number(term)) for name, term in pairs if term is not None]
    largest = max((value for _, value in given), default=Decimal(0))
    if len(given) < 2 or largest <= 0 or min(value for _, value in given) < 0:
        return None
    bars = (part for i, (name, value) in enumerate(given) for part in _bar(i, name, value, value / largest))
    drawing = element(
        "svg", *bars, viewBox=f"0 0 {_WIDE} {_HIGH * len(given) + 8}", class_="bars", role="img", aria_label=column
    )
    return element("figure", element("figcaption", column), drawing)


def _called(store: Store, term: Term | None, where: Where) -> str:
    text = str(getattr(term, "value", term))
    return lookup.name(store, text, where.language) if str(term).startswith("<") else text


def _number(term: Term | None) -> Decimal:
    return Decimal(str(getattr(term, "value", "0")))


def _bar(at: int, name: str, value: Decimal, share: Decimal) -> tuple[Markup, ...]:
    """A bar between its name and its number."""
    top, wide = at * _HIGH + 4, max(round(_BAR * share), 2)
    short = name if len(name) <= 13 else f"{name[:12]}…"
    title = element("title", f"{name}: {value:,f}")
    return (
        element("text", short, x=_LABEL - 10, y=top + 15, text_anchor="end"),
        element("rect", title, x=_LABEL, y=top, width=wide, height=_HIGH - 8, rx=4),
        element("text", f"{value:,f}", x=_LABEL + wide + 8, y=top + 15, class_="much"),
    )
