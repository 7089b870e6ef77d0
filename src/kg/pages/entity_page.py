"""A thing of the graph as a page: what it is called, its figures, relations and documents, each with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kg.answers import vocabulary
from kg.answers.asking import wording
from kg.answers.asking.properties import properties
from kg.answers.explain import Explanation, Fact
from kg.answers.figures import Figure
from kg.answers.progress import Step
from kg.pages import frame
from kg.pages.frame import Markup, Where, element, joined, link
from kg.records import HELD_BACK

STYLES = ("entity_page.css",)
_NEIGHBOURS = 60
_TABLE = "entity"


def policy() -> str:
    """The content security policy of the page; it has no script."""
    return frame.policy(STYLES)


def page(
    found: Explanation, kinds: dict[str, tuple[str, ...]], where: Where, here: str, drawn: Markup | None = None
) -> str:
    """The page of a thing; `kinds` are the types of those around it, `here` is its address in the other language, and
    `drawn` a picture of it among those.
    """
    bare = not found.facts and not found.figures
    sections = (
        _head(found, where),
        element("p", where.say(_TABLE, "none"), class_="empty") if bare else None,
        _figures(found.figures, where),
        _facts(found, kinds, where),
        _near(found.facts, kinds, where),
        drawn,
        _documents(found, where),
    )
    return frame.page(found.name, *sections, where=where, here=here, styles=STYLES)


def _head(found: Explanation, where: Where) -> Markup:
    """Sign, name, types, other names, and where the data is."""
    types = "、".join(vocabulary.named(kind, where.language) for kind in found.types)
    also = (
        element("p", element("span", where.say(_TABLE, "also"), class_="label"),
                *(element("span", label, class_="alias") for label in found.labels), class_="aliases")
        if found.labels else None
    )  # fmt: skip
    progress = _progress(found.progress, where)
    title = element("div", element("h1", found.name), element("p", types, class_="type"), also, progress)
    sign = frame.chip(found.types[0], "") if found.types else None
    why = frame.tellings(found.kinds[:1], (found.name, *found.labels), where)
    unfold = element("details", element("summary", where.say(_TABLE, "type")), why, class_="because") if why else None
    return element("div", element("div", sign, title, class_="lead"), _actions(found, where), unfold, class_="thing")


def _progress(steps: Sequence[Step], where: Where) -> Markup | None:
    """How far it has come, the earlier statuses before the one that holds."""
    if not steps:
        return None
    parts = (
        element("span", frame.badge(step.status, where.language), " " if step.since else None, step.since,
                element("b", where.say(_TABLE, "now")) if step.current else None, class_="step")
        for step in steps
    )  # fmt: skip
    return element("p", element("span", where.say(_TABLE, "progress"), class_="label"), *parts, class_="progress")


def _actions(found: Explanation, where: Where) -> Markup:
    """The data in other forms, and a comparison."""
    place = where.thing(found.iri).partition("?")[0]
    forms = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"))
    other = (
        link(where.to("/compare", thing=found.name), where.say(_TABLE, "compare"), class_="tool")
        if found.figures
        else None
    )
    data = (link(f"{place}?format={form}", name, class_="tool") for name, form in forms)
    return element("div", other, *data, element("span", found.iri, class_="quiet iri"), class_="row actions no-print")


def _figures(found: Sequence[Figure], where: Where) -> Markup | None:
    """The figures as a table; under each the sentences."""
    if not found:
        return None
    heads = (
        element("th", where.say(_TABLE, word), scope="col")
        for word in ("indicator", "period", "value", "growth", "rank")
    )
    rows = (joined(*_figure(figure, where)) for figure in found)
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="figures")
    return element(
        "section", _heading("figures", len(found), where), element("div", table, class_="scroll"), class_="sheet"
    )


def _figure(figure: Figure, where: Where) -> Iterator[Markup]:
    plan = figure.status in HELD_BACK
    status = frame.badge(figure.status, where.language) if figure.status else None
    growth = " / ".join(f"{value}%" if value.startswith("-") else f"+{value}%" for value in figure.growth)
    value = wording.valued(figure, where.language) if figure.value else ""
    ranks = wording.ranked(figure, where.language)
    much = element("span", value, class_="tight")
    first = (element("th", figure.indicator, scope="row"), element("td", figure.period or "", class_="tight"),
             element("td", much, " " if status else None, status, class_="value"))  # fmt: skip
    yield element(
        "tr", *first, element("td", growth, class_="tight"), element("td", ranks), class_="plan" if plan else None
    )
    why = frame.tellings(figure.claims, (figure.text,), where)
    unfold = element("details", element("summary", where.say(_TABLE, "sentences")), why, class_="because")
    yield element("tr", element("td", unfold, colspan=5), class_="why")


def _heading(word: str, number: int, where: Where) -> Markup:
    return element("h2", where.say(_TABLE, word), element("span", str(number), class_="count"))


def _facts(found: Explanation, kinds: dict[str, tuple[str, ...]], where: Where) -> Markup | None:
    """The relations, those of one property together."""
    if not found.facts:
        return None
    groups = groupby(found.facts, key=lambda fact: (fact.property, fact.incoming))
    parts = (_group(name, incoming, tuple(facts), kinds, where) for (name, incoming), facts in groups)
    return element("section", _heading("facts", len(found.facts), where), *parts, class_="sheet")


def _group(
    name: str, incoming: bool, facts: Sequence[Fact], kinds: dict[str, tuple[str, ...]], where: Where
) -> Markup:  # fmt: skip
    seen = properties().inverse(name) if incoming else name
    number = element("span", str(len(facts)), class_="count")
    heading = element("h3", vocabulary.named(seen, where.language), number)
    return joined(heading, *(_fact(fact, kinds, where) for fact in facts))


def _fact(fact: Fact, kinds: dict[str, tuple[str, ...]], where: Where) -> Markup:
    """The other end with its statuses, and the sentences."""
    statuses = dict.fromkeys(claim.status for claim in fact.claims if claim.status)
    if fact.other:
        end = frame.thing_link(fact.name, fact.other, kinds.get(fact.other, ()), where)
    else:
        end = element("span", fact.name, class_="literal")
    note = where.say(_TABLE, "inferred") if fact.inferred else where.say(_TABLE, "held") if fact.held else None
    badges = (frame.badge(status, where.language) for status in statuses)
    ends = element("div", end, fact.title and element("span", fact.title, class_="literal"), *badges,
                   note and element("span", note, class_="quiet"), class_="ends")  # fmt: skip
    names = (fact.name, *((fact.title,) if fact.title else ()))
    plan = bool(statuses) and set(statuses) <= {"planned", "target"}
    void = bool(statuses) and set(statuses) <= {"negated", "terminated"}
    return element(
        "div", ends, frame.tellings(fact.claims, names, where), class_=f"fact{' plan' * plan}{' void' * void}"
    )


def _near(facts: Sequence[Fact], kinds: dict[str, tuple[str, ...]], where: Where) -> Markup | None:
    """The things around, by type, each once."""
    others = dict.fromkeys((fact.other, fact.name) for fact in facts if fact.other)
    if len(others) < 2:
        return None
    order = sorted(others, key=lambda pair: (kinds.get(pair[0], ("~",))[:1], pair[1]))[:_NEIGHBOURS]
    links = (frame.thing_link(name, iri, kinds.get(iri, ()), where) for iri, name in order)
    return element(
        "section", _heading("near", len(others), where), element("div", *links, class_="row near"), class_="sheet"
    )


def _documents(found: Explanation, where: Where) -> Markup | None:
    if not found.documents:
        return None
    rows = (element("li", frame.source_link(source, where)) for source in found.documents)
    return element(
        "section",
        _heading("documents", len(found.documents), where),
        element("ul", *rows, class_="papers"),
        class_="sheet",
    )


Pair = tuple[Markup, Markup]


def plain(
    name: str, iri: str, own: Iterable[Pair], naming: Iterable[Pair], quotes: Iterable[str], where: Where, here: str
) -> str:
    """The page of what is no thing of the text: a claim, a figure, a term. `own` are its statements, `naming` those of
    which it is the object, as terms that are shown already.
    """
    texts = tuple(quotes)
    sections = (
        element("h1", name),
        element("p", iri, class_="quiet iri"),
        _table("statements", own, where),
        _quotes(texts, where),
        _table("named", naming, where),
    )  # fmt: skip
    return frame.page(name, *(part for part in sections if part), where=where, here=here, styles=STYLES)


def _quotes(texts: Sequence[str], where: Where) -> Markup | None:
    if not texts:
        return None
    return element(
        "section", _heading("quotes", len(texts), where), *(element("blockquote", t) for t in texts), class_="sheet"
    )


def _table(word: str, rows: Iterable[Pair], where: Where) -> Markup | None:
    """Statements as two columns of links."""
    given = tuple(rows)
    if not given:
        return None
    body = (element("tr", *(element("td", term) for term in pair)) for pair in given)
    table = element("div", element("table", element("tbody", *body)), class_="scroll stated")
    return element("section", _heading(word, len(given), where), table, class_="sheet")
