"""The page on which queries are written: an editor, what came of the query, the questions that have a name, a history.

It works as a plain form. With scripts the editor highlights, completes from our ontology and marks what
cannot be right; the script needs nothing from the server and sends nothing.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from kg.answers import vocabulary
from kg.answers.questions import Question, questions
from kg.graph import terms
from kg.pages import frame
from kg.pages.frame import Markup, Where, element, joined, link
from kg.records import EntityType, Relation

STYLES = ("query_page.css",)
EXAMPLE = """# 有哪些实验室，在哪里？ Which laboratories are there, and where?
SELECT ?laboratory ?place {
  ?laboratory a zg:Laboratory ; zg:locatedIn ?place
}
ORDER BY ?laboratory
LIMIT 100"""
_PLACE = re.compile(r"line (\d+), column (\d+)")
_TABLE = "query"


def policy() -> str:
    """The content security policy of the page."""
    return frame.policy(STYLES, script())


@lru_cache(maxsize=1)
def script() -> str:
    """The page's script, in one scope that leaves nothing behind."""
    return f'"use strict";\n(() => {{\n{frame.asset("query_page.js")}\n}})();\n'


def page(
    text: str, where: Where, here: str, *, result: Markup | None = None, error: str = "", asked: str = "",
    answer: Markup | None = None,
) -> str:  # fmt: skip
    """The page with a query in its editor, what came of it or what is wrong with it, and the answer to a question.

    `here` is the page's own address in the other language.
    """
    content = (
        answer,
        _editor(text, where, ran=bool(text) and not error and answer is None),
        _error(error, where) if error else None,
        result,
        _history(where),
        _gallery(where),
    )
    end = joined(
        Markup(f'<script type="application/json" id="terms">{_json(_terms(where.language))}</script>'),
        Markup(f"<script>{script()}</script>"),
    )
    parts = (part for part in content if part is not None)
    return frame.page(where.say(_TABLE, "title"), *parts, where=where, here=here, styles=STYLES, asked=asked, end=end)


def _editor(text: str, where: Where, *, ran: bool) -> Markup:
    """The text area, the place of what is drawn behind it, and what is offered."""
    label = where.say(_TABLE, "query")
    content = f"\n{text or EXAMPLE}"  # a line break that stands first in a text area is not content
    area = element("textarea", content, id="text", name="query", spellcheck="false", required=True, rows=8,
                   autocapitalize="off", autocomplete="off", aria_label=label, aria_describedby="keys")  # fmt: skip
    tools = element(
        "div", element("button", where.say(_TABLE, "run"), class_="tool first"), frame.spoken(where),
        link(where.to("/sparql", query=text), where.say(_TABLE, "link"), class_="tool") if text else None,
        element("span", where.say(_TABLE, "keys"), class_="quiet with-script", id="keys"), class_="row",
    )  # fmt: skip
    bound = " ".join(f"{prefix}:" for prefix in terms.PREFIXES)
    note = element("p", f"{where.say(_TABLE, 'prefixes')} ", element("code", bound), class_="quiet")
    behind = element("pre", id="behind", aria_hidden="true")
    offers = element("ul", id="offers", role="listbox", hidden=True)
    stack = element("div", behind, area, offers, class_="stack")
    found = element("ul", id="found", class_="found-wrong", aria_live="polite")
    return element("form", stack, found, tools, note, id="editor", action=f"{where.root}/sparql", method="get",
                   class_="sheet no-print", data_ran=ran)  # fmt: skip


def _error(error: str, where: Where) -> Markup:
    """What is wrong, with its place for the editor to mark."""
    place = _PLACE.search(error)
    at = {"data_line": place[1], "data_column": place[2]} if place else {}
    spot = where.say(_TABLE, "place").format(line=place[1], column=place[2]) if place else ""
    return element(
        "div",
        element("b", where.say(_TABLE, "wrong") + spot),
        element("code", error),
        class_="wrong",
        id="wrong",
        role="alert",
        **at,
    )


def _history(where: Where) -> Markup:
    """Filled by the script from what this browser keeps."""
    clear = element("button", where.say(_TABLE, "clear"), type="button", class_="tool", id="forget")
    heading = element("div", element("h2", where.say(_TABLE, "history")), clear, class_="row between")
    return element(
        "section",
        heading,
        element("ul", id="history", class_="history"),
        class_="sheet no-print",
        id="recent",
        hidden=True,
    )


def _gallery(where: Where) -> Markup:
    """The competency questions, one click each."""
    cards = (_card(one, where) for one in questions())
    return element(
        "section", element("h2", where.say(_TABLE, "gallery")), element("p", where.say(_TABLE, "lead"), class_="quiet"),
        element("ul", *cards, class_="gallery"), class_="no-print",
    )  # fmt: skip


def _card(one: Question, where: Where) -> Markup:
    text, other = (one.zh, one.en) if where.language == "zh" else (one.en, one.zh)
    inner = (element("b", text), element("span", other, class_="quiet"))
    return element("li", link(where.to("/sparql", query=one.text), *inner, class_="card"))


@lru_cache(maxsize=2)
def _terms(language: str) -> dict[str, list[list[str]]]:
    """What the editor offers: terms with their labels in both languages, and the namespaces that are bound."""
    kinds = [f"zg:{kind.value}" for kind in EntityType]
    known = [iri for iri in vocabulary.labels() if iri.startswith(terms.ZG)]
    relations = [f"zg:{relation.value}" for relation in Relation]
    own = [f"zg:{iri.removeprefix(terms.ZG)}" for iri in sorted(known)]
    names = dict.fromkeys([*relations, *kinds, *own])
    others = [[name, *pair] for name, pair in frame.words()["terms"].items()]
    labelled = [[name, *_labels(name.removeprefix("zg:"))] for name in names]
    return {"terms": [*labelled, *others], "prefixes": [[prefix, iri] for prefix, iri in terms.PREFIXES.items()]}


def _labels(name: str) -> list[str]:
    return [vocabulary.named(name, "zh"), vocabulary.named(name, "en")]


_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def _json(data: object) -> str:
    """JSON that can stand in a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
