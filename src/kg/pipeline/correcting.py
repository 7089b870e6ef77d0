"""The curator's word on single facts: what is asserted with a quote, and which claims are rejected.

An assertion is one more claim of the document that its quote is out of, by the rule `curator`: it goes when that
document goes. A document's own claims are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.figures.tabled import period_of
from kg.records import Claim, EntityType, Extraction, Modifier, Observation, Referent, Relation, Span
from kg.resolve.decisions import Decision, Kind
from kg.resolve.names import folded

RULE = "curator"
VALUE, TYPE = "value", "type"
"""What can be asserted beside relations: a figure, and a thing that the reading lacks."""
LONGEST = 300
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_KINDS = {kind.value.lower(): kind for kind in EntityType}


@dataclass(frozen=True, slots=True)
class Told:
    """The object of an asserted figure, as its line has it: cells parted by bars.

    `indicator` and `text` are wordings, `period` a wording or empty; value, unit and the scheme's concept are written
    into the line when it is made, so that it says the same under later rules.
    """

    indicator: str
    text: str
    period: str = ""
    value: Decimal | None = None
    unit: str | None = None
    concept: str = ""

    @staticmethod
    def of(cells: str) -> Told:
        """The cells of a line; those that are missing are empty."""
        indicator, text, period, value, unit, concept = (cells.split("|") + [""] * 5)[:6]
        number = Decimal(value) if _NUMBER.fullmatch(value) else None
        return Told(indicator, text, period, number, unit if number is not None else None, concept)

    def __str__(self) -> str:
        value = "" if self.value is None else format(self.value, "f")
        return "|".join((self.indicator, self.text, self.period, value, self.unit or "", self.concept))


@dataclass(frozen=True, slots=True)
class Corrected:
    """Extractions with what was asserted, the reasons of rejected claims by their names, and what fits nothing."""

    readings: list[Extraction]
    rejected: Mapping[str, str]
    notes: tuple[str, ...]


def corrected(readings: Sequence[Extraction], decisions: Iterable[Decision]) -> Corrected:
    """Carry out assertions and collect rejections. Whether a rejected claim exists shows when the graph is made."""
    made = {reading.document.key: reading for reading in readings}
    notes, rejected = [], {}
    for decision in decisions:
        if decision.kind is Kind.ASSERT:
            outcome = asserted(decision, made)
            if isinstance(outcome, str):
                notes.append(f"{decision}: {outcome}")
            else:
                made[outcome.document.key] = outcome
        elif decision.kind is Kind.REJECT:
            rejected[decision.about[0].rpartition("/")[2]] = decision.reason or RULE
    return Corrected([made[reading.document.key] for reading in readings], rejected, tuple(notes))


def asserted(decision: Decision, readings: Mapping[str, Extraction]) -> Extraction | str:
    """The reading with one more claim, or why the assertion fits nothing."""
    subject, name, target, document, quote = decision.about
    reading = next((r for key, r in sorted(readings.items()) if key.startswith(document[:16])), None)
    if reading is None:
        return f"no document {document}"
    span = quoted(reading.document.text, quote)
    if span is None:
        return "the quote does not stand in the document"
    if name == VALUE:
        return _measured(reading, subject, Told.of(target), span)
    if name == TYPE:
        return _typed(reading, subject, target, span)
    if name not in set(Relation):
        return f"there is no property {name}"
    return _claimed(reading, subject, Relation(name), target, span)


def quoted(text: str, quote: str) -> Span | None:
    """Where the quote stands; a space in it may be any white space of the text, since a line holds no line break."""
    at = text.find(quote)
    if at < 0:
        plain = "".join(" " if character.isspace() else character for character in text)
        at = plain.find(quote)
    return Span(at, at + len(quote)) if at >= 0 and 0 < len(quote) <= LONGEST else None


def _claimed(reading: Extraction, subject: str, relation: Relation, target: str, span: Span) -> Extraction | str:
    """With a claim between things that the quote names."""
    end, _, title = target.partition("|")
    with_subject = _named(reading, subject, span)
    if isinstance(with_subject, str):
        return with_subject
    more, start = with_subject
    if relation is Relation.FOUNDED_IN:
        return _with(more, Claim(start, relation, None, (span,), RULE, year=end))
    with_both = _named(more, end, span)
    if isinstance(with_both, str):
        return with_both
    more, there = with_both
    return _with(more, Claim(start, relation, there, (span,), RULE, title=title or None))


def _measured(reading: Extraction, subject: str, told: Told, span: Span) -> Extraction | str:
    """With a figure whose wording the quote holds."""
    at = reading.document.text.find(told.text, span.start, span.end)
    if at < 0:
        return f"the quote does not hold {told.text}"
    period = period_of(told.period) if told.period else None
    if told.period and period is None:
        return f"{told.period} is no time; write it as the text does: 2024年"
    named = _named(reading, subject, span)
    if isinstance(named, str):
        return named
    more, start = named
    figure = Observation(
        start, told.indicator, told.concept or None, told.text, Span(at, at + len(told.text)), told.value, told.unit,
        Modifier.EXACT, (span,), RULE, period,
    )  # fmt: skip
    return replace(more, observations=(*more.observations, figure))


def _typed(reading: Extraction, name: str, kind: str, span: Span) -> Extraction | str:
    """With a thing of that type, which the text names and its reading lacks."""
    if kind.lower() not in _KINDS:
        return f"there is no type {kind}"
    more = _named(reading, f"{kind.lower()}/{name}", span)
    if isinstance(more, str):
        return more
    return more[0] if more[0] is not reading else f"the document has {name} as a {kind} already"


def _with(reading: Extraction, claim: Claim) -> Extraction:
    return replace(reading, claims=(*reading.claims, claim))


def _named(reading: Extraction, reference: str, span: Span) -> tuple[Extraction, int] | str:
    """The referent of a name, made where the text has none of it; the quote must hold one of its forms."""
    segment, slash, rest = reference.partition("/")
    kind = _KINDS.get(segment) if slash else None
    name = rest if kind else reference
    quote = folded(reading.document.quote(span))
    for index, referent in enumerate(reading.referents):
        forms = [folded(form) for form in (referent.name, *referent.aliases)]
        if kind in (None, referent.type) and folded(name) in forms:
            return (reading, index) if any(form in quote for form in forms) else f"the quote does not name {name}"
    if kind is None:
        return f"the document names no {name}; write type/name to add it"
    at = reading.document.text.find(name, span.start, span.end)
    if at < 0:
        return f"the quote does not name {name}"
    referent = Referent(name, kind, (), (Span(at, at + len(name)),), (span,), RULE)
    return replace(reading, referents=(*reading.referents, referent)), len(reading.referents)
