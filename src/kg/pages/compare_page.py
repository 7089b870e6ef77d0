"""Things side by side as a page: indicators and periods down, things across, the sentence behind every cell."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from kg.answers.asking import wording
from kg.answers.compare import Comparison, Line
from kg.answers.figures import Figure
from kg.pages import frame
from kg.pages.frame import Markup, Where, element, link

STYLES = ("compare_page.css",)
_FIELDS = 4
_TABLE = "compare"


def policy() -> str:
    """The content security policy of the page; it has no script."""
    return frame.policy(STYLES)


def page(
    found: Comparison | None,
    where: Where,
    here: str,
    *,
    asked: Sequence[str] = (),
    indicator: str = "",
    years: str = "",
    known: Sequence[str] = (),
    error: str = "",
) -> str:
    """The page: a form, and below it the comparison, or what is wrong with what was asked.

    `known` are names of things that have figures, for choosing; `here` is the page's address in the other language.
    """
    names = [thing.name for thing in found.things] if found else list(asked)
    title = where.say(_TABLE, "title")
    heading = " · ".join([title, *names]) if names else title
    content = [
        element("h1", title),
        element("p", where.say(_TABLE, "lead"), class_="quiet"),
        _form(names, indicator, years, known, where),
        element("p", error, class_="wrong", role="alert") if error else None,
        _table(found, _files(names, indicator, years, where), where) if found else None,
        _choice(names, known, where) if len(names) < 2 else None,
    ]
    return frame.page(heading, *(part for part in content if part), where=where, here=here, styles=STYLES)


def _form(names: Sequence[str], indicator: str, years: str, known: Sequence[str], where: Where) -> Markup:
    """The fields; names that are known are offered by the browser."""
    label = where.say(_TABLE, "thing")
    count = max(_FIELDS, len(names) + 1)
    things = [_field("thing", names[i] if i < len(names) else "", label.format(n=i + 1), "known") for i in range(count)]
    more = [
        _field("indicator", indicator, where.say(_TABLE, "indicator")),
        _field("years", years, where.say(_TABLE, "years")),
    ]
    button = element("button", where.say(_TABLE, "run"), class_="tool first")
    offered = element("datalist", *(element("option", value=name) for name in known), id="known")
    return element(
        "form",
        *things,
        *more,
        frame.spoken(where),
        button,
        offered,
        action=f"{where.root}/compare",
        method="get",
        class_="row choose no-print",
    )


def _field(name: str, value: str, label: str, offered: str | None = None) -> Markup:
    return element(
        "input",
        name=name,
        value=value,
        placeholder=label,
        aria_label=label,
        list=offered,
        class_="field",
        autocomplete="off",
    )


def _choice(names: Sequence[str], known: Sequence[str], where: Where) -> Markup | None:
    """Things to begin with."""
    rest = [name for name in known if name not in names]
    if not rest:
        return None
    links = (link(_with([*names, name], where), name, class_="alias") for name in rest[:40])
    return element("section", element("h2", where.say(_TABLE, "known")), element("p", *links), class_="sheet")


def _with(names: Sequence[str], where: Where) -> str:
    """The address of a comparison of these."""
    given = [("thing", name) for name in names] + ([("lang", where.language)] if where.language != "zh" else [])
    return f"{where.root}/compare?{urlencode(given)}"


def _files(names: Sequence[str], indicator: str, years: str, where: Where) -> Markup:
    """The comparison in other forms, to be kept."""
    asked = [*(("thing", name) for name in names), ("indicator", indicator), ("years", years)]
    given = [(key, value) for key, value in asked if value]
    forms = (("CSV", "csv"), ("JSON", "json"))
    links = (
        link(f"{where.root}/compare?{urlencode([*given, ('format', form)])}", name, class_="tool",
             download=f"compare.{form}")
        for name, form in forms
    )  # fmt: skip
    said = element("span", where.say(_TABLE, "download"), class_="quiet")
    return element("div", said, *links, class_="row files no-print")


def _table(found: Comparison, files: Markup, where: Where) -> Markup:
    if not found.lines:
        return element("p", where.say(_TABLE, "none"), class_="empty")
    heads = [element("th", where.say(_TABLE, word), scope="col") for word in ("column", "period")]
    heads += [
        element("th", frame.thing_link(thing.name, thing.iri, thing.types, where), scope="col")
        for thing in found.things
    ]
    rows = (
        _line(line, i and found.lines[i - 1].indicator == line.indicator, where) for i, line in enumerate(found.lines)
    )
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="compared")
    return element(
        "section",
        files,
        element("div", table, class_="scroll", tabindex="0", role="region", aria_label=where.say(_TABLE, "title")),
        class_="sheet",
    )


def _line(line: Line, again: bool | int, where: Where) -> Markup:
    """One indicator in one period; the indicator's name stands only in its first line."""
    missing = element("span", where.say(_TABLE, "missing"), class_="missing")
    cells = (element("td", *([_figure(figure, where) for figure in cell] or [missing])) for cell in line.cells)
    name = element("th", line.indicator, scope="row", class_="again" if again else None)
    return element("tr", name, element("td", line.period, class_="tight"), *cells)


def _figure(figure: Figure, where: Where) -> Markup:
    """Value, growth, places and status, and the sentence behind."""
    status = frame.badge(figure.status, where.language) if figure.status else None
    value = element("span", wording.valued(figure, where.language), class_="much") if figure.value else None
    growth = [element("span", wording.growth(text, where.language), class_="part") for text in figure.growth]
    ranks = wording.ranked(figure, where.language)
    plan = figure.status in ("planned", "target")
    why = frame.tellings(figure.claims, (figure.text,), where)
    return element(
        "div", value, status, *growth, element("span", ranks, class_="part") if ranks else None,
        element("details", element("summary", where.say(_TABLE, "sentences")), why, class_="because"),
        class_="figure plan" if plan else "figure",
    )  # fmt: skip
