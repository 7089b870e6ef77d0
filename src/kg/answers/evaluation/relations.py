"""The rows on relations: found, with their predicate, their title, their status, and held back where they must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.answers.evaluation import telling
from kg.answers.evaluation.alignment import Case
from kg.answers.evaluation.facts import tail
from kg.answers.evaluation.gold import Form
from kg.answers.evaluation.predicted import Key
from kg.answers.evaluation.reading import BACK, RELATIONS
from kg.answers.evaluation.tally import Count, Verdict, both
from kg.answers.evaluation.wording import normal, years

Ends = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Hits:
    """The page's relations by the gold's they satisfy: its place among the required, else the optional form.

    `wrong` satisfy nothing; `strange` of them do not even connect what the gold connects.
    """

    found: dict[int | Form, list[Key]] = field(default_factory=dict)
    status: dict[int, set[str]] = field(default_factory=dict)
    loose: set[object] = field(default_factory=set)
    wrong: list[Key] = field(default_factory=list)
    strange: list[Key] = field(default_factory=list)


def relations(case: Case) -> Iterator[Count]:
    """All rows on relations."""
    hits = _hits(case)
    yield from _wrong(case, hits)
    yield from _found(case, hits)
    yield from _loose(case, hits)
    yield from _titles(case, hits)
    yield from _statuses(case, hits)
    yield from _held_back(case)


def _hits(case: Case) -> Hits:
    hits, pairs = Hits(), _pairs(case)
    for key, status in sorted(case.page.relations.items()):
        if case.neutral(key[0]) or case.neutral(key[2]):
            continue
        ends = _ends(case, key)
        if not _hit(case, hits, key, ends, status):
            hits.wrong.append(key)
        if ends not in pairs:
            hits.strange.append(key)
        hits.loose.update(_satisfied(pairs, ends))
    return hits


def _wrong(case: Case, hits: Hits) -> Iterator[Count]:
    """What the gold does not have."""
    strange = set(hits.strange)
    for key in hits.wrong:
        fault = _fault(case, key) if key in strange else "spurious, another predicate is right"
        verdict = Verdict("", telling.came_relation(case, key), (key,), fault=fault)
        yield Count("relations", predicted=1, kind=f"relation {key[1]}", verdict=verdict)


def _fault(case: Case, key: Key) -> str:
    """What is wrong with a relation whose ends the gold does not connect in this order."""
    subject, other = _ends(case, key)
    if subject is None or other is None:
        return "spurious, one end is spurious too"
    turned = any((s, o) == (other, subject) for s, _, o in case.gold.accepted)
    return "spurious, turned round" if turned else "spurious between two of the gold"


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
    """Each required relation, and each optional one that the page has."""
    for place, relation in enumerate(case.gold.relations):
        keys = tuple(hits.found.get(place, ()))
        verdict = Verdict(telling.wanted_relation(case, relation), _came(case, keys), keys, _shown(case, relation))
        kind = f"relation {relation[1]}"
        yield both("relations", bool(keys), predicted=bool(keys), kind=kind, verdict=verdict)
    for form, found in hits.found.items():
        if not isinstance(form, int):
            verdict = Verdict("", _came(case, tuple(found)), tuple(found))
            yield Count("relations", 1, 1, kind=f"relation {form[1]}", verdict=verdict)


def _came(case: Case, keys: tuple[Key, ...]) -> str:
    return telling.came_relation(case, keys[0]) if keys else ""


def _shown(case: Case, relation: tuple[Any, ...]) -> tuple[tuple[str, ...], ...]:
    """The wordings of both ends; of a founding the year."""
    ends = [case.gold.entity(id) for id in (relation[0], relation[2]) if id]
    year = [tuple(sorted(years(str(relation[3]))))] if relation[1] == "foundedIn" else []
    return (*((end.name, *end.aliases) for end in ends), *year)


def _loose(case: Case, hits: Hits) -> Iterator[Count]:
    found = sum(isinstance(place, int) for place in hits.loose)
    right = len(hits.loose)
    yield Count("relations, any predicate", right, right + len(hits.strange), found, len(case.gold.relations))


def _titles(case: Case, hits: Hits) -> Iterator[Count]:
    """The titles of positions that were found."""
    for place, relation in enumerate(case.gold.relations):
        if relation[1] == "holdsPosition" and len(relation) > 3 and relation[3] and place in hits.found:
            keys = tuple(hits.found[place])
            said = frozenset().union(*(case.graph.titles.get((s, o), frozenset()) for s, _, o in keys))
            verdict = Verdict(telling.wanted_relation(case, relation), _came(case, keys), keys)
            yield both("position title", normal(relation[3]) in said, verdict=verdict)


def _statuses(case: Case, hits: Hits) -> Iterator[Count]:
    """The statuses of relations that were found, where the gold says anything of statuses."""
    if case.gold.status is None:
        return
    for place, relation in enumerate(case.gold.relations):
        if place in hits.found:
            about = telling.wanted_relation(case, relation)
            wanted, said = case.gold.status.get(place), hits.status.get(place, set())
            yield status(wanted, said, about, tuple(hits.found[place]))


def status(wanted: str | None, said: set[str] | frozenset[str], about: str, keys: tuple[Key | str, ...]) -> Count:
    """Plan and goal count as one; one right of n is 1/n right; unwanted is only a status that takes the fact back."""
    have = {"planned" if word == "target" else word for word in said}
    want = "planned" if wanted == "target" else wanted
    good = want is not None and want in have
    predicted = bool(have) if want else bool(have & BACK)
    verdict = Verdict(f"{wanted or 'no status'}: {about}", "/".join(sorted(said)) or "no status", keys)
    return Count("status", good / len(have) if good else 0, predicted, good, want is not None, verdict=verdict)


def _held_back(case: Case) -> Iterator[Count]:
    """What only plans, goals, ends and denials tell of must not be a plain relation."""
    for key in case.page.told:
        if isinstance(key, tuple) and tail(key[1]) in RELATIONS and key in case.graph.held:
            short = (key[0], tail(key[1]), case.graph.end(key))
            verdict = Verdict("held back", telling.came_relation(case, short), (short,))
            yield both("held back", key not in case.graph.plain, verdict=verdict)
