"""The pages a browser gets, drawn by `kg.pages`: the query page, things, and whatever else has an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.answers import lookup
from kg.graph import terms
from kg.pages import compare_page, entity_page, error_page, query_page, stats_page
from kg.pages.frame import Where

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from kg.answers.query import Answer

_POLICIES = {
    "query": query_page.policy, "thing": entity_page.policy, "compare": compare_page.policy, "stats": stats_page.policy,
    "error": error_page.policy,
}  # fmt: skip


def policy(page: str) -> tuple[str, str]:
    """The header with a page's policy; one for all pages would have to allow what some do not need."""
    return "Content-Security-Policy", _POLICIES[page]()


def there(path: str, where: Where, **parameters: str | Sequence[str]) -> str:
    """The same address in the other language."""
    given = {**parameters, **({"lang": "en"} if where.language == "zh" else {})}
    return f"{where.root}{path}{'?' + urlencode(given, doseq=True) if given else ''}"


def form(where: Where) -> bytes:
    """The page on which a query is typed."""
    return query_page.page("", where, there("/sparql", where)).encode()


def answered(store: Store, answer: Answer, text: str, where: Where) -> bytes:
    """The page with what a query gave."""
    from kg.pages import query_results

    found = query_results.results(store, answer, text, where)
    return query_page.page(text, where, there("/sparql", where, query=text), result=found).encode()


def wrong(text: str, error: str, where: Where) -> bytes:
    """The page with a query that cannot be answered, and why."""
    return query_page.page(text, where, there("/sparql", where, query=text), error=error).encode()


def failed(status: int, message: str, path: str, where: Where, **parameters: str | Sequence[str]) -> bytes:
    """The page that says why there is no answer."""
    here = there("/" + path.lstrip("/"), where, **parameters)  # two slashes would begin the name of another host
    return error_page.page(status, message, where, here).encode()


def thing(store: Store, iri: str, found: Sequence[Quad], where: Where) -> bytes:
    """What the graph says of a thing, with the sentences behind; of anything else its statements."""
    here = entity_here(iri, where)
    if not lookup.types(store, iri):
        return _plain(store, iri, found, where, here)
    from kg.answers.explain import explanation

    told = explanation(store, iri, where.language)
    kinds = {fact.other: tuple(lookup.types(store, fact.other)) for fact in told.facts if fact.other}
    return entity_page.page(told, kinds, where, here).encode()


def entity_here(iri: str, where: Where) -> str:
    """A thing's own address in the other language."""
    return Where(where.root, where.base, "en" if where.language == "zh" else "zh").thing(iri)


def _plain(store: Store, iri: str, found: Sequence[Quad], where: Where, here: str) -> bytes:
    def named(term: object) -> tuple[str, str]:
        value = getattr(term, "value", str(term))
        return lookup.shown(store, term, where.language), value if str(term).startswith("<") else ""

    own = sorted({(named(q.predicate), named(q.object)) for q in found if getattr(q.subject, "value", "") == iri})
    naming = sorted({(named(q.subject), named(q.predicate)) for q in found if getattr(q.object, "value", "") == iri})
    quotes = sorted({q.object.value for q in found if q.predicate.value == terms.OA + "exact"})  # type: ignore[union-attr]
    name = lookup.name(store, iri, where.language)
    return entity_page.plain(name, iri, own, naming, quotes, where, here).encode()
