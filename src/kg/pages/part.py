"""A part of a model: what a person picks out of a graph that is too large to look at as a whole."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeVar

from kg.errors import NotFoundError
from kg.pages.figures import Figure
from kg.pages.model import TYPES, Fact, Model, Node
from kg.pages.statements import Statement
from kg.pages.vocabulary import vocabulary

_Row = TypeVar("_Row", Node, Fact, Figure)
LIMIT = 20_000  # nodes of a page
SHOWN = 5_000  # of a graph beyond the limit, where nothing is picked


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page is to hold: everything unless something is named.

    `around` are names, aliases or IRIs of entities, from which `hops` relations are followed; `types` are local or
    Chinese names; `documents` are parts of titles or paths; `top` bounds the number of entities.
    """

    around: tuple[str, ...] = ()
    hops: int = 1
    top: int | None = None
    types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


EVERYTHING = Choice()


def part(model: Model, choice: Choice) -> Model:
    """The chosen part, degrees counted anew; `whole` tells how many entities the graph has.

    Of more than LIMIT entities the SHOWN most connected stay. NotFoundError for a name, type or document that the
    graph does not have.
    """
    if replace(choice, hops=EVERYTHING.hops) == EVERYTHING and len(model.nodes) <= LIMIT:
        return model
    said = _documents(model, choice.documents)
    kinds = _types(choice.types)
    first = _centres(model, choice.around)
    kept = {i for i, node in enumerate(model.nodes) if _fits(node, kinds, said) or i in first}
    if first:
        kept &= _near(model, first, choice.hops, kept, said)
    ranked = sorted(kept, key=lambda i: (i not in first, i))
    most = choice.top if choice.top is not None else SHOWN if len(ranked) > LIMIT else len(ranked)
    return _cut(model, set(ranked[:most]), said)


def _fits(node: Node, kinds: frozenset[str], said: frozenset[int] | None) -> bool:
    return (not kinds or bool(kinds & set(node.types))) and (said is None or bool(said & set(node.documents)))


def _documents(model: Model, wanted: Sequence[str]) -> frozenset[int] | None:
    """The documents whose title or path holds one of the texts; None where none is asked for."""
    found: set[int] = set()
    for text in wanted:
        fitting = {i for i, paper in enumerate(model.papers) if text in paper.title or text in paper.path}
        if not fitting:
            raise NotFoundError(f"no document of the graph has {text!r} in its title or path")
        found |= fitting
    return frozenset(found) if wanted else None


def _types(wanted: Sequence[str]) -> frozenset[str]:
    """Types by local name or by either label."""
    names = {said.casefold(): kind for kind in TYPES for said in (kind, *vocabulary().label(kind))}
    for text in wanted:
        if text.casefold() not in names:
            raise NotFoundError(f"no type {text!r}; there are {', '.join(TYPES)}")
    return frozenset(names[text.casefold()] for text in wanted)


def _centres(model: Model, wanted: Sequence[str]) -> frozenset[int]:
    """The entities of those names."""
    names: dict[str, set[int]] = {}
    for i, node in enumerate(model.nodes):
        for name in (node.name, node.english, *node.aliases, node.path, model.base + node.path):
            names.setdefault(_flat(name), set()).add(i)
    found: set[int] = set()
    for text in wanted:
        if _flat(text) not in names:
            near = ", ".join(get_close_matches(_flat(text), sorted(names), n=3, cutoff=0.5))
            raise NotFoundError(f"nothing in the graph is called {text!r}" + (f"; near it: {near}" if near else ""))
        found |= names[_flat(text)]
    return frozenset(found)


def _flat(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _near(model: Model, first: Iterable[int], hops: int, within: set[int], said: frozenset[int] | None) -> set[int]:
    """All that so many relations lead to, over entities that may stay."""
    links: dict[int, set[int]] = {}
    for fact in model.facts:
        if fact.object is not None and _told(fact.documents, said):
            links.setdefault(fact.subject, set()).add(fact.object)
            links.setdefault(fact.object, set()).add(fact.subject)
    found = edge = set(first)
    for _ in range(hops):
        edge = {other for node in edge for other in links.get(node, ()) if other in within} - found
        found = found | edge
    return found


def _told(documents: Sequence[int], said: frozenset[int] | None) -> bool:
    return said is None or bool(said & set(documents))


def _cut(model: Model, kept: set[int], said: frozenset[int] | None) -> Model:
    """The model with these nodes, what binds them and what is said of them; everything numbered anew."""
    facts = [fact for fact in model.facts if _whole(fact, kept) and _told(fact.documents, said)]
    figures = [figure for figure in model.figures if figure.subject in kept and _told(figure.documents, said)]
    degrees = Counter(end for fact in facts for end in {fact.subject, fact.object})
    order = sorted(kept, key=lambda i: (-degrees[i], i))
    rows: tuple[Fact | Figure | Node, ...] = (*facts, *figures, *(model.nodes[i] for i in order))
    told = _numbers(at for row in rows for at in row.statements)
    shelf = _numbers(piece.sentence for at in told for piece in model.statements[at].pieces)
    papers = _numbers([at for row in rows for at in row.documents] + [model.sentences[at].document for at in shelf])
    places = {old: new for new, old in enumerate(order)}
    return replace(
        model,
        whole=len(model.nodes),
        nodes=tuple(replace(_cited(model.nodes[i], papers, told), degree=degrees[i]) for i in order),
        facts=tuple(sorted((_fact(_cited(fact, papers, told), places) for fact in facts), key=lambda f: f.subject)),
        figures=tuple(
            sorted(
                (replace(_cited(row, papers, told), subject=places[row.subject]) for row in figures),
                key=lambda row: row.subject,
            )
        ),
        papers=tuple(model.papers[at] for at in papers),
        sentences=tuple(replace(model.sentences[at], document=papers[model.sentences[at].document]) for at in shelf),
        statements=tuple(_statement(model.statements[at], papers, shelf) for at in told),
        moved=tuple((path, places[at]) for path, at in model.moved if at in places),
    )


def _whole(fact: Fact, kept: set[int]) -> bool:
    return fact.subject in kept and (fact.object is None or fact.object in kept)


def _numbers(used: Iterable[int]) -> dict[int, int]:
    """New numbers of what is used, in the old order."""
    return {old: new for new, old in enumerate(sorted(set(used)))}


def _cited(row: _Row, papers: Mapping[int, int], told: Mapping[int, int]) -> _Row:
    return replace(
        row, documents=tuple(papers[at] for at in row.documents), statements=tuple(told[at] for at in row.statements)
    )


def _fact(fact: Fact, places: Mapping[int, int]) -> Fact:
    return replace(fact, subject=places[fact.subject], object=None if fact.object is None else places[fact.object])


def _statement(told: Statement, papers: Mapping[int, int], shelf: Mapping[int, int]) -> Statement:
    pieces = tuple(replace(piece, sentence=shelf[piece.sentence]) for piece in told.pieces)
    return replace(told, document=None if told.document is None else papers[told.document], pieces=pieces)
