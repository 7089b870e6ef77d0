"""Inputs ──▶ the folder of a graph. Each stage is a function of the one before; the folder changes at the very end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import InputError, UsageError
from kg.graph.terms import BASE
from kg.pipeline import deciding, making, texts
from kg.pipeline.extracting import Crash, Extract
from kg.pipeline.ledger import State
from kg.pipeline.making import Built, Options, Render
from kg.pipeline.progress import Progress, silent
from kg.read import LIMIT, Unreadable
from kg.rules import load

__all__ = ["STAGES", "Built", "Render", "build"]
STAGES = ("reading", "resolving", "assembling", "drawing", "validating", "writing")
SHOWN_FAILURES = 3


def build(
    inputs: Sequence[str],
    *,
    out: Path,
    workers: int | None = 1,
    date: str | None = None,
    source: str | None = None,
    base: str = BASE,
    limit: int = LIMIT,
    render: Render | None = None,
    check: bool = True,
    ontology: Path | None = None,
    extract: Extract | None = None,
    progress: Progress = silent,
) -> Built:
    """Read the inputs and make `out` the folder of their graph: exports, texts, page, manifest and store.

    The same inputs give the same bytes with any number of workers and in any order; None chooses the number by the
    amount of text. `render` makes `graph.html`, none without it; `check` validates against the shapes. Decisions that
    lie beside the inputs are carried out. A document that cannot be used stands in the result, the others are built.
    InputError where no document is left (the folder stays as it was), RulesError, StoreError as they come.
    """
    _checked(base)
    rules = load(ontology)
    found = texts.found(inputs, rules, date=date, source=source, limit=limit)
    if not found.texts:
        raise InputError(_nothing(found.unreadable))
    folders = deciding.roots(inputs)
    state = State(command="build", base=base, texts=found.texts, roots=folders)
    options = Options(workers, render, check, ontology, extract, progress)
    with making.writing(out):
        built = making.made(out, state, found.contents, deciding.decisions(folders), options, none=_nothing)
    return built.after(found.unreadable)


def _checked(base: str) -> None:
    """UsageError where names appended to the base would make no IRI."""
    try:
        NamedNode(base)
    except ValueError:
        raise UsageError(f"--base {base}: write an absolute IRI that ends in /") from None
    if not base.endswith("/") or "#" in base:
        raise UsageError(f"--base {base}: end it with / and have no # in it, since names and fragments are appended")


def _nothing(failures: Sequence[Unreadable | Crash]) -> str:
    """One line for a build without a document."""
    if not failures:
        return "nothing to build: name files, folders or globs with texts"
    shown = "; ".join(str(failure) for failure in failures[:SHOWN_FAILURES])
    more = len(failures) - SHOWN_FAILURES
    return f"nothing to build: {shown}" + (f"; and {more} more" if more > 0 else "")
