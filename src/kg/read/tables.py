"""A table of statistics (.csv, .xlsx) and its mapping ──▶ a text with one line for each number."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.read import cells
from kg.read.content import size
from kg.read.encoding import decoded
from kg.read.found import Found
from kg.read.grid import Grid, letters, position, workbook
from kg.read.mapping import Field, Mapping, Number, Table
from kg.read.metadata import Metadata

_NUMBER = re.compile(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?%?|[-+]?\.\d+%?")
_NOTHING = frozenset({"", "-", "--", "—", "——", "–", "…", "……", "...", "..", "/", "n/a", "na", "无", "x", "#n/a"})
_SUMS = frozenset({"合计", "总计", "小计"})
_UNIT = re.compile(r"\s*[(\[【]\s*(?:单位\s*:)?\s*([^()\[\]【】]+?)\s*[)\]】]\s*$")
_YEAR, _MONTH = re.compile(r"(?:19|20)\d\d"), re.compile(r"((?:19|20)\d\d)[-/.](\d\d?)")
_DAY, _QUARTER = re.compile(r"((?:19|20)\d\d)[-/.](\d\d?)[-/.](\d\d?)"), re.compile(r"((?:19|20)\d\d)年?[Qq]([1-4])")
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a grid with the cells that an empty one repeats."""

    number: int
    cells: tuple[str, ...]
    above: tuple[str, ...]


def comma_separated(data: bytes, mapping: Mapping, limit: int) -> Iterator[Found | InputError]:
    """The text of a .csv, in any encoding that texts have; then a complaint for each cell that is no number."""
    try:
        rows = tuple(tuple(row) for row in csv.reader(io.StringIO(decoded(data), newline=""), strict=False))
    except csv.Error as error:
        raise InputError(f"no CSV ({error}): save it again") from None
    return _found([Grid(None, rows)], mapping, limit)


def spreadsheet(data: bytes, mapping: Mapping, limit: int) -> Iterator[Found | InputError]:
    """The text of an .xlsx, sheet after sheet, with the values that its program calculated last."""
    return _found(workbook(data, limit), mapping, limit)


def _found(grids: Sequence[Grid], mapping: Mapping, limit: int) -> Iterator[Found | InputError]:
    items = [item for table in mapping.tables for grid in _of(table, grids) for item in _lines(grid, table)]
    lines = [item for item in items if isinstance(item, str)]
    complaints = [item for item in items if isinstance(item, InputError)]
    if not lines:
        reason = f" (first: {complaints[0]})" if complaints else ""
        raise InputError(f"no number in the columns that the mapping names{reason}: correct the mapping or the table")
    text = "\n".join([cells.HEADER, *lines, ""])
    if len(text.encode("utf-8")) > limit:
        raise InputError(f"over {size(limit)} of lines: split it")
    yield Found(text, Metadata(mapping.title, mapping.date, mapping.source))
    yield from complaints


def _of(table: Table, grids: Sequence[Grid]) -> list[Grid]:
    """The sheets that a table of the mapping speaks of."""
    found = [grid for grid in grids if table.sheet is None or grid.sheet is None or grid.sheet == table.sheet]
    if not found:
        names = ", ".join(grid.sheet or "" for grid in grids)
        raise InputError(f"no sheet {table.sheet}; there are {names}: correct the mapping")
    return found


def _lines(grid: Grid, table: Table) -> Iterator[str | InputError]:
    """The lines of one table, row after row."""
    if len(grid.rows) < table.header:
        return
    header = tuple(" ".join(cell.split()) for cell in grid.rows[table.header - 1])
    above: tuple[str, ...] = ()
    for at, row in enumerate(grid.rows[table.header :], table.header + 1):
        current = _Row(at, row, above)
        for number in table.numbers:
            item = _item(number, current, header, grid.sheet)
            if item is not None:
                yield item
        above = _filled(row, above) if table.ditto else ()


def _filled(row: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    width = max(len(row), len(above))
    padded, before = [*row, *[""] * (width - len(row))], [*above, *[""] * (width - len(above))]
    return tuple(cell if cell.strip() else old for cell, old in zip(padded, before, strict=True))


def _item(number: Number, row: _Row, header: Sequence[str], sheet: str | None) -> str | InputError | None:
    """The line of one number, what is wrong with its cell, or nothing for an empty one."""
    at = position(number.column, header)
    wording = row.cells[at].strip() if at < len(row.cells) else ""
    if _plain(wording).casefold() in _NOTHING:
        return None
    cell = (f"{sheet}!" if sheet else "") + f"{letters(at)}{row.number}"
    if not _NUMBER.fullmatch(_plain(wording)):
        return InputError(f"{cell}: no number ({wording[:20]}): correct the cell")
    return _line(number, row, header, cell, wording)


def _line(number: Number, row: _Row, header: Sequence[str], cell: str, wording: str) -> str | InputError | None:
    """The line; nothing for a row of sums, which is about no single thing."""
    own, unit = _named(header[position(number.column, header)] if header else "")
    subject = _said(number.subject, row, header)
    indicator = _said(number.indicator, row, header) if number.indicator else own
    measure = _said(number.unit, row, header) if number.unit else unit
    period = _period(_said(number.period, row, header)) if number.period else ""
    percent = wording.endswith(("%", "％"))
    value = wording if percent else wording + measure
    if subject in _SUMS:
        return None
    for name, said in (("subject", subject), ("indicator", indicator), ("unit", measure or percent)):
        if not said:
            return InputError(f"{cell}: no {name} for this number: say it in the mapping, or fill the cell")
    fields = [cells.field(part) for part in (cell, number.type.value, subject, indicator, period, value)]
    if max(map(len, fields)) > cells.LONGEST:
        return InputError(f"{cell}: over {cells.LONGEST} characters in one field: shorten it")
    return cells.SEPARATOR.join(fields)


def _said(field: Field, row: _Row, header: Sequence[str]) -> str:
    """What a field says of a row."""
    if field.column is None:
        return field.text or ""
    at = position(field.column, header)
    own = row.cells[at].strip() if at < len(row.cells) else ""
    return own or (row.above[at].strip() if at < len(row.above) else "")


def _named(header: str) -> tuple[str, str]:
    """The indicator and the unit of a header such as 地区生产总值（亿元）."""
    found = _UNIT.search(_plain(header))
    return (header[: found.start()].strip(), found.group(1)) if found else (header, "")


def _period(wording: str) -> str:
    """A time as a text words it; what is no bare date stays as it is."""
    plain = _plain(wording).removesuffix(" 00:00:00")
    if _YEAR.fullmatch(plain):
        return f"{plain}年"
    if found := _MONTH.fullmatch(plain):
        return f"{found[1]}年{int(found[2])}月"
    if found := _DAY.fullmatch(plain):
        return f"{found[1]}年{int(found[2])}月{int(found[3])}日"
    if found := _QUARTER.fullmatch(plain):
        return f"{found[1]}年{_QUARTERS[int(found[2]) - 1]}季度"
    return wording


def _plain(text: str) -> str:
    """Half-width, so that it can be compared; as long as the text where that has no ligatures."""
    return unicodedata.normalize("NFKC", text).strip().replace("−", "-")
