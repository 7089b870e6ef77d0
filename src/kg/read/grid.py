"""A spreadsheet ──▶ grids of texts, by openpyxl: each cell as its program shows a plain number, not as it stores it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kg.errors import InputError
from kg.read.content import size
from kg.read.office import checked

UNPACKED = 4
"""How many times the limit of a text a workbook may unpack to."""
DIGITS = 15
_LETTERS = re.compile(r"[A-Z]{1,3}")
_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet from the first one on; `sheet` is None where a file has none."""

    sheet: str | None
    rows: tuple[tuple[str, ...], ...]


def workbook(data: bytes, limit: int) -> list[Grid]:
    """The sheets in order; InputError where the file is encrypted, broken, or larger than the limit."""
    package = checked(data, UNPACKED * limit)
    import openpyxl

    try:
        book = openpyxl.load_workbook(package, read_only=True, data_only=True, keep_links=False)
        return _grids(book, limit)
    except InputError:
        raise
    except Exception as error:  # a broken package fails in ways that no list of the library's errors covers
        raise InputError(f"broken file ({type(error).__name__}): open it in its program and save it again") from error


def _grids(book: Any, limit: int) -> list[Grid]:
    """Every sheet; a few bytes of XML can name cells without end, so what they hold is counted."""
    found, left = [], limit
    for sheet in book.worksheets:
        rows = []
        for row in sheet.iter_rows():
            texts = tuple(map(_text, row))
            left -= sum(map(len, texts)) + len(texts)
            if left < 0:
                raise InputError(f"over {size(limit)} of cells: split it")
            rows.append(texts)
        found.append(Grid(sheet.title, tuple(rows)))
    return found


def _text(cell: Any) -> str:
    """A cell's value as text: a number without exponent, a percentage as such, a day in ISO form."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, percent="%" in str(cell.number_format))
    return "" if value is None else str(value)


def _number(value: float, *, percent: bool) -> str:
    """The decimal with as many digits as a spreadsheet program itself holds exact and shows."""
    exact = Decimal(value if isinstance(value, int) else format(value, f".{DIGITS}g")) * (100 if percent else 1)
    text = format(exact, "f")
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return short + "%" * percent


def letters(column: int) -> str:
    """The name of a column from its place: 0 is A, 26 is AA."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, _ALPHABET)
        name = chr(ord("A") + digit) + name
    return name


def position(column: str, header: Sequence[str]) -> int:
    """The place of a column by its header, else by its letters; InputError where it is none or several."""
    wanted = " ".join(column.split())
    count = header.count(wanted)
    if count == 1:
        return header.index(wanted)
    if count == 0 and _LETTERS.fullmatch(wanted):
        return _place(wanted)
    complaint = "no column" if count == 0 else "several columns"
    raise InputError(f"{complaint} named {column}: correct the mapping, or name it by its letter")


def _place(name: str) -> int:
    """The place of a column from its letters."""
    place = 0
    for letter in name:
        place = place * _ALPHABET + ord(letter) - ord("A") + 1
    return place - 1
