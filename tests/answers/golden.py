"""Readings made from gold files and then spoilt in many ways, to score graphs that are neither perfect nor empty."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kg.records import (
    Basis,
    Claim,
    Document,
    EntityType,
    Extraction,
    Modifier,
    Observation,
    Period,
    Rank,
    Referent,
    Relation,
    Span,
    Status,
)

UNITS = {"cny": "CCY_CNY", "usd": "CCY_USD", "m2": "M2", "m": "M", "nm": "NanoM", "count": "NUM", "percent": "PERCENT",
         "month": "MO", "times": "zg:Times"}


def reading(gold: Mapping[str, Any], name: str, text: str, dice: random.Random) -> Extraction:
    """What the gold says of the text; about one thing in five is left out or changed."""
    document = Document(text, name, text.strip().splitlines()[0], "2025-03")
    referents = tuple(_spoilt_referent(r, dice) for r in _referents(gold, document))
    place = {entity["id"]: i for i, entity in enumerate(gold["entities"])}
    claims = tuple(_claims(gold, document, place, dice))
    figures = tuple(_figures(gold, document, place, dice))
    return Extraction(document, referents, claims, figures)


def _sentence(text: str, at: int) -> Span:
    """The part of the line around a place that evidence may quote."""
    start = max(text.rfind("\n", 0, at) + 1, at - 100)
    end = text.find("\n", max(at, start + 1))
    return Span(start, min(len(text) if end < 0 else end, start + 250))


def _at(text: str, part: str) -> Span:
    at = max(text.find(part), 0)
    return Span(at, at + len(part))


def _referents(gold: Mapping[str, Any], document: Document) -> Iterator[Referent]:
    for entity in gold["entities"]:
        at = _at(document.text, entity["name"])
        kind = EntityType("GovernmentBody" if entity["type"] == "Government" else entity["type"])
        shown = (_sentence(document.text, at.start),)
        yield Referent(entity["name"], kind, tuple(entity["aliases"]), (at,), shown, "gold")


def _spoilt_referent(referent: Referent, dice: random.Random) -> Referent:
    roll = dice.random()
    if roll < 0.06:
        return replace(referent, name=referent.name + "甲", aliases=())
    if roll < 0.12:
        return replace(referent, type=dice.choice(list(EntityType)))
    if roll < 0.18 and referent.aliases:
        return replace(referent, name=referent.aliases[0], aliases=(referent.name, *referent.aliases[1:]))
    return replace(referent, aliases=(*referent.aliases, "我们")) if roll < 0.24 else referent


def _status(word: str | None, dice: random.Random) -> Status | None:
    given = Status(word) if word in set(Status) else None
    return dice.choice([given, given, given, None, Status.PLANNED, Status.UNDERWAY])


def _claims(gold: Mapping[str, Any], document: Document, place: dict[str, int], dice: random.Random) -> Iterator[Claim]:
    told = gold.get("relation_status", {})
    for i, (subject, name, other, *more) in enumerate(gold["relations"]):
        if dice.random() < 0.15:
            continue
        relation = Relation(name) if dice.random() < 0.9 else Relation.PART_OF
        names = [gold["entities"][place[x]]["name"] for x in (subject, other) if x]
        evidence = tuple(sorted({_sentence(document.text, _at(document.text, n).start) for n in names}))
        founding = relation is Relation.FOUNDED_IN
        target = None if founding else place.get(other)
        if target is None and not founding:
            continue
        yield Claim(
            place[subject], relation, target, evidence[: dice.choice([1, 2])], "gold",
            year=str(more[0]) if founding else None,
            title=more[0] if relation is Relation.HOLDS_POSITION and more and dice.random() < 0.8 else None,
            status=_status(told.get(str(i)), dice),
        )  # fmt: skip


def _figures(
    gold: Mapping[str, Any], document: Document, place: dict[str, int], dice: random.Random
) -> Iterator[Observation]:
    for o in gold["observations"]:
        at = _at(document.text, o.get("quote") or o["indicator"])
        if dice.random() < 0.15 or o["unit"] == "ordinal":
            continue
        value = None if o["value"] is None else Decimal(str(o["value"]))
        yield Observation(
            place[o["subject"]], o["indicator"][dice.choice([0, 0, 0, 2]) :] or "数", None, document.quote(at), at,
            value if dice.random() < 0.9 or value is None else value + 1,
            None if value is None else UNITS.get(str(o["unit"]), "NUM"),
            Modifier(o["modifier"]) if dice.random() < 0.8 else Modifier.ABOUT,
            (_around(document, at),), "gold", period=_period(o["period"], dice),
            growth=None if o["growth_percent"] is None else Decimal(str(o["growth_percent"])),
            ranks=tuple(Rank(r["place"], r["among"], Basis(r.get("of", "total"))) for r in o["rank"] or ()),
            status=_status(o.get("status"), dice),
        )  # fmt: skip


def _around(document: Document, at: Span) -> Span:
    found = _sentence(document.text, at.start)
    return found if found.holds(at) else at


def _period(text: str | None, dice: random.Random) -> Period | None:
    given = dice.choice([text, text, text, "2025-03", None])
    return Period(given, f"{given[:4]}-01-01", f"{given[:4]}-12-31") if given else None
