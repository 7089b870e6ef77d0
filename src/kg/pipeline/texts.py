"""The texts of a corpus and what they say: out of the cache where it can be, read anew where it must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError, StoreError
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
        other = chosen.get(text.sha256)
        chosen[text.sha256] = text if other is None else min(other, text, key=_rank)
    return [chosen[digest] for digest in sorted(chosen)]


def _rank(text: Text) -> tuple[str, ...]:
    return (text.name, *(part or "" for part in (text.title, text.issued, text.source, text.url)), *text.authors)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the texts of a graph's folder and what they say are looked up.

    `contents` are texts that have just been read, by sha256. With an extraction of the caller's own nothing is kept on
    the disk, since the cache cannot know what it makes, but in `kept`.
    """

    folder: Path
    contents: Mapping[str, str] = field(default_factory=dict)
    ontology: Path | None = None
    extract: Extract | None = None
    kept: dict[str, Extraction] = field(default_factory=dict)

    def read(
        self, texts: Iterable[Text], *, workers: int | None = 1, progress: Progress = silent
    ) -> tuple[Crash, ...]:
        """Read what has not been read yet; the texts on which the program failed."""
        rules, own = load(self.ontology), self.folder / OWN
        missing = [text for text in texts if self.extract or not cache.there(own, cache.key(text, rules))]
        documents = [document(self.folder, text, self.contents) for text in missing]
        made = extracted(
            documents, ontology=self.ontology, workers=workers, extract=self.extract, progress=progress
        )
        return tuple(failed for outcome in made if (failed := self._failed(outcome, rules)))

    def _failed(self, outcome: Extraction | Crash, rules: Rules) -> Crash | None:
        """The crash, if it is one; else what the text says is kept."""
        if isinstance(outcome, Crash):
            return outcome
        if self.extract:
            self.kept[outcome.document.sha256] = outcome
        else:
            cache.write(self.folder / OWN, cache.key(outcome.document, rules), outcome)
        return None

    def document(self, text: Text) -> Document:
        """A text; StoreError where it is lost."""
        return document(self.folder, text, self.contents)

    def reading(self, text: Text) -> Extraction:
        """What a text says, under what it is called now; a broken entry of the cache is read again."""
        kept = self.kept.get(text.sha256)
        if kept is not None:
            return cache.called(kept, document_of(text, kept.document.text))
        rules = load(self.ontology)
        found = _kept(self.folder / OWN, text, rules)
        if found is None:
            (outcome,) = extracted([document(self.folder, text, self.contents)], ontology=self.ontology)
            if isinstance(outcome, Crash):
                raise KgError(str(outcome))
            self._failed(outcome, rules)
            found = outcome
        return found


def readings(shelf: Shelf, texts: Sequence[Text], *, workers: int | None = 1) -> list[Extraction]:
    """What each text says, in their order, without those on which the program failed."""
    failed = {crash.document.sha256 for crash in shelf.read(texts, workers=workers)}
    return [shelf.reading(text) for text in texts if text.sha256 not in failed]


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
