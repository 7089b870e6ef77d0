"""Documents ──▶ extractions, in this process or in several. The result does not tell which."""

from __future__ import annotations

import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg.errors import KgError
from kg.pipeline.progress import Progress, silent
from kg.records import Document, Extraction
from kg.rules import Rules, load

Extract = Callable[[Document, Rules], Extraction]
LARGEST_CHUNK = 32
WORTH_A_WORKER = 40_000
"""Characters that take about as long to read as a further process takes to start."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A document on which the extraction itself failed: a defect of the program, with its traceback for a report."""

    document: Document
    reason: str
    trace: str

    def __str__(self) -> str:
        return f"{self.document.name}: internal error: {self.reason}; please report it"


def extracted(
    documents: Sequence[Document],
    *,
    ontology: Path | None = None,
    workers: int | None = 1,
    extract: Extract | None = None,
    progress: Progress = silent,
) -> Iterator[Extraction | Crash]:
    """What each document says, in the order of the documents, whatever the number of workers; none is held on to.

    Without a number there are as many as the amount of text is worth, and no more than processors. A failure inside one
    document is a Crash in its place. An error that is the user's to mend (RulesError) is raised.
    """
    one = partial(_one, ontology=ontology, extract=extract)
    count = min(workers or _worth(documents), len(documents))
    outcomes = map(one, documents) if count < 2 else _shared(one, documents, count)
    for done, outcome in enumerate(outcomes, 1):
        yield outcome
        progress("reading", done, len(documents))


def _worth(documents: Sequence[Document]) -> int:
    """The number of processes that the documents keep busy."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, sum(len(document.text) for document in documents) // WORTH_A_WORKER))


def _shared(
    one: Callable[[Document], Extraction | Crash], documents: Sequence[Document], workers: int
) -> Iterator[Extraction | Crash]:
    """The outcomes of several processes. They are spawned, since a fork copies the recogniser's threads half."""
    chunk = max(1, min(LARGEST_CHUNK, len(documents) // (4 * workers)))
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_end_with_parent) as pool:
        try:
            yield from pool.map(one, documents, chunksize=chunk)
        except BrokenProcessPool:
            raise KgError("a worker was ended from outside (out of memory?): run it again with --workers 1") from None


def _end_with_parent() -> None:
    """Let this worker end when the process that started it is gone: a killed build must leave nobody behind."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _one(document: Document, *, ontology: Path | None, extract: Extract | None) -> Extraction | Crash:
    """One document's outcome. Whatever breaks inside it must not take the other documents along."""
    try:
        return (extract or _extraction())(document, load(ontology))
    except KgError:
        raise
    except Exception as error:
        return Crash(document, f"{type(error).__name__}: {' '.join(str(error).split())}", traceback.format_exc())


def _extraction() -> Extract:
    """The extraction; its libraries load in the process that reads."""
    from kg.extract.extraction import extraction

    return extraction
