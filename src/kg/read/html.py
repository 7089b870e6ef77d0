"""A web page ──▶ its main text, by trafilatura; title, date, publisher and address from the page's own head."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import trafilatura
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from kg.errors import InputError
from kg.read.dates import iso_field
from kg.read.found import Found
from kg.read.lines import frame
from kg.read.metadata import Metadata, address, metadata, web_address
from kg.read.publication import issued, publisher

_TITLES = ("articletitle", "og:title", "twitter:title", "dc.title")
_DATES = (
    "article:published_time", "og:published_time", "pubdate", "publishdate", "publish_time", "publish-date",
    "datepublished", "dcterms.issued", "dc.date.issued", "dc.date",
)  # fmt: skip
_SOURCES = ("contentsource", "article:publisher", "og:site_name", "source", "dc.publisher", "sitename")
_ADDRESSES = ("og:url",)
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_BLOCKS = tuple("p div li tr br h1 h2 h3 h4 h5 h6 section article header footer nav ul ol table form".split())
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|\s*--+\s*")


def article(page: str) -> Found:
    """The main text of a page and what the page says of it; InputError where the page has no main text."""
    try:
        text, head = _main_text(page), _head(_tree(page))
    except Exception as error:  # a page can break a parser in ways that no list of its errors covers
        raise InputError(f"a page that cannot be parsed ({type(error).__name__}): save its text as .txt") from error
    if not text or not text.strip():
        raise InputError("no main text on this page: save its text as .txt")
    return Found(text, _merged(metadata(text), head))


def _tree(page: str) -> HtmlElement:
    """The page as a tree of any depth; no entity is fetched."""
    return document_fromstring(page.encode("utf-8"), parser=HTMLParser(encoding="utf-8", huge_tree=True))


def _main_text(page: str) -> str | None:
    """The main text, offline and without comments. trafilatura logs each page that has none; we report it."""
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("trafilatura").propagate = False
    found = trafilatura.extract(_tree(page), include_comments=False, include_tables=True, with_metadata=False)
    return found if isinstance(found, str) else None


def _head(tree: HtmlElement) -> Metadata:
    """What the page's head and the lines around its text say."""
    metas = _metas(tree)
    title, date = _first(metas, _TITLES) or _headline(tree), _date(tree, metas)
    link = web_address(_canonical(tree) or _first(metas, _ADDRESSES) or "")
    around = frame(_lines(tree))
    return Metadata(
        title=title,
        issued=date or issued("", around),
        source=publisher(around) or _first(metas, _SOURCES),
        url=link or address(around),
    )


def _lines(tree: HtmlElement) -> str:
    """All words of the page, a block a line; the tree is changed."""
    for code in tree.iter("script", "style", "noscript", "title"):
        code.text = None
    for block in tree.iter(*_BLOCKS):
        block.text = "\n" + (block.text or "")
        block.tail = "\n" + (block.tail or "")
    return str(tree.text_content())


def _merged(own: Metadata, head: Metadata) -> Metadata:
    """The page's head before the text itself, but the text's own publisher before the site's."""
    return replace(
        own,
        title=head.title or own.title,
        issued=head.issued or own.issued,
        source=own.source or head.source,
        url=head.url or own.url,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements, names in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = " ".join((meta.get("content") or "").split())
        if content:
            found.setdefault(name.lower(), content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    """The first of these entries that the page has."""
    return next((metas[name] for name in names if name in metas), None)


def _headline(tree: HtmlElement) -> str | None:
    """The page's only first-level heading, else its title without the site's name."""
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    titles = [" ".join(title.text_content().split()) for title in tree.iter("title")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return (_SITE.split(titles[0])[0] or None) if titles else None


def _date(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    """The date of publication that the page's head gives."""
    linked = (script.text or "" for script in tree.iter("script") if script.get("type") == "application/ld+json")
    wordings = [metas[name] for name in _DATES if name in metas]
    wordings += [found.group(1) for script in linked if (found := _LINKED_DATE.search(script))]
    return next((date for wording in wordings if (date := iso_field(wording))), None)


def _canonical(tree: HtmlElement) -> str | None:
    """The page's canonical address."""
    links = (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return next((str(href) for href in links if href), None)
