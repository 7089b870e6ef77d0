"""How a term of RDF is shown: a thing by its sign and name, a term of a vocabulary by its label beside its prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.answers import lookup, vocabulary
from kg.pages import frame
from kg.pages.frame import Markup, Where, element, joined, link

if TYPE_CHECKING:
    from pyoxigraph import Store


def shown(store: Store, term: object, where: Where) -> Markup:
    """A term as a person reads it, leading to its page where it has one."""
    iri = getattr(term, "value", "") if str(term).startswith("<") else ""
    if not iri:
        return joined(str(getattr(term, "value", term)))
    name, kinds = lookup.shown(store, term, where.language), lookup.types(store, iri)
    if kinds:
        return frame.thing_link(name, iri, kinds, where)
    label = vocabulary.labels().get(iri, {}).get(where.language) or standard(name, where)
    if not label:
        return link(where.thing(iri), name, class_="link term", title=iri)
    return joined(label, " ", element("span", name, class_="quiet", title=iri))


def standard(name: str, where: Where) -> str:
    """What a term of another vocabulary is called, "" where nothing is known of it."""
    known = frame.words()["terms"].get(name)
    return known[where.language == "en"] if known else ""
