"""A document read through what was made of it: its sentences in order, each with the facts that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import claims, figures, lookup
from kg.answers.claims import Quote, Source, Telling
from kg.answers.figures import Figure
from kg.answers.lookup import Thing
from kg.answers.vocabulary import local
from kg.graph import terms
from kg.records import EntityType, Relation

if TYPE_CHECKING:
    from pyoxigraph import Store

_TYPES = tuple(kind.value for kind in EntityType)
_RELATIONS = frozenset(relation.value for relation in Relation)
_ABOUT_FIGURES = frozenset({"value", "growthPercent", "rank"})


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a document: a relation to `object` (with a position's `title`), or a `figure`."""

    subject: Thing
    property: str
    object: Thing | None
    title: str | None
    figure: Figure | None
    telling: Telling


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text and what rests on it."""

    quote: Quote
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: the sha256 of its text, the things it names, its passages in the order of the text."""

    source: Source
    sha256: str
    things: tuple[Thing, ...]
    passages: tuple[Passage, ...]


def paper(store: Store, iri: str, language: str = "zh") -> Paper:
    """The document of that IRI; names in the language where the graph has them in it."""
    from pyoxigraph import NamedNode

    named = lookup.subjects(store, terms.ZG + "mentionedIn", NamedNode(iri))
    things = sorted((lookup.thing(store, thing, language) for thing in named), key=_rank)
    said = list(_said(store, _claims(store, iri), language))
    return Paper(
        claims.source(store, iri),
        lookup.value(store, iri, terms.ZG + "sha256") or "",
        tuple(thing for thing in things if thing.types),
        tuple(_passages(said)),
    )


def _rank(thing: Thing) -> tuple[int, str, str]:
    """By type, in the contract's order."""
    return _TYPES.index(thing.types[0]) if thing.types else len(_TYPES), thing.name, thing.iri


def _claims(store: Store, iri: str) -> list[str]:
    """The claims in the document's own graph."""
    from pyoxigraph import NamedNode

    quads = store.quads_for_pattern(None, terms.TYPE, terms.zg("Claim"), NamedNode(iri))
    return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))


def _said(store: Store, found: Iterable[str], language: str) -> Iterator[Said]:
    """What the claims state; of which type a thing is, is left to the list of things."""
    for claim in found:
        subject, predicate, value = claims.triple(store, claim)
        name = local(predicate)
        if name in _ABOUT_FIGURES:
            about = lookup.value(store, subject, terms.ZG + "subject") or ""
            figure = figures.figure(store, subject, language)
            yield Said(lookup.thing(store, about, language), name, None, None, figure, claims.telling(store, claim))
        elif name in _RELATIONS:
            place = lookup.value(store, value, terms.ORG + "organization") if "://" in value else None
            title = lookup.value(store, value, terms.SCHEMA + "roleName") if place else None
            ends = (lookup.thing(store, end, language) for end in (subject, place or value))
            yield Said(next(ends), name, next(ends), title, None, claims.telling(store, claim))


def _passages(said: Iterable[Said]) -> Iterator[Passage]:
    """Statements by the longest piece that they rest on, in the order of the text; each figure once."""
    groups: dict[Quote, dict[tuple[str, ...], Said]] = {}
    for one in said:
        if not one.telling.quotes:
            continue
        longest = max(one.telling.quotes, key=lambda quote: (quote.end - quote.start, -quote.start))
        groups.setdefault(longest, {}).setdefault(_key(one), one)
    for quote in sorted(groups, key=lambda quote: (quote.start, quote.end)):
        yield Passage(quote, tuple(sorted(groups[quote].values(), key=_key)))


def _key(one: Said) -> tuple[str, ...]:
    end = one.object.name if one.object else one.figure.iri if one.figure else ""
    return one.subject.name, "" if one.figure else one.property, end, one.telling.status or ""
