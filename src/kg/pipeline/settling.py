"""Which triples are facts and which only follow, counted over all that give them.

A triple stands in the default graph while a document or an entity gives it, in ``zg:inferred`` while it follows from
something and is no fact. Most are given once: how often is kept only of those that are given more often or both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

from pyoxigraph import Quad, Store

from kg.graph import terms
from kg.graph.rows import consequences, parsed
from kg.pipeline.spool import Spool

Given = tuple[int, int]
"""How many give a triple as a fact, and from how many it follows."""
Settled = tuple[str, int, int]
"""A triple, and whether it came (1) or went (-1) among the facts and among what is inferred."""
Item = TypeVar("Item")
BATCH = 2000
_ONCE: frozenset[Given] = frozenset({(0, 0), (1, 0), (0, 1)})


class UnsettledError(Exception):
    """More is taken away than was ever given: what is known of the graph before is not what made it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`shared` holds what is given more than once; of the rest `store`, the graph before, tells; None where none is."""

    shared: dict[str, Given]
    store: Store | None

    def given(self, triple: str) -> Given:
        """How often a triple is given, before it is changed."""
        if triple in self.shared or self.store is None:
            return self.shared.get(triple, (0, 0))
        (quad,) = parsed([triple])
        if quad in self.store:
            return 1, 0
        inferred = Quad(quad.subject, quad.predicate, quad.object, terms.INFERRED)
        return 0, int(inferred in self.store)

    def changed(self, triple: str, given: Given) -> None:
        """From now on it is given so often."""
        if min(given) < 0:
            raise UnsettledError(triple)
        if given in _ONCE:
            self.shared.pop(triple, None)
        else:
            self.shared[triple] = given


def settled(facts: Spool, follows: Spool, tally: Tally) -> Iterator[Settled]:
    """What comes and goes, in the order of triples, once it is told how many more or fewer give each.

    `facts` hold a change a triple, `follows` a pair of changes; what follows from facts is added to them here.
    """
    for some in batches(_turned(facts, follows, tally), BATCH):
        for (_, turn), quad in zip(some, parsed(triple for triple, _ in some), strict=True):
            for triple, _, _ in consequences(quad):
                follows.add(triple, (0, turn))
    for triple, pairs in groupby(follows, key=itemgetter(0)):
        change = _sum(value for _, value in pairs if isinstance(value, tuple))
        before = tally.given(triple)
        after = before[0] + change[0], before[1] + change[1]
        tally.changed(triple, after)
        yield triple, _fact(after) - _fact(before), _inferred(after) - _inferred(before)


def _turned(facts: Spool, follows: Spool, tally: Tally) -> Iterator[tuple[str, int]]:
    """The triples that become facts or cease to be; each change of a fact is handed on to where both are settled."""
    for triple, pairs in groupby(facts, key=itemgetter(0)):
        change = sum(value for _, value in pairs if isinstance(value, int))
        if change:
            follows.add(triple, (change, 0))
            before, _ = tally.given(triple)
            turn = (before + change > 0) - (before > 0)
            if turn:
                yield triple, turn


def _sum(changes: Iterable[Given]) -> Given:
    facts, follows = 0, 0
    for fact, follow in changes:
        facts, follows = facts + fact, follows + follow
    return facts, follows


def _fact(given: Given) -> int:
    return int(given[0] > 0)


def _inferred(given: Given) -> int:
    return int(given[1] > 0 and given[0] == 0)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of that size, the last one shorter."""
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
