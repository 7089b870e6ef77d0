"""What every rule read in a document and what became of it: for finding out why something was said, or was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.extract.extraction import extraction, scene
from kg.extract.names.candidates import RANKS, Candidate
from kg.extract.names.mentions import candidates, mentions
from kg.extract.relations.claims import readings as matches
from kg.extract.relations.claims import refusal
from kg.extract.relations.matches import Match
from kg.extract.scene.scene import Scene
from kg.read.cells import is_table
from kg.records import Claim, Document, Extraction, Observation, Sentence, Span, Status
from kg.rules import Rules


class Kind(StrEnum):
    """What a rule reads."""

    NAME = "name"
    RELATION = "relation"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """One reading of one rule: `said` in words; `refused` is why it does not stand, "" where it does."""

    span: Span
    kind: Kind
    rule: str
    said: str
    refused: str = ""


def why(document: Document, rules: Rules) -> list[tuple[Sentence, tuple[Reading, ...]]]:
    """The sentences of a document, each with what was read in it, in the order of the text."""
    done = extraction(document, rules)
    read, _ = scene(document, rules)
    found: dict[int, set[Reading]] = {}
    named = _subjects(read, done) if is_table(document.text) else [*_names(read, done), *_anaphors(read)]
    related = [] if is_table(document.text) else _relations(read, done)
    for index, reading in [*named, *related, *_figures(read, done)]:
        found.setdefault(index, set()).add(reading)
    return [(sentence, tuple(sorted(found.get(sentence.index, ())))) for sentence in read.sentences]


def kind(rule: str, rules: Rules) -> Kind:
    """What a rule reads: relations have a pattern, rules of names begin with their sort, the others read figures."""
    if any(pattern["name"] == rule for pattern in rules.patterns):
        return Kind.RELATION
    return Kind.NAME if rule.split("-")[0] in RANKS else Kind.FIGURE


def _subjects(read: Scene, done: Extraction) -> Iterator[tuple[int, Reading]]:
    """The subjects of a table, whose cells say what they are."""
    for r in done.referents:
        for span in r.mentions:
            yield from _placed(read, Reading(span, Kind.NAME, r.rule, f"{r.type.value} {r.name}"))


def _names(read: Scene, done: Extraction) -> Iterator[tuple[int, Reading]]:
    """The names that stand, and those that lost to another reading."""
    outer, inner, _ = mentions(read.sentences, read.rules)
    kept = {span for referent in done.referents for span in referent.mentions}
    for c in [*outer, *inner]:
        sentence = read.sentences[c.sentence]
        refused = "" if sentence.span_of(c.start, c.end) in kept else "it stands inside a longer name, and only there"
        yield c.sentence, _name(sentence, c, refused)
    standing = {_identity(c) for c in [*outer, *inner]}
    for sentence in read.sentences:
        winners = [c for c in outer if c.sentence == sentence.index]
        for c in candidates(sentence, read.rules):
            if _identity(c) not in standing:
                yield c.sentence, _name(sentence, c, _lost(c, winners))


def _anaphors(read: Scene) -> Iterator[tuple[int, Reading]]:
    """What points back to a name, with whom it means."""
    for n in read.namings:
        if n.anaphor:
            span = read.sentences[n.sentence].span_of(n.start, n.end)
            yield n.sentence, Reading(span, Kind.NAME, "anaphor", f"{n.type.value} {read.referents[n.referent].name}")


def _identity(c: Candidate) -> tuple[int, int, int, str]:
    return c.sentence, c.start, c.end, c.rule


def _name(sentence: Sentence, c: Candidate, refused: str) -> Reading:
    return Reading(sentence.span_of(c.start, c.end), Kind.NAME, c.rule, f"{c.type.value} {c.name}", refused)


def _lost(c: Candidate, winners: Iterable[Candidate]) -> str:
    """To which reading a name lost, and why."""
    winner = next((w for w in winners if w.start < c.end and c.start < w.end), None)
    if winner is None:
        return "it begins with the name of a person"
    longer = winner.end - winner.start > c.end - c.start
    surer = "defined" if winner.rank >= RANKS["defined"] else "longer" if longer else "surer"
    return f"{winner.type.value} {winner.name} is {surer} ({winner.rule})"


def _relations(read: Scene, done: Extraction) -> Iterator[tuple[int, Reading]]:
    """The readings of all patterns: those that became claims, those that others had said, those that were refused."""
    by_ends: dict[tuple[object, ...], list[Claim]] = {}
    for claim in done.claims:
        by_ends.setdefault((claim.subject, claim.relation, claim.object, claim.year, claim.title), []).append(claim)
    for sentence, match in matches(read):
        other = match.object.referent if match.object else None
        alike = by_ends.get((match.subject.referent, match.relation, other, match.year, match.title), [])
        refused = refusal(match) or _said_before(match, alike)
        span = sentence.span_of(match.start, match.end)
        yield sentence.index, Reading(span, Kind.RELATION, match.pattern, _relation(read, match, alike), refused)


def _said_before(match: Match, alike: Sequence[Claim]) -> str:
    """Why a sound reading is no claim; "" where it is one."""
    if any(claim.rule == match.pattern for claim in alike):
        return ""
    return f"{alike[0].rule} says the same" if alike else "a surer relation of the two stands"


def _relation(read: Scene, match: Match, alike: Sequence[Claim]) -> str:
    """Subject, predicate, object, and the status of the claim."""
    status = next((claim.status for claim in alike if claim.rule == match.pattern), None)
    other = read.referents[match.object.referent].name if match.object else ""
    said = (read.referents[match.subject.referent].name, match.relation.value, other, match.year, match.title)
    return _joined(*said, _bracketed(status))


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _bracketed(status: Status | None) -> str:
    return f"[{status.value}]" if status else ""


def _figures(read: Scene, done: Extraction) -> Iterator[tuple[int, Reading]]:
    """The figures that stand, and the numbers that were refused."""
    for one in done.observations:
        yield from _placed(read, Reading(one.span, Kind.FIGURE, one.rule, _figure(done, one)))
    for r in done.rejections:
        if kind(r.rule, read.rules) is Kind.FIGURE:
            yield from _placed(read, Reading(r.span, Kind.FIGURE, r.rule, done.document.quote(r.span), r.reason))


def _placed(read: Scene, reading: Reading) -> Iterator[tuple[int, Reading]]:
    """With the sentence it stands in."""
    return ((s.index, reading) for s in read.sentences if s.span.holds(reading.span))


def _figure(done: Extraction, one: Observation) -> str:
    """Whose, what, when, how much, how far."""
    period = one.period.text if one.period else ""
    growth = f"{one.growth:+f}%" if one.growth is not None and one.value is not None else ""
    subject = done.referents[one.subject].name
    return _joined(subject, one.indicator, period, one.text, growth, _bracketed(one.status))
