"""The texts of a corpus and what they say: out of the cache where it can be, read anew where it must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.pipeline import cache
from kg.pipeline.extracting import Crash, Extract, extracted
from kg.pipeline.ledger import Text, document_of, text_of
from kg.pipeline.progress import Progress, silent
from kg.read import Unreadable
from kg.read.reading import LIMIT, located
from kg.records import Document, Extraction
from kg.rules import Rules, load
from kg.store import generations

OWN = ".kg"
"""The folder of cache and ledger inside a graph's folder."""


@dataclass(frozen=True, slots=True)
class Found:
    """What inputs hold: texts by the place they were read from, their contents by sha256, and what failed."""

    texts: Mapping[str, Text]
    contents: Mapping[str, str]
    unreadable: tuple[Unreadable, ...]


def found(
    inputs: Sequence[str], rules: Rules, *, date: str | None = None, source: str | None = None, limit: int = LIMIT
) -> Found:
    """The texts of files, folders, globs and `-`; UsageError for a date that is none."""
    texts: dict[str, Text] = {}
    contents: dict[str, str] = {}
    failures: set[Unreadable] = set()
    for place, item in located(inputs, date=date, source=source, limit=limit):
        if isinstance(item, Unreadable):
            failures.add(item)
        else:
            path = f"-#{item.key}" if place.startswith("-") else place
            texts[path] = text_of(path, item, cache.key(item, rules))
            contents[item.sha256] = item.text
    return Found(texts, contents, tuple(sorted(failures)))


def distinct(texts: Iterable[Text]) -> list[Text]:
    """Each text once, in order of their sha256, under the first of its names: as `read.documents` has it."""
    chosen: dict[str, Text] = {}
    for text in texts:
        chosen[text.sha256] = min(chosen.get(text.sha256, text), text, key=_rank)
    return [chosen[digest] for digest in sorted(chosen)]


def _rank(text: Text) -> tuple[str, ...]:
    return (text.name, *(part or "" for part in (text.title, text.issued, text.source, text.url)), *text.authors)


def readings(
    folder: Path,
    texts: Sequence[Text],
    contents: Mapping[str, str],
    *,
    ontology: Path | None = None,
    workers: int | None = 1,
    extract: Extract | None = None,
    progress: Progress = silent,
) -> list[Extraction | Crash]:
    """What each text says, in their order. What had to be read is kept in the cache of the graph's folder.

    With an extraction of the caller's own nothing is kept, since the cache cannot know what it makes.
    """
    rules, own = load(ontology), folder / OWN
    known = {} if extract else {text.sha256: _kept(own, text, rules) for text in texts}
    missing = [document(folder, text, contents) for text in texts if known.get(text.sha256) is None]
    made = extracted(missing, ontology=ontology, workers=workers, extract=extract, progress=progress)
    fresh: dict[str, Extraction | Crash] = {}
    for outcome in made:
        fresh[outcome.document.sha256] = outcome
        if isinstance(outcome, Extraction) and extract is None:
            cache.write(own, cache.key(outcome.document, rules), outcome)
    return [known.get(text.sha256) or fresh[text.sha256] for text in texts]


def _kept(own: Path, text: Text, rules: Rules) -> Extraction | None:
    """The extraction out of the cache, under what the text is called now."""
    kept = cache.read(own, cache.key(text, rules))
    if kept is None or kept.document.sha256 != text.sha256:
        return None
    return cache.called(kept, document_of(text, kept.document.text))


def document(folder: Path, text: Text, contents: Mapping[str, str]) -> Document:
    """The document of a text: as just read, else as the graph's folder or its cache keeps it; StoreError if nowhere."""
    content = contents.get(text.sha256)
    if content is None:
        content = _stored(folder, text)
    found = None if content is None else document_of(text, content)
    if found is None or found.sha256 != text.sha256:
        raise StoreError(f"{folder}: the text {text.sha256[:16]} of {text.path} is lost; add its file again")
    return found


def _stored(folder: Path, text: Text) -> str | None:
    try:
        return generations.located(folder, f"texts/{text.sha256}.txt").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        kept = cache.read(folder / OWN, text.key)
        return kept.document.text if kept else None
