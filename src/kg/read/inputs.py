"""What a user names ──▶ files: files, folders, globs and ``-`` for the standard input.

In a folder hidden files, `README…` (which tells of the texts), `decisions.tsv` (which tells of identity), mappings of
tables and what a browser saved along with a page (`x_files` beside `x.html`) are passed over; a file that is named
itself, or by a glob, is always read.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.read.mapping import is_mapping
from kg.read.unreadable import Unreadable, printable

STDIN = "-"
BESIDE_TEXTS = frozenset({"decisions.tsv"})
_SAVED = ("_files", ".files")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, None for the standard input; `shown` is its name in messages, `name` in the graph."""

    path: Path | None
    shown: str
    name: str


def sources(inputs: Sequence[str]) -> list[Source | Unreadable]:
    """Each file once, sorted by its name as shown; what is missing or leads out of its folder is an Unreadable."""
    found: dict[object, Source | Unreadable] = {}
    for item in sorted((item for given in inputs for item in _named(given)), key=_shown):
        found.setdefault(item.path if isinstance(item, Source) else item, item)
    return list(found.values())


def _shown(item: Source | Unreadable) -> tuple[str, str]:
    """The order of sources: by name as the user gave it."""
    return (item.shown, "") if isinstance(item, Source) else (item.name, item.reason)


def _named(given: str) -> Iterator[Source | Unreadable]:
    """What one argument stands for."""
    path = Path(given)
    if given == STDIN:
        yield Source(None, STDIN, "stdin")
    elif _is_there(path):
        yield from _under(path)
    elif glob.has_magic(given):
        yield from _matching(given)
    else:
        yield Unreadable(printable(given), "no such file or folder: check the path")


def _is_there(path: Path) -> bool:
    """Whether the path names something; a path that no system call takes (NUL, too long) names nothing."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _matching(pattern: str) -> Iterator[Source | Unreadable]:
    """What a glob stands for; hidden files match only a pattern that names the dot."""
    matches = sorted(set(_matches(Path(pattern))))
    if not matches:
        yield Unreadable(printable(pattern), "no file matches: check the pattern")
    for match in matches:
        yield from _under(Path(match))


def _matches(pattern: Path) -> Iterator[str]:
    """The paths a pattern matches. `**` is walked here, since glob's own follows links in circles."""
    if "**" not in pattern.parts:
        yield from glob.glob(str(pattern))  # noqa: PTH207 - pathlib's own matches hidden files
        return
    stars = pattern.parts.index("**")
    for root in glob.glob(str(Path(*pattern.parts[:stars]))):  # noqa: PTH207
        for folder, below, _ in os.walk(root):
            below[:] = [name for name in below if not name.startswith(".")]
            yield from _matches(Path(glob.escape(folder), *pattern.parts[stars + 1 :]))


def _under(path: Path) -> Iterator[Source | Unreadable]:
    """The file itself, or the files of a folder."""
    if path.is_dir():
        yield from _folder(path)
    else:
        yield _source(path)


def _source(path: Path) -> Source | Unreadable:
    """A file as a source; a pipe or a device would block or never end."""
    if not path.is_file():
        return Unreadable(printable(str(path)), "not a regular file: save its content in a file, or pipe it to -")
    return Source(path.absolute(), printable(str(path)), printable(path.name))


def _folder(root: Path) -> Iterator[Source | Unreadable]:
    """The texts of a folder and its folders, in order of their paths, through no link that leads out of it."""
    empty = True
    for item in _walk(root, root.resolve()):
        empty = False
        yield item
    if empty:
        yield Unreadable(printable(str(root)), "no text in this folder: put .txt, .md, .html, .docx, .pdf … there")


def _walk(folder: Path, root: Path) -> Iterator[Source | Unreadable]:
    """The texts below a folder, depth first; `root` is the real folder that links must not leave."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Unreadable(printable(str(folder)), f"{error.strerror}: check the folder's permissions")
        return
    for entry in entries:
        if not _passed_over(entry):
            yield from _entry(entry, root)


def _entry(entry: Path, root: Path) -> Iterator[Source | Unreadable]:
    """What one entry of a folder gives. A link to a folder inside gives nothing: that folder is read in its place."""
    if entry.is_symlink() and not _inside(entry, root):
        yield Unreadable(printable(str(entry)), "a link out of the folder or to nothing: name its target to read it")
    elif not entry.is_dir():
        yield _source(entry)
    elif not entry.is_symlink():
        yield from _walk(entry, root)


def _inside(link: Path, root: Path) -> bool:
    """Whether a link leads to something below the root."""
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _passed_over(entry: Path) -> bool:
    """Whether a folder's entry is no input: hidden, or a file that tells of the inputs or belongs to one."""
    name = entry.name
    telling = name.split(".")[0].upper() == "README" or name in BESIDE_TEXTS or is_mapping(name)
    return name.startswith(".") or telling or _of_a_page(entry)


def _of_a_page(entry: Path) -> bool:
    """Whether a folder holds what a browser saved along with a page."""
    page = next((entry.name.removesuffix(end) for end in _SAVED if entry.name.endswith(end)), None)
    beside = page and any(entry.with_name(page + ending).exists() for ending in (".html", ".htm"))
    return bool(beside) and entry.is_dir()
