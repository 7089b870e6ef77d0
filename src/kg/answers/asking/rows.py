"""The rows of an answer: what a query gave, in words, each with the claims it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.answers import claims, figures, lookup, query, vocabulary
from kg.answers.asking import wording
from kg.answers.claims import Telling
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.answers.query import Term

Solution = Mapping[str, "Term"]
MOST = 200
_CLAIMS = ("claim", "further")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value under its column; `iri` is the thing it names, if it names one."""

    column: str
    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, fact or figure of an answer: its cells, the same as a phrase, its statuses and its claims."""

    cells: tuple[Cell, ...]
    phrase: str
    statuses: tuple[str, ...]
    claims: tuple[Telling, ...]

    @property
    def name(self) -> str:
        """The first cell."""
        return self.cells[0].text

    @property
    def key(self) -> tuple[tuple[str, str | None], ...]:
        """What makes the row the same as another."""
        return tuple((cell.text, cell.iri) for cell in self.cells)


def solutions(store: Store, text: str) -> list[Solution]:
    """The solutions of a SELECT, each with the variables it binds."""
    from pyoxigraph import QuerySolutions

    answer = query.ask(store, text)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    rows = query.rows(answer, names)
    return [{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in rows]


Key = tuple[tuple[str, str], ...]
Groups = Mapping[Key, list[Solution]]


def groups(kind: str, found: Iterable[Solution]) -> Groups:
    """The solutions by what makes them one row: all but the claims, of a figure its name alone."""
    made: dict[Key, list[Solution]] = {}
    for solution in found:
        named = ("figure",) if kind in ("figures", "sum") else tuple(name for name in solution if name not in _CLAIMS)
        made.setdefault(tuple(sorted((name, str(solution[name])) for name in named)), []).append(solution)
    return made


def rows(store: Store, kind: str, found: Groups, language: str) -> tuple[Row, ...]:
    """The rows of a kind, at most 200 of them, in an order that does not hang on the store's."""
    ordered = found if kind in ("figures", "paths") else dict(sorted(found.items()))
    make = _MAKERS[kind]
    made = {row.key: row for group in islice(ordered.values(), MOST) for row in make(store, group, language)}
    return tuple(made.values()) if kind == "figures" else tuple(sorted(made.values(), key=lambda row: row.phrase))


def _told(store: Store, group: Iterable[Solution]) -> tuple[Telling, ...]:
    iris = sorted({solution[name].value for solution in group for name in _CLAIMS if name in solution})  # type: ignore[union-attr]
    return tuple(claims.telling(store, iri) for iri in iris)


def _statuses(tellings: Iterable[Telling]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(telling.status for telling in tellings if telling.status))


def _row(cells: tuple[Cell, ...], phrase: str, tellings: tuple[Telling, ...]) -> Row:
    return Row(cells, phrase, _statuses(tellings), tellings)


def _cell(store: Store, column: str, term: Term, language: str) -> Cell:
    iri = getattr(term, "value", "") if str(term).startswith("<") else None
    return Cell(column, lookup.name(store, iri, language) if iri else str(getattr(term, "value", term)), iri)


def _things(store: Store, group: list[Solution], language: str) -> list[Row]:
    """Things, years or labels: one cell, or two with the title of a position."""
    first, tellings = group[0], _told(store, group)
    columns = [name for name in ("thing", "year", "label", "title") if name in first]
    cells = tuple(_cell(store, name, first[name], language) for name in columns)
    phrase = wording.bracketed(*(cell.text for cell in cells), language=language)
    return [_row(cells, phrase, tellings)]


def _facts(store: Store, group: list[Solution], language: str) -> list[Row]:
    """Relations; a figure among them is put as a figure."""
    first, tellings = group[0], _told(store, group)
    subject = _cell(store, "subject", first["subject"], language)
    if lookup.value(store, subject.iri or "", terms.ZG + "subject"):
        return [_figure(store, subject.iri or "", language)]
    if "year" in first:
        year = _cell(store, "year", first["year"], language)
        return [_row((subject, year), wording.bracketed(subject.text, year.text, language=language), tellings)]
    if "title" in first:
        title, place = (_cell(store, name, first[name], language) for name in ("title", "object"))
        phrase = wording.position(subject.text, title.text, place.text, language)
        return [_row((subject, title, place), phrase, tellings)]
    relation, end = _cell(store, "property", first["property"], language), _end(store, first["object"], language)
    return [_row((subject, relation, end), wording.relation(subject.text, relation.text, end.text, language), tellings)]


def _end(store: Store, term: Term, language: str) -> Cell:
    """Where a relation leads: through a position to its organisation, with the title."""
    cell = _cell(store, "object", term, language)
    place = lookup.value(store, cell.iri, terms.ORG + "organization") if cell.iri else None
    if place is None:
        return cell
    title = lookup.value(store, cell.iri or "", terms.SCHEMA + "roleName") or ""
    return Cell("object", wording.bracketed(lookup.name(store, place, language), title, language=language), place)


def _figures(store: Store, group: list[Solution], language: str) -> list[Row]:
    return [_figure(store, group[0]["figure"].value, language)]  # type: ignore[union-attr]


def _figure(store: Store, iri: str, language: str) -> Row:
    """An observation with its growth, ranks and status."""
    found = figures.figure(store, iri)
    subject = lookup.value(store, iri, terms.ZG + "subject") or ""
    concept = lookup.value(store, iri, terms.ZG + "indicator")
    indicator = lookup.name(store, concept, language) if concept else ""
    cells = (
        Cell("subject", lookup.name(store, subject, language), subject),
        Cell("indicator", indicator),
        Cell("period", found.period or ""),
        Cell("value", wording.valued(found, language) if found.value else ""),
        Cell("growth", "、".join(f"{growth}%" for growth in found.growth)),
        Cell("ranks", wording.ranked(found, language)),
    )
    tellings = tuple({telling.quotes: telling for telling in found.claims}.values())
    statuses = tuple(dict.fromkeys([*([found.status] if found.status else []), *_statuses(tellings)]))
    return Row(cells, wording.figure(cells[0].text, indicator, found, language), statuses, tellings)


def _documents(store: Store, group: list[Solution], language: str) -> list[Row]:
    source = claims.source(store, group[0]["document"].value)  # type: ignore[union-attr]
    cells = (Cell("document", source.title, source.iri), Cell("issued", source.issued or ""))
    return [_row(cells, wording.bracketed(source.title, source.issued or "", language=language), ())]


def _paths(store: Store, group: list[Solution], language: str) -> list[Row]:
    """How two things are linked, by one claim or by two that share a third thing."""
    found = []
    for solution in group:
        hops = [solution[name].value for name in _CLAIMS if name in solution]  # type: ignore[union-attr]
        cells = tuple(_hop(store, claim, language) for claim in hops)
        found.append(_row(cells, wording.chained([cell.text for cell in cells], language), _told(store, [solution])))
    return found


def _hop(store: Store, claim: str, language: str) -> Cell:
    """A claim as a phrase."""
    from pyoxigraph import NamedNode

    subject, predicate, value = claims.triple(store, claim)
    end = _end(store, NamedNode(value), language).text if "://" in value else value
    verb = vocabulary.term(predicate, language)
    return Cell("property", wording.relation(lookup.name(store, subject, language), verb, end, language))


_MAKERS: Mapping[str, Callable[[Store, list[Solution], str], list[Row]]] = {
    "things": _things, "values": _things, "labels": _things, "facts": _facts, "figures": _figures, "sum": _figures,
    "documents": _documents, "paths": _paths,
}  # fmt: skip
