"""What a graph consists of, as a page: a card for each count and measure, each entry leading to what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.answers.stats import Entry, Section
from kg.graph import terms
from kg.pages import frame
from kg.pages.frame import Markup, Where, element, link

STYLES = ("stats_page.css",)
MORE = 1_000  # entries of a card that stands alone
_TABLE = "stats"
# What an entry counts, as a query; an entry of another section is a thing with a page of its own.
_COUNTED: Mapping[str, str] = {
    "types": "SELECT DISTINCT ?thing {{\n  ?thing a <{iri}> ; zg:mentionedIn ?document\n}}\nORDER BY ?thing",
    "relations": "SELECT ?subject ?object {{\n  ?subject <{iri}> ?object\n}}\nORDER BY ?subject ?object",
    "statuses": "SELECT ?subject ?relation ?object {{\n  GRAPH ?document {{ ?claim zg:status <{iri}> ; "
    "rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }}\n}}\nORDER BY ?subject ?relation ?object",
    "indicators": "SELECT ?thing ?period ?wording {{\n  ?figure zg:indicator <{iri}> ; zg:subject ?thing .\n"
    "  OPTIONAL {{ ?figure zg:period ?period }}\n  OPTIONAL {{ ?figure zg:valueText ?wording }}\n}}\n"
    "ORDER BY ?thing ?period",
}


def policy() -> str:
    """The content security policy of the page; it has no script."""
    return frame.policy(STYLES)


def page(found: Sequence[Section], kinds: Mapping[str, Sequence[str]], where: Where, here: str) -> str:
    """The page; `kinds` are the types of the things among the entries, `here` is its address in the other language."""
    title = where.say(_TABLE, "title")
    cards = [_card(one, kinds, where) for one in found if one.total]
    return frame.page(
        title,
        element("h1", title),
        element("p", where.say(_TABLE, "lead"), class_="quiet"),
        element("div", *cards, class_="cards") if cards else element("p", where.say(_TABLE, "none"), class_="empty"),
        where=where, here=here, styles=STYLES,
    )  # fmt: skip


def things(found: Sequence[Section]) -> list[str]:
    """The IRIs among the entries that may be things."""
    return [entry.iri for one in found if one.name not in _COUNTED for entry in one.entries]


def _card(one: Section, kinds: Mapping[str, Sequence[str]], where: Where) -> Markup:
    """A count or measure with its entries, and where the rest is."""
    heading = element("h2", one.zh if where.language == "zh" else one.en,
                      element("span", f"{one.total:,}", class_="count"))  # fmt: skip
    largest = max(entry.number for entry in one.entries)
    rows = (_row(one, entry, largest, kinds.get(entry.iri, ()), where) for entry in one.entries)
    return element("section", heading, element("ol", *rows), _feet(one, where), class_="sheet", id=one.name)


def _row(one: Section, entry: Entry, largest: float, kinds: Sequence[str], where: Where) -> Markup:
    """An entry: what it leads to, its number, and a bar for its share of the largest."""
    shown = [entry.iri.removeprefix(terms.ZG)] if one.name == "types" else kinds
    sign = frame.chip(shown[0]) if shown else None
    name = link(_place(one, entry, where), *([sign] if sign else []), entry.name, class_="named")
    if not largest:
        return element("li", name)
    number = element("span", f"{entry.number:,g}", class_="number")
    wide = max(round(100 * entry.number / largest, 1), 0.6)
    bar = element("svg", element("rect", width=f"{wide:g}", height=4), viewBox="0 0 100 4", preserveAspectRatio="none",
                  class_="bar", aria_hidden="true")  # fmt: skip
    return element("li", name, number, bar)


def _place(one: Section, entry: Entry, where: Where) -> str:
    """The address of what an entry counts."""
    if one.name in _COUNTED:
        return where.to("/sparql", query=_COUNTED[one.name].format(iri=entry.iri))
    return where.thing(entry.iri)


def _feet(one: Section, where: Where) -> Markup | None:
    """How many more there are, and the query that counts."""
    left = one.total - len(one.entries)
    more = (
        link(where.to("/stats", name=one.name, most=str(MORE)), where.say(_TABLE, "more").format(n=f"{left:,}"))
        if left
        else None
    )
    asked = link(where.to("/sparql", query=one.query.strip()), where.say(_TABLE, "query")) if one.query else None
    return element("p", more, asked, class_="quiet feet no-print") if more or asked else None
