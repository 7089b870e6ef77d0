"""Inputs ──▶ documents in the executors: files of every kind one by one, large JSON lines and Parquet row by row.

Executors open the files themselves, so a cluster of several machines needs a file system that they share.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import InputError, UsageError
from kg.read import LIMIT, Unreadable
from kg.read.dates import valid_iso
from kg.read.found import Found
from kg.read.inputs import Source, sources
from kg.read.jsonl import item
from kg.read.reading import document, readings
from kg.records import Document

Item = Document | Unreadable
PARQUET, JSONL = ".parquet", ".jsonl"
FEW = 4
"""Files that are worth a piece of work of their own."""
LARGE = 32 * 1024 * 1024
"""Bytes of a file of JSON lines from which on it is read in pieces."""
FIELDS = ("id", "title", "date", "url", "source", "text")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def documents(
    session: Any, inputs: Sequence[str], *, date: str | None = None, source: str | None = None, limit: int = LIMIT
) -> Any:
    """An RDD of what the inputs hold: each a Document or an Unreadable, a text perhaps more than once.

    UsageError for a date that is none, and for Parquet without a column `text`.
    """
    if date is not None and not valid_iso(date):
        raise UsageError(f"--date {date}: write a date that exists as YYYY-MM-DD, YYYY-MM or YYYY")
    tables = [given for given in inputs if Path(given).suffix == PARQUET]
    named = sources([given for given in inputs if given not in tables]) if set(inputs) - set(tables) else []
    if any(isinstance(one, Source) and one.path is None for one in named):
        raise UsageError("- : executors have no standard input; save it in a file")
    large = [one for one in named if isinstance(one, Source) and _is_large(one)]
    small = [one for one in named if one not in large]
    rows = partial(_row, date=date, source=source, limit=limit)
    found = [_files(session, small, partial(_read, date=date, source=source, limit=limit))]
    found += [_numbered(session.sparkContext.textFile(str(one.path), use_unicode=False), one, rows) for one in large]
    found += [_table(session, given, rows) for given in tables]
    return session.sparkContext.union(found)


def _is_large(one: Source) -> bool:
    """Whether a file is worth being read in pieces, and can be: its lines must be plain UTF-8."""
    if one.path is None or one.path.suffix.lower() != JSONL or one.path.stat().st_size < LARGE:
        return False
    with one.path.open("rb") as file:
        return file.read(2) not in _MARKS


def _files(session: Any, named: Sequence[Source | Unreadable], read: Any) -> Any:
    """The documents of whole files, a few files a task."""
    context = session.sparkContext
    slices = max(1, min(len(named) // FEW, 8 * context.defaultParallelism))
    return context.parallelize(named, slices).flatMap(read)


def _read(one: Source | Unreadable, *, date: str | None, source: str | None, limit: int) -> Iterator[Item]:
    """What one file holds, in the executor."""
    if isinstance(one, Unreadable):
        yield one
        return
    yield from readings([str(one.path)], date=date, source=source, limit=limit)


def _table(session: Any, given: str, rows: Any) -> Any:
    """The documents of a Parquet file or folder: its rows as the JSON lines that they would be."""
    if not Path(given).exists():
        raise UsageError(f"{given}: no such file or folder: check the path")
    frame = session.read.parquet(given)
    if "text" not in frame.columns:
        raise InputError(f"{given}: no column text; there are {', '.join(frame.columns)}")
    origin = Source(Path(given).absolute(), given, Path(given).name)
    lines = frame.select([name for name in FIELDS if name in frame.columns]).toJSON()
    return _numbered(lines.map(str.encode), origin, rows)


def _numbered(lines: Any, origin: Source, rows: Any) -> Any:
    """The documents of lines, which are numbered as in their file."""
    return lines.zipWithIndex().map(partial(rows, origin=origin)).filter(_is_something)


def _row(
    numbered: tuple[bytes, int], *, origin: Source, date: str | None, source: str | None, limit: int
) -> Item | None:
    """The document of one line, nothing for a blank one."""
    line, number = numbered
    found: Found | Unreadable | None = item(bytes(line), number + 1, origin, limit)
    return None if found is None else document(found, origin, date, source)


def _is_something(one: Item | None) -> bool:
    return one is not None
