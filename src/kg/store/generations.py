"""A build replaces the one before it as a whole, whatever moment it is killed at.

Everything is written aside in ``.next.<pid>`` and flushed to the disk; renaming that folder to ``.next`` is the moment
at which the new graph counts. What follows only moves its parts into place and can be repeated by anyone: the parts
that have moved are no longer in ``.next``, its manifest moves last.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import StoreError
from kg.graph import write
from kg.graph.digest import digest
from kg.store import lock, manifest, seal
from kg.store.manifest import Manifest

Announce = Callable[[Manifest], None]
Parts = Callable[[Path], Manifest]
NEXT = ".next"
STORE = "store"
_TEXTS = "texts"
_TABLE = ".sst"
"""A file of the engine that is written once and never changed."""
_OWN = {STORE: re.compile(r"[0-9a-f]{16}"), _TEXTS: re.compile(r"[0-9a-f]{64}\.txt")}


def commit(
    folder: Path,
    files: Mapping[str, bytes],
    quads: Iterable[Quad],
    *,
    replacing: str | None = None,
    announce: Announce | None = None,
) -> None:
    """Make these files and quads the folder's graph; a ``manifest.json`` among them is completed with their hashes.

    Files that only the graph before had are removed. The rest is as in `replace`.
    """
    replace(folder, lambda aside: _written(folder, aside, files, quads), replacing=replacing, announce=announce)


def replace(folder: Path, parts: Parts, *, replacing: str | None = None, announce: Announce | None = None) -> Manifest:
    """Make what `parts` writes into the folder it is given, and the manifest it returns, the folder's graph.

    What lies in place already need not be written again. `announce` is told the manifest when all is written aside,
    just before it counts. `replacing` is the dataset that the new one was made from, None where it rests on none.
    StoreError where that is no longer the folder's, another build writes, or the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with lock.locked(folder):
            _recovered(folder)
            if replacing is not None and current(folder).dataset != replacing:
                raise StoreError(f"{folder}: another graph was written here in the meantime; read it again")
            made = _prepared(folder, parts, announce)
            _rolled_forward(folder, made)
            return made
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(f"{folder}: cannot write the graph ({reason}); make room or choose another --out") from None


def recover(folder: Path) -> None:
    """Finish a build that was killed after it counted, clear away one killed before; nothing while another writes."""
    if not any(folder.glob(NEXT + "*")):
        return
    try:
        with lock.locked(folder):
            _recovered(folder)
    except (StoreError, OSError):
        # Someone is at it, or the folder is read-only: readers look into .next themselves.
        return


def located(folder: Path, name: str) -> Path:
    """Where a part of the current graph lies, also between a build's commit and its end."""
    ahead = folder / NEXT
    if (ahead / manifest.NAME).exists() and (ahead / name).exists():
        return ahead / name
    return folder / name


def current(folder: Path) -> Manifest:
    """The manifest of the graph that counts; StoreError as in `manifest.read`."""
    return manifest.read(located(folder, manifest.NAME))


def _recovered(folder: Path) -> None:
    """Under the lock every ``.next.<pid>`` is of a dead build."""
    for left in sorted(folder.glob(NEXT + ".*")):
        shutil.rmtree(left)
    if (folder / NEXT).exists():
        _rolled_forward(folder)


def _prepared(folder: Path, parts: Parts, announce: Announce | None = None) -> Manifest:
    """Write all aside, and make it count."""
    aside = folder / f"{NEXT}.{os.getpid()}"
    try:
        aside.mkdir()
        made = parts(aside)
        if (aside / STORE / made.store).is_dir():
            seal.seal(aside / STORE / made.store)
        (aside / manifest.NAME).write_bytes(manifest.written(made))
        for path in (aside, *aside.rglob("*")):
            _flushed(path)
        if announce is not None:
            announce(made)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    aside.rename(folder / NEXT)
    _flushed(folder)
    return made


def _written(folder: Path, aside: Path, files: Mapping[str, bytes], quads: Iterable[Quad]) -> Manifest:
    """All parts but the texts that lie in their place already, which their names tell apart."""
    content = {name: files[name] for name in sorted(files) if name != manifest.NAME}
    given = write.ordered(quads)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}
    made = manifest.made(hashes, digest(given), _more(files))
    for name, data in content.items():
        if not (name.startswith(_TEXTS + "/") and same(folder / name, data)):
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(data)
    stored(aside / STORE / made.store, write.sliced(given))
    return made


def same(file: Path, data: bytes) -> bool:
    """Whether a file has that content."""
    return file.is_file() and file.read_bytes() == data


def _more(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    more = json.loads(files.get(manifest.NAME, b"{}"))
    if not isinstance(more, dict):
        raise StoreError("manifest.json: the build gave no JSON object")
    return more


def stored(place: Path, slices: Iterable[bytes]) -> None:
    """N-Quads as an Oxigraph store, several times faster than quad by quad; each slice takes its size in memory."""
    place.mkdir(parents=True)
    store = Store(place)
    for lines in slices:
        store.bulk_load(lines, RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    del store
    nameless(place)


def derived(
    before: Path, place: Path, went: Iterable[bytes], came: Iterable[bytes], emptied: Iterable[NamedNode]
) -> None:
    """A store out of the one before, which stays as it is: without the N-Quads that went, with those that came.

    Files that the engine never writes again are shared by both. `emptied` are graphs that are no more.
    """
    place.mkdir(parents=True)
    for file in sorted(file for file in before.iterdir() if file.name != seal.NAME):
        (os.link if file.suffix == _TABLE else shutil.copyfile)(file, place / file.name)
    store = Store(place)
    for lines in went:
        for quad in parse(lines, RdfFormat.N_QUADS):
            store.remove(quad)
    for graph in emptied:
        store.remove_graph(graph)
    for lines in came:
        store.extend(parse(lines, RdfFormat.N_QUADS))
    store.flush()
    del store
    nameless(place)


def nameless(place: Path) -> None:
    """Take away the engine's log, which names folders of this machine."""
    for log in place.glob("LOG*"):
        log.unlink()


def _flushed(path: Path) -> None:
    """A file's or folder's content is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rolled_forward(folder: Path, new: Manifest | None = None) -> None:
    """Move the parts of ``.next`` into place, its manifest last. Each step may find itself done already."""
    ahead = folder / NEXT
    if (ahead / manifest.NAME).exists():
        new = new or manifest.read(ahead / manifest.NAME)
        _moved_in(folder, new)
    _swept(folder, new or manifest.read(folder / manifest.NAME))
    shutil.rmtree(ahead)


def _moved_in(folder: Path, new: Manifest) -> None:
    """The parts that nobody sees by themselves first, then the files in front, as close together as can be."""
    ahead = folder / NEXT
    inner = [*_inner(ahead, new), f"{STORE}/{new.store}"]
    front = [*(name for name in new.files if "/" not in name), manifest.NAME]
    for name in inner:
        _moved(ahead / name, folder / name, ahead / "before")
    for name in _before(folder):
        if "/" not in name and name not in new.files:
            (folder / name).unlink(missing_ok=True)
    for name in front:
        _moved(ahead / name, folder / name, ahead / "before")
    _flushed(folder)


def _inner(ahead: Path, new: Manifest) -> list[str]:
    """The files in folders that still wait to be moved."""
    folders = sorted({name.partition("/")[0] for name in new.files if "/" in name})
    waiting = (path for part in folders for path in sorted((ahead / part).rglob("*")) if path.is_file())
    return [path.relative_to(ahead).as_posix() for path in waiting]


def _moved(source: Path, target: Path, before: Path) -> None:
    """Put it in place, if that is still to do. A folder can replace no other, which goes to `before` and with it."""
    if not source.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(before, ignore_errors=True)
        target.rename(before)
    source.replace(target)


def _swept(folder: Path, new: Manifest) -> None:
    """Take away the generations and texts of graphs before, and nothing that is not ours."""
    kept = {*new.files, f"{STORE}/{new.store}"}
    for part, own in _OWN.items():
        for name in sorted(path.name for path in (folder / part).glob("*")):
            if f"{part}/{name}" not in kept and own.fullmatch(name):
                _gone(folder / part / name)


def _before(folder: Path) -> Iterable[str]:
    try:
        return manifest.read(folder / manifest.NAME).files
    except StoreError:
        return ()


def _gone(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
