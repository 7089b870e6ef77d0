"""A state of the corpus ──▶ the folder of its graph: the same for a build, an addition, a withdrawal and a decision."""

from __future__ import annotations

import errno
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Quad

from kg.errors import InputError, StoreError
from kg.graph.assemble import quads as assembled
from kg.graph.write import Format, serialise
from kg.pipeline import deciding, ledger
from kg.pipeline.account import account
from kg.pipeline.correcting import corrected
from kg.pipeline.counts import Counts, counts, recounted
from kg.pipeline.extracting import Crash, Extract
from kg.pipeline.ledger import Making, State, Text
from kg.pipeline.progress import Progress, silent
from kg.pipeline.reprints import reprints
from kg.pipeline.texts import OWN, distinct, document, readings
from kg.pipeline.unchanged import made_of, whole
from kg.read import Unreadable
from kg.records import Document, Extraction
from kg.resolve.decisions import Decision
from kg.resolve.resolution import resolution
from kg.rules import Rules, load
from kg.store import generations, lock
from kg.store.manifest import Manifest

_REFUSED = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
Render = Callable[[Sequence[Quad], Rules], str]
"""Makes the HTML page of a dataset. Pages stand above this room, so the caller brings it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a graph is made; nothing here changes the graph itself but `ontology` and `extract`."""

    workers: int | None = 1
    render: Render | None = None
    check: bool = True
    ontology: Path | None = None
    extract: Extract | None = None
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build. `conforms` is None where it was not checked; `dataset` is the hash of the dataset.

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

    def failing(self, crashes: Iterable[Crash]) -> Built:
        """The same, with the texts on which the program failed."""
        return replace(self, crashes=tuple(crashes))

    def after(self, unreadable: Iterable[Unreadable]) -> Built:
        """The same, with the inputs that could not be read."""
        return replace(self, unreadable=tuple(unreadable))


@dataclass(frozen=True, slots=True)
class Dataset:
    """The quads of some readings together, the readings as corrected, and what there is to report."""

    quads: list[Quad]
    notes: tuple[str, ...]


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: millions of terms are made, none in a circle, and looking for circles among

    them takes a quarter of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """One change of a corpus at a time; StoreError where another is at it. A folder that nothing came of goes again."""
    there = folder.exists()
    own = folder / OWN
    own.mkdir(parents=True, exist_ok=True)
    try:
        with lock.locked(own):
            yield
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        reason = error.strerror
        raise StoreError(f"{folder}: cannot be written ({reason}); make room or choose another folder") from None
    finally:
        if not there:
            _cleared(folder)


def _cleared(folder: Path) -> None:
    """Take a new folder away where no graph came to be in it."""
    if {path.name for path in folder.iterdir()} == {OWN} and not (folder / OWN / ledger.NAME).exists():
        (folder / OWN / lock.NAME).unlink(missing_ok=True)
        if not any((folder / OWN).iterdir()):
            (folder / OWN).rmdir()
            folder.rmdir()


def made(
    out: Path,
    state: State,
    contents: Mapping[str, str],
    decided: Sequence[Decision],
    options: Options,
    *,
    none: Callable[[Sequence[Crash]], str] | None = None,
) -> Built:
    """Make `out` the folder of this state's graph, and write the state into its ledger.

    `contents` are the texts that have just been read, by sha256; the others come from the folder itself. With `none`
    an InputError of its words where no text could be used; without it an empty graph is a graph.
    """
    rules = load(options.ontology)
    done = _unchanged(out, state, decided, rules, options)
    if done is not None:
        return done
    read, crashes = _read(out, state, contents, options)
    if none is not None and not read:
        raise InputError(none(crashes))
    with uncollected():
        return _made(out, _usable(state, crashes), read, decided, options).failing(crashes)


def _read(
    out: Path, state: State, contents: Mapping[str, str], options: Options
) -> tuple[list[Extraction], tuple[Crash, ...]]:
    """What the texts say, and those on which the program failed."""
    outcomes = readings(
        out, distinct(state.texts.values()), contents, ontology=options.ontology, workers=options.workers,
        extract=options.extract, progress=options.progress,
    )  # fmt: skip
    read = [outcome for outcome in outcomes if isinstance(outcome, Extraction)]
    return read, tuple(outcome for outcome in outcomes if isinstance(outcome, Crash))


def _made(out: Path, state: State, read: Sequence[Extraction], decided: Sequence[Decision], options: Options) -> Built:
    """The graph of these readings, written."""
    rules, progress = load(options.ontology), options.progress
    made = dataset(read, decided, rules, state.base, progress, out / OWN)
    documents = tuple(reading.document for reading in read)
    found = counts(made.quads)
    files = _files(made.quads, documents, rules, options.render, progress)
    conforms = _conforms(made.quads, progress) if options.check else None
    progress("writing", 0, 1)
    files["manifest.json"] = account(documents, rules, found, state.base, decided)
    after = replace(state, decisions=deciding.lines(decided))
    if options.extract is None:
        after = replace(after, made=Making(_of(after, rules, options), len(made.quads), conforms, made.notes))
    digest = _committed(out, files, made.quads, after)
    names = tuple(sorted(set(files) - {"manifest.json"}))
    return Built(out, names, digest, documents, found, (), (), made.notes, conforms)


def _of(state: State, rules: Rules, options: Options) -> str:
    return made_of(distinct(state.texts.values()), state.decisions, state.base, rules, options.render is not None)


def _unchanged(out: Path, state: State, decided: Sequence[Decision], rules: Rules, options: Options) -> Built | None:
    """The graph as it is, where making it would give the same; a line tells of texts that lie elsewhere now."""
    if options.extract is not None or not generations.located(out, "manifest.json").exists():
        return None
    after = replace(state, decisions=deciding.lines(decided))
    known = ledger.current(out / OWN, generations.current(out).dataset)
    found = whole(out, known, _of(after, rules, options))
    if found is None or known is None or known.made is None or (options.check and known.made.conforms is None):
        return None
    if (known.texts, known.roots) != (after.texts, after.roots):
        ledger.append(out / OWN, replace(after, dataset=found.dataset, made=known.made))
    texts = distinct(after.texts.values())
    documents = tuple(document(out, text, {}) for text in texts)
    conforms = known.made.conforms if options.check else None
    return Built(
        out, tuple(sorted(found.files)), found.dataset, documents, recounted(found), (), (), known.made.notes, conforms
    )


def dataset(
    read: Sequence[Extraction],
    decided: Sequence[Decision],
    rules: Rules,
    base: str,
    progress: Progress = silent,
    own: Path | None = None,
) -> Dataset:
    """The graph: a function of the set of extractions and the decisions alone. `own` is where sketches are kept."""
    progress("resolving", 0, 1)
    right = corrected(read, decided)
    resolved = resolution(right.readings, decided, rules=rules)
    progress("assembling", 0, 1)
    copies = reprints([reading.document for reading in read], own)
    quads = assembled(right.readings, resolved, rules, base=base, rejected=right.rejected, reprints=copies)
    missed = _missed(quads, right.rejected)
    return Dataset(quads, (*right.notes, *missed, *resolved.notes))


def _missed(quads: Iterable[Quad], rejected: Mapping[str, str]) -> list[str]:
    """The rejections of claims that no document makes any more."""
    if not rejected:
        return []
    there = {quad.subject.value.rpartition("/")[2] for quad in quads if quad.predicate.value.endswith("#rejected")}  # type: ignore[union-attr]
    return [f"reject claim/{name}: no document makes this claim any more" for name in sorted(set(rejected) - there)]


def _usable(state: State, crashes: Iterable[Crash]) -> State:
    """The state without the texts on which the program failed."""
    failed = {crash.document.sha256 for crash in crashes}
    kept: dict[str, Text] = {path: text for path, text in state.texts.items() if text.sha256 not in failed}
    return replace(state, texts=kept)


def _committed(out: Path, files: Mapping[str, bytes], quads: list[Quad], after: State) -> str:
    """Put the graph in its place, its line into the ledger just before; the hash of the dataset."""
    digests: list[str] = []

    def announced(manifest: Manifest) -> None:
        digests.append(manifest.dataset)
        ledger.append(out / OWN, replace(after, dataset=manifest.dataset))

    generations.commit(out, files, quads, announce=announced)
    return digests[0]


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
