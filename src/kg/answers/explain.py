"""All that a graph knows of one thing, each line with the sentences it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.answers import claims, figures, lookup, names
from kg.answers.claims import Source, Telling, Triple
from kg.answers.figures import Figure
from kg.answers.progress import BUILT, Step, steps, tells
from kg.answers.vocabulary import local
from kg.errors import NotFoundError
from kg.graph import terms
from kg.records import EntityType, Relation

if TYPE_CHECKING:
    from pyoxigraph import Store

TYPES = frozenset(kind.value for kind in EntityType)
RELATIONS = tuple(relation.value for relation in Relation)


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation of the thing: to an `other` (its IRI), or to a plain value; `name` is what that is called.

    `incoming` where the thing is the object. `held` where no plain triple says so, only claims do; `inferred` where no
    claim does. `title` is that of a position.
    """

    property: str
    name: str
    other: str | None
    incoming: bool
    held: bool
    inferred: bool
    title: str | None
    claims: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing of the graph with everything said of it; `progress` where texts give it several statuses."""

    iri: str
    name: str
    types: tuple[str, ...]
    labels: tuple[str, ...]
    documents: tuple[Source, ...]
    kinds: tuple[Telling, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    decisions: tuple[str, ...] = ()
    progress: tuple[Step, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The same as dicts and lists, for JSON."""
        return asdict(self)


def explanation(store: Store, iri: str, language: str = "zh") -> Explanation:
    """What the graph says of the thing with that IRI; names in the language where the graph has them in it."""
    told = claims.of(store, iri)
    kinds = [t for (s, p, _), tellings in told.items() if s == iri and p == terms.TYPE.value for t in tellings]
    homes = lookup.values(store, iri, terms.ZG + "mentionedIn")
    labels = lookup.labels(store, iri)
    name = lookup.name(store, iri, language)
    types, stated = tuple(lookup.types(store, iri)), tuple(facts(store, iri, told, language))
    return Explanation(
        iri,
        name,
        types,
        tuple(label for label in labels if label != name),
        tuple(sorted((claims.source(store, home) for home in homes), key=lambda s: (s.issued or "~", s.iri))),
        tuple(kinds),
        stated,
        tuple(figures.about(store, iri, language)),
        tuple(lookup.values(store, iri, terms.ZG + "decision")),
        _progress(types, stated),
    )


def _progress(types: Iterable[str], stated: Iterable[Fact]) -> tuple[Step, ...]:
    """How far a thing that is built has come."""
    if not {kind.value for kind in BUILT} & set(types):
        return ()
    of_it = (fact for fact in stated if tells(Relation(fact.property), subject=not fact.incoming))
    return steps(claim for fact in of_it for claim in fact.claims)


def facts(store: Store, iri: str, told: Mapping[Triple, list[Telling]], language: str = "zh") -> list[Fact]:
    """Its relations: those that texts state, and with things that no text relates it to those that are inferred."""
    stated = [_stated(store, iri, key, tellings, language) for key, tellings in _with_positions(store, iri, told)]
    seen = {fact.other for fact in stated}
    inferred = [fact for fact in _inferred(store, iri, language) if fact.other not in seen]
    return sorted([*stated, *inferred], key=_order)


def _order(fact: Fact) -> tuple[bool, int, bool, bool, str]:
    """Where the thing is the subject first, in the order of the contract; what holds before what does not."""
    return fact.incoming, RELATIONS.index(fact.property), fact.inferred, fact.held, fact.name


def _with_positions(
    store: Store, iri: str, told: Mapping[Triple, list[Telling]]
) -> Iterator[tuple[Triple, list[Telling]]]:
    """The relations among the claims, and the positions that people hold at the thing, through their memberships."""
    from pyoxigraph import NamedNode

    yield from ((key, tellings) for key, tellings in told.items() if local(key[1]) in RELATIONS)
    for membership in lookup.subjects(store, terms.ORG + "organization", NamedNode(iri)):
        yield from claims.of(store, membership).items()


def _stated(store: Store, iri: str, key: Triple, tellings: list[Telling], language: str) -> Fact:
    """A relation that claims tell of, seen from the thing."""
    subject, predicate, value = key
    place = lookup.value(store, value, terms.ORG + "organization") if "://" in value else None
    other = subject if subject != iri else place or value
    title = lookup.value(store, value, terms.SCHEMA + "roleName") if place else None
    is_thing = "://" in other
    return Fact(
        local(predicate), lookup.name(store, other, language) if is_thing else other, other if is_thing else None,
        subject != iri, not _plain(store, key), False, title, tuple(tellings),
    )  # fmt: skip


def _plain(store: Store, key: Triple) -> bool:
    """Whether the default graph has it as a plain triple."""
    from pyoxigraph import DefaultGraph, NamedNode

    quads = store.quads_for_pattern(NamedNode(key[0]), NamedNode(key[1]), None, DefaultGraph())
    return any(getattr(q.object, "value", None) == key[2] for q in quads)


def _inferred(store: Store, iri: str, language: str) -> Iterator[Fact]:
    """The relations that no claim tells of: what a gazetteer brings along."""
    from pyoxigraph import NamedNode

    node = NamedNode(iri)
    for subject, value in ((node, None), (None, node)):
        for quad in store.quads_for_pattern(subject, None, value, terms.INFERRED):
            name, incoming = local(quad.predicate.value), quad.subject != node
            other = quad.subject if incoming else quad.object
            if name in RELATIONS and isinstance(other, NamedNode):
                called = lookup.name(store, other.value, language)
                yield Fact(name, called, other.value, incoming, False, True, None, ())


def explain(store: Store, name: str) -> list[Explanation]:
    """What the graph says of each thing that `name` means, most said of first; NotFoundError where it is none."""
    found = [explanation(store, iri) for iri in names.entities(store, name)]
    return sorted(found, key=lambda e: (-len(e.facts) - len(e.figures), e.iri))


def only(found: Explanation, words: Iterable[str]) -> Explanation:
    """The explanation with those facts and figures alone that fit all words: a property, a name, a title, a period.

    NotFoundError where none does.
    """
    from dataclasses import replace

    wanted = [names.bare(word) for word in words]
    kept = tuple(fact for fact in found.facts if all(_fits(word, _fact_words(fact)) for word in wanted))
    counted = tuple(f for f in found.figures if all(_fits(word, figures.words(f)) for word in wanted))
    if not kept and not counted:
        raise NotFoundError(f"of {found.name} the graph says nothing with {' '.join(words)}; leave that out to see all")
    return replace(found, facts=kept, figures=counted)


def _fits(word: str, offered: Iterable[str]) -> bool:
    return any(word in names.bare(text) for text in offered)


def _fact_words(fact: Fact) -> list[str]:
    from kg.answers import vocabulary

    labels = vocabulary.labels().get(terms.ZG + fact.property, {})
    return [fact.property, *labels.values(), fact.name, fact.title or ""]
