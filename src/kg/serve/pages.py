"""Plain pages for a browser: no script, nothing from elsewhere, every text of the graph escaped.

They stand in until `kg.pages` draws these in its own visual language.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.answers import lookup, query
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from kg.answers.query import Answer

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;max-width:60rem;margin:0 auto;padding:1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;"
    "border-bottom:1px solid #8884;overflow-wrap:anywhere}textarea{width:100%;min-height:12rem;font:14px/1.5 monospace}"
    "blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid #8888}small{opacity:.75}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_EXAMPLE = """SELECT ?name ?zone {
  ?thing a zg:Laboratory ; skos:prefLabel ?name ; zg:locatedIn/skos:prefLabel ?zone
}
LIMIT 100"""


def page(title: str, body: str, language: str = "zh") -> bytes:
    """A whole page; `body` is markup, `title` a text."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    ).encode()


def form(root: str) -> bytes:
    """The page on which a query is typed."""
    action = escape(f"{root}/sparql")
    return page(
        "SPARQL",
        f'<form action="{action}" method="get"><p><label for="query">查询 Query</label></p>'
        f'<textarea id="query" name="query" spellcheck="false" required>{escape(_EXAMPLE)}</textarea>'
        '<p><button>查询 Run</button></p></form><p><small>前缀已绑定 Prefixes are bound: '
        f"{escape(' '.join(f'{prefix}:' for prefix in terms.PREFIXES))}</small></p>",
    )  # fmt: skip


def answered(answer: Answer) -> bytes:
    """Rows as a table, a truth as a word, triples as Turtle."""
    from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat

    if isinstance(answer, QueryBoolean):
        return page("SPARQL", f"<p>{'true' if answer else 'false'}</p>")
    if isinstance(answer, QuerySolutions):
        names = [variable.value for variable in answer.variables]
        rows = [[str(getattr(term, "value", term or "")) for term in row] for row in query.rows(answer, names)]
        return page("SPARQL", _table(names, ([escape(cell) for cell in row] for row in rows)))
    turtle = answer.serialize(format=RdfFormat.TURTLE) or b""
    return page("SPARQL", f"<pre>{escape(turtle.decode())}</pre>")


def thing(store: Store, iri: str, found: Sequence[Quad], base: str, root: str) -> bytes:
    """What is said of a thing, what names it, and the sentences behind."""
    name = lookup.name(store, iri)

    def shown(term: object) -> str:
        return _link(getattr(term, "value", str(term)), lookup.shown(store, term), base, root)

    own = sorted({(shown(q.predicate), shown(q.object)) for q in found if getattr(q.subject, "value", "") == iri})
    naming = sorted({(shown(q.subject), shown(q.predicate)) for q in found if getattr(q.object, "value", "") == iri})
    quotes = sorted({q.object.value for q in found if q.predicate.value == terms.OA + "exact"})  # type: ignore[union-attr]
    body = f"<p><small>{escape(iri)}</small></p>" + _table(("", ""), own)
    body += "<h2>依据 Evidence</h2>" * bool(quotes) + "".join(f"<blockquote>{escape(q)}</blockquote>" for q in quotes)
    body += "<h2>出现于 Named by</h2>" * bool(naming) + _table(("", ""), naming)
    return page(name, body)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of markup under heads of text."""
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    inner = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{inner}</tbody></table>"


def _link(iri: str, text: str, base: str, root: str) -> str:
    """A text that leads to what an IRI names, if it is a thing of ours or stands on the web."""
    if iri.startswith(base):
        place = f"{root}/id/{quote(iri.removeprefix(base), safe='/%~()·')}"
    elif iri.startswith(("http://", "https://")):
        place = iri
    else:
        return escape(text)
    return f'<a href="{escape(place)}">{escape(text)}</a>'
