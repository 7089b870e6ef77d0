"""An extraction as plain values: what `kg read` gives to other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from kg.records import Claim, Document, Extraction, Observation, Rank, Relation, Span

Plain = dict[str, Any]
COLUMNS = ("document", "kind", "subject", "predicate", "object", "period", "status", "rule", "start", "end", "quote")


def plain(reading: Extraction) -> Plain:
    """The whole reading as dicts and lists: names in place of indices, a quote with every span, nothing empty."""
    document = reading.document
    return {
        "document": _some(
            sha256=document.sha256, name=document.name, title=document.title, issued=document.issued,
            source=document.source, url=document.url,
        ),
        "mentions": [_mention(reading, i) for i in range(len(reading.referents))],
        "claims": [_claim(reading, claim) for claim in reading.claims],
        "figures": [_figure(reading, observation) for observation in reading.observations],
    }  # fmt: skip


def _some(**fields: object) -> Plain:
    return {name: value for name, value in fields.items() if value not in (None, (), [])}


def _quote(document: Document, span: Span) -> Plain:
    return {"start": span.start, "end": span.end, "quote": document.quote(span)}


def _quotes(reading: Extraction, spans: Iterable[Span]) -> list[Plain]:
    return [_quote(reading.document, span) for span in spans]


def _name(reading: Extraction, index: int | None) -> str | None:
    return None if index is None else reading.referents[index].name


def _mention(reading: Extraction, index: int) -> Plain:
    referent = reading.referents[index]
    return _some(
        name=referent.name, type=referent.type.value, aliases=list(referent.aliases), rule=referent.rule,
        at=_quotes(reading, referent.mentions),
    )  # fmt: skip


def _claim(reading: Extraction, claim: Claim) -> Plain:
    return _some(
        subject=_name(reading, claim.subject), predicate=claim.relation.value, object=target(reading, claim),
        title=claim.title, status=claim.status and claim.status.value, validFrom=claim.valid_from,
        validTo=claim.valid_to, statedBy=_name(reading, claim.stated_by), attribution=claim.attribution,
        rule=claim.rule, evidence=_quotes(reading, claim.evidence),
    )  # fmt: skip


def target(reading: Extraction, claim: Claim) -> str:
    """What the claim leads to: the other's name, or the year of a founding."""
    if claim.relation is Relation.FOUNDED_IN:
        return claim.year or ""
    return _name(reading, claim.object) or ""


def _figure(reading: Extraction, o: Observation) -> Plain:
    return _some(
        subject=_name(reading, o.subject), indicator=o.indicator, concept=o.concept, text=o.text,
        value=number(o.value), unit=o.unit, modifier=o.modifier.value, period=o.period and o.period.text,
        growthPercent=number(o.growth), growthBasis=o.growth_basis, ranks=[_rank(reading, rank) for rank in o.ranks],
        status=o.status and o.status.value, statedBy=_name(reading, o.stated_by), attribution=o.attribution,
        rule=o.rule, evidence=_quotes(reading, o.evidence),
    )  # fmt: skip


def _rank(reading: Extraction, rank: Rank) -> Plain:
    return {"place": rank.place, "among": among(reading, rank), "basis": rank.basis.value}


def among(reading: Extraction, rank: Rank) -> str:
    """What a rank compares, by name."""
    return rank.among if isinstance(rank.among, str) else reading.referents[rank.among].name


def number(value: Decimal | None) -> str | None:
    """A decimal without exponent, as text, so that no program rounds it."""
    return None if value is None else format(value, "f")


def statements(reading: Extraction) -> Iterator[tuple[str, ...]]:
    """One row a type, relation and figure, in the order of COLUMNS, with the first piece of its evidence."""
    key = reading.document.key
    for r in reading.referents:
        yield (key, "type", r.name, "type", r.type.value, "", "", r.rule, *_first(reading, r.evidence))
    for c in reading.claims:
        said = (_name(reading, c.subject) or "", c.relation.value, target(reading, c), c.title or "", c.status or "")
        yield (key, "relation", *said, c.rule, *_first(reading, c.evidence))
    for o in reading.observations:
        period = o.period.text if o.period else ""
        said = (_name(reading, o.subject) or "", o.indicator, o.text, period, o.status or "")
        yield (key, "figure", *said, o.rule, *_first(reading, o.evidence))


def _first(reading: Extraction, spans: tuple[Span, ...]) -> tuple[str, str, str]:
    """Start, end and quote of the first piece."""
    if not spans:
        return "", "", ""
    return str(spans[0].start), str(spans[0].end), reading.document.quote(spans[0])
