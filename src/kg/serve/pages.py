"""The pages a browser gets, drawn by `kg.pages`: the query page, things, and whatever else has an address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.answers import lookup, vocabulary
from kg.graph import terms
from kg.pages import compare_page, document_page, entity_page, error_page, query_page, stats_page
from kg.pages.frame import Markup, Where

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from kg.answers.query import Answer

TYPE = terms.TYPE.value
_POLICIES = {
    "query": query_page.policy, "thing": entity_page.policy, "compare": compare_page.policy, "stats": stats_page.policy,
    "error": error_page.policy,
}  # fmt: skip


def policy(page: str) -> tuple[str, str]:
    """The header with a page's policy; one for all pages would have to allow what some do not need."""
    return "Content-Security-Policy", _POLICIES[page]()


@lru_cache(maxsize=1)
def edition() -> str:
    """What tells the pages of one edition of the server from those of another."""
    import kg

    made = "\n".join([str(kg.__version__), *(policy(page)[1] for page in sorted(_POLICIES))])
    return hashlib.sha256(made.encode()).hexdigest()[:8]


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
    if terms.ZG + "Document" in lookup.values(store, iri, TYPE):
        from kg.answers.passages import paper

        return document_page.page(paper(store, iri, where.language), where, here).encode()
    if not lookup.types(store, iri):
        return _plain(store, iri, found, where, here)
    from kg.answers.explain import explanation
    from kg.pages.drawing import MOST, drawing

    told = explanation(store, iri, where.language)
    kinds = {fact.other: tuple(lookup.types(store, fact.other)) for fact in told.facts if fact.other}
    drawn = drawing(store, [iri, *list(kinds)[: MOST - 1]], where)
    return entity_page.page(told, kinds, where, here, drawn).encode()


def entity_here(iri: str, where: Where) -> str:
    """A thing's own address in the other language."""
    return Where(where.root, where.base, "en" if where.language == "zh" else "zh").thing(iri)


def _plain(store: Store, iri: str, found: Sequence[Quad], where: Where, here: str) -> bytes:
    from kg.pages.terms_shown import shown

    def rows(pairs: Iterable[tuple[object, object]]) -> list[tuple[Markup, Markup]]:
        named = sorted(set(pairs), key=lambda pair: [lookup.shown(store, term, where.language) for term in pair])
        return [(shown(store, one, where), shown(store, other, where)) for one, other in named]

    own = rows((q.predicate, q.object) for q in found if getattr(q.subject, "value", "") == iri)
    naming = rows((q.subject, q.predicate) for q in found if getattr(q.object, "value", "") == iri)
    quotes = sorted({q.object.value for q in found if q.predicate.value == terms.OA + "exact"})  # type: ignore[union-attr]
    return entity_page.plain(_heading(store, iri, where), iri, own, naming, quotes, where, here).encode()


def _heading(store: Store, iri: str, where: Where) -> str:
    """What something is called; where it has no name, what it is and the end of its IRI."""
    name = lookup.name(store, iri, where.language)
    if lookup.labels(store, iri):
        return name
    kinds = (vocabulary.labels().get(kind, {}).get(where.language) for kind in lookup.values(store, iri, TYPE))
    return " ".join([next((kind for kind in kinds if kind), ""), name]).strip()
