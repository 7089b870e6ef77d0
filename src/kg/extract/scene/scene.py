"""A document as far as it has been read: its sentences and who is named where. Later stages look things up here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract.scene.entries import entries
from kg.extract.scene.evidence import window
from kg.extract.scene.naming import Naming
from kg.extract.scene.reported import reported
from kg.extract.time.anchoring import Part, anchors, latest_year, parts
from kg.extract.time.times import Anchor, TimeExpression, times
from kg.records import Document, EntityType, Referent, Sentence, Span
from kg.rules import Rules

_TITLED = 2
_CURRENCIES = {"71": "CCY_TWD", "81": "CCY_HKD"}
# Where no division is named: what only these regions speak of.
_SAID_IN = {
    "71": re.compile("台湾|行政院|立法院|国科会|国发会|经济部|新台币|[竹中南]科管理局|[中南]部科学园区|新竹科学园区"),
    "81": re.compile("香港|特区政府|立法会|创科局|港元|港币|数码港"),
}


@dataclass(frozen=True)
class Scene:
    """What the stages before figures and relations have found in one document."""

    document: Document
    rules: Rules
    sentences: tuple[Sentence, ...]
    referents: tuple[Referent, ...]
    namings: tuple[Naming, ...]

    @cached_property
    def _by_sentence(self) -> dict[int, tuple[Naming, ...]]:
        found: dict[int, list[Naming]] = {}
        for naming in sorted(self.namings):
            found.setdefault(naming.sentence, []).append(naming)
        return {index: tuple(namings) for index, namings in found.items()}

    @cached_property
    def _first(self) -> dict[int, Naming]:
        """The first naming of each referent by a name of its own."""
        found: dict[int, Naming] = {}
        for naming in sorted(self.namings):
            if not naming.anaphor and not naming.inner:
                found.setdefault(naming.referent, naming)
        return found

    @cached_property
    def _counts(self) -> dict[int, int]:
        """How often the document names each referent, in order of referents."""
        counts = Counter(n.referent for n in self.namings if not n.inner and n.referent in self._first)
        return {r: counts[r] for r in sorted(counts)}

    def count(self, referent: int) -> int:
        """How often the document names a referent, and points back to it."""
        return self._counts.get(referent, 0)

    @cached_property
    def latest_year(self) -> int | None:
        """The latest year that the document states as one that has come; None where it states none."""
        return latest_year(s.text for s in self.sentences)

    def masked(self, sentence: Sentence) -> Sentence:
        """The sentence with its names blotted out, so that no word of one (…计划, 甲未来) speaks of a status."""
        text = sentence.text
        for naming in self.named_in(sentence.index):
            if not naming.anaphor:
                text = text[: naming.start] + "某" * (naming.end - naming.start) + text[naming.end :]
        return replace(sentence, text=text)

    def sentence_at(self, span: Span) -> Sentence | None:
        """The sentence that holds a span; None where none does."""
        at = bisect_right(self.sentences, span.start, key=lambda s: s.span.start) - 1
        return self.sentences[at] if at >= 0 and self.sentences[at].span.holds(span) else None

    def named_in(self, sentence: int, *, inner: bool = False) -> tuple[Naming, ...]:
        """The namings of a sentence in order; those inside longer names only where asked for."""
        return tuple(n for n in self._by_sentence.get(sentence, ()) if inner or not n.inner)

    @cached_property
    def currency(self) -> str | None:
        """What 元 is in a text in traditional characters, by the region whose places it names most; else None."""
        if not any(s.original for s in self.sentences):
            return None
        codes = [self.referents[n.referent].code or "" for n in self.namings if n.type is EntityType.PLACE]
        regions = Counter(code[:2] for code in codes if code[:2].isdigit())
        if not regions:
            regions = Counter(r for r, said in _SAID_IN.items() for s in self.sentences if said.search(s.text))
        most = max(sorted(regions), key=lambda region: regions[region], default="")
        return _CURRENCIES.get(most)

    def within(self, naming: Naming, type_: EntityType) -> Naming | None:
        """The longest name of a type inside a name, or inside the first one of its referent (the zone of a 管委会)."""
        for outer in (naming, self._first.get(naming.referent, naming)):
            named = (n for n in self.named_in(outer.sentence, inner=True) if n.inner and n.type is type_)
            inside = [n for n in named if outer.start <= n.start and n.end <= outer.end]
            if inside:
                return max(inside, key=lambda n: n.end - n.start)
        return None

    @cached_property
    def _anchors(self) -> list[Anchor | None]:
        return anchors(self.document, self.sentences)

    def anchor(self, sentence: Sentence) -> Anchor | None:
        """The date by which the document counts at a sentence."""
        return self._anchors[sentence.index]

    def times(self, sentence: Sentence) -> list[TimeExpression]:
        """The times of a sentence, resolved against the date by which the document counts."""
        return times(sentence, self.anchor(sentence))

    @cached_property
    def division(self) -> Naming | None:
        """The division whose government reports in the document; None where it is no such report."""
        return reported(self.sentences, self.namings)

    @cached_property
    def _parts(self) -> list[Part]:
        return parts(self.document, self.sentences)

    def part(self, sentence: int) -> Part:
        """The part of the text that a sentence stands in, by its heading."""
        return self._parts[sentence]

    @cached_property
    def _entries(self) -> dict[int, Naming]:
        return entries(self.sentences, self.namings)

    def entry(self, sentence: int) -> Naming | None:
        """The naming whose list of facts (项目名称:… 总投资:…) a sentence belongs to."""
        return self._entries.get(sentence)

    def topic(self, sentence: int, types: Collection[EntityType]) -> Naming | None:
        """Whom a sentence without a subject of these types goes on about.

        The first fitting naming of the nearest earlier sentence of the paragraph that has one, else the document's main
        referent of these types; None where nothing fits.
        """
        entry = self.entry(sentence)
        if entry is not None and entry.type in types:
            return entry
        paragraph = self.sentences[sentence].paragraph
        for index in range(sentence - 1, -1, -1):
            if self.sentences[index].paragraph < paragraph:
                break
            fitting = [n for n in self.named_in(index) if n.type in types]
            if fitting:
                return fitting[0]
        return self.main_before(sentence, types)

    def main_before(self, sentence: int, types: Collection[EntityType]) -> Naming | None:
        """What the document names most, where it is named by then, often, or in the same paragraph."""
        main = self.main(types)
        if main is None or main.sentence <= sentence:
            return main
        here, there = self.sentences[sentence], self.sentences[main.sentence]
        return main if here.paragraph == there.paragraph else None

    def main(self, types: Collection[EntityType]) -> Naming | None:
        """The first naming of the referent of these types that the document names most; None where there is none."""
        ranked = self.ranking(types)
        return self._first[ranked[0]] if ranked else None

    def ranking(self, types: Collection[EntityType]) -> list[int]:
        """The referents of these types that the document names by a name of their own, the most named first.

        The first line of a document is mostly its title, so that a name in it counts for more.
        """
        key = frozenset(types)
        if key not in self._rankings:
            self._rankings[key] = [r for r in self._ranked if self.referents[r].type in key]
        return self._rankings[key]

    @cached_property
    def _rankings(self) -> dict[frozenset[EntityType], list[int]]:
        return {}

    @cached_property
    def _ranked(self) -> list[int]:
        return sorted(self._counts, key=lambda r: (-self.weight(r), r))

    def weight(self, referent: int) -> int:
        """How much a document is about a referent: how often it names it, more where its title does."""
        return self._counts[referent] + _TITLED * (referent in self._titled)

    @cached_property
    def _titled(self) -> frozenset[int]:
        return frozenset(n.referent for n in self.named_in(0) if not n.inner)

    def first(self, referent: int) -> Naming:
        """The first naming of a referent by a name of its own; KeyError where it has none."""
        return self._first[referent]

    def shown(self, sentence: int, start: int, end: int, *namings: Naming) -> tuple[Span, ...]:
        """Like `evidence`, but of a sentence longer than a quote may be only the clauses around range and namings."""
        here = [n for n in namings if n.sentence == sentence]
        first = window(
            self.sentences[sentence], min([start, *(n.start for n in here)]), max([end, *(n.end for n in here)])
        )
        return (first, *self.evidence(sentence, *namings)[1:])

    def evidence(self, sentence: int, *namings: Naming) -> tuple[Span, ...]:
        """The sentence's span, and as second pieces the antecedents of anaphors and of namings from elsewhere."""
        pieces = [self.sentences[sentence].span]
        for naming in namings:
            elsewhere = (
                None
                if naming.sentence == sentence
                else self.sentences[naming.sentence].span_of(naming.start, naming.end)
            )
            for piece in (elsewhere, naming.antecedent):
                if piece is not None and not any(p.holds(piece) for p in pieces):
                    pieces.append(piece)
        return tuple(pieces)
