"""A SPARQL query on a store: the prefixes bound, facts and inferred read together, nothing opened or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.answers import guard
from kg.errors import StoreError, UsageError
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import (
        BlankNode,
        DefaultGraph,
        Literal,
        NamedNode,
        QueryBoolean,
        QuerySolutions,
        QueryTriples,
        Store,
        Triple,
    )

    Answer = QuerySolutions | QueryBoolean | QueryTriples
    Term = NamedNode | BlankNode | Literal | Triple

Value = str | int | bool | Decimal | date | None
_AT = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_EVERYTHING = re.compile(r"SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", re.IGNORECASE)
_REASON = re.compile(r"(?:(?<=, )|(?<=of )|^)(?:[A-Z][a-z]+|The [A-Z]+)(?: \w+)+")
_INTEGERS = frozenset({"integer", "int", "long", "nonNegativeInteger"})


def ask(store: Store, text: str, *, inferred: bool = True) -> Answer:
    """What `text` asks, with the contract's prefixes bound unless the query binds them itself.

    The default graph is the facts together with what is inferred, or the facts alone; a query with FROM says itself
    what it reads. UsageError for one that is not SPARQL 1.1, that changes the graph, or that opens a connection.
    """
    guard.check(text)
    graphs = None if guard.names_dataset(text) else _graphs(inferred)
    try:
        return store.query(text, prefixes=dict(terms.PREFIXES), default_graph=graphs)
    except SyntaxError as error:
        raise UsageError(syntax(text, str(error))) from None
    except OSError as error:
        raise StoreError(f"the graph cannot be read: {error}; build it again") from None


def _graphs(inferred: bool) -> list[NamedNode | BlankNode | DefaultGraph]:
    """The graphs that a plain pattern reads."""
    from pyoxigraph import DefaultGraph

    return [DefaultGraph(), terms.INFERRED] if inferred else [DefaultGraph()]


def syntax(text: str, message: str) -> str:
    """Oxigraph's message as line, column and what stands there; its list of all that would fit is left out."""
    if not (found := _AT.match(message)):
        return f"query: {' '.join(message.split())}"
    line, column = int(found[1]), int(found[2])
    row = [*text.splitlines(), ""][line - 1]
    before, here = row[: column - 1].split()[-1:], row[column - 1 :].strip()[:20]
    if "Prefix not found" in found[3]:
        return f"query line {line}, column {column}: the prefix of {''.join(before)} is not bound; add PREFIX …: <…>"
    reason = _REASON.search(found[3])
    where = f"at '{here}'" if here else f"at the end of the line after '{''.join(before)}'" if before else "at the end"
    return f"query line {line}, column {column}: not SPARQL {where}{': ' + reason[0] if reason else ''}"


def value(term: Term | None) -> Value:
    """A term as a Python value: an IRI, a text or a blank node as str, numbers, dates and truth values as their own."""
    from pyoxigraph import Literal

    if term is None:
        return None
    if not isinstance(term, Literal):
        return getattr(term, "value", str(term))
    return _literal(term.value, term.datatype.value.removeprefix(terms.XSD))


def _literal(text: str, kind: str) -> Value:
    """A literal by its datatype; one whose text is not of its type stays text."""
    try:
        if kind == "decimal":
            return Decimal(text)
        if kind in _INTEGERS:
            return int(text)
        if kind == "date":
            return date.fromisoformat(text)
    except (ValueError, ArithmeticError):
        return text
    return text in ("true", "1") if kind == "boolean" else text


def columns(answer: QuerySolutions, text: str) -> tuple[str, ...]:
    """The names of a SELECT's variables in its order; of a SELECT * in that in which the query first names them."""
    given = tuple(variable.value for variable in answer.variables)
    named = tuple(dict.fromkeys(word[1:] for kind, word in guard.tokens(text) if kind == "name" and word[0] in "?$"))
    everything = _EVERYTHING.search(text) and set(named) == set(given)
    return named if everything else given


def rows(answer: QuerySolutions, names: Sequence[str]) -> Iterator[tuple[Term | None, ...]]:
    """The solutions, each term or None in the order of the columns."""
    return (tuple(solution[name] for name in names) for solution in answer)


def triples(answer: QueryTriples) -> list[Triple]:
    """What a CONSTRUCT or DESCRIBE gives, each triple once, in a fixed order."""
    return sorted(set(answer), key=str)
