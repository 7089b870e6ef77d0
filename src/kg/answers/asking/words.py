"""The words that questions are put in: those of `ontology/questions/words.toml`, and the labels of the ontology."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg import resources
from kg.answers import vocabulary
from kg.answers.asking.properties import properties
from kg.answers.names import bare
from kg.errors import RulesError
from kg.graph import terms
from kg.records import EntityType, Relation, Status


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a piece of a question: its kind, what it stands for, and for a thing its types."""

    kind: str
    values: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()


Phrases = Mapping[str, tuple[Reading, ...]]
_TABLES = ("types", "relations", "statuses")


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """What each phrase, without spaces, quotes and case, may be; RulesError where the file cannot be used."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for phrase, kind, value in (*_worded(), *_labelled(), *_indicators()):
        found.setdefault(bare(phrase), {}).setdefault(kind, {}).update({value: None} if value else {})
    return {phrase: tuple(map(_reading, kinds, kinds.values())) for phrase, kinds in found.items()}


def _reading(kind: str, values: Iterable[str]) -> Reading:
    given = tuple(values)
    return Reading(kind, given, frozenset(given) if kind == "type" else frozenset())


@lru_cache(maxsize=1)
def table() -> Mapping[str, Any]:
    """The file of words as it is."""
    file = resources.ontology() / "questions" / "words.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{file.name}: {error}; see ontology/questions/README.md") from None


def _worded() -> Iterator[tuple[str, str, str]]:
    """Phrase, kind and value of the file's words."""
    for kind, words in table()["kinds"].items():
        yield from ((word, kind, "") for word in words.split())
    for kind, several in table()["phrases"].items():
        yield from ((phrase, kind, "") for phrase in several)
    for name in _TABLES:
        kind = {"types": "type", "relations": "relation", "statuses": "status"}[name]
        for value, words in table()[name].items():
            yield from ((word, kind, value) for word in words.split())
    for name, several in table()["relation_phrases"].items():
        yield from ((phrase, "relation", name) for phrase in several)
    yield from ((plural, "type", name) for name, plural in table()["plurals"].items())


def _labelled() -> Iterator[tuple[str, str, str]]:
    """The ontology's own labels of types, relations with their inverses, and statuses."""
    relations = [relation.value for relation in Relation]
    inverses = [properties().inverse(name) for name in relations]
    named = [("type", kind.value) for kind in EntityType] + [("status", status.value) for status in Status]
    for kind, value in [*named, *(("relation", name) for name in dict.fromkeys([*relations, *inverses]))]:
        for language in ("zh", "en"):
            label = vocabulary.named(value, language)
            shorter = (label.removesuffix(" in"), label.removesuffix(" on"))
            yield from ((phrase, kind, value) for phrase in (label, *shorter))


def _indicators() -> Iterator[tuple[str, str, str]]:
    """The labels of the indicators' scheme."""
    from pyoxigraph import RdfFormat, parse

    labels = {terms.PREF_LABEL.value, terms.ALT_LABEL.value}
    for quad in parse(path=str(resources.ontology() / "schemes.ttl"), format=RdfFormat.TURTLE):
        iri = getattr(quad.subject, "value", "")
        if quad.predicate.value in labels and "/indicator/" in iri:
            yield getattr(quad.object, "value", ""), "indicator", iri
            for phrase in table()["indicator_phrases"].get(getattr(quad.object, "value", ""), ()):
                yield phrase, "indicator", iri


def named(kind: str, value: str, language: str) -> str:
    """What a type, relation or status is called; a type in English in the plural."""
    plurals: Mapping[str, str] = table()["plurals"]
    if kind == "type" and language == "en" and value in plurals:
        return plurals[value]
    return vocabulary.named(value, language)


def column(name: str, language: str) -> str:
    """The heading of a column."""
    found: Mapping[str, str] = next((one for one in table()["column"] if one["name"] == name), {})
    return str(found.get(language, name))
