"""An explanation as text: facts under headings, each with its quotes and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from kg.answers import vocabulary
from kg.answers.claims import Quote, Telling
from kg.answers.explain import Explanation, Fact
from kg.answers.figures import Figure
from kg.answers.progress import Step
from kg.cli.output import Screen, escape, rendered

if TYPE_CHECKING:
    from rich.console import Console

_WORDS = {
    "zh": {"also": "又名", "type": "类型", "figures": "数据", "held": "未成事实", "inferred": "由名录推得", "by": "据",
           "rank": "居{among}第{place}位", "growth": "同比", "decided": "编辑决定", "progress": "进展", "now": "目前",
           "rejected": "不予采信",
           "things": "个事物同名，请给出其中一个的 IRI："},
    "en": {"also": "also", "type": "type", "figures": "figures", "held": "not stated as a fact", "inferred": "inferred",
           "by": "stated by", "rank": "no. {place} of {among}", "growth": "growth",
           "decided": "decided", "progress": "progress", "now": "now", "rejected": "rejected:",
           "things": "things have that name; give the IRI of one:"},
}  # fmt: skip
Line = tuple[int, Text]


def told(found: Sequence[Explanation], screen: Screen) -> bytes:
    """The explanation; where a name means several things, the list of them."""
    lines = _whole(found[0], screen.language) if len(found) == 1 else _list(found, screen.language)
    return rendered(partial(_draw, lines=lines), screen)


def _draw(console: Console, *, lines: Iterable[Line]) -> None:
    """Each line at its depth; what does not fit is wrapped below itself."""
    for depth, text in lines:
        console.print(Padding(text, (0, 0, 0, depth)))


def _list(found: Sequence[Explanation], language: str) -> Iterator[Line]:
    yield 0, _text(f"{len(found)} {_WORDS[language]['things']}", "bold")
    for one in found:
        yield 2, _heading(one, language)
        yield 4, _text(one.iri, "dim")


def _whole(found: Explanation, language: str) -> Iterator[Line]:
    """Everything about one thing."""
    yield 0, _heading(found, language)
    if found.labels:
        yield 0, _text(f"{_WORDS[language]['also']} {'、'.join(found.labels)}")
    yield 0, _text(found.iri, "dim")
    yield from ((0, _text(f"{_WORDS[language]['decided']} {line}", "yellow")) for line in found.decisions)
    if found.progress:
        yield 0, _progress(found.progress, language)
    yield from _types(found, language)
    for (name, incoming), facts in groupby(found.facts, key=lambda f: (f.property, f.incoming)):
        yield from _section(f"{'← ' if incoming else ''}{vocabulary.named(name, language)}  zg:{name}")
        for fact in facts:
            yield from _fact(fact, language)
    yield from _figures(found.figures, language)


def _progress(steps: Sequence[Step], language: str) -> Text:
    """How far it has come: each status with the date of the first text that gives it, the one that holds marked."""
    line = _text(f"{_WORDS[language]['progress']} ")
    for at, step in enumerate(steps):
        now = _WORDS[language]["now"] if step.current else ""
        told = ", ".join(filter(None, (step.since, now)))
        name = vocabulary.named(step.status, language) + (f" ({told})" if told else "")
        line.append(" → " if at else "").append(name, "bold yellow" if step.current else "dim")
    return line


def _heading(found: Explanation, language: str) -> Text:
    kinds = "、".join(vocabulary.named(kind, language) for kind in found.types)
    return _text(found.name, "bold").append(f"  {kinds}", "cyan")


def _section(title: str) -> Iterator[Line]:
    yield 0, Text()
    yield 0, _text(title, "bold cyan")


def _types(found: Explanation, language: str) -> Iterator[Line]:
    """What shows the type: the first sentence alone, since every mention would do."""
    if found.kinds:
        yield from _section(_WORDS[language]["type"])
        yield from tellings(found.kinds[:1], (found.name, *found.labels), language)


def _fact(fact: Fact, language: str) -> Iterator[Line]:
    """A relation and what it rests on."""
    line = _text(fact.name, "bold")
    if fact.title:
        line.append(f"  {escape(fact.title)}")
    if fact.held or fact.inferred:
        line.append(f"  {_WORDS[language]['inferred' if fact.inferred else 'held']}", "yellow")
    yield 2, line
    yield from tellings(fact.claims, (fact.name,), language)


def _figures(found: Iterable[Figure], language: str) -> Iterator[Line]:
    """The figures under the names of their indicators."""
    for indicator, figures in groupby(found, key=lambda f: f.indicator):
        yield from _section(f"{indicator}")
        for figure in figures:
            yield 2, _figure(figure, language)
            yield from tellings(_distinct(figure.claims), (figure.text,), language)


def _figure(figure: Figure, language: str) -> Text:
    """Period, wording, growth and ranks in one line."""
    words = _WORDS[language]
    line = _text(figure.text, "bold")
    if figure.period:
        line = _text(f"{figure.period}  ").append_text(line)
    for growth in figure.growth:
        line.append(f"  {words['growth']} {growth}%" if figure.value else "")
    for rank in figure.ranks:
        basis = vocabulary.named(rank.basis, language)
        line.append(f"  {basis} {words['rank'].format(place=rank.place, among=escape(rank.among))}")
    return line


def _distinct(claims: Iterable[Telling]) -> list[Telling]:
    """One claim of those that say the same of an observation: its value, its growth and its ranks share a sentence."""
    seen: dict[object, Telling] = {}
    for claim in claims:
        seen.setdefault((claim.quotes, claim.status, claim.stated_by), claim)
    return list(seen.values())


def tellings(claims: Iterable[Telling], names: Sequence[str], language: str) -> Iterator[Line]:
    """Each claim: its quotes with the names in them underlined, then its circumstances."""
    for claim in claims:
        for quote in claim.quotes:
            yield 4, _quoted(quote, names)
        yield 6, _circumstances(claim, language)


def _quoted(quote: Quote, names: Sequence[str]) -> Text:
    """The verbatim piece, the names it is about made visible."""
    text = _text(f"“{quote.text}”")
    text.highlight_words([escape(name) for name in names if name], "underline")
    return text


def _circumstances(claim: Telling, language: str) -> Text:
    """Status, speaker, time, document, date and rule."""
    line = Text(style="dim")
    if claim.status:
        line.append(f"{vocabulary.named(claim.status, language)} · ", "not dim yellow")
    if claim.rejected:
        line.append(f"{_WORDS[language]['rejected']} {escape(claim.rejected)} · ", "not dim yellow")
    if claim.stated_by:
        line.append(f"{_WORDS[language]['by']} {escape(claim.stated_by)} · ")
    if claim.valid_from or claim.valid_to:
        line.append(f"{claim.valid_from or ''}–{claim.valid_to or ''} · ")
    for source in dict.fromkeys(quote.source for quote in claim.quotes):
        line.append(f"{escape(source.title)}{f', {source.issued}' if source.issued else ''} · ")
    return line.append(f"{escape(claim.rule)}{f' {claim.confidence}' if claim.confidence else ''}")


def _text(text: str, style: str = "") -> Text:
    return Text(escape(text), style)
