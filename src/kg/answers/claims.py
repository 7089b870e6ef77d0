"""The claims about a thing, each with the sentences it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import lookup
from kg.answers.vocabulary import local
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its reader knows it."""

    iri: str
    title: str
    issued: str | None
    path: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a document's text; `start` and `end` count its code points."""

    text: str
    start: int
    end: int
    source: Source


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim: who states it on what evidence, and how far it has come; `rejected` is a curator's reason."""

    iri: str
    rule: str
    confidence: str | None
    status: str | None
    stated_by: str | None
    valid_from: str | None
    valid_to: str | None
    quotes: tuple[Quote, ...]
    rejected: str | None = None


Triple = tuple[str, str, str]


def of(store: Store, iri: str) -> dict[Triple, list[Telling]]:
    """The claims with that subject or object, by what they say."""
    from pyoxigraph import NamedNode

    node = NamedNode(iri)
    found = [*lookup.subjects(store, terms.RDF + "subject", node), *lookup.subjects(store, terms.RDF + "object", node)]
    told: dict[Triple, list[Telling]] = {}
    for claim in dict.fromkeys(found):
        told.setdefault(triple(store, claim), []).append(telling(store, claim))
    return told


def about(store: Store, iri: str) -> Iterator[Telling]:
    """The claims with that subject or object, one after the other."""
    for tellings in of(store, iri).values():
        yield from tellings


def triple(store: Store, claim: str) -> Triple:
    """Subject, predicate and object of a claim, literals as their text."""
    s, p, o = (lookup.value(store, claim, terms.RDF + name) or "" for name in ("subject", "predicate", "object"))
    return s, p, o


def telling(store: Store, claim: str) -> Telling:
    """A claim in full."""
    said = {name: lookup.value(store, claim, terms.ZG + name) for name in _PROPERTIES}
    speaker = said["statedBy"]
    quotes = [quote(store, evidence) for evidence in lookup.values(store, claim, terms.ZG + "evidence")]
    return Telling(
        claim,
        local(said["rule"] or ""),
        said["confidence"],
        local(said["status"]) if said["status"] else None,
        lookup.name(store, speaker) if speaker else said["attribution"],
        said["validFrom"],
        said["validTo"],
        tuple(sorted(quotes, key=lambda q: (q.source.iri, q.start, q.end))),
        said["rejected"],
    )


_PROPERTIES = ("rule", "confidence", "status", "statedBy", "attribution", "validFrom", "validTo", "rejected")


def quote(store: Store, evidence: str) -> Quote:
    """What an evidence node quotes."""
    selector = lookup.value(store, evidence, terms.OA + "hasSelector") or ""
    start, end, exact = (lookup.value(store, selector, terms.OA + name) for name in ("start", "end", "exact"))
    origin = lookup.value(store, evidence, terms.OA + "hasSource") or ""
    return Quote(exact or "", int(start or 0), int(end or 0), source(store, origin))


def source(store: Store, document: str) -> Source:
    """A document's title (its file's name where it has none), date and address."""
    title, issued = (lookup.value(store, document, terms.DCTERMS + name) for name in ("title", "issued"))
    path, url = lookup.value(store, document, terms.ZG + "path"), lookup.value(store, document, terms.SCHEMA + "url")
    return Source(document, title or path or local(document), issued, path, url)
