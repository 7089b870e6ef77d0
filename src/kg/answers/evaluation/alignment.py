"""Which entity of a page is which of the gold, one to one, and the text that both are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.answers.evaluation.gold import Gold, Wanted
from kg.answers.evaluation.predicted import Page, Predicted, Thing
from kg.answers.evaluation.wording import normal

UNANNOTATED = frozenset({"中国", "我国", "全国", "国家级高新区"})
MOST_TYPES = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One gold text against one page. `aligned` leads from an entity's IRI to its id in the gold."""

    gold: Gold
    text: str | None
    page: Page
    graph: Predicted
    aligned: dict[str, str]

    @property
    def flat(self) -> str:
        """The text in the normal form of names."""
        return normal(self.text or "")

    def neutral(self, iri: str) -> bool:
        """Whether it is something that the gold does not annotate, so neither right nor wrong."""
        thing = self.page.entities.get(iri)
        return iri not in self.aligned and thing is not None and thing.names <= UNANNOTATED


def case(gold: Gold, text: str | None, page: Page, graph: Predicted) -> Case:
    """The case with its entities aligned."""
    return Case(gold, text, page, graph, aligned(gold, page))


def fits(thing: Thing, wanted: Wanted) -> bool:
    """Whether one of at most two types is accepted."""
    return bool(thing.types & wanted.types) and len(thing.types) <= MOST_TYPES


def aligned(gold: Gold, page: Page) -> dict[str, str]:
    """Best matches first: right type and full name, right type and any name, then the same whatever the type."""
    found: dict[str, str] = {}
    for typed in (True, False):
        for full in (True, False):
            for wanted in gold.entities:
                if wanted.id not in found.values():
                    found |= _match(wanted, page, found, typed=typed, full=full)
    return found


def _match(wanted: Wanted, page: Page, found: dict[str, str], *, typed: bool, full: bool) -> dict[str, str]:
    """The first free entity with one of the names, one that prefers such a name before others."""
    names = frozenset({normal(wanted.name)}) if full else wanted.names
    for iri, thing in _ordered(page.entities.items(), names):
        if iri not in found and names & thing.names and (not typed or fits(thing, wanted)):
            return {iri: wanted.id}
    return {}


def _ordered(things: Iterable[tuple[str, Thing]], names: frozenset[str]) -> list[tuple[str, Thing]]:
    return sorted(things, key=lambda item: (not names & item[1].preferred, item[0]))
