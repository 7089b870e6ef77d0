"""The rows on entities and their labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.answers.evaluation import telling
from kg.answers.evaluation.alignment import Case, fits
from kg.answers.evaluation.facts import TYPE
from kg.answers.evaluation.gold import Wanted
from kg.answers.evaluation.predicted import Key, Thing
from kg.answers.evaluation.tally import Count, Verdict, both
from kg.answers.evaluation.wording import akin, chinese, normal
from kg.graph.terms import ZG


def entities(case: Case) -> Iterator[Count]:
    """What was found of the gold, and what was found beside it."""
    found = {id: iri for iri, id in case.aligned.items()}
    for wanted in case.gold.entities:
        yield from _entity(case, wanted, found.get(wanted.id))
    for iri, thing in case.page.entities.items():
        if iri not in case.aligned and not case.neutral(iri):
            verdict = Verdict(came=telling.came_entity(case, iri, thing), keys=_types(iri, thing))
            yield Count("entities", predicted=1, kind=f"entity {min(thing.types)}", verdict=verdict)
            yield Count("entities, name only", predicted=1)


def _types(iri: str, thing: Thing) -> tuple[Key, ...]:
    """The facts that say what it is."""
    return tuple((iri, TYPE, ZG + kind) for kind in sorted(thing.types))


def _entity(case: Case, wanted: Wanted, iri: str | None) -> Iterator[Count]:
    """One of the gold; a second type that is not accepted makes it half right, an optional one no error."""
    required = not wanted.optional
    if iri is None:
        verdict = Verdict(telling.wanted_entity(wanted), places=((wanted.name, *wanted.aliases),))
        yield Count("entities, name only", required=required)
        yield Count("entities", required=required, kind=f"entity {wanted.type}", verdict=verdict)
        return
    thing = case.page.entities[iri]
    good, came = fits(thing, wanted), telling.came_entity(case, iri, thing)
    right = 0.0 if not good else 0.5 if thing.types - wanted.types else 1.0
    verdict = Verdict(telling.wanted_entity(wanted), came, _types(iri, thing), fault="wrong type")
    yield both("entities, name only", True, wanted=required)
    yield Count("entities", right, good or required, good and required, required, f"entity {wanted.type}", verdict)
    preferred = Verdict(wanted.name, telling.name(case, iri), verdict.keys)
    yield both("preferred label", _full(wanted, thing), wanted=required, verdict=preferred)


def _full(wanted: Wanted, thing: Thing) -> bool:
    """Whether the preferred label is not merely one of the short forms."""
    short = frozenset(map(normal, wanted.aliases)) - {normal(wanted.name)}
    return bool(thing.preferred) and normal(wanted.name) in thing.names and not thing.preferred & short


def labels(case: Case, known: Mapping[str, frozenset[str]]) -> Iterator[Count]:
    """The labels of aligned entities; `known` are the names that any gold text gives an entity of the graph."""
    for iri, id in sorted(case.aligned.items()):
        thing, own = case.page.entities[iri], _own(case, iri, known)
        called, keys = telling.name(case, iri), _types(iri, thing)
        for label in sorted(thing.names - own):
            right = fair(case, iri, label, own)
            if right is not None:
                yield Count("labels", right, 1, verdict=Verdict("", f"{label} = {called}", keys))
        shared = len(thing.names & own)
        yield Count("labels", shared, shared)
        for label in sorted(case.gold.entity(id).names):
            verdict = Verdict(f"{label} = {called}", "", keys, ((label,),))
            yield Count("labels", found=label in thing.names, required=1, verdict=verdict)


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
