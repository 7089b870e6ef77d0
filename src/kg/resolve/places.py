"""Where a named thing is, as far as name and text tell: the place prefix of its name, else what its text states.

A place is the code of a division without the zeros at its end (33 a province, 3301 a city, 330106 a district), or the
code of a country. One place holds another where its code begins the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.records import HELD_BACK, EntityType, Extraction, Relation
from kg.resolve.names import folded
from kg.rules import Row, Rules

LONGEST_PLACE = 11
CITY = 4
_MUNICIPALITIES = ("11", "12", "31", "50")
_WITHIN = {Relation.LOCATED_IN, Relation.PART_OF, Relation.AFFILIATED_WITH}
_HOLDING = {Relation.HOSTS, Relation.HAS_VALLEY}
Places = frozenset[str]
NOWHERE: Places = frozenset()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of divisions: what they may mean, and what each code is called."""

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vague: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def gazetteer(rules: Rules) -> Gazetteer:
    """The divisions of the rules by all their names. A vague name means a place only behind the one above it."""
    codes: dict[str, list[str]] = {}
    common = {row["word"] for row in rules.tables.get("ambiguous_places", ()) if row["class"] == "common"}
    rows = rules.tables.get("divisions", ())
    vague = {word for row in rows for word in _vague(row)} | common
    for row in rows:
        for name in dict.fromkeys((row["name"], *_aliases(row))):
            codes.setdefault(folded(name), []).append(short(row["code"]))
    several = {name for name, found in codes.items() if len(found) > 1}
    settled = {name: tuple(found) for name, found in codes.items()}
    return Gazetteer(settled, frozenset(vague | several), {short(row["code"]): row["name"] for row in rows})


def _aliases(row: Row) -> list[str]:
    return [alias for alias in row["aliases"].split("|") if alias]


def _vague(row: Row) -> list[str]:
    """The names of a row that mean other things as well."""
    return [*_aliases(row), *([row["name"]] if row["weak"] == "2" else [])] if row["weak"] else []


def short(code: str) -> str:
    """A code without the zeros that say nothing: 330000 is 33, 330100 is 3301."""
    if len(code) != 6 or not code.isdigit():
        return code
    return code.removesuffix("00").removesuffix("00")


def city(code: str) -> str:
    """The city a place is in; the place itself where it is no smaller."""
    if not code.isdigit():
        return code
    return code[:2] if code[:2] in _MUNICIPALITIES else code[:CITY]


def hold(a: Places, b: Places) -> bool:
    """Whether the two may be in one place: one of the first holds, or is held by, one of the second."""
    return any(x.startswith(y) or y.startswith(x) for x in a for y in b)


def split(name: str, known: Gazetteer) -> tuple[str, str]:
    """The code of the places that begin a folded name, and the rest of the name; an empty code where there is none."""
    code, rest = "", name
    while found := _next(code, rest, known):
        code, rest = found
    return code, rest


def _next(code: str, rest: str, known: Gazetteer) -> tuple[str, str] | None:
    """One more place at the beginning, the longest name first, and only below the one before."""
    for length in range(min(LONGEST_PLACE, len(rest) - 1), 1, -1):
        word = rest[:length]
        fitting = [c for c in known.codes.get(word, ()) if c != code and c.startswith(code)]
        if len(fitting) == 1 and (code or word not in known.vague):
            return fitting[0], rest[length:]
    return None


def stated(reading: Extraction, known: Gazetteer) -> list[Places]:
    """For each referent of a text the places in which the text puts it."""
    above = _above(reading)
    own = [_own(referent.name, referent.code, known) for referent in reading.referents]
    return [_reached(index, above, own) for index in range(len(own))]


def _own(name: str, code: str | None, known: Gazetteer) -> str:
    return short(code) if code else split(folded(name), known)[0]


def _above(reading: Extraction) -> dict[int, list[int]]:
    """What each referent is stated to be in; what is planned or denied puts nothing anywhere."""
    above: dict[int, list[int]] = {}
    for low, high in _pairs(reading):
        above.setdefault(low, []).append(high)
    return above


def _pairs(reading: Extraction) -> Iterator[tuple[int, int]]:
    for claim in reading.claims:
        if claim.object is not None and claim.status not in HELD_BACK:
            if claim.relation in _WITHIN:
                yield claim.subject, claim.object
            elif claim.relation in _HOLDING:
                yield claim.object, claim.subject


def _reached(start: int, above: Mapping[int, Sequence[int]], own: Sequence[str]) -> Places:
    """The nearest places on every way up."""
    found, seen, waiting = set(), {start}, [start]
    while waiting:
        here = waiting.pop()
        if here != start and own[here]:
            found.add(own[here])
            continue
        fresh = [there for there in above.get(here, ()) if there not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return frozenset(found)


def only_city(reading: Extraction) -> Places:
    """The one city that a text names, none where it names several or none."""
    codes = [short(r.code) for r in reading.referents if r.code and r.type is EntityType.PLACE]
    cities = {city(code) for code in codes if len(code) >= CITY or code in _MUNICIPALITIES}
    return frozenset(cities) if len(cities) == 1 else NOWHERE


def cities(places: Iterable[str]) -> Places:
    """The same places, none smaller than a city."""
    return frozenset(map(city, places))
