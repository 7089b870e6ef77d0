"""Looking things up in a store: the values of a property in whichever graph says so, and what a thing is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.answers import vocabulary
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Store

    Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing, or a plain text where `iri` is ""."""

    iri: str
    name: str
    types: tuple[str, ...]


def objects(store: Store, subject: str, predicate: str) -> list[Term]:
    """The objects in all graphs, each once, in a fixed order."""
    from pyoxigraph import Literal, NamedNode

    found = {q.object for q in store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)}
    return sorted((o for o in found if isinstance(o, NamedNode | Literal)), key=str)


def values(store: Store, subject: str, predicate: str) -> list[str]:
    """The same as plain strings."""
    return [term.value for term in objects(store, subject, predicate)]


def value(store: Store, subject: str, predicate: str) -> str | None:
    """The first of them."""
    return next(iter(values(store, subject, predicate)), None)


def subjects(store: Store, predicate: str, value: Term) -> list[str]:
    """Who has that value, in all graphs."""
    from pyoxigraph import NamedNode

    found = {q.subject.value for q in store.quads_for_pattern(None, NamedNode(predicate), value)
             if isinstance(q.subject, NamedNode)}  # fmt: skip
    return sorted(found)


def known(store: Store, iri: str) -> bool:
    """Whether the graph says anything of it."""
    from pyoxigraph import NamedNode

    return next(iter(store.quads_for_pattern(NamedNode(iri), None, None)), None) is not None


def labels(store: Store, iri: str) -> list[str]:
    """The preferred labels, or a document's title; then the others."""
    preferred = values(store, iri, terms.PREF_LABEL.value) or values(store, iri, terms.DCTERMS + "title")
    return list(dict.fromkeys([*preferred, *values(store, iri, terms.ALT_LABEL.value)]))


def name(store: Store, iri: str, language: str = "zh") -> str:
    """The preferred label in a language, else in any; a document's title; else what the ontology calls it."""
    found = objects(store, iri, terms.PREF_LABEL.value) or objects(store, iri, terms.DCTERMS + "title")
    spoken = [t.value for t in found if (getattr(t, "language", None) or "").startswith(language)]
    return next(iter(spoken + [t.value for t in found]), None) or vocabulary.term(iri, language)


def types(store: Store, iri: str) -> list[str]:
    """The contract's types of an entity, as local names."""
    from kg.records import EntityType

    given = {t.removeprefix(terms.ZG) for t in values(store, iri, terms.TYPE.value)}
    return [kind.value for kind in EntityType if kind.value in given]


def shown(store: Store, term: object, language: str = "zh") -> str:
    """How a person reads a term: a thing by its name, a term of a vocabulary by its prefix, a literal as it is."""
    from pyoxigraph import NamedNode

    if not isinstance(term, NamedNode):
        return str(getattr(term, "value", term))
    return name(store, term.value, language) if labels(store, term.value) else short(term.value)


def short(iri: str) -> str:
    """An IRI with its prefix where it has one, else its last two parts, else whole.

    >>> short("https://w3id.org/zonegraph/ontology#hosts")
    'zg:hosts'
    """
    for prefix, namespace in terms.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    kind, _, rest = iri.partition("/id/")[2].partition("/")
    return f"{kind}/{vocabulary.local(rest)}" if rest else iri


def thing(store: Store, iri: str, language: str = "zh") -> Thing:
    """What has that IRI, with its name and its types; a text that is no IRI as it is."""
    if "://" not in iri:
        return Thing("", iri, ())
    return Thing(iri, name(store, iri, language), tuple(types(store, iri)))
