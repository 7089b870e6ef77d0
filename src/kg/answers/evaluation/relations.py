"""The rows on relations: found, with their predicate, their title, their status, and held back where they must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.answers.evaluation.alignment import Case
from kg.answers.evaluation.facts import tail
from kg.answers.evaluation.gold import Form
from kg.answers.evaluation.predicted import Key
from kg.answers.evaluation.reading import BACK, RELATIONS
from kg.answers.evaluation.tally import Count, both
from kg.answers.evaluation.wording import normal

Ends = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Hits:
    """The page's relations by the gold's they satisfy: its place among the required, else the optional form."""

    found: dict[int | Form, list[Key]] = field(default_factory=dict)
    status: dict[int, set[str]] = field(default_factory=dict)
    loose: set[object] = field(default_factory=set)
    wrong: int = 0
    strange: int = 0


def relations(case: Case) -> Iterator[Count]:
    """All rows on relations."""
    hits = _hits(case)
    yield Count("relations", predicted=hits.wrong)
    yield from _found(case, hits)
    yield from _loose(case, hits)
    yield from _titles(case, hits)
    yield from _statuses(case, hits)
    yield from _held_back(case)


def _hits(case: Case) -> Hits:
    hits, wrong, strange = Hits(), 0, 0
    pairs = _pairs(case)
    for key, status in sorted(case.page.relations.items()):
        if case.neutral(key[0]) or case.neutral(key[2]):
            continue
        ends = _ends(case, key)
        wrong += not _hit(case, hits, key, ends, status)
        strange += ends not in pairs
        hits.loose.update(_satisfied(pairs, ends))
    return Hits(hits.found, hits.status, hits.loose, wrong, strange)


def _ends(case: Case, key: Key) -> Ends:
    """Subject and object as the gold names them; of a founding the year."""
    return case.aligned.get(key[0]), key[2][:4] if key[1] == "foundedIn" else case.aligned.get(key[2])


def _hit(case: Case, hits: Hits, key: Key, ends: Ends, status: set[str]) -> bool:
    """Note what the relation satisfies; whether it is anything of the gold."""
    if ends[0] is None or ends[1] is None:
        return False
    form = ends[0], key[1], ends[1]
    if form not in case.gold.accepted:
        return False
    place = case.gold.accepted[form]
    hits.found.setdefault(form if place is None else place, []).append(key)
    if place is not None:
        hits.status.setdefault(place, set()).update(status)
    return True


def _pairs(case: Case) -> dict[Ends, set[int | None]]:
    """The ends of accepted relations -> what they satisfy, whatever the predicate."""
    pairs: dict[Ends, set[int | None]] = {}
    for (subject, _, value), place in case.gold.accepted.items():
        pairs.setdefault((subject, value), set()).add(place)
    return pairs


def _satisfied(pairs: dict[Ends, set[int | None]], ends: Ends) -> set[object]:
    """The required relations between the ends; the ends themselves where only an optional one is there."""
    places = pairs.get(ends, set())
    return {ends} if places == {None} else {place for place in places if place is not None}


def _found(case: Case, hits: Hits) -> Iterator[Count]:
    for place in range(len(case.gold.relations)):
        yield both("relations", place in hits.found, predicted=place in hits.found)
    yield from (Count("relations", 1, 1) for place in hits.found if not isinstance(place, int))


def _loose(case: Case, hits: Hits) -> Iterator[Count]:
    found = sum(isinstance(place, int) for place in hits.loose)
    right = len(hits.loose)
    yield Count("relations, any predicate", right, right + hits.strange, found, len(case.gold.relations))


def _titles(case: Case, hits: Hits) -> Iterator[Count]:
    """The titles of positions that were found."""
    for place, relation in enumerate(case.gold.relations):
        if relation[1] == "holdsPosition" and len(relation) > 3 and relation[3] and place in hits.found:
            said = [case.graph.titles.get((s, o), frozenset()) for s, _, o in hits.found[place]]
            yield both("position title", any(normal(relation[3]) in titles for titles in said))


def _statuses(case: Case, hits: Hits) -> Iterator[Count]:
    """The statuses of relations that were found, where the gold says anything of statuses."""
    if case.gold.status is None:
        return
    for place in range(len(case.gold.relations)):
        if place in hits.found:
            yield status(case.gold.status.get(place), hits.status.get(place, set()))


def status(wanted: str | None, said: set[str] | frozenset[str]) -> Count:
    """Plan and goal count as one; one right of n is 1/n right; unwanted is only a status that takes the fact back."""
    have = {"planned" if word == "target" else word for word in said}
    want = "planned" if wanted == "target" else wanted
    good = want is not None and want in have
    predicted = bool(have) if want else bool(have & BACK)
    return Count("status", good / len(have) if good else 0, predicted, good, want is not None)


def _held_back(case: Case) -> Iterator[Count]:
    """What only plans, goals, ends and denials tell of must not be a plain relation."""
    for key in case.page.told:
        if isinstance(key, tuple) and tail(key[1]) in RELATIONS and key in case.graph.held:
            yield both("held back", key not in case.graph.plain)
