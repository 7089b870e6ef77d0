"""Inputs ──▶ the folder of a graph. Each stage is a function of the one before; the folder changes at the very end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.errors import InputError, UsageError
from kg.graph.assemble import quads as assembled
from kg.graph.terms import BASE
from kg.graph.write import Format, serialise
from kg.pipeline.account import account
from kg.pipeline.counts import Counts, counts
from kg.pipeline.extracting import Crash, Extract, extracted
from kg.pipeline.progress import Progress, silent
from kg.read import LIMIT, Unreadable
from kg.read import documents as documents_of
from kg.records import Document, Extraction
from kg.rules import Rules, load
from kg.store import generations

Render = Callable[[Sequence[Quad], Rules], str]
"""Makes the HTML page of a dataset. Pages stand above this room, so the caller brings it."""
STAGES = ("reading", "resolving", "assembling", "drawing", "validating", "writing")
SHOWN_FAILURES = 3


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build. `conforms` is None where it was not checked; `dataset` is the sha256 of the sorted N-Quads.

    `files` are the names of what lies in `folder` beside the store.
    """

    folder: Path
    files: tuple[str, ...]
    dataset: str
    documents: tuple[Document, ...]
    counts: Counts
    unreadable: tuple[Unreadable, ...]
    crashes: tuple[Crash, ...]
    notes: tuple[str, ...]
    conforms: bool | None

    @property
    def exit_code(self) -> int:
        """5 where the program failed on a document, 3 where an input was unusable, 1 for shapes, else 0."""
        return 5 if self.crashes else 3 if self.unreadable else 1 if self.conforms is False else 0


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
    amount of text. `render` makes `graph.html`, none
    without it; `check` validates against the shapes. A document that cannot be used stands in the result, the others
    are built. InputError where no document is left (the folder stays as it was), RulesError, StoreError as they come.
    """
    _checked(base)
    rules = load(ontology)
    documents, unreadable = documents_of(inputs, date=date, source=source, limit=limit)
    outcomes = extracted(documents, ontology=ontology, workers=workers, extract=extract, progress=progress)
    crashes = tuple(outcome for outcome in outcomes if isinstance(outcome, Crash))
    readings = [outcome for outcome in outcomes if isinstance(outcome, Extraction)]
    if not readings:
        raise InputError(_nothing([*unreadable, *crashes]))
    dataset, notes = _dataset(readings, rules, base, progress)
    read = tuple(reading.document for reading in readings)
    found = counts(dataset)
    files = _files(dataset, read, rules, render, progress)
    conforms = _conforms(dataset, progress) if check else None
    progress("writing", 0, 1)
    generations.commit(out, {**files, "manifest.json": account(read, rules, found, base)}, dataset)
    digest = generations.current(out).dataset
    return Built(out, tuple(sorted(files)), digest, read, found, tuple(unreadable), crashes, notes, conforms)


def _checked(base: str) -> None:
    """UsageError where names appended to the base would make no IRI."""
    try:
        NamedNode(base)
    except ValueError:
        raise UsageError(f"--base {base}: write an absolute IRI that ends in /") from None
    if not base.endswith("/") or "#" in base:
        raise UsageError(f"--base {base}: end it with / and have no # in it, since names and fragments are appended")


def _dataset(
    readings: list[Extraction], rules: Rules, base: str, progress: Progress
) -> tuple[list[Quad], tuple[str, ...]]:
    """The quads of all readings together, and what the judging of identity has to report."""
    from kg.resolve.resolution import resolution

    progress("resolving", 0, 1)
    resolved = resolution(readings, rules=rules)
    progress("assembling", 0, 1)
    return assembled(readings, resolved, rules, base=base), resolved.notes


def _files(
    dataset: list[Quad], read: Iterable[Document], rules: Rules, render: Render | None, progress: Progress
) -> dict[str, bytes]:
    """The files of the folder by name."""
    files = {f"texts/{document.sha256}.txt": document.text.encode("utf-8") for document in read}
    files |= {f"graph.{form}": serialise(dataset, form) for form in (Format.TURTLE, Format.TRIG)}
    if render:
        progress("drawing", 0, 1)
        files["graph.html"] = render(dataset, rules).encode("utf-8")
    return files


def _conforms(dataset: list[Quad], progress: Progress) -> bool:
    """Whether the dataset keeps the shapes of the ontology."""
    from kg.graph.shapes import validate

    progress("validating", 0, 1)
    return validate(dataset).conforms


def _nothing(failures: Sequence[Unreadable | Crash]) -> str:
    """One line for a build without a document."""
    if not failures:
        return "nothing to build: name files, folders or globs with texts"
    shown = "; ".join(str(failure) for failure in failures[:SHOWN_FAILURES])
    more = len(failures) - SHOWN_FAILURES
    return f"nothing to build: {shown}" + (f"; and {more} more" if more > 0 else "")
