"""Gains and losses between two runs, item by item."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.answers.evaluation.errors import Error
from kg.answers.evaluation.tally import Line
from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier run: F1 by row of each text, and its errors."""

    docs: Mapping[str, Mapping[str, float]]
    errors: tuple[Error, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed on the texts that both runs scored: errors that went, errors that came, and the rows' F1.

    `apart` are the texts that only one of the runs scored; nothing is said of them.
    """

    gains: tuple[Error, ...]
    losses: tuple[Error, ...]
    rows: Mapping[str, Mapping[str, tuple[float, float]]]
    apart: tuple[str, ...]


def previous(file: Path) -> Previous:
    """What `kg evaluate --format json` wrote; UsageError where the file is something else."""
    try:
        content = json.loads(file.read_text("utf-8"))
        docs = {doc: {row: line["f1"] for row, line in rows.items()} for doc, rows in content["docs"].items()}
        return Previous(docs, tuple(map(_error, content["errors"])))
    except OSError as error:
        raise UsageError(f"evaluate: {file}: {error.strerror}; name what --format json wrote") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"evaluate: {file}: not what --format json writes ({type(error).__name__}: {error})") from None


def _error(fields: Mapping[str, Any]) -> Error:
    return Error(**{**fields, "rules": tuple(fields["rules"])})


def changes(docs: Mapping[str, Mapping[str, Line]], now: tuple[Error, ...], before: Previous) -> Changes:
    """Errors that went and errors that came, and the rows that moved, text by text."""
    shared = docs.keys() & before.docs.keys()
    old = {error.name: error for error in before.errors if error.doc in shared}
    new = {error.name: error for error in now if error.doc in shared}
    return Changes(
        tuple(error for name, error in old.items() if name not in new),
        tuple(error for name, error in new.items() if name not in old),
        {doc: moved for doc in docs if doc in shared and (moved := _moved(docs[doc], before.docs[doc]))},
        tuple(sorted(docs.keys() ^ before.docs.keys())),
    )


def _moved(now: Mapping[str, Line], before: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The rows whose F1 differs in the third digit."""
    pairs = {row: (before[row], line.f1) for row, line in now.items() if row in before}
    return {row: pair for row, pair in pairs.items() if f"{pair[0]:.3f}" != f"{pair[1]:.3f}"}
