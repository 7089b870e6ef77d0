"""What the ontology says of its properties: inverses, which statements imply them, and which types they join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg import resources
from kg.graph import terms
from kg.records import Relation

_RELATIONS = tuple(relation.value for relation in Relation)
_ANY = "Entity"
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Properties:
    """By local name: the inverse of a property, what it implies directly, its domain and its range (empty: any)."""

    inverses: Mapping[str, str]
    above: Mapping[str, Names]
    domains: Mapping[str, Names]
    ranges: Mapping[str, Names]

    def inverse(self, name: str) -> str:
        """The property read from the other side; itself where the ontology names none."""
        return self.inverses.get(name, name)

    def told_by(self, name: str) -> tuple[str, ...]:
        """The relations whose claims tell of a property: itself, those below it, and their inverses."""
        return tuple(relation for relation in _RELATIONS if name in self._implied(relation))

    def _implied(self, name: str) -> Names:
        """All that a relation says as well."""
        found, wave = {name}, [name]
        while wave:
            at = wave.pop()
            further = {self.inverse(at), *self.above.get(at, frozenset())} - found
            found |= further
            wave += sorted(further)
        return frozenset(found)

    def joins(self, name: str, subject: Names, value: Names) -> bool:
        """Whether a thing of those types may have the property, with a value of those types; empty stands for any."""
        return _meet(self.domains.get(name), subject) and _meet(self.ranges.get(name), value)


def _meet(allowed: Names | None, given: Names) -> bool:
    return not allowed or not given or _ANY in allowed or bool(allowed & given)


@lru_cache(maxsize=1)
def properties() -> Properties:
    """Those of the installed ontology; RulesError where there is none."""
    from pyoxigraph import RdfFormat, parse

    found: dict[str, dict[str, set[str]]] = {}
    for quad in parse(path=str(resources.ontology() / "zonegraph.ttl"), format=RdfFormat.TURTLE):
        subject, value = (getattr(node, "value", "") for node in (quad.subject, quad.object))
        if subject.startswith(terms.ZG) and value.startswith(terms.ZG):
            said = found.setdefault(quad.predicate.value, {}).setdefault(subject.removeprefix(terms.ZG), set())
            said.add(value.removeprefix(terms.ZG))
    inverses = {a: b for a, many in found[terms.OWL + "inverseOf"].items() for b in many}
    inverses |= {b: a for a, b in inverses.items()}
    domains, ranges = (_frozen(found[terms.SCHEMA + end]) for end in ("domainIncludes", "rangeIncludes"))
    turned = [(inverses[name], domains.get(name), ranges.get(name)) for name in (*domains, *ranges) if name in inverses]
    return Properties(
        inverses, _frozen(found[terms.RDFS + "subPropertyOf"]),
        {name: range_ for name, _, range_ in turned if range_} | domains,
        {name: domain for name, domain, _ in turned if domain} | ranges,
    )  # fmt: skip


def _frozen(found: Mapping[str, set[str]]) -> dict[str, Names]:
    return {name: frozenset(many) for name, many in found.items()}
