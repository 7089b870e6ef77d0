"""By what date a text counts: its own, its title's or its part's, else the year it has stated last nearby."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.extract.time import time_words as words
from kg.extract.time.times import YEAR_LENGTH, Anchor, issued_on, number_of, read_times, year_of
from kg.records import Document, Period, Sentence

_REACH = 2  # paragraphs over which a year that the text states holds for 今年
_HEAD = 12
_HEADING = 30  # characters; a longer line heads nothing


def reference_date(document: Document, sentences: Sequence[Sentence]) -> Anchor | None:
    """The date a document counts from: when it was issued, else its dateline's; None where neither is known."""
    if document.issued:
        return issued_on(document.issued)
    for number, sentence in enumerate(sentences[:_HEAD]):
        if match := words.DATELINE.search(sentence.text):
            year = year_of(match["year"]) if match["year"] else _named_year(sentences[: number + 2])
            return Anchor(year, number_of(match["month"]), number_of(match["day"])) if year else None
    return None


def _named_year(head: Sequence[Sentence]) -> int | None:
    """The one year that a headline or the first event's name gives beside a dateline without one (2025春季签约仪式)."""
    years = {int(year) for sentence in head for year in words.NAMED_YEAR.findall(sentence.text)}
    return years.pop() if len(years) == 1 else None


def latest_year(texts: Iterable[str]) -> int | None:
    """The latest year that texts state, not counting years ahead (到2027年); None where they state none."""
    return max((year_of(match[1]) for text in texts for match in words.STATED.finditer(text)), default=None)


def reported(document: Document, sentences: Sequence[Sentence]) -> Period | None:
    """The period on which a bulletin or report reports as a whole, by its title; None for any other text."""
    title = document.title or (sentences[0].text if sentences else "")
    if not words.REPORT.search(title):
        return None
    stated = {time.period for time in read_times(title) if time.period is not None}
    return stated.pop() if len(stated) == 1 else None


def anchors(document: Document, sentences: Sequence[Sentence]) -> list[Anchor | None]:
    """For each sentence what 今年 counts from: the document's date, else the year the text has stated last nearby."""
    fixed, report = reference_date(document, sentences), reported(document, sentences)
    told = [part.period or report for part in parts(document, sentences)]
    if fixed is not None:
        return [replace(fixed, report=period) for period in told]
    if report is not None:
        return [Anchor(int(report.end[:YEAR_LENGTH]), report=period) for period in told]
    found: list[Anchor | None] = []
    latest, paragraph = 0, 0
    for sentence in sentences:
        stated = [year_of(match[1]) for match in words.STATED.finditer(sentence.text)] if "年" in sentence.text else []
        if stated and max(stated) >= latest:
            latest, paragraph = max(stated), sentence.paragraph
        if latest and sentence.paragraph - paragraph < _REACH and words.RELATED.search(sentence.text):
            paragraph = sentence.paragraph
        near = latest and sentence.paragraph - paragraph < _REACH
        if period := told[sentence.index]:
            found.append(Anchor(int(period.end[:YEAR_LENGTH]), report=period))
        else:
            found.append(Anchor(latest) if near else None)
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text by its heading: the time that it tells of (一、2024年工作回顾), and whether it tells plans."""

    period: Period | None = None
    ahead: bool = False


def parts(document: Document, sentences: Sequence[Sentence]) -> list[Part]:
    """For each sentence the part of the text that it stands in."""
    anchor = reference_date(document, sentences)
    found: list[Part] = []
    part = Part()
    for sentence in sentences:
        if sentence.index and len(sentence.text) <= _HEADING and sentence.text[-1:] not in "。;!?,":
            part = _part_under(sentence.text, anchor) or part
        elif part.period is None and (told := _announced(sentence.text, anchor)) is not None:
            part = replace(part, period=told)
        found.append(part)
    return found


def _announced(text: str, anchor: Anchor | None) -> Period | None:
    """The time whose results a text says are made known, on which it then reports (公布2024年营运成果)."""
    match = words.ANNOUNCED.search(text)
    told = [t.period for t in read_times(match["of"], anchor) if t.period and not t.now] if match else []
    return told[0] if len(told) == 1 else None


def _part_under(heading: str, anchor: Anchor | None) -> Part | None:
    """The part that a heading opens; None where it opens none."""
    told = {t.period for t in read_times(heading, anchor) if t.period and not (t.now or t.vague)}
    if words.SECTION.search(heading) and (len(told) == 1 or words.PART.match(heading)):
        return Part(told.pop() if len(told) == 1 else None, bool(words.PLANNING.search(heading)))
    return Part() if words.PART.match(heading) else None
