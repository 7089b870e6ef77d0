"""A graph that lives: texts come, change, are renamed and go, and it is as if it had been built of what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import NotFoundError, StoreError
from kg.graph.digest import digest
from kg.graph.terms import BASE
from kg.pipeline import cache, deciding, ledger, making, texts
from kg.pipeline.ledger import State, Text
from kg.pipeline.making import Built, Dataset, Options
from kg.pipeline.texts import OWN, Shelf
from kg.read import LIMIT
from kg.records import Extraction
from kg.resolve.decisions import parsed
from kg.rules import load
from kg.store import generations
from kg.store.embedded import open_graph


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to texts, by the places they were read from; a renamed one by its old and its new."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.renamed or self.gone)


def state(folder: Path) -> State:
    """The corpus of a folder's graph; StoreError where there is none or its ledger does not know the graph."""
    generations.recover(folder)
    found = ledger.current(folder / OWN, generations.current(folder).dataset)
    if found is None:
        raise StoreError(f"{folder}: nothing tells which texts this graph was built of; build it again with kg build")
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """Which graph a folder holds; `generation`, `command` and `when` are None where the ledger does not know it."""

    dataset: str
    statements: int
    documents: int
    generation: int | None
    command: str | None
    when: str | None


def held(folder: Path) -> Held:
    """The graph of a folder after reading all of its store; StoreError where it is broken or not the manifest's."""
    store = open_graph(folder)
    wanted = generations.current(folder)
    try:
        found, statements = digest(store), len(store)
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{folder}: broken store ({error}); build the graph again") from None
    if found != wanted.dataset:
        raise StoreError(f"{folder}: the store is not the graph that the manifest names; build the graph again")
    known = ledger.current(folder / OWN, found)
    told = (known.number, known.command, known.when) if known else (None, None, None)
    return Held(found, statements, len(wanted.more.get("documents", ())), *told)


def add(
    inputs: Sequence[str],
    *,
    folder: Path,
    options: Options,
    date: str | None = None,
    source: str | None = None,
    limit: int = LIMIT,
) -> tuple[Built, Changes]:
    """Bring texts into the graph of a folder, or make one: what is new or changed is read, what a folder lost goes.

    What was read before with the same title, date and source is not read again. UsageError, StoreError as in `build`.
    """
    with making.writing(folder):
        before = _before(folder)
        found = texts.found(inputs, load(options.ontology), date=date, source=source, limit=limit)
        gone = {path for path in _under(before.texts, inputs) if path not in found.texts}
        kept = {path: text for path, text in before.texts.items() if path not in gone}
        roots = tuple(sorted({*before.roots, *deciding.roots(inputs)}))
        after = replace(before, texts=kept | dict(found.texts), roots=roots, command="add", when="")
        built = making.made(folder, after, found.contents, deciding.decisions(roots), options)
        return built.after(found.unreadable), changes(before, after)


def _before(folder: Path) -> State:
    """The corpus of the folder, an empty one where there is no graph."""
    generations.recover(folder)
    if not generations.located(folder, "manifest.json").exists():
        return State(base=BASE)
    return state(folder)


def _under(known: Mapping[str, Text], inputs: Iterable[str]) -> list[str]:
    """The places of known texts in the files and folders named."""
    places = [str(Path(given).absolute()) for given in inputs if given != "-" and Path(given).exists()]
    return [path for path in known if any(_inside(path, place) for place in places)]


def _inside(path: str, place: str) -> bool:
    return path == place or path.startswith((place + "/", place + "#")) or place == "/"


def changes(before: State, after: State) -> Changes:
    """What a change did. A text that left one place and came to another was renamed."""
    came = [path for path in sorted(after.texts) if path not in before.texts]
    gone = [path for path in sorted(before.texts) if path not in after.texts]
    changed = tuple(p for p in sorted(after.texts) if p in before.texts and after.texts[p] != before.texts[p])
    waiting: dict[str, list[str]] = {}
    for path in reversed(came):
        waiting.setdefault(after.texts[path].sha256, []).append(path)
    homes = ((old, waiting.get(before.texts[old].sha256)) for old in gone)
    renamed = tuple((old, places.pop()) for old, places in homes if places)
    left, found = {old for old, _ in renamed}, {new for _, new in renamed}
    return Changes(tuple(p for p in came if p not in found), changed, renamed, tuple(p for p in gone if p not in left))


def withdraw(names: Sequence[str], *, folder: Path, options: Options, forget: bool = False) -> tuple[Built, Changes]:
    """Take texts out of a folder's graph, named by file, folder, IRI, sha256 or its beginning, or the file's own name.

    With `forget` nothing of them stays in cache, ledger and kept texts either. NotFoundError where a name fits no text.
    """
    with making.writing(folder):
        before = state(folder)
        known = _ever(folder) if forget else before.texts.values()
        wanted = {text for name in names for text in _meant(name, known, folder)}
        kept = {path: text for path, text in before.texts.items() if text not in wanted}
        after = replace(before, texts=kept, command="withdraw", when="")
        built = making.made(folder, after, {}, deciding.decisions(before.roots), options, anew=forget)
        if forget:
            _forgotten(folder, wanted, after)
        return built, changes(before, after)


def _ever(folder: Path) -> list[Text]:
    """Every text that the ledger knows of, also those that went before."""
    return sorted({text for past in ledger.states(folder / OWN) for text in past.texts.values()}, key=str)


def _meant(name: str, known: Iterable[Text], folder: Path) -> list[Text]:
    """The texts that a name fits."""
    place = str(Path(name).absolute())
    mark = name.rpartition("/")[2].lower()
    texts_ = list(known)
    by_place = [text for text in texts_ if _inside(text.path, place)]
    by_hash = [text for text in texts_ if len(mark) >= 8 and text.sha256.startswith(mark)]
    found = by_place or by_hash or [text for text in texts_ if name in (text.name, text.path)]
    if not found:
        raise NotFoundError(f"{folder}: no text is called {name}; kg query documents lists them")
    return found


def _forgotten(folder: Path, wanted: Iterable[Text], after: State) -> None:
    """Take texts out of cache and ledger, unless another place still has the same text."""
    left = {text.sha256 for text in after.texts.values()}
    gone = {text for text in wanted if text.sha256 not in left}
    keys = {text.key for past in ledger.states(folder / OWN) for text in past.texts.values() if text in gone}
    cache.forget(folder / OWN, sorted({*keys, *(text.key for text in gone)}))
    ledger.forget(folder / OWN, {text.sha256 for text in gone})


def update(folder: Path, options: Options, *, roots: Sequence[str] = ()) -> Built:
    """Make the graph anew of the same texts: with the decisions, rules and program as they are now.

    `roots` are further folders whose decisions count from now on.
    """
    with making.writing(folder):
        before = state(folder)
        after = replace(before, roots=tuple(sorted({*before.roots, *roots})), command="update", when="")
        return making.made(folder, after, {}, deciding.decisions(after.roots), options)


def readings(folder: Path) -> list[Extraction]:
    """What the texts of a folder's graph say, as the program read them, without any decision."""
    return texts.readings(Shelf(folder), texts.distinct(state(folder).texts.values()))


def generation(folder: Path, number: int, options: Options) -> Dataset:
    """The graph as it was after a line of the ledger, made again out of the cache; nothing is written but the cache.

    NotFoundError where there is no such line; StoreError where a text of it has been forgotten.
    """
    known = {past.number: past for past in ledger.states(folder / OWN)}
    past = known.get(number)
    if past is None:
        raise NotFoundError(f"{folder}: the ledger has no generation {number}; it has {', '.join(map(str, known))}")
    shelf = Shelf(folder, ontology=options.ontology)
    read = texts.readings(shelf, texts.distinct(past.texts.values()), workers=options.workers)
    decided = parsed("\n".join(past.decisions), "ledger")
    return making.dataset(read, decided, load(options.ontology), past.base)
