"""Lexicon and patterns as one frozen plain value with a content hash. Nothing here knows RDF.

A lexicon file is UTF-8 TSV. Lines that begin with ``#`` are its header (``# source: …``, ``# edition: …``,
``# licence: …``, all three required); the first other line names the columns. A pattern file is TOML with an array of
tables ``[[pattern]]``; each has at least ``name``, ``examples`` and ``counter_examples``.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import RulesError

Row = Mapping[str, str]
REQUIRED = ("source", "edition", "licence")


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What the extraction knows. Compared and hashed by identity, so that compiled forms can be cached on it.

    `hash` is that of everything an extraction hangs on. The precision of the rules is none of it: it is measured on
    extractions and goes into the graph, so it has a hash of its own, and measuring anew leaves cached readings valid.
    """

    tables: Mapping[str, tuple[Row, ...]]
    patterns: tuple[Mapping[str, Any], ...]
    precision: Mapping[str, Decimal]
    hash: str = field(default="")
    precision_hash: str = field(default="")

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of lexicon file `name`.tsv; RulesError where there is none."""
        if name not in self.tables:
            raise RulesError(f"lexicon: no file {name}.tsv in ontology/lexicon")
        return self.tables[name]


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Rules:
    """The rules of an ontology folder (the installed one without an argument); RulesError names file and line."""
    root = folder or resources.ontology()
    measured = root / "patterns" / "precision.tsv"
    files = sorted((root / "lexicon").glob("*.tsv")) + sorted((root / "patterns").glob("*"))
    tables = {file.stem: _table(file) for file in sorted((root / "lexicon").glob("*.tsv"))}
    patterns = tuple(p for file in sorted((root / "patterns").glob("*.toml")) for p in _patterns(file))
    known = _hash(file for file in files if file != measured)
    return Rules(tables, patterns, _precision(measured), known, _hash(file for file in [measured] if file.is_file()))


def _hash(files: Iterable[Path]) -> str:
    """The hash of files with their names."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _table(file: Path) -> tuple[Row, ...]:
    """The rows of one TSV, with the checks its header owes."""
    lines = file.read_text(encoding="utf-8").splitlines()
    header = [line[1:].strip() for line in lines if line.startswith("#")]
    for key in REQUIRED:
        if not any(line.lower().startswith(key + ":") for line in header):
            raise RulesError(f"{file.name}: the header names no {key}; add a line '# {key}: …'")
    body = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    (_, columns), *rows = body
    for number, cells in rows:
        if len(cells) != len(columns):
            raise RulesError(f"{file.name}:{number}: {len(cells)} cells under {len(columns)} columns")
    return tuple(dict(zip(columns, cells, strict=True)) for _, cells in rows)


def _patterns(file: Path) -> list[dict[str, Any]]:
    """The patterns of one TOML file, each with the file it came from."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{file.name}: {error}") from None
    return [{**pattern, "file": file.name} for pattern in content.get("pattern", [])]


def _precision(file: Path) -> dict[str, Decimal]:
    """Rule name -> measured precision; empty where no table was committed yet."""
    if not file.is_file():
        return {}
    return {row["rule"]: Decimal(row["confidence"]) for row in _table(file)}
