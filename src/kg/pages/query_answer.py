"""The answer to a question, for a page: each row with its sentences, what was left out, how it was read."""

from __future__ import annotations

from collections.abc import Sequence

from kg.answers.asking.answer import Answer, LeftOut, Meaning, Unread
from kg.answers.asking.rows import Cell, Row
from kg.answers.asking.words import column
from kg.pages import frame
from kg.pages.frame import Markup, Where, element, joined, link

_SHOWN = 100
_TABLE = "answer"


def answer(found: Answer | Unread, where: Where) -> Markup:
    """The answer, or that there is none and what could be asked instead."""
    return _answered(found, where) if isinstance(found, Answer) else _unread(found, where)


def _answered(found: Answer, where: Where) -> Markup:
    more = element("p", where.say(_TABLE, "more").format(n=_SHOWN), class_="quiet") if found.total > _SHOWN else None
    return element(
        "section",
        element("p", found.question, class_="quiet question"),
        element("p", found.sentence, class_="answer"),
        _meanings(found.meanings, where),
        _rows(found.rows[:_SHOWN], where),
        more,
        _left_out(found.left_out, where),
        element("p", where.say(_TABLE, "query"), class_="quiet no-print"),
        class_="sheet",
    )


def _meanings(meanings: Sequence[Meaning], where: Where) -> Markup | None:
    """What each piece of the question was taken for."""
    shown = (joined(element("span", meaning.text), " = ", *_named(meaning, where)) for meaning in meanings)
    parts = [element("span", one, class_="alias") for one in shown]
    return (
        element("p", element("span", where.say(_TABLE, "read"), class_="label"), *parts, class_="aliases")
        if parts
        else None
    )


def _named(meaning: Meaning, where: Where) -> list[Markup]:
    if meaning.iris and len(meaning.iris) == len(meaning.names):
        return [
            link(where.thing(iri), name, class_="link") for iri, name in zip(meaning.iris, meaning.names, strict=True)
        ]
    return [joined("、".join(meaning.names))]


def _rows(rows: Sequence[Row], where: Where) -> Markup | None:
    """The rows as a table whose columns all of them have, each with its sentences beneath."""
    if not rows:
        return None
    columns = list(dict.fromkeys(cell.column for row in rows for cell in row.cells if cell.text))
    heads = (element("th", column(name, where.language), scope="col") for name in columns)
    body = (joined(*_row(row, columns, where)) for row in rows)
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *body), class_="answers")
    return element("div", table, class_="scroll")


def _row(row: Row, columns: Sequence[str], where: Where) -> list[Markup]:
    cells = {cell.column: cell for cell in row.cells}
    badges = [frame.badge(status, where.language) for status in row.statuses]
    shown = [_cell(cells.get(name), badges if i == 0 else [], where) for i, name in enumerate(columns)]
    lines = [element("tr", *shown, class_="plan" if set(row.statuses) & {"planned", "target"} else None)]
    if row.claims:
        why = frame.tellings(row.claims, (cell.text for cell in row.cells), where)
        unfold = element(
            "details", element("summary", where.say(_TABLE, "sentences")), why, class_="because", open=True
        )
        lines.append(element("tr", element("td", unfold, colspan=len(columns)), class_="why"))
    return lines


def _cell(cell: Cell | None, badges: Sequence[Markup], where: Where) -> Markup:
    if cell is None:
        return element("td")
    text = link(where.thing(cell.iri), cell.text, class_="link") if cell.iri else joined(cell.text)
    return element("td", text, *(part for badge in badges for part in (" ", badge)))


def _left_out(left: Sequence[LeftOut], where: Where) -> Markup | None:
    if not left:
        return None
    rows = (element("li", one.row.phrase, " ", element("span", one.reason, class_="badge planned")) for one in left)
    return joined(element("h2", where.say(_TABLE, "left")), element("ul", *rows, class_="left"))


def _unread(found: Unread, where: Where) -> Markup:
    pieces = "、".join(f"「{piece}」" for piece in found.unknown)
    unknown = element("p", where.say(_TABLE, "unknown"), element("b", pieces)) if pieces else None
    near = (element("li", link(where.to("/ask", question=text), text, class_="link")) for text in found.nearest)
    return element(
        "section",
        element("p", found.question, class_="quiet question"),
        element("p", where.say(_TABLE, "no"), class_="answer"),
        unknown,
        element("h2", where.say(_TABLE, "instead")),
        element("ul", *near, class_="near-questions"),
        class_="sheet",
    )
