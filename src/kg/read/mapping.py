"""The file beside a table that says what its columns are: `gdp.csv.toml`, or `tables.toml` for a whole folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Content
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.read.dates import valid_iso
from kg.records import EntityType

SUFFIX = ".toml"
COMMON = "tables.toml"
_OF_FILE = frozenset({"title", "date", "source", "table"})
_OF_NUMBER = frozenset({"column", "type", "subject", "indicator", "unit", "period"})
_OF_TABLE = (_OF_NUMBER - {"column"}) | {"sheet", "header", "ditto", "number"}


@dataclass(frozen=True, slots=True)
class Field:
    """What a line says in one place: a text that holds for all rows, or the row's cell in a column."""

    text: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A column of numbers, and where the rest of each line comes from; None where the column's header says it."""

    column: str
    type: EntityType
    subject: Field
    indicator: Field | None
    unit: Field | None
    period: Field | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file. `sheet` None is every sheet, `header` the number of the row with the columns' names.

    With `ditto` an empty cell of a column that names something stands for the one above it (merged cells).
    """

    sheet: str | None
    header: int
    ditto: bool
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """All that is known of a file: what it says of itself, and its tables."""

    title: str | None
    date: str | None
    source: str | None
    tables: tuple[Table, ...]


def beside(path: Path | None) -> Mapping:
    """The mapping of a table's file; InputError where there is none or it cannot be used, naming it."""
    if path is None:
        raise InputError("a table from the standard input has no mapping file: save it, and say what its columns are")
    for file in (path.with_name(path.name + SUFFIX), path.with_name(COMMON)):
        if file.is_file():
            return _read(file)
    raise InputError(f"no mapping file: say in {path.name}{SUFFIX} what each column is (docs/formats.md)")


def is_mapping(name: str) -> bool:
    """Whether a file of a folder is a mapping, not a text."""
    return name == COMMON or name.lower().endswith((".csv.toml", ".xlsx.toml", ".csv.gz.toml", ".xlsx.gz.toml"))


def _read(file: Path) -> Mapping:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        return _mapping(content)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise InputError(f"{file.name}: {' '.join(str(error).split())}: correct it (docs/formats.md)") from None


def _mapping(content: Content[str, Any]) -> Mapping:
    _known(content, _OF_FILE, "at the top")
    title, date, source = (_text(content, name) for name in ("title", "date", "source"))
    if date is not None and not valid_iso(date):
        raise ValueError(f"date {date} is no YYYY-MM-DD, YYYY-MM or YYYY that exists")
    tables = content.get("table")
    if not isinstance(tables, list) or not tables:
        raise ValueError("no [[table]]")
    return Mapping(title, date, source, tuple(map(_table, tables)))


def _table(content: Content[str, Any]) -> Table:
    _known(content, _OF_TABLE, "in a [[table]]")
    header, ditto, numbers = content.get("header", 1), content.get("ditto", False), content.get("number")
    if not isinstance(header, int) or isinstance(header, bool) or header < 1:
        raise ValueError("header is not the number of a row, from 1")
    if not isinstance(ditto, bool):
        raise ValueError("ditto is neither true nor false")
    if not isinstance(numbers, list) or not numbers:
        raise ValueError("a [[table]] without [[table.number]]")
    common = {key: value for key, value in content.items() if key in _OF_NUMBER}
    return Table(_text(content, "sheet"), header, ditto, tuple(_number({**common, **one}) for one in numbers))


def _number(content: Content[str, Any]) -> Number:
    """A column; what it does not say itself its table says."""
    _known(content, _OF_NUMBER, "in a [[table.number]]")
    column, subject = _text(content, "column"), _field(content, "subject")
    if column is None or subject is None:
        raise ValueError("a [[table.number]] without column or subject")
    indicator, unit, period = (_field(content, name) for name in ("indicator", "unit", "period"))
    return Number(column, _type(content), subject, indicator, unit, period)


def _type(content: Content[str, Any]) -> EntityType:
    try:
        return EntityType(str(content.get("type")))
    except ValueError:
        raise ValueError(f"type is none of {', '.join(EntityType)}") from None


def _field(content: Content[str, Any], name: str) -> Field | None:
    match content.get(name):
        case None:
            return None
        case str(text) if text.strip():
            return Field(text=text)
        case {"column": str(column), **rest} if not rest:
            return Field(column=column)
    raise ValueError(f'{name} is neither a text nor {{ column = "…" }}')


def _text(content: Content[str, Any], name: str) -> str | None:
    value = content.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text in quotes")
    return value or None


def _known(content: object, names: frozenset[str], where: str) -> None:
    if not isinstance(content, dict):
        raise ValueError(f"no table {where}")
    strange = sorted(set(content) - names)
    if strange:
        raise ValueError(f"{strange[0]} means nothing {where}; there are {', '.join(sorted(names))}")
