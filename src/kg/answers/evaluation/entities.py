"""The rows on entities and their labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.answers.evaluation.alignment import Case, fits
from kg.answers.evaluation.gold import Wanted
from kg.answers.evaluation.predicted import Thing
from kg.answers.evaluation.tally import Count, both
from kg.answers.evaluation.wording import akin, chinese, normal
from kg.graph.terms import ZG


def entities(case: Case) -> Iterator[Count]:
    """What was found of the gold, and what was found beside it."""
    found = {id: case.page.entities[iri] for iri, id in case.aligned.items()}
    for wanted in case.gold.entities:
        yield from _entity(wanted, found.get(wanted.id))
    for iri in case.page.entities:
        if iri not in case.aligned and not case.neutral(iri):
            yield Count("entities", predicted=1)
            yield Count("entities, name only", predicted=1)


def _entity(wanted: Wanted, thing: Thing | None) -> Iterator[Count]:
    """One of the gold; a second type that is not accepted makes it half right, an optional one no error."""
    required = not wanted.optional
    good = thing is not None and fits(thing, wanted)
    right = 0.0 if not good or thing is None else 0.5 if thing.types - wanted.types else 1.0
    yield both("entities, name only", thing is not None, predicted=thing is not None, wanted=required)
    yield Count("entities", right, thing is not None and (good or required), good and required, required)
    if thing is not None:
        yield both("preferred label", _full(wanted, thing), wanted=required)


def _full(wanted: Wanted, thing: Thing) -> bool:
    """Whether the preferred label is not merely one of the short forms."""
    short = frozenset(map(normal, wanted.aliases)) - {normal(wanted.name)}
    return bool(thing.preferred) and normal(wanted.name) in thing.names and not thing.preferred & short


def labels(case: Case, known: Mapping[str, frozenset[str]]) -> Iterator[Count]:
    """The labels of aligned entities; `known` are the names that any gold text gives an entity of the graph."""
    for iri, id in sorted(case.aligned.items()):
        names, own = case.page.entities[iri].names, _own(case, iri, known)
        for label in names - own:
            right = fair(case, iri, label, own)
            if right is not None:
                yield Count("labels", right, 1)
        shared, wanted = len(names & own), case.gold.entity(id).names
        yield Count("labels", shared, shared, len(names & wanted), len(wanted))


def unfair(case: Case, known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The labels of each aligned entity that are not its own."""
    found: dict[str, frozenset[str]] = {}
    for iri in case.aligned:
        own = _own(case, iri, known)
        others = case.page.entities[iri].names - own
        found[iri] = frozenset(label for label in others if fair(case, iri, label, own) is False)
    return found


def _own(case: Case, iri: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return case.gold.entity(case.aligned[iri]).names | known.get(iri, frozenset())


def fair(case: Case, iri: str, label: str, own: frozenset[str]) -> bool | None:
    """Whether a label that the gold does not know may be one of the entity; None where nobody can tell.

    Wrong is the name of another entity, a word of the text that has nothing of the entity's names, and what the only
    text that mentions it does not hold. Translations and synonyms of an industry are left out of account.
    """
    id = case.aligned[iri]
    if any(label in other.names for other in case.gold.entities if other.id != id):
        return False
    if label in case.flat:
        return any(akin(label, name) for name in own)
    alone = frozenset(case.graph.facts.get(iri, ZG + "mentionedIn")) == {case.page.iri}
    translated = chinese(label) != chinese(case.flat)
    synonym = "Industry" in case.page.entities[iri].types
    return None if case.text is None or not alone or synonym or translated else False
