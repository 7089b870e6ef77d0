"""How far what is planned and built has come: a later status supersedes an earlier one, and both stay to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.answers.claims import Telling
from kg.records import EntityType, Relation, Status

LADDER = (Status.TARGET, Status.PLANNED, Status.SIGNED, Status.STARTED, Status.UNDERWAY, Status.COMPLETED,
          Status.ACHIEVED)  # fmt: skip
ENDS = frozenset({Status.TERMINATED, Status.NEGATED})
BUILT = frozenset({EntityType.PROJECT, EntityType.FUND, EntityType.FACILITY, EntityType.ZONE, EntityType.VALLEY,
                   EntityType.INSTITUTE, EntityType.LABORATORY, EntityType.UNIVERSITY})  # fmt: skip
_OF_OBJECT = frozenset({Relation.PLANS, Relation.BUILDS, Relation.INVESTS, Relation.HOSTS, Relation.HAS_VALLEY})
_OF_SUBJECT = frozenset({Relation.LOCATED_IN, Relation.PART_OF, Relation.SIGNED_AT, Relation.FUNDED_BY})


@dataclass(frozen=True, slots=True)
class Step:
    """One status: since when a dated text gives it, and whether it is where the thing stands."""

    status: Status
    since: str | None
    current: bool


def tells(relation: Relation, *, subject: bool) -> bool:
    """Whether a relation's status is that of the thing at this end: who plans something is not planned itself."""
    return relation in (_OF_SUBJECT if subject else _OF_OBJECT)


def furthest(statuses: Iterable[Status]) -> Status:
    """Where a thing stands by these alone: an end counts only where nothing else is said."""
    given = set(statuses)
    on_ladder = given - ENDS
    return max(on_ladder, key=LADDER.index) if on_ladder else min(given)


def steps(claims: Iterable[Telling]) -> tuple[Step, ...]:
    """The statuses that claims about one thing give, up the ladder and then its end; none where they give but one.

    An end is where the thing stands if a later text gives it than any other status.
    """
    dates: dict[Status, list[str]] = {}
    for claim in claims:
        if claim.status and not claim.rejected:
            issued = (quote.source.issued for quote in claim.quotes)
            dates.setdefault(Status(claim.status), []).extend(day for day in issued if day)
    if len(dates) < 2:
        return ()
    now = _standing(dates)
    order = sorted(dates, key=lambda s: (s in ENDS, LADDER.index(s) if s in LADDER else 0, s))
    return tuple(Step(status, min(dates[status], default=None), status is now) for status in order)


def _standing(dates: dict[Status, list[str]]) -> Status:
    last = max(dates, key=lambda status: (max(dates[status], default=""), status in ENDS))
    before = [day for status, days in dates.items() if status not in ENDS for day in days]
    ended = last in ENDS and bool(before) and max(dates[last], default="") > max(before)
    return last if ended else furthest(dates)
