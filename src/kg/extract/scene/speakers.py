"""For whom somebody speaks: the organisation whose post the speaker of a quotation holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.scene.naming import Naming
from kg.extract.text.words import any_of
from kg.records import EntityType, Sentence
from kg.rules import Rules

EMPLOYERS = frozenset(
    {EntityType.COMPANY, EntityType.INSTITUTE, EntityType.UNIVERSITY, EntityType.LABORATORY, EntityType.ZONE,
     EntityType.BODY, EntityType.FUND, EntityType.FACILITY}
)  # fmt: skip
_LONGEST = 10  # sentences of one speech
_POST = re.compile(r"[^,。;:!?“”]{1,16}")
_OPENING = re.compile(r"“(?=[^“”]*$)")
_CLOSING = re.compile(r"^[^“”]*”")

Named = Mapping[int, Sequence[Naming]]


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of a sentence that is spoken, and the organisation for which."""

    sentence: int
    start: int
    end: int
    employer: Naming

    def holds(self, sentence: int, start: int) -> bool:
        """Whether a place stands in the stretch."""
        return sentence == self.sentence and self.start <= start < self.end


def speeches(sentences: Sequence[Sentence], named: Named, rules: Rules) -> list[Speech]:
    """All stretches in quotation marks whose speaker's organisation the document tells."""
    found: list[Speech] = []
    for sentence in sentences:
        for person, said in _speakers(sentence, named, rules):
            employer = _employer(sentences, named, person)
            if employer is not None:
                found += [Speech(i, a, b, employer) for i, a, b in _spoken(sentences, sentence, person, said)]
    return found


def _speakers(sentence: Sentence, named: Named, rules: Rules) -> Iterator[tuple[Naming, int]]:
    """The persons of a sentence who say something, with where the verb ends."""
    say = re.compile(rf"[^,。;:!?“”]{{0,12}}?{any_of(rules, 'say')}")
    for naming in named.get(sentence.index, ()):
        match = say.match(sentence.text, naming.end) if naming.type is EntityType.PERSON else None
        if match is not None:
            yield naming, match.end()


def _spoken(
    sentences: Sequence[Sentence], sentence: Sentence, person: Naming, said: int
) -> Iterator[tuple[int, int, int]]:
    """Sentence, start and end of what a person says: the quotation right before the sentence or name, and after it."""
    close = sentence.text.rfind("”", 0, person.start)
    if close >= 0:
        yield sentence.index, max(sentence.text.rfind("“", 0, close), 0), close
    elif sentence.index and sentences[sentence.index - 1].text.endswith("”"):
        yield from _backwards(sentences, sentence.index - 1)
    opening = sentence.text.find("“", said)
    if opening >= 0:
        yield from _forwards(sentences, sentence.index, opening)


def _backwards(sentences: Sequence[Sentence], last: int) -> Iterator[tuple[int, int, int]]:
    """The sentences of a quotation that ends with a sentence, the last first."""
    for index in range(last, max(-1, last - _LONGEST), -1):
        text = sentences[index].text
        inside = text.removesuffix("”") if index == last else text
        opening = _OPENING.search(inside)
        yield index, opening.end() if opening else 0, len(text)
        if opening or sentences[index].paragraph != sentences[last].paragraph:
            return


def _forwards(sentences: Sequence[Sentence], first: int, opening: int) -> Iterator[tuple[int, int, int]]:
    """The sentences of a quotation that opens in a sentence."""
    close = sentences[first].text.find("”", opening)
    yield first, opening, close if close >= 0 else len(sentences[first].text)
    for sentence in sentences[first + 1 : first + _LONGEST] if close < 0 else ():
        closing = _CLOSING.match(sentence.text)
        yield sentence.index, 0, closing.end() if closing else len(sentence.text)
        if closing or "“" in sentence.text:
            return


def _employer(sentences: Sequence[Sentence], named: Named, person: Naming) -> Naming | None:
    """The organisation right before a person's post, there or where the person was named before."""
    for index in range(person.sentence, -1, -1):
        for same in (n for n in named.get(index, ()) if n.referent == person.referent):
            before = [n for n in named[index] if n.end <= same.start and n.type in EMPLOYERS and not n.inner]
            nearest = max(before, default=None)
            if nearest is not None and _POST.fullmatch(sentences[index].text, nearest.end, same.start):
                return represented(nearest, named[index])
    return None


def represented(body: Naming, named: Sequence[Naming]) -> Naming:
    """The zone for whose committee somebody speaks; else the organisation itself."""
    zones = (n for n in named if n.inner and n.type is EntityType.ZONE)
    return next((zone for zone in zones if body.start <= zone.start < zone.end <= body.end), body)
