"""A state of the corpus ──▶ the folder of its graph: the same for a build, an addition, a withdrawal and a decision."""

from __future__ import annotations

import errno
import gc
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.errors import InputError, StoreError
from kg.graph import digest
from kg.graph.assemble import quads as assembled
from kg.graph.shacl import Term
from kg.graph.write import ordered
from kg.pipeline import deciding, ledger, remaking, standing
from kg.pipeline.account import account
from kg.pipeline.correcting import corrected
from kg.pipeline.counts import Counts, recounted
from kg.pipeline.extracting import Crash, Extract
from kg.pipeline.ledger import Making, State, Text
from kg.pipeline.progress import Progress, silent
from kg.pipeline.remaking import Present, Remade, Wanted
from kg.pipeline.reprints import reprints
from kg.pipeline.settling import UnsettledError
from kg.pipeline.texts import OWN, Shelf, distinct
from kg.pipeline.unchanged import hangs_on, made_of, whole
from kg.read import Unreadable
from kg.records import Extraction
from kg.resolve.decisions import Decision, Kind, parsed
from kg.resolve.resolution import resolution
from kg.rules import Rules, load
from kg.store import generations, lock, manifest, seal
from kg.store.manifest import Manifest

_REFUSED = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
PAGE = "graph.html"
LARGEST_PAGE = 400_000
"""Statements from which on no page is drawn with every change: `kg view` draws one when it is wanted."""
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
class Source:
    """A text of a graph, by the name and the sha256 that stand there."""

    name: str
    sha256: str

    @property
    def key(self) -> str:
        """What its IRI ends in."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build. `conforms` is None where it was not checked; `dataset` is the hash of the dataset.

    `files` are the names of what lies in `folder` beside the store.
    """

    folder: Path
    files: tuple[str, ...]
    dataset: str
    documents: tuple[Source, ...]
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
    """The quads of some readings together, and what there is to report."""

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
    anew: bool = False,
) -> Built:
    """Make `out` the folder of this state's graph, and write the state into its ledger.

    `contents` are the texts that have just been read, by sha256; the others come from the folder itself. With `none`
    an InputError of its words where no text could be used; without it an empty graph is a graph. `anew` makes it of all
    texts, so that nothing is left of any other.
    """
    with uncollected():
        return _graph(out, replace(state, decisions=deciding.lines(decided)), contents, decided, options, none, anew)


def _graph(
    out: Path, state: State, contents: Mapping[str, str], decided: Sequence[Decision], options: Options,
    none: Callable[[Sequence[Crash]], str] | None, anew: bool,
) -> Built:  # fmt: skip
    """The same: the graph that is there, where it is the one wanted, else a new one."""
    rules = load(options.ontology)
    known = None if anew else _known(out)
    same = known is not None and _same(known, state, rules, options)
    if known is not None and same:
        done = _unchanged(out, known, state, options)
        if done is not None:
            return done
    shelf = Shelf(out, contents, options.ontology, options.extract)
    present = Present() if known is None or same or options.extract else _present(out, known, state, rules)
    crashes = shelf.read(_unread(state, present.texts), workers=options.workers, progress=options.progress)
    state = _usable(state, crashes)
    if none is not None and not state.texts:
        raise InputError(none(crashes))
    return _made(out, state, present, shelf, tuple(decided), rules, options).failing(crashes)


@dataclass(frozen=True, slots=True)
class _Known:
    """The graph that is there, and the corpus that it is of."""

    manifest: Manifest
    state: State


def _known(out: Path) -> _Known | None:
    """What is known of the graph in the folder."""
    if not generations.located(out, manifest.NAME).exists():
        return None
    found = generations.current(out)
    state = ledger.current(out / OWN, found.dataset)
    return None if state is None or state.made is None else _Known(found, state)


def _same(known: _Known, state: State, rules: Rules, options: Options) -> bool:
    """Whether the graph that is there was made of just what is wanted now."""
    made = known.state.made
    if options.extract is not None or made is None:
        return False
    return made.of == _of(state, rules, options)


def _unchanged(out: Path, known: _Known, state: State, options: Options) -> Built | None:
    """The graph as it is, where all of it is there; a line tells of texts that lie elsewhere now."""
    made = known.state.made
    if made is None or (options.check and made.conforms is None) or not whole(out, known.manifest, made.statements):
        return None
    if (known.state.texts, known.state.roots) != (state.texts, state.roots):
        ledger.append(out / OWN, replace(state, dataset=known.manifest.dataset, made=made))
    files, counts = tuple(sorted(known.manifest.files)), recounted(known.manifest)
    conforms = made.conforms if options.check else None
    return Built(out, files, known.manifest.dataset, _sources(state), counts, (), (), made.notes, conforms)


def _sources(state: State) -> tuple[Source, ...]:
    return tuple(Source(text.name, text.sha256) for text in distinct(state.texts.values()))


def _of(state: State, rules: Rules, options: Options) -> str:
    return made_of(distinct(state.texts.values()), state.decisions, state.base, rules, options.render is not None)


def _present(out: Path, known: _Known, state: State, rules: Rules) -> Present:
    """The graph to begin with: that of the folder, unless most of it changes or it is not as it was left."""
    before, made = _by_sha(known.state), known.state.made
    after = _by_sha(state)
    moved = len(_unread(state, before)) + sum(sha256 not in after for sha256 in before)
    store = generations.located(out, f"{generations.STORE}/{known.manifest.store}")
    if made is None or moved * 2 > len(after) or not store.is_dir() or seal.broken(store) is not None:
        return Present()
    kept = standing.read(out / OWN, known.manifest.dataset, _hangs_on(known.state, rules))
    if kept is None or kept.of != _hangs_on(state, rules) or kept.worn > made.statements or not _untouched(out, kept):
        return Present()
    return Present(
        before, _decided(known.state), kept, digest.read(known.manifest.dataset), recounted(known.manifest),
        made.statements, out, store, made.conforms is True,
    )  # fmt: skip


def _by_sha(state: State) -> dict[str, Text]:
    """The texts of a state, each once."""
    return {text.sha256: text for text in distinct(state.texts.values())}


def _decided(state: State) -> tuple[Decision, ...]:
    return parsed("\n".join(state.decisions), "ledger")


def _hangs_on(state: State, rules: Rules) -> str:
    rejected = corrected((), [d for d in _decided(state) if d.kind is Kind.REJECT]).rejected
    return hangs_on(state.base, rules, rejected)


def _untouched(out: Path, kept: standing.Standing) -> bool:
    """Whether the files are those that were written with the graph."""
    try:
        return all(standing.stamp(generations.located(out, name)) == one for name, one in kept.stamps.items())
    except OSError:
        return False


def _unread(state: State, known: Mapping[str, Text]) -> list[Text]:
    """The texts that are not among those known, or are told of otherwise."""
    return [
        text
        for sha256, text in _by_sha(state).items()
        if sha256 not in known or ledger.told(text) != ledger.told(known[sha256])
    ]


def _made(
    out: Path, state: State, present: Present, shelf: Shelf, decided: tuple[Decision, ...], rules: Rules,
    options: Options,
) -> Built:  # fmt: skip
    """The graph of these texts, written."""
    done: list[tuple[Remade, bool | None]] = []
    wanted = Wanted(_by_sha(state), decided, rules, state.base, _hangs_on(state, rules))

    def parts(aside: Path) -> Manifest:
        remade = _told(_remade(present, wanted, shelf, aside, options.progress), options)
        files, conforms = _finished(remade, wanted, aside, options)
        done.append((remade, conforms))
        if options.extract is None:
            standing.write(out / OWN, remade.dataset, remade.standing)
        names = [(text.name, text.sha256) for text in wanted.texts.values()]
        more = json.loads(account(names, rules, remade.counts, state.base, decided))
        return manifest.made(files, remade.dataset, more)

    def announced(found: Manifest) -> None:
        remade, conforms = done[-1]
        made = Making(_of(state, rules, options), remade.statements, conforms, remade.notes)
        ledger.append(out / OWN, replace(state, dataset=found.dataset, made=None if options.extract else made))

    found = generations.replace(out, parts, announce=announced)
    standing.swept(out / OWN, found.dataset)
    remade, conforms = done[-1]
    files = tuple(sorted(found.files))
    return Built(out, files, found.dataset, _sources(state), remade.counts, (), (), remade.notes, conforms)


def _remade(present: Present, wanted: Wanted, shelf: Shelf, aside: Path, progress: Progress) -> Remade:
    """The graph out of the one before; of all texts where that one turns out not to be what it should be."""
    try:
        return remaking.remade(present, wanted, shelf, aside, progress)
    except (UnsettledError, RuntimeError, SyntaxError, KeyError):
        if present.store is None:
            raise
    for left in sorted(aside.iterdir()):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return remaking.remade(Present(), wanted, shelf, aside, progress)


def _told(remade: Remade, options: Options) -> Remade:
    """The same, with a line where no page is drawn though one is wanted."""
    if not options.render or remade.statements <= LARGEST_PAGE:
        return remade
    line = f"{PAGE}: not drawn for {remade.statements} statements; kg view draws a part of them"
    return replace(remade, notes=(*remade.notes, line))


def _finished(remade: Remade, wanted: Wanted, aside: Path, options: Options) -> tuple[dict[str, str], bool | None]:
    """The hashes of all files, with the page where one is drawn, and whether the graph conforms."""
    files = {f"texts/{sha256}.txt": sha256 for sha256 in wanted.texts} | dict(remade.files)
    place = aside / generations.STORE / remade.dataset[:16]
    store = Store.read_only(str(place))
    if options.render and remade.statements <= LARGEST_PAGE:
        options.progress("drawing", 0, 1)
        page = options.render(ordered(store), wanted.rules).encode("utf-8")
        (aside / PAGE).write_bytes(page)
        files[PAGE] = hashlib.sha256(page).hexdigest()
    conforms = _conforms(store, remade.touched, options.progress) if options.check else None
    options.progress("writing", 0, 1)
    del store
    generations.nameless(place)
    return files, conforms


def dataset(read: Sequence[Extraction], decided: Sequence[Decision], rules: Rules, base: str) -> Dataset:
    """The graph: a function of the set of extractions and the decisions alone."""
    right = corrected(read, decided)
    resolved = resolution(right.readings, decided, rules=rules)
    copies = reprints([reading.document for reading in read])
    quads = assembled(right.readings, resolved, rules, base=base, rejected=right.rejected, reprints=copies)
    return Dataset(quads, (*right.notes, *_missed(quads, right.rejected), *resolved.notes))


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


def _conforms(store: Store, touched: Set[Term] | None, progress: Progress) -> bool:
    """Whether the graph keeps the shapes of the ontology; where it did before, what a change touched tells."""
    from kg.graph.shapes import validate, validate_nodes

    progress("validating", 0, 1)
    return (validate(store) if touched is None else validate_nodes(store, touched)).conforms
