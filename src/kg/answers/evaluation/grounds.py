"""Why something was missed: what stands at its place in the text, what was read there and refused, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.answers.evaluation.alignment import Case
from kg.answers.evaluation.tally import Count, Verdict
from kg.answers.evaluation.wording import normal
from kg.extract.text.sentences import sentences
from kg.extract.why import Kind, kind
from kg.graph.ontology import allowed
from kg.records import Claim, Extraction, Span
from kg.rules import load

NOTHING = "no rule read this"
_SHOWN = 3
Places = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A text's reading with the spans of its sentences."""

    reading: Extraction
    sentences: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The text."""
        return self.reading.document.text


def ground(reading: Extraction) -> Ground:
    """The ground of one reading."""
    return Ground(reading, tuple(sentence.span for sentence in sentences(reading.document)))


def sentence(found: Ground, places: Places) -> str:
    """The first sentence in which all ends are worded, else the first that words one of them; "" without any."""
    said, _ = _saying(found, places)
    return found.reading.document.quote(said[0]) if said else ""


def gap(case: Case, count: Count, found: Ground) -> str:
    """What is behind a miss, in words."""
    verdict = count.verdict or Verdict()
    match count.row:
        case "relations":
            return _relation(case, verdict, found)
        case "figures":
            return _figure(verdict, found)
    return _told([*_standing(verdict, found), *_refused(_at(found, verdict.places), found, Kind.NAME)])


def _told(reasons: Iterable[str]) -> str:
    return "; ".join(list(dict.fromkeys(reasons))[:_SHOWN]) or NOTHING


def _occurrences(found: Ground, wordings: Iterable[str]) -> list[Span]:
    """Where the text has one of the wordings, line breaks inside them or not; the longer wordings first."""
    spans: list[Span] = []
    for wording in sorted({word for word in wordings if word}, key=lambda word: (-len(word), word)):
        pattern = re.compile(r"\s*".join(map(re.escape, wording)), re.IGNORECASE)
        spans += [Span(*match.span()) for match in pattern.finditer(found.text)]
    return spans


def _at(found: Ground, places: Places) -> list[Span]:
    return [span for wordings in places for span in _occurrences(found, wordings)]


def _saying(found: Ground, places: Places) -> tuple[list[Span], bool]:
    """The sentences that word most of the ends, and whether that is all of them."""
    spans = [_occurrences(found, wordings) for wordings in places]
    hits = {s: sum(any(s.meets(span) for span in end) for end in spans) for s in found.sentences}
    most = max(hits.values(), default=0)
    return [s for s, n in hits.items() if n == most] if most else [], most == len(places)


def _standing(verdict: Verdict, found: Ground) -> Iterator[str]:
    """The names that were read where the wanted one stands."""
    spans = _at(found, verdict.places)
    for referent in found.reading.referents:
        if any(mention.meets(span) for mention in referent.mentions for span in spans):
            yield f"there stands {referent.type.value} {referent.name} ({referent.rule})"


def _refused(spans: Iterable[Span], found: Ground, what: Kind) -> Iterator[str]:
    """The readings at these places that a check refused, those of exactly the place first."""
    wanted = list(spans)
    refused = [r for r in found.reading.rejections if kind(r.rule, load()) is what]
    here = [r for r in refused if any(r.span.meets(span) for span in wanted)]
    for r in sorted(here, key=lambda r: (r.span not in wanted, r.span, r.rule, r.reason)):
        yield f"{r.rule} refused {found.reading.document.quote(r.span)}: {r.reason}"


def _relation(case: Case, verdict: Verdict, found: Ground) -> str:
    """An end that is no entity, another predicate, a refusal, ends that never meet in a sentence, or nothing."""
    if missing := list(_missing(case, verdict)):
        return _told(missing)
    if reasons := [*_otherwise(case, verdict), *_unfit(verdict, found)]:
        return _told(reasons)
    said, whole = _saying(found, verdict.places)
    return _told(_refused(said, found, Kind.RELATION)) if whole else "no sentence names both ends"


def _named(case: Case, wordings: tuple[str, ...]) -> set[str]:
    """The entities of the page that are the gold's entity of that name."""
    return {iri for iri, id in case.aligned.items() if case.gold.entity(id).name == wordings[0]}


def _missing(case: Case, verdict: Verdict) -> Iterator[str]:
    """The ends that are no entity of the page; the year of a founding is none."""
    names = {entity.name for entity in case.gold.entities}
    for wordings in verdict.places:
        if wordings[0] in names and not _named(case, wordings):
            yield f"no entity for {wordings[0]}"


def _otherwise(case: Case, verdict: Verdict) -> Iterator[str]:
    """What the page says of the two instead."""
    if len(verdict.places) == 2:
        ends = [_named(case, wordings) for wordings in verdict.places]
        for subject, predicate, other in sorted(case.page.relations):
            if (subject in ends[0] and other in ends[1]) or (subject in ends[1] and other in ends[0]):
                turned = subject in ends[1]
                yield f"read as {predicate}{', the other way round' if turned else ''}"


def _unfit(verdict: Verdict, found: Ground) -> Iterator[str]:
    """Claims of the reading that connect the two, but that the ontology refused."""
    names = [frozenset(map(normal, wordings)) for wordings in verdict.places]
    for claim in found.reading.claims:
        ends = [i for i in (claim.subject, claim.object) if i is not None]
        if _connects(found.reading, ends, names) and not _fits(claim, found):
            types = " → ".join(found.reading.referents[i].type.value for i in ends)
            yield f"{claim.rule} read {claim.relation.value}, which does not connect {types}"


def _connects(reading: Extraction, ends: list[int], names: list[frozenset[str]]) -> bool:
    return len(ends) == len(names) and all(_called(reading, i) & n for i, n in zip(ends, names, strict=True))


def _fits(claim: Claim, found: Ground) -> bool:
    types = [found.reading.referents[i].type for i in (claim.subject, claim.object) if i is not None]
    return allowed(claim.relation, *types)


def _called(reading: Extraction, index: int) -> frozenset[str]:
    referent = reading.referents[index]
    return frozenset(map(normal, (referent.name, *referent.aliases)))


def _figure(verdict: Verdict, found: Ground) -> str:
    """The number read otherwise, a refusal, or nothing."""
    spans = _at(found, verdict.places)
    return _told([*_measured(spans, found), *_refused(spans, found, Kind.FIGURE)])


def _measured(spans: list[Span], found: Ground) -> Iterator[str]:
    """The figures that were read at the place."""
    for one in found.reading.observations:
        if any(one.span.meets(span) for span in spans):
            subject = found.reading.referents[one.subject].name
            yield f"read as {subject} · {one.indicator} · {one.text} ({one.rule})"
