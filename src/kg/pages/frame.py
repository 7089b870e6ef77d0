"""What the server's pages share: markup that cannot be mistaken for text, head, bar, policy, signs and quotes.

A page is made of `element`s. Text given to one is escaped, markup is a type of its own, and an address that is neither
ours nor of the web becomes no link; so nothing of the graph can become markup or script.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from urllib.parse import quote, urlencode

from kg.answers import vocabulary
from kg.answers.claims import Quote, Source, Telling
from kg.pages.looks import LOOKS, look

_VOID = frozenset({"meta", "link", "input", "br", "hr"})
_WEB = ("http://", "https://")
_PLACES = (("sparql", "query"), ("compare", "compare"), ("stats", "stats"))
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_TABLE = "frame"


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Where:
    """Where a page stands: the path before all addresses, what the graph's IRIs begin with, the reader's language."""

    root: str
    base: str
    language: str = "zh"

    def to(self, path: str, **parameters: str) -> str:
        """An address of the server, in the reader's language."""
        given = {**parameters, **({"lang": self.language} if self.language != "zh" else {})}
        return f"{self.root}{path}{'?' + urlencode(given) if given else ''}"

    def thing(self, iri: str) -> str:
        """The address of what an IRI names, "" where it is none that a page may link to."""
        if iri.startswith(self.base):
            return self.to(f"/id/{quote(iri.removeprefix(self.base), safe='/%~()·')}")
        return iri if iri.startswith(_WEB) else ""

    def say(self, table: str, word: str) -> str:
        """A word of a table of `frame_words.toml` in the reader's language."""
        return words()[table][word][self.language == "en"]


def element(tag: str, /, *children: str | None, **attributes: str | int | bool | None) -> Markup:
    """An element. Children that are no markup are escaped; `class_` and the like lose their last underscore.

    >>> element("p", "1 < 2", class_="a")
    '<p class="a">1 &lt; 2</p>'
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{given}>")
    return Markup(f"<{tag}{given}>{joined(*children)}</{tag}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def joined(*children: str | None) -> Markup:
    """Children one after the other, as one piece of markup."""
    return Markup("".join(c if isinstance(c, Markup) else escape(c) for c in children if c is not None))


def link(address: str, *children: str, **attributes: str | None) -> Markup:
    """A link, or only what it would hold where there is no address."""
    return element("a", *children, href=address, **attributes) if address else element("span", *children, **attributes)


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """A file of the pages' assets."""
    return files("kg.pages").joinpath("assets", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, list[str]]]:
    """What the pages say, in Chinese and English."""
    return tomllib.loads(asset("frame_words.toml"))


@lru_cache(maxsize=8)
def style(*names: str) -> str:
    """The graph page's style, the colours of the types as classes, and further files."""
    colours = "\n".join(f".t-{kind} {{ --type: {seen.colour}; }}" for kind, seen in LOOKS.items())
    return "\n".join([asset("page.css"), colours, *(asset(name) for name in ("frame.css", *names))])


@lru_cache(maxsize=8)
def policy(styles: tuple[str, ...], *scripts: str) -> str:
    """The content security policy of a page: its styles and scripts by hash, forms to the server, no more."""
    allowed = f"script-src {' '.join(map(_hash, scripts))}; " if scripts else ""
    return (
        f"default-src 'none'; {allowed}style-src {_hash(style(*styles))}; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def page(
    title: str,
    *content: str | None,
    where: Where,
    here: str,
    styles: tuple[str, ...] = (),
    asked: str = "",
    end: Markup | None = None,
) -> str:
    """A whole page: `here` is its own address in the other language, `end` what stands behind the content."""
    head = (
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="icon", href="data:,"),
        element("title", title),
        Markup(f"<style>{style(*styles)}</style>"),
    )
    body = (_bar(where, here, asked), element("main", *content, id="content"), end)
    whole = element("html", element("head", *head), element("body", *body), lang=_LANGUAGES[where.language])
    return f"<!doctype html>\n{whole}\n"


def _bar(where: Where, here: str, asked: str) -> Markup:
    """Name, places (of which one may be where the reader is), the box for questions, the other language."""
    current = here.partition("?")[0].removeprefix(f"{where.root}/")
    places = (
        link(where.to(f"/{path}"), where.say(_TABLE, word), aria_current="page" if path == current else None)
        for path, word in _PLACES
    )
    other = _LANGUAGES["en" if where.language == "zh" else "zh"]
    return element(
        "header",
        element("a", where.say(_TABLE, "main"), href="#content", class_="skip"),
        link(where.to("/sparql"), "ZoneGraph", class_="name"),
        element("nav", *places),
        _question(where, asked),
        link(here, where.say(_TABLE, "other"), class_="tool", hreflang=other),
        class_="masthead",
    )


def _question(where: Where, asked: str) -> Markup:
    """The box for questions."""
    hint = where.say(_TABLE, "ask_hint")
    box = element("input", name="question", type="search", value=asked, placeholder=hint, aria_label=hint,
                  maxlength=300, autocomplete="off", enterkeyhint="search")  # fmt: skip
    button = element("button", where.say(_TABLE, "ask"), class_="tool")
    place = f"{where.root}/ask"
    return element("form", box, spoken(where), button, action=place, method="get", class_="ask", role="search")


def spoken(where: Where) -> Markup | None:
    """What keeps the reader's language in a form."""
    return element("input", type="hidden", name="lang", value=where.language) if where.language != "zh" else None


def chip(kind: str, size: str = "small") -> Markup:
    """The sign of a type."""
    seen = look(kind)
    known = f" t-{kind}" if kind in LOOKS else ""
    return element("span", element("span", seen.glyph), class_=f"chip {size} {seen.shape}{known}", aria_hidden="true")


def badge(status: str, language: str) -> Markup:
    """A status."""
    return element("span", vocabulary.named(status, language), class_=f"badge {_plain(status)}")


def _plain(text: str) -> str:
    """What may stand in a class."""
    return re.sub(r"[^A-Za-z-]", "", text)


def marked(text: str, names: Iterable[str]) -> Markup:
    """A text with the names in it marked, the longest first."""
    known = sorted((name for name in dict.fromkeys(names) if len(name) > 1), key=len, reverse=True)
    if not known:
        return joined(text)
    parts = re.split("(" + "|".join(map(re.escape, known)) + ")", text)
    return joined(*(element("mark", part, class_="quote") if i % 2 else part for i, part in enumerate(parts)))


def tellings(claims: Sequence[Telling], names: Iterable[str], where: Where) -> Markup:
    """The claims behind a fact: each piece of text once, with who says so and where."""
    wanted = tuple(names)
    shown = {(claim.quotes, claim.status, claim.stated_by): claim for claim in claims}
    return joined(*(_telling(claim, wanted, where) for claim in shown.values()))


def _telling(claim: Telling, names: Sequence[str], where: Where) -> Markup:
    pieces = _pieces(claim.quotes)
    text = [element("span", marked(quoted.text, names), class_="sentence") for quoted in pieces]
    gap = element("span", " … ", class_="gap")
    parts = [part for i, one in enumerate(text) for part in ((gap, one) if i else (one,))]
    sources = (source_link(source, where) for source in dict.fromkeys(quoted.source for quoted in pieces))
    stated = element("span", f"{where.say(_TABLE, 'by')} {claim.stated_by}") if claim.stated_by else None
    until = f"{claim.valid_from or ''}–{claim.valid_to or ''}" if claim.valid_from or claim.valid_to else None
    rule = f"{where.say(_TABLE, 'rule')} {claim.rule}{f' {claim.confidence}' if claim.confidence else ''}"
    meta = element("span", stated, until and element("span", until), *sources, element("span", rule), class_="meta")
    return element("blockquote", *parts, meta)


def _pieces(quotes: Sequence[Quote]) -> list[Quote]:
    """The pieces of text in their order, without one that lies in another."""
    kept = [q for q in quotes if not any(o is not q and o.source == q.source and _within(q, o) for o in quotes)]
    return sorted(kept, key=lambda quoted: (quoted.source.iri, quoted.start))


def _within(inner: Quote, outer: Quote) -> bool:
    return (
        outer.start <= inner.start and inner.end <= outer.end and (outer.end - outer.start) > (inner.end - inner.start)
    )


def source_link(source: Source, where: Where) -> Markup:
    """A document's title with its date, leading to its page."""
    return element("span", link(where.thing(source.iri), f"《{source.title}》"), source.issued and f" {source.issued}")


def thing_link(name: str, iri: str, kinds: Sequence[str], where: Where) -> Markup:
    """A thing with its sign, leading to its page."""
    return link(where.thing(iri), *((chip(kinds[0]),) if kinds else ()), name, class_="entity")
