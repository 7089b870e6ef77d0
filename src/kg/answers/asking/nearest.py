"""Questions near one that was not understood: the templates' examples, filled with what was understood of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.answers import lookup, query
from kg.answers.asking.question import Token
from kg.answers.asking.templates import Bag, Choice, Leaf, Node, Template, templates
from kg.answers.asking.words import Reading, named
from kg.answers.vocabulary import local

if TYPE_CHECKING:
    from pyoxigraph import Store

SHOWN, _TRIED = 5, 12
_SLOT = re.compile(r"\{(\w+)\}")
_KINDS = ("entity", "type", "indicator", "relation", "status", "title")
_CUES = frozenset({
    "count", "sum", "most", "least", "rank", "growth", "between", "document", "names", "figures", "unsure", "where",
    "when", "who", "year", "period", "bound", "ordinal", "head", "about",
})  # fmt: skip


def questions(
    store: Store,
    ways: Sequence[tuple[Token, ...]],
    language: str,
    *,
    readable: Callable[[Sequence[str]], list[str]],
) -> tuple[str, ...]:
    """Up to five questions that can be read, those that share most with the one asked first."""
    tokens = ways[0] if ways else ()
    own = _filling(store, tokens, language)
    kinds = {reading.kind for token in tokens for reading in token.readings}
    known = [one for one in templates() if not one.tentative and one.shape != Bag((), (), ())]
    ranked = sorted(known, key=lambda one: -_likeness(one, kinds, own, language))
    common = cache(lambda slot: _common(store, slot, language))
    offered = dict.fromkeys(text for one in ranked for text in _worded(one, own, language, common))
    return tuple(readable(list(offered)[:_TRIED])[:SHOWN])


def _likeness(one: Template, kinds: set[str], own: Mapping[str, str], language: str) -> int:
    """How much of what was understood a template would use, less what it would have to make up."""
    slots = set(_SLOT.findall(one.wording[language].example))
    used = len(slots & set(own))
    return 3 * used - 2 * len(slots - set(own)) + 2 * len(_cues(one) & kinds)


def _cues(one: Template) -> set[str]:
    """The kinds of words that tell the template from others."""
    shape = one.shape
    if isinstance(shape, Bag):
        return {leaf.kind for leaf in (*shape.needs, *shape.some)} & _CUES
    return {kind for nodes in shape for kind in _leaves(nodes)} & _CUES


def _leaves(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Leaf):
            yield node.kind
        elif isinstance(node, Choice) and node.least:
            yield from (kind for option in node.options for kind in _leaves(option))


def _filling(store: Store, tokens: Sequence[Token], language: str) -> dict[str, str]:
    """Slot -> how the question's own piece reads in words."""
    found: dict[str, str] = {}
    for token in tokens:
        if reading := next((one for kind in _KINDS if (one := token.as_(kind))), None):
            slot = reading.kind if reading.kind not in found else f"{reading.kind}2"
            found.setdefault(slot, _name(store, reading, language))
    return found


def _name(store: Store, reading: Reading, language: str) -> str:
    if reading.kind in ("entity", "indicator"):
        return lookup.name(store, reading.values[0], "zh" if reading.kind == "entity" else language)
    return reading.values[0] if reading.kind == "title" else named(reading.kind, reading.values[0], language)


def _worded(one: Template, own: Mapping[str, str], language: str, made_up: Callable[[str], str]) -> Iterator[str]:
    """The template's example; slots that the question does not fill take what the graph holds most of."""
    example = one.wording[language].example
    filling = dict(own)
    for slot in _SLOT.findall(example):
        if slot not in filling and (common := made_up(slot)):
            filling[slot] = common
    if all(slot in filling for slot in _SLOT.findall(example)):
        yield _SLOT.sub(lambda found: filling[found[1]], example)


def _common(store: Store, slot: str, language: str) -> str:
    """A thing, type or indicator that the graph says much of; nothing for slots that cannot be made up."""
    text = _COMMON.get(slot)
    if text is None:
        return ""
    from pyoxigraph import QuerySolutions

    answer = query.ask(store, f"{text} LIMIT 1")
    assert isinstance(answer, QuerySolutions)
    rows = [row[0] for row in query.rows(answer, ["thing"])]
    iri = getattr(rows[0], "value", "") if rows else ""
    if slot == "type" and iri:
        return named(slot, local(iri), language)
    return lookup.name(store, iri, "zh" if slot == "entity" else language) if iri else ""


_COMMON = {
    "entity": "SELECT ?thing { ?thing zg:mentionedIn ?document ; ?relation ?other . ?other zg:mentionedIn ?same }"
    " GROUP BY ?thing ORDER BY DESC(COUNT(*)) ?thing",
    "type": "SELECT ?thing { ?a a ?thing ; zg:mentionedIn ?document FILTER(STRSTARTS(STR(?thing), STR(zg:))) }"
    " GROUP BY ?thing ORDER BY DESC(COUNT(*)) ?thing",
    "indicator": "SELECT ?thing { ?figure zg:indicator ?thing } GROUP BY ?thing ORDER BY DESC(COUNT(*)) ?thing",
}
