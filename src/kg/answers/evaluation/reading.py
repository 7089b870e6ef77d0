"""Facts ──▶ what each document tells: claims, then the entities, relations and figures that rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Quad

from kg.answers.evaluation.facts import CLAIM, LABELS, TYPE, Facts, facts, tail
from kg.answers.evaluation.measures import between, number, spelt
from kg.answers.evaluation.predicted import Counted, Key, Page, Piece, Predicted, Ranked, Thing, Told, end
from kg.answers.evaluation.wording import normal
from kg.errors import StoreError
from kg.graph.terms import OA, ORG, RDF, ZG
from kg.records import HELD_BACK, EntityType, Relation

TYPES = frozenset(kind.value for kind in EntityType)
RELATIONS = frozenset(relation.value for relation in Relation)
BACK = frozenset(map(str, HELD_BACK))
_WANTED = frozenset(ZG + name for name in RELATIONS)

Homes = dict[Key | str, set[str]]


def predicted(quads: Iterable[Quad]) -> Predicted:
    """What the dataset says; StoreError where it has no document."""
    found = facts(quads)
    pages = {iri: Page(iri) for iri in found.of_type(ZG + "Document")}
    if not pages:
        raise StoreError("the graph has no zg:Document; build it with kg build")
    claimed = _claimed(found, pages)
    homes: Homes = {}
    for page in pages.values():
        for key in page.told:
            homes.setdefault(key, set()).add(page.iri)
    _entities(found, pages, homes)
    plain = frozenset(triple for triple in found.default if triple[1] in _WANTED) or _anywhere(found)
    held = frozenset(key for key, claims in claimed.items() if _held_back(key, claims))
    _relations(found, pages, homes, plain, held)
    _figures(found, pages, homes)
    return Predicted(found, pages, plain, held, _titles(found, plain | held))


def _anywhere(found: Facts) -> frozenset[Key]:
    """The relations of a dataset that has no default graph."""
    return frozenset((s, p, o) for (s, p), values in found.values.items() if p in _WANTED for o in values)


def _claimed(found: Facts, pages: dict[str, Page]) -> dict[Key, list[Told]]:
    """All claims by what they say; each is put on the pages it belongs to."""
    claimed: dict[Key, list[Told]] = {}
    for iri in found.of_type(CLAIM):
        told = _told(found, iri)
        claimed.setdefault(told.key, []).append(told)
        for home in _homes(found, iri, told, pages):
            page = pages[home]
            page.claims.append(told)
            for key in (told.key, told.subject):
                page.told.setdefault(key, []).append(told)
    return claimed


def _told(found: Facts, iri: str) -> Told:
    subject, predicate, value = (found.one(iri, RDF + name) or "" for name in ("subject", "predicate", "object"))
    status = frozenset(map(tail, found.get(iri, ZG + "status")))
    pieces = tuple(_piece(found, e) for e in found.get(iri, ZG + "evidence"))
    return Told(subject, predicate, value, status, pieces, tail(found.one(iri, ZG + "rule") or ""))


def _piece(found: Facts, evidence: str) -> Piece:
    """A piece of evidence, whichever of its selectors says what."""
    selectors = found.get(evidence, OA + "hasSelector")
    start, stop, quote = (
        min((value for selector in selectors for value in found.get(selector, OA + name)), default=None)
        for name in ("start", "end", "exact")
    )
    return Piece(start, stop, quote, found.one(evidence, OA + "hasSource"))


def _homes(found: Facts, iri: str, told: Told, pages: dict[str, Page]) -> list[str]:
    """The documents whose graph holds the claim, else those it quotes."""
    inside = found.homes.get(iri, set()) & pages.keys()
    return sorted(inside or {piece.source for piece in told.pieces if piece.source in pages})


def _held_back(key: Key, claims: list[Told]) -> bool:
    """Whether no claim says that the relation holds; a plan to plan is a plan all the same."""
    relation = key[1] in _WANTED and key[1] != ZG + "plans" and all(key)
    return relation and all(claim.status & BACK for claim in claims)


def _entities(found: Facts, pages: dict[str, Page], homes: Homes) -> None:
    """The things that documents name, with the types that need evidence there."""
    for iri in sorted({iri for kind in TYPES for iri in found.members.get(ZG + kind, ())}):
        thing = _thing(found, iri)
        for home in found.get(iri, ZG + "mentionedIn"):
            if home in pages:
                pages[home].entities[iri] = thing
                keys: list[Key] = [(iri, TYPE, ZG + kind) for kind in sorted(thing.types)]
                pages[home].facts.update(key for key in keys if home in homes.get(key, {home}))


def _thing(found: Facts, iri: str) -> Thing:
    types = frozenset(tail(kind) for kind in found.get(iri, TYPE) if kind.startswith(ZG)) & TYPES
    return Thing(types, frozenset(map(normal, found.get(iri, LABELS[0]))), found.labels(iri))


def _relations(found: Facts, pages: dict[str, Page], homes: Homes, plain: frozenset[Key], held: frozenset[Key]) -> None:
    """The relations on the pages that vouch for them; where none does, on all that name both ends."""
    for key in sorted(plain | held):
        other = end(found, key)
        for home in sorted(homes.get(key) or _naming(pages, key, other)):
            page = pages[home]
            states = [claim.status for claim in page.told.get(key, ())]
            if key in plain:
                page.facts.add(key)
            if not states or not all("negated" in state for state in states):
                page.relations.setdefault((key[0], tail(key[1]), other), set()).update(*states)


def _naming(pages: dict[str, Page], key: Key, other: str) -> set[str]:
    year = key[1] == ZG + "foundedIn"
    return {p.iri for p in pages.values() if key[0] in p.entities and (year or other in p.entities)}


def _titles(found: Facts, keys: frozenset[Key]) -> dict[tuple[str, str], frozenset[str]]:
    """What is said of each object of a relation: of a membership, among other things the title."""
    titles: dict[tuple[str, str], frozenset[str]] = {}
    about: dict[str, set[str]] = {}
    for (subject, _), values in found.values.items():
        about.setdefault(subject, set()).update(map(normal, values))
    for key in sorted(keys):
        pair = key[0], end(found, key)
        roles = {label for role in found.get(key[2], ORG + "role") for label in found.labels(role)}
        titles[pair] = titles.get(pair, frozenset()) | about.get(key[2], set()) | roles
    return titles


def _figures(found: Facts, pages: dict[str, Page], homes: Homes) -> None:
    """The observations on the pages that vouch for them, else on those that name the subject."""
    for iri in found.of_type(ZG + "Observation"):
        counted = _counted(found, iri)
        naming = {page.iri for page in pages.values() if counted.subjects & page.entities.keys()}
        for home in sorted(homes.get(iri) or naming):
            claims = pages[home].told.get(iri, [])
            status = frozenset(word for claim in claims for word in claim.status)
            pieces = tuple(piece for claim in claims for piece in claim.telling)
            pages[home].figures[iri] = replace(counted, status=status, pieces=pieces)
            pages[home].facts.add(iri)


def _counted(found: Facts, iri: str) -> Counted:
    said = {name: found.one(iri, ZG + name) for name in _SINGLE}
    return Counted(
        frozenset(found.get(iri, ZG + "subject")),
        frozenset(label for concept in found.get(iri, ZG + "indicator") for label in found.labels(concept)),
        tuple(_ranks(found, iri)),
        number(said["value"]),
        number(said["growthPercent"]),
        tail(said["unit"] or "").upper(),
        frozenset(map(normal, found.get(iri, ZG + "valueText"))),
        spelt(said["period"]) or between(said["periodStart"], said["periodEnd"]),
        tail(said["modifier"] or "exact"),
    )


_SINGLE = ("value", "growthPercent", "unit", "period", "periodStart", "periodEnd", "modifier")


def _ranks(found: Facts, iri: str) -> Iterator[Ranked]:
    for rank in found.get(iri, ZG + "rank"):
        among = {thing: found.known_as(thing) for thing in found.get(rank, ZG + "among")}
        yield Ranked(number(found.one(rank, ZG + "place")), among, tail(found.one(rank, ZG + "rankBasis") or "total"))
