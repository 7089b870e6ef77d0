"""Whether a graph keeps the ontology's shapes and its checks: queries that must return nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions

from kg import resources
from kg.answers import claims, lookup, query, questions
from kg.answers.formats import plain
from kg.graph import shapes, terms
from kg.graph.shapes import Result

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.answers.query import Term

CHECK = "https://w3id.org/zonegraph/check/"
_SPARQL = "SPARQLConstraintComponent"


@dataclass(frozen=True, slots=True)
class Report:
    """All complaints in a fixed order; `statements` is how much was looked at."""

    conforms: bool
    results: tuple[Result, ...]
    statements: int

    def __bool__(self) -> bool:
        return self.conforms

    def turtle(self) -> bytes:
        """The same as a SHACL validation report."""
        return shapes.turtle(shapes.Report(self.conforms, self.results))


def report(store: Store) -> Report:
    """What breaks the shapes, then what the checks find; RulesError where the ontology itself is broken."""
    found = (*shapes.validate(store).results, *sorted(breaches(store)))
    return Report(not found, found, len(store))


def breaches(store: Store) -> Iterator[Result]:
    """One complaint a row of a check."""
    for file in sorted((resources.ontology() / "checks").glob("*.rq")):
        check = questions.question_of(file)
        answer = query.ask(store, check.text, inferred=False)
        assert isinstance(answer, QuerySolutions)
        for row in query.rows(answer, query.columns(answer, check.text)):
            yield _breach(store, f"{CHECK}{file.stem}", check, row)


def _breach(store: Store, name: str, check: questions.Question, row: tuple[Term | None, ...]) -> Result:
    """A row: what it is about is its first IRI; what else stands in it is the value."""
    things = [term for term in row if isinstance(term, NamedNode)]
    focus = things[0].value if things else plain(row[0])
    others = [lookup.shown(store, term) for term in row if term is not None and plain(term) != focus]
    quote, document = _sentence(store, focus)
    label = lookup.name(store, focus) if things else focus
    return Result(focus, name, "", "；".join(others), label, check.zh, check.en, _SPARQL, quote, document)


def _sentence(store: Store, iri: str) -> tuple[str, str]:
    """The first sentence behind anything said of the thing, with its document's title."""
    evidence = lookup.values(store, iri, terms.ZG + "evidence") if "://" in iri else []
    told = [quote for telling in claims.about(store, iri) for quote in telling.quotes] if "://" in iri else []
    quotes = [claims.quote(store, node) for node in evidence] or told
    return (quotes[0].text, quotes[0].source.title) if quotes else ("", "")
