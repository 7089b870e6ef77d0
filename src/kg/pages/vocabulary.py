"""What the ontology calls its terms, in Chinese and English, for legend and panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import resources
from kg.errors import RulesError
from kg.graph.terms import OWL, RDFS, SKOS, ZG

_LABELS = (RDFS + "label", SKOS + "prefLabel")
_INVERSE = OWL + "inverseOf"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Labels (Chinese, English) by local name, and the inverse of a property where the ontology has one."""

    labels: Mapping[str, tuple[str, str]]
    inverses: Mapping[str, str]

    def label(self, name: str) -> tuple[str, str]:
        """Both labels of a term; its local name where the ontology says nothing."""
        return self.labels.get(name, (name, name))

    def backward(self, relation: str) -> tuple[str, str] | None:
        """Both labels of the inverse, or None."""
        return self.label(self.inverses[relation]) if relation in self.inverses else None


def vocabulary() -> Vocabulary:
    """That of the installed ontology; an empty one where there is none, for a page must show any graph."""
    try:
        return _read(resources.ontology() / "zonegraph.ttl")
    except RulesError:
        return Vocabulary({}, {})


@lru_cache(maxsize=2)
def _read(file: Path) -> Vocabulary:
    """The terms of one ontology file."""
    labels: dict[str, dict[str, str]] = {}
    inverses: dict[str, str] = {}
    for quad in parse(path=str(file), format=RdfFormat.TURTLE):
        subject, term = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not subject.value.startswith(ZG):
            continue
        name = subject.value.removeprefix(ZG)
        if quad.predicate.value in _LABELS and isinstance(term, Literal):
            labels.setdefault(name, {}).setdefault(term.language or "", term.value)
        elif quad.predicate.value == _INVERSE and isinstance(term, NamedNode):
            inverses |= {name: term.value.removeprefix(ZG), term.value.removeprefix(ZG): name}
    return Vocabulary({name: _pair(name, found) for name, found in labels.items()}, inverses)


def _pair(name: str, found: Mapping[str, str]) -> tuple[str, str]:
    english = found.get("en", name)
    return found.get("zh", english), english
