"""What a pointing word with its head stands for: 前者 and 后者, 该产业园, 这座总投资9亿元的工厂."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.scene.naming import Naming
from kg.extract.text.tokens import boundary
from kg.extract.text.words import any_of
from kg.records import EntityType, Sentence
from kg.rules import Rules

_REACH = 3


def of_a_pair(by_sentence: dict[int, list[Naming]], sentence: Sentence) -> Iterator[tuple[int, int, Naming]]:
    """Start and end of each 前者 and 后者 that opens a clause, with the one of the two names before that it means."""
    said = list(_PAIR.finditer(sentence.text))
    for match in said:
        at = said[0].start()  # 后者 is one of the pair that stood before 前者, whoever is named between the two
        for back in (sentence.index, sentence.index - 1):
            there = sorted(n for n in by_sentence.get(back, []) if not n.inner and n.type in _PAIRED)
            before = [n for n in there if back < sentence.index or n.end <= at]
            if len({n.referent for n in before[-2:]}) == len(_BOTH):
                yield *match.span(), before[_BOTH[match[0]]]
                break


_PAIR = re.compile(r"(?:(?<=[,;:])|(?<![\s\S]))[前后]者")
_BOTH = {"前者": -2, "后者": -1}
_PAIRED = frozenset(
    {EntityType.COMPANY, EntityType.FUND, EntityType.UNIVERSITY, EntityType.INSTITUTE, EntityType.LABORATORY,
     EntityType.ZONE, EntityType.BODY, EntityType.PROJECT, EntityType.FACILITY}
)  # fmt: skip


_LONGEST_HEAD, _SHORTEST_HEAD = 4, 2


def of_that_ending(
    sentences: Sequence[Sentence], by_sentence: dict[int, list[Naming]], sentence: Sentence, rules: Rules
) -> Iterator[tuple[int, int, Naming]]:
    """Start and end of each demonstrative with the very ending of a name just before (该产业园), and that name."""
    said = re.finditer(any_of(rules, "demonstrative"), sentence.text)
    for these in (m for m in said if boundary(sentence, m.start())):
        for size in range(_LONGEST_HEAD, _SHORTEST_HEAD - 1, -1):
            head = sentence.text[these.end() : these.end() + size]
            if len(head) < size or not boundary(sentence, these.end() + size):
                continue
            antecedent = _ending_in(head, sentences, by_sentence, sentence.index, these.start())
            if antecedent is not None:
                yield these.start(), these.end() + size, antecedent
                break
        yield from _described_so(sentences, by_sentence, sentence, these.end())


_DESCRIBED = re.compile(r"[^。;:“”]{3,40}?[元米亩里%家名人]的(?P<head>[\u4e00-\u9fff]{2,4})")


def _described_so(
    sentences: Sequence[Sentence], by_sentence: dict[int, list[Naming]], sentence: Sentence, at: int
) -> Iterator[tuple[int, int, Naming]]:
    """The head behind a demonstrative and the figures that describe it (这座总投资9亿元、占地30亩的工厂)."""
    match = _DESCRIBED.match(sentence.text, at)
    for end in range(match.end(), match.start("head") + 1, -1) if match else ():
        head = sentence.text[match.start("head") : end] if match else ""
        antecedent = _ending_in(head, sentences, by_sentence, sentence.index, at) if boundary(sentence, end) else None
        if antecedent is not None and match is not None:
            yield match.start("head"), end, antecedent
            return


def _ending_in(
    head: str, sentences: Sequence[Sentence], by_sentence: dict[int, list[Naming]], index: int, at: int
) -> Naming | None:
    """The nearest name within reach that is longer than a head and ends in it; none where its sentence has several."""
    for back in range(index, max(-1, index - _REACH - 1), -1):
        text = sentences[back].text
        bearers = [
            n
            for n in by_sentence.get(back, [])
            if not n.anaphor and not n.inner and (back < index or n.end <= at)
            and n.end - n.start > len(head) and text.endswith(head, n.start, n.end)
        ]  # fmt: skip
        if bearers:
            return bearers[-1] if len({n.referent for n in bearers}) == 1 else None
    return None
