"""What the rules read in a text and what became of it, as plain values: what `kg read --why` gives to programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.extract.why import Reading
from kg.records import Document, Sentence

Told = Sequence[tuple[Sentence, tuple[Reading, ...]]]
COLUMNS = ("document", "kind", "rule", "said", "refused", "start", "end", "quote")


def plain(document: Document, told: Told) -> dict[str, Any]:
    """The sentences with their readings as dicts and lists; `refused` is there only where a reading does not stand."""
    return {
        "document": {"sha256": document.sha256, "name": document.name},
        "sentences": [_sentence(document, sentence, readings) for sentence, readings in told],
    }


def _sentence(document: Document, sentence: Sentence, readings: Iterable[Reading]) -> dict[str, Any]:
    span = sentence.span
    return {"start": span.start, "end": span.end, "quote": document.quote(span),
            "readings": [_reading(document, reading) for reading in readings]}  # fmt: skip


def _reading(document: Document, reading: Reading) -> dict[str, Any]:
    said = {"kind": reading.kind.value, "rule": reading.rule, "said": reading.said}
    why = {"refused": reading.refused} if reading.refused else {}
    span = reading.span
    return {**said, **why, "start": span.start, "end": span.end, "quote": document.quote(span)}


def rows(document: Document, told: Told) -> Iterator[tuple[str, ...]]:
    """One row a reading, in the order of COLUMNS."""
    for _, readings in told:
        for r in readings:
            place = str(r.span.start), str(r.span.end), document.quote(r.span)
            yield (document.key, r.kind.value, r.rule, r.said, r.refused, *place)
