"""Sentences in a normal form that keeps an exact map to the text as it was read.

Newspapers break columns inside sentences, web pages run headings into paragraphs with ideographic spaces, and texts mix
full-width and half-width signs. None of that is repaired in the text: a sentence carries its own normal form and, for
each of its characters, the place in the document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from kg.extract.text.gaps import gaps
from kg.extract.text.lines import BULLETS
from kg.records import Document, Sentence, Span

# Two ideographic spaces indent a paragraph; inside a line they are where one was pasted after another.
_LINE = re.compile(r"(?:(?!\u3000\u3000)[^\r\n\u2028\u2029\x0b\x0c\x85])+")
# An entry of a list that runs on in one line (1.甲:…;2.乙:…) is a sentence of its own, as is the lead before the first.
_ITEM = r"\s*(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\))"
_END = re.compile(
    rf"(?:[。!?！？]+|…{{2,}}(?=[\s\u3400-\u9fff])|;(?={_ITEM})|:(?=\s*(?:1[.、](?!\d)|\(1\))))[”’」』\"')\]】》]*"
)
_FINAL = re.compile(r"[。!?！？…:：;；][”’」』\"')）\]】》]*\s*$")
_INNER = re.compile(r"[,，、。;；]")
_SHORTEST_COLUMN = 12
LONGEST = 500
_BLANK = " \t\u3000\xa0\u200b\ufeff"


_CIRCLED = re.compile("[①-⑳⑴-⒇❶-❿]")  # they number the items of a list and are no digits of its text


@lru_cache(maxsize=1 << 16)
def half_width(character: str) -> str:
    """The half-width form of one character, itself where the compatibility form is not one character."""
    form = unicodedata.normalize("NFKC", character)
    if len(form) != 1 or _CIRCLED.match(character):
        return character
    return " " if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Co") else form


def sentences(document: Document) -> list[Sentence]:
    """All sentences of a document in order; headings and captions are sentences too."""
    found: list[Sentence] = []
    for number, lines in enumerate(_paragraphs(document.text)):
        found += _split(lines, document.text, number, len(found))
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the lines without their outer blanks."""
    for match in _LINE.finditer(text):
        start, end = match.span()
        while start < end and text[start] in _BLANK:
            start += 1
        while end > start and text[end - 1] in _BLANK:
            end -= 1
        if start < end:
            yield start, end


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Lines joined where a sentence runs on over the break."""
    paragraphs: list[list[tuple[int, int]]] = []
    for line in _lines(text):
        if paragraphs and _runs_on(text, paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _runs_on(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a line breaks off inside a sentence: it has running text's punctuation, and ends without any."""
    line = text[slice(*before)]
    marks = _STOPS if _NUMBER.match(line) else _INNER
    if len(line) < _SHORTEST_COLUMN or _FINAL.search(line) or not marks.search(line):
        return False
    if len(line) * _WIDER < after[1] - after[0] or _DATELINE.fullmatch(text, *after):
        return False
    between = text[before[1] : after[0]]
    return "\u3000\u3000" not in between and not _LABELLED.match(text, after[0], after[1])


_WIDER = 2  # the line after a column's is about as wide; one far wider is the paragraph under a heading
# Who reports and when stands under a title in a line of its own.
_DATELINE = re.compile(
    r"[^,，。;；:：]{0,24}?(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|([-./])\d{1,2}\1\d{1,2})(?:[^\S\n]+[^,，。;；]{0,40})?"
)
# A numbered heading may list what it is about: 二、今年的主要目标、任务和工作安排.
_NUMBER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})、")
_STOPS = re.compile(r"[,，。;；]")


# A line that opens like a label, an item or a numbered heading stands by itself.
_LABELLED = re.compile(
    rf"\s*(?:[\u4e00-\u9fff]{{2,8}}\s*[::：]|[{BULLETS}【]|[((（][一二三四五六七八九十\d]{{1,3}}[))）]"
    r"|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d))"
)


def _split(lines: list[tuple[int, int]], text: str, paragraph: int, first: int) -> list[Sentence]:
    """The sentences of one paragraph."""
    offsets = [i for start, end in lines for i in range(start, end)]
    normal, offsets = _closed("".join(half_width(text[i]) for i in offsets), offsets)
    cuts = [m.end() for m in _END.finditer(normal) if m.end() < len(normal)]
    heading = len(lines) == 1 and not _FINAL.search(normal) and not _INNER.search(normal)
    found: list[Sentence] = []
    cuts = [0, *cuts, len(normal)]
    for start, end in (piece for a, b in pairwise(cuts) for piece in _pieces(normal, a, b)):
        body = normal[start:end]
        left, right = len(body) - len(body.lstrip()), len(body.rstrip())
        if left < right:
            found.append(
                _sentence(first + len(found), paragraph, normal, offsets, start + left, start + right, heading)
            )
    return found


def _closed(normal: str, offsets: list[int]) -> tuple[str, list[int]]:
    """A normal form without the blanks inside numbers, and where its characters stand."""
    blanks = set(gaps(normal))
    if not blanks:
        return normal, offsets
    kept = [i for i in range(len(normal)) if i not in blanks]
    return "".join(normal[i] for i in kept), [offsets[i] for i in kept]


def _pieces(normal: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the pieces of a run that is longer than any sentence, cut after a comma or space."""
    while end - start > LONGEST:
        cut = max(normal.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in ",;、 ") + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _sentence(
    index: int, paragraph: int, normal: str, offsets: list[int], start: int, end: int, heading: bool
) -> Sentence:
    span = Span(offsets[start], offsets[end - 1] + 1)
    return Sentence(index, paragraph, span, _curved(normal[start:end]), tuple(offsets[start:end]), heading)


def _curved(text: str) -> str:
    """Straight double quotes in pairs as curved ones, character for character."""
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    return "".join(part + ("“" if i % 2 == 0 else "”") for i, part in enumerate(parts[:-1])) + parts[-1]
