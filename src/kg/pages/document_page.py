"""A document as a page: where it comes from, what it names, and its sentences with the facts that rest on them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kg.answers import vocabulary
from kg.answers.asking import wording
from kg.answers.figures import Figure
from kg.answers.lookup import Thing
from kg.answers.passages import Paper, Passage, Said
from kg.pages import frame
from kg.pages.entity_page import STYLES
from kg.pages.frame import Markup, Where, element, joined, link
from kg.records import HELD_BACK

_TABLE = "document"


def page(found: Paper, where: Where, here: str) -> str:
    """The page of a document; `here` is its address in the other language."""
    source = found.source
    facts = sum(len(passage.said) for passage in found.passages)
    content = (
        _head(found, where),
        _things(found.things, where),
        element(
            "section", _heading("passages", facts, where), *(_passage(one, where) for one in found.passages),
            class_="sheet",
        ) if found.passages else None,
    )  # fmt: skip
    return frame.page(source.title, *content, where=where, here=here, styles=STYLES)


def _head(found: Paper, where: Where) -> Markup:
    """Title, date, path, and the text and the data to be kept."""
    source = found.source
    meta = [part for part in (source.issued, source.path if source.path != source.title else None) if part]
    web = source.url if source.url and source.url.startswith(("http://", "https://")) else ""
    origin = link(web, where.say(_TABLE, "origin"), class_="link", rel="noreferrer") if web else None
    about = element("p", *(element("span", part) for part in meta), origin, class_="meta")
    place = f"{where.root}/document/{found.sha256}"
    forms = ((where.say(_TABLE, "text"), "txt"), ("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"))
    kept = (link(f"{place}?format={form}", name, class_="tool") for name, form in forms)
    return element(
        "div", element("h1", source.title), about,
        element("div", *kept, element("span", source.iri, class_="quiet iri"), class_="row actions no-print"),
        class_="thing",
    )  # fmt: skip


def _heading(word: str, number: int, where: Where) -> Markup:
    return element("h2", where.say(_TABLE, word), element("span", str(number), class_="count"))


def _things(things: Sequence[Thing], where: Where) -> Markup | None:
    """The things that the document names, by type."""
    if not things:
        return None
    groups = groupby(things, key=lambda thing: thing.types[:1])
    rows = (_group(kinds[0], list(group), where) for kinds, group in groups)
    return element("section", _heading("things", len(things), where), element("dl", *rows, class_="kinds"),
                   class_="sheet")  # fmt: skip


def _group(kind: str, things: Sequence[Thing], where: Where) -> Markup:
    links = (frame.thing_link(thing.name, thing.iri, thing.types, where) for thing in things)
    label = vocabulary.named(kind, where.language)
    return joined(element("dt", label), element("dd", *links, class_="near"))


def _passage(passage: Passage, where: Where) -> Markup:
    """A sentence, and under it what was made of it."""
    names = {thing.name for said in passage.said for thing in (said.subject, said.object) if thing}
    names |= {said.figure.text for said in passage.said if said.figure}
    facts = (element("li", _fact(said, where), class_=_look(said)) for said in passage.said)
    sentence = element("p", frame.marked(passage.quote.text, sorted(names)), class_="sentence")
    return element("article", element("blockquote", sentence), element("ul", *facts, class_="facts"), class_="passage")


def _look(said: Said) -> str | None:
    return said.telling.status if said.telling.status in HELD_BACK else None


def _fact(said: Said, where: Where) -> Markup:
    """A relation with both ends, or a figure in words."""
    status = frame.badge(said.telling.status, where.language) if said.telling.status else None
    subject = _end(said.subject, where)
    if said.figure:
        return joined(subject, " ", *_figure(said.figure, where), " ", status)
    relation = element("span", vocabulary.named(said.property, where.language), class_="arrow")
    title = element("span", said.title, class_="literal") if said.title else None
    return joined(subject, " ", relation, " ", _end(said.object, where) if said.object else None, title, status)


def _end(thing: Thing, where: Where) -> Markup:
    if not thing.iri:
        return element("span", thing.name, class_="literal")
    return frame.thing_link(thing.name, thing.iri, thing.types, where)


def _figure(figure: Figure, where: Where) -> tuple[Markup, ...]:
    """Indicator, period, and how much with growth and places."""
    label = " ".join(part for part in (figure.indicator, figure.period) if part)
    return (
        element("span", label, class_="arrow"),
        element("span", wording.short(figure, where.language), class_="much"),
    )
