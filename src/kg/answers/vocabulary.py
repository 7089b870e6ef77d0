"""What the ontology calls its terms, for people: classes, properties and statuses in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg import resources
from kg.graph import terms

Labels = Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def labels() -> Labels:
    """IRI of a term -> language -> label; RulesError where the installation has no ontology."""
    from pyoxigraph import Literal, RdfFormat, parse

    wanted = {terms.RDFS + "label", terms.SKOS + "prefLabel"}
    found: dict[str, dict[str, str]] = {}
    for quad in parse(path=str(resources.ontology() / "zonegraph.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate.value in wanted and isinstance(quad.object, Literal):
            found.setdefault(quad.subject.value, {})[quad.object.language or ""] = quad.object.value
    return found


def term(iri: str, language: str) -> str:
    """The label of one of the ontology's terms in a language; its local name where it has none."""
    known = labels().get(iri, {})
    return known.get(language) or local(iri)


def named(name: str, language: str) -> str:
    """The label of a term of `zg:` by its local name."""
    return term(terms.ZG + name, language)


def local(iri: str) -> str:
    """The part of an IRI behind its last slash or hash, readable."""
    from urllib.parse import unquote

    return unquote(iri.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1])
