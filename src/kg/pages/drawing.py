"""Some things of a graph and the relations between them, drawn as the graph page draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING

from kg.answers import lookup
from kg.graph import terms
from kg.pages.frame import Markup, Where, element
from kg.pages.model import model
from kg.pages.picture import svg

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

MOST = 60
_TABLE = "results"
_NAMING = (terms.TYPE, terms.PREF_LABEL, terms.zg("mentionedIn"))


def drawing(store: Store, iris: Iterable[str], where: Where, *, unfolded: bool = False) -> Markup | None:
    """A picture that unfolds; None for fewer than two things, more than MOST, or such as nothing relates."""
    things = [iri for iri in dict.fromkeys(iris) if lookup.types(store, iri)]
    if not 2 <= len(things) <= MOST:
        return None
    found = model(quad for iri in things for quad in _said(store, iri, frozenset(things)))
    if not any(fact.object is not None for fact in found.facts):
        return None
    summary = element("summary", where.say(_TABLE, "drawing").format(n=len(things)))
    drawn = Markup(svg(found, language=where.language))
    return element("details", summary, drawn, class_="sheet drawing", open=unfolded)


def _said(store: Store, iri: str, among: Set[str]) -> Iterator[Quad]:
    """What the picture needs of a thing: types, names, relations to the others, and the claims of these."""
    from pyoxigraph import DefaultGraph, NamedNode

    thing = NamedNode(iri)
    for quad in store.quads_for_pattern(thing, None, None, DefaultGraph()):
        if quad.predicate in _NAMING or getattr(quad.object, "value", "") in among:
            yield quad
    for told in store.quads_for_pattern(None, NamedNode(terms.RDF + "subject"), thing):
        claim = list(store.quads_for_pattern(told.subject, None, None, told.graph_name))
        ends = (q.object for q in claim if q.predicate.value == terms.RDF + "object")
        if any(getattr(end, "value", "") in among for end in ends):
            yield from claim
