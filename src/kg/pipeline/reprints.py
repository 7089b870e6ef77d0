"""Texts that are near-identical to an earlier one: a reprint is no second source.

Candidates come from MinHash with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of
Massive Datasets, ch. 3), as datasketch has it; each is then measured exactly.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.records import Document

ALIKE = 0.8
"""The share of common 5-grams from which on two texts are one."""
_GRAM = 5
_PERMUTATIONS = 64
_SEED = 1
_SCHEME = "affine32"
_SHORTEST = 40
_NO_WORD = re.compile(r"\W+")
Band = int
Texts = Callable[[str], Document]
"""The document of a key."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """The bands of each text by its key, and the pairs of texts that are alike, in order."""

    bands: Mapping[str, Sequence[Band]] = field(default_factory=dict)
    pairs: Sequence[tuple[str, str]] = ()


def reprints(documents: Iterable[Document]) -> dict[str, str]:
    """The key of each reprint -> that of the earliest text like it; a function of the set of documents alone."""
    by_key = {document.key: document for document in documents}
    new = {key: bands(document) for key, document in by_key.items()}
    found = sketched(Sketches(), new, by_key, by_key.__getitem__)
    return firsts(found, {key: document.issued for key, document in by_key.items()})


def sketched(before: Sketches, new: Mapping[str, Sequence[Band]], keys: Iterable[str], text: Texts) -> Sketches:
    """The sketches of these texts: what was known before stays, only what is `new` is compared with all."""
    every = {key: new[key] if key in new else before.bands[key] for key in sorted(keys)}
    kept = [(a, b) for a, b in before.pairs if a in every and b in every]
    return Sketches(every, sorted({*kept, *_alike(_candidates(new, every), text)}))


def firsts(sketches: Sketches, issued: Mapping[str, str | None]) -> dict[str, str]:
    """Each reprint with the earliest text like it: the first by date, undated ones last, then by key."""
    first = {key: key for pair in sketches.pairs for key in pair}
    for a, b in sketches.pairs:
        ends = sorted((_first(first, a), _first(first, b)), key=lambda key: (issued[key] or "9", key))
        first[ends[1]] = ends[0]
    return {key: found for key in sorted(first) if (found := _first(first, key)) != key}


def _first(firsts: Mapping[str, str], key: str) -> str:
    while firsts[key] != key:
        key = firsts[key]
    return key


def grams(text: str) -> frozenset[str]:
    """The runs of five letters and digits, whatever stands between."""
    bare = _NO_WORD.sub("", text)
    return frozenset(bare[at : at + _GRAM] for at in range(max(1, len(bare) - _GRAM + 1)))


def _candidates(
    new: Mapping[str, Sequence[Band]], every: Mapping[str, Sequence[Band]]
) -> set[tuple[str, str]]:
    """The pairs of a new text and any other that share a band."""
    owners: dict[Band, list[str]] = {}
    for key, own in new.items():
        for band in own:
            owners.setdefault(band, []).append(key)
    pairs = ((key, other) for key, own in every.items() for band in own for other in owners.get(band, ()))
    return {(min(a, b), max(a, b)) for a, b in pairs if a != b}


def _alike(pairs: Iterable[tuple[str, str]], text: Texts) -> Iterator[tuple[str, str]]:
    """The pairs of near-identical texts."""
    known = lru_cache(maxsize=1024)(lambda key: grams(text(key).text))
    for a, b in sorted(pairs):
        left, right = known(a), known(b)
        common = len(left & right)
        if common >= ALIKE * (len(left) + len(right) - common):
            yield a, b


def bands(document: Document) -> list[Band]:
    """The parts of a text's sketch by which candidates are found: two texts are compared where they share one.

    None for a text that is too short to be compared. An engine over many machines brings together by them.
    """
    if len(document.text) < _SHORTEST:
        return []
    sketch = _sketch(document.text)
    parts = (f"{start}:{sketch[start:end]}".encode() for start, end in _ranges())
    return [int.from_bytes(hashlib.sha256(part).digest()[:7]) for part in parts]


def _sketch(text: str) -> list[int]:
    from datasketch import MinHash

    sketch = MinHash(_PERMUTATIONS, _SEED, scheme=_SCHEME)
    sketch.update_batch([gram.encode("utf-8", "surrogatepass") for gram in grams(text)])
    return [int(value) for value in sketch.hashvalues]


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    """Where the bands of a sketch begin and end."""
    from datasketch import MinHashLSH

    return tuple(MinHashLSH(threshold=ALIKE - 0.1, num_perm=_PERMUTATIONS).hashranges)
