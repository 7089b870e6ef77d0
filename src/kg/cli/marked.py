"""A reading as text: each sentence with its names marked, and below it what it claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from kg.answers import reading as plain
from kg.answers import vocabulary
from kg.cli.output import Screen, escape, rendered
from kg.records import Claim, Extraction, Modifier, Observation, Sentence, Span

if TYPE_CHECKING:
    from rich.console import Console

Mark = tuple[Span, str]


def shown(readings: Iterable[Extraction], screen: Screen) -> bytes:
    """The readings one after the other."""
    return b"\n".join(rendered(partial(_draw, reading=one, screen=screen), screen) for one in readings)


def _draw(console: Console, *, reading: Extraction, screen: Screen) -> None:
    from kg.extract.text.sentences import sentences

    console.print(_heading(reading))
    marks = _marks(reading, screen.language)
    for sentence in sentences(reading.document):
        lines = list(_lines(reading, sentence, screen.language))
        inside = [mark for mark in marks if sentence.span.holds(mark[0])]
        if inside or lines:
            console.print()
            console.print(_marked(reading, sentence.span, inside, coloured=screen.colour))
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 4)))


def _heading(reading: Extraction) -> Text:
    """Title, date and publisher."""
    document = reading.document
    about = [document.title or document.name, document.issued or "", document.source or ""]
    return Text(escape(" · ".join(part for part in about if part)), "bold")


def _marks(reading: Extraction, language: str) -> list[Mark]:
    """The spans that name something, with the type; of overlapping ones the outer."""
    found = [(span, vocabulary.named(r.type.value, language)) for r in reading.referents for span in r.mentions]
    found.sort(key=lambda mark: (mark[0].start, -mark[0].end))
    kept: list[Mark] = []
    for mark in found:
        if not kept or kept[-1][0].end <= mark[0].start:
            kept.append(mark)
    return kept


def _marked(reading: Extraction, span: Span, marks: Iterable[Mark], *, coloured: bool) -> Text:
    """The verbatim sentence, line breaks as spaces, each name in brackets with its type."""
    text, at = Text(), span.start
    for mark, kind in marks:
        text.append(_flat(reading.document.text[at : mark.start]))
        text.append("" if coloured else "[").append(_flat(reading.document.quote(mark)), "bold underline")
        text.append(f" {kind}" if coloured else f" {kind}]", "cyan")
        text.append(" " if coloured else "")
        at = mark.end
    return text.append(_flat(reading.document.text[at : span.end]))


def _flat(text: str) -> str:
    return escape(text.replace("\n", " ").replace("\r", ""))


def _lines(reading: Extraction, sentence: Sentence, language: str) -> Iterator[Text]:
    """What rests on the sentence: where there are several pieces, the last one tells."""
    for claim in reading.claims:
        if _rests(claim.evidence, sentence):
            yield _claim(reading, claim, language)
    for figure in reading.observations:
        if _rests((figure.span,), sentence):
            yield _figure(reading, figure, language)


def _rests(evidence: tuple[Span, ...], sentence: Sentence) -> bool:
    return bool(evidence) and sentence.span.meets(max(evidence))


def _claim(reading: Extraction, claim: Claim, language: str) -> Text:
    """Subject, relation, object, and how far it has come."""
    line = Text(f"→ {escape(reading.referents[claim.subject].name)} ")
    line.append(vocabulary.named(claim.relation.value, language), "green")
    line.append(f" {escape(plain.target(reading, claim))}")
    line.append(f" {escape(claim.title)}" if claim.title else "")
    return _end(line, claim, language)


def _figure(reading: Extraction, figure: Observation, language: str) -> Text:
    """Subject, indicator, period, wording, growth and ranks."""
    line = Text(f"# {escape(reading.referents[figure.subject].name)} ")
    line.append(escape(figure.indicator), "green")
    line.append(f" {figure.period.text}" if figure.period else "").append(f" {escape(figure.text)}", "bold")
    if figure.modifier is not Modifier.EXACT:
        line.append(f" ({vocabulary.named(figure.modifier, language)})")
    if figure.growth is not None and figure.value is not None:
        line.append(f" {figure.growth:+f}%")
    for rank in figure.ranks:
        line.append(f" {escape(plain.among(reading, rank))} {rank.place} ({vocabulary.named(rank.basis, language)})")
    return _end(line, figure, language)


def _end(line: Text, said: Claim | Observation, language: str) -> Text:
    """Status and rule at the end of a line."""
    if said.status:
        line.append(f" [{vocabulary.named(said.status.value, language)}]", "yellow")
    return line.append(f"  {said.rule}", "dim")
