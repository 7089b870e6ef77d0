"""Which template a question fits, and what stands in its slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.answers.asking.properties import properties
from kg.answers.asking.question import Token
from kg.answers.asking.templates import Bag, Choice, Leaf, Node, Pattern, Template, templates
from kg.answers.asking.words import Reading

_SINGLE = ("entity", "type", "indicator", "relation", "year", "period", "bound", "ordinal", "title", "status")


@dataclass(frozen=True, slots=True)
class Bound:
    """A token taken as one of its readings."""

    token: Token
    reading: Reading
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A template with its slots: `entity`, `entity2`, `type`, …; words without a value are slots too."""

    template: Template
    slots: Mapping[str, Bound]


def matches(partings: Iterable[tuple[Token, ...]]) -> Iterator[Match]:
    """The matches of all ways to part a question, the best first; a way with anything unknown has none."""
    for tokens in partings:
        if all(token.readings for token in tokens) and not any(token.as_("beyond") for token in tokens):
            for template in templates():
                yield from _of(template, tokens)


def _of(template: Template, tokens: tuple[Token, ...]) -> Iterator[Match]:
    """The ways in which a template fits, at most one a pattern."""
    if any(token.as_(kind) and len(token.readings) == 1 for token in tokens for kind in template.rejects):
        return
    shape = template.shape
    found = [_gathered(shape, tokens)] if isinstance(shape, Bag) else [_sequence(one, tokens) for one in shape]
    for bounds in found:
        if bounds is not None and (slots := _slots(bounds)) is not None and _sorted(template, slots):
            yield Match(template, _directed(slots))


def _gathered(bag: Bag, tokens: tuple[Token, ...]) -> list[Bound] | None:
    """The tokens of a bag; None where one does not belong or something is missing."""
    allowed = Counter(leaf.kind for leaf in (*bag.needs, *bag.may))
    for bounds in _taken((*bag.needs, *bag.some, *bag.may), tokens):
        there = Counter(bound.reading.kind for bound in bounds)
        enough = all(there[leaf.kind] >= number for leaf, number in Counter(bag.needs).items())
        fits = all(there[kind] <= max(allowed[kind], 1) for kind in _SINGLE)
        if enough and fits and (not bag.some or any(there[leaf.kind] for leaf in bag.some)):
            return list(bounds)
    return None


def _taken(leaves: tuple[Leaf, ...], tokens: tuple[Token, ...]) -> Iterator[tuple[Bound, ...]]:
    """All ways to take each token as one of the leaves; a word that says nothing may be passed over."""
    if not tokens:
        yield ()
        return
    first, rest = tokens[0], tokens[1:]
    readings = dict.fromkeys(reading for leaf in leaves if (reading := _reading(leaf, first)))
    options = [(Bound(first, reading),) for reading in readings]
    for option in [*options, ()] if first.as_("skip") else options:
        for others in _taken(leaves, rest):
            yield (*option, *others)


def _sequence(pattern: Pattern, tokens: tuple[Token, ...]) -> list[Bound] | None:
    """The tokens in the order of a pattern, words that say nothing passed over; None where they do not fit."""
    for at, bounds in _walk(pattern, tokens, 0):
        if all(token.as_("skip") for token in tokens[at:]):
            return list(bounds)
    return None


def _walk(nodes: tuple[Node, ...], tokens: tuple[Token, ...], at: int) -> Iterator[tuple[int, tuple[Bound, ...]]]:
    """Where the nodes may end, and what they bind."""
    if not nodes:
        yield at, ()
        return
    for middle, first in _one(nodes[0], tokens, at):
        for end, rest in _walk(nodes[1:], tokens, middle):
            yield end, (*first, *rest)


def _one(node: Node, tokens: tuple[Token, ...], at: int) -> Iterator[tuple[int, tuple[Bound, ...]]]:
    if isinstance(node, Choice):
        yield from _repeated(node, tokens, at)
        return
    for place in range(at, len(tokens)):
        if reading := _reading(node, tokens[place]):
            yield place + 1, (Bound(tokens[place], reading, node.turned),)
        if not tokens[place].as_("skip"):
            return


def _repeated(node: Choice, tokens: tuple[Token, ...], at: int) -> Iterator[tuple[int, tuple[Bound, ...]]]:
    """A choice as often as it fits, most often first."""
    if node.most > 0:
        less = Choice(node.options, max(node.least - 1, 0), node.most - 1)
        for option in node.options:
            for middle, first in _walk(option, tokens, at):
                if middle > at:
                    for end, rest in _repeated(less, tokens, middle):
                        yield end, (*first, *rest)
    if node.least == 0:
        yield at, ()


def _reading(leaf: Leaf, token: Token) -> Reading | None:
    """The token's reading as the leaf wants it, with those of its values that are allowed."""
    reading = token.as_(leaf.kind)
    if reading is None or not leaf.only:
        return reading
    if reading.kind == "entity":
        return reading if reading.types & leaf.only else None
    kept = tuple(value for value in reading.values if value in leaf.only)
    return Reading(reading.kind, kept, reading.types) if kept else None


def _slots(bounds: Iterable[Bound]) -> dict[str, Bound] | None:
    """The tokens by slot; None where there are too many of a kind, or one thing twice."""
    slots: dict[str, Bound] = {}
    for bound in bounds:
        kind = bound.reading.kind
        if kind not in slots:
            slots[kind] = bound
        elif kind in _SINGLE and f"{kind}2" not in slots:
            slots[f"{kind}2"] = bound
        elif kind in _SINGLE:
            return None
    return None if _same(slots.get("entity"), slots.get("entity2")) else slots


def _same(one: Bound | None, other: Bound | None) -> bool:
    return one is not None and other is not None and one.reading.values == other.reading.values


def _sorted(template: Template, slots: Mapping[str, Bound]) -> bool:
    """Whether things are of the types that the template wants of them."""
    return all(slots[slot].reading.types & types for slot, types in template.sorts.items() if slot in slots)


def _directed(slots: dict[str, Bound]) -> dict[str, Bound]:
    """The relation as seen from the first thing: as the pattern reads it if the types allow, else the other way."""
    if (bound := slots.get("relation")) is None:
        return slots
    known = properties()
    read = [known.inverse(name) if bound.turned else name for name in bound.reading.values]
    fitting = [name for name in read if _joins(name, slots)]
    turned = [name for name in map(known.inverse, read) if _joins(name, slots)]
    values = tuple(dict.fromkeys(fitting or turned or read))
    return slots | {"relation": Bound(bound.token, Reading("relation", values), bound.turned)}


def _joins(name: str, slots: Mapping[str, Bound]) -> bool:
    """Whether the things and types of a question allow the property from the first to the second."""
    known, kinds = properties(), slots["type"].reading.types if "type" in slots else frozenset()
    if "entity" not in slots:
        return known.joins(name, kinds, frozenset()) or known.joins(name, frozenset(), kinds)
    far = slots["entity2"].reading.types if "entity2" in slots else kinds
    return known.joins(name, slots["entity"].reading.types, far)
