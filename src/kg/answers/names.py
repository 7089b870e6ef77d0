"""From a name to the entities that bear it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

from kg.answers import lookup
from kg.errors import NotFoundError, UsageError
from kg.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

NEAREST = 5
_QUOTES = re.compile(r"[\s“”\"'‘’`「」『』《》〈〉]+")


def bare(name: str) -> str:
    """A name without quotes, spaces, width and case: what people mean to be the same when they type it.

    >>> bare("「Ｈ１」 机器人")
    'h1机器人'
    """
    return _QUOTES.sub("", unicodedata.normalize("NFKC", name)).casefold()


def entities(store: Store, name: str) -> list[str]:
    """The IRIs that `name` means: the one it is, else those of which it is a label.

    NotFoundError with the nearest labels where it is none, UsageError where it is empty.
    """
    if not name.strip():
        raise UsageError("explain: the name is empty; give a label of a thing, or its IRI")
    if re.match(r"[a-z]+://", name):
        return [_iri(store, name)]
    found = _labelled(store)
    exact = _bearers(found, name)
    if not (bearers := exact or _bearers({bare(k): v for k, v in _folded(found).items()}, bare(name))):
        raise NotFoundError(f"nothing in the graph is named {name}; {_suggestion(list(found), name)}")
    return bearers


def _iri(store: Store, iri: str) -> str:
    """The IRI itself, if the graph knows it."""
    try:
        there = lookup.known(store, iri)
    except ValueError:  # no IRI can be made of it
        there = False
    if not there:
        raise NotFoundError(f"the graph says nothing of <{iri}>; kg explain NAME finds things by name")
    return iri


def _labelled(store: Store) -> dict[str, list[str]]:
    """Every label -> the entities and documents that bear it, preferred labels before others."""
    from pyoxigraph import DefaultGraph, NamedNode

    found: dict[str, list[str]] = {}
    for predicate in (terms.PREF_LABEL, terms.ALT_LABEL):
        quads = store.quads_for_pattern(None, predicate, None, DefaultGraph())
        pairs = sorted((q.object.value, q.subject.value) for q in quads if isinstance(q.subject, NamedNode))  # type: ignore[union-attr]
        for label, iri in pairs:
            found.setdefault(label, []).append(iri)
    return found


def _folded(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """The labels by what they are when bare."""
    folded: dict[str, list[str]] = {}
    for label, iris in found.items():
        folded.setdefault(bare(label), []).extend(iris)
    return folded


def _bearers(found: dict[str, list[str]], name: str) -> list[str]:
    return list(dict.fromkeys(found.get(name, [])))


def _suggestion(labels: list[str], name: str) -> str:
    """The labels most like `name`, those that hold it first."""
    holding = sorted((label for label in labels if name in label), key=len)
    near = list(dict.fromkeys([*holding, *difflib.get_close_matches(name, labels, NEAREST, 0.5)]))[:NEAREST]
    return f"the nearest are {'、'.join(near)}" if near else "kg query --list shows what can be asked"
