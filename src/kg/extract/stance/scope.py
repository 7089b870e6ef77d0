"""How far a fact has come: trigger words with direction, reach and terminators, in the manner of ConText.

The words are rows of `statuses.tsv`; here is only how a trigger reaches what stands before or after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.extract.text.tokens import token_at
from kg.records import Sentence, Status
from kg.rules import Rules

Kind = Literal["figure", "relation", "level"]

_BREAK = re.compile(r"[,;。!?:]|……|—{2}")
_STOP = re.compile(r"[;。!?]|……")
_PRIORITY = {
    Status.TERMINATED: 0, Status.NEGATED: 1, Status.TARGET: 2, Status.PLANNED: 3, Status.SIGNED: 4,
    Status.STARTED: 5, Status.UNDERWAY: 6, Status.COMPLETED: 7, Status.ACHIEVED: 8,
}  # fmt: skip
_UNTIL_YEAR = re.compile(r"到(20\d\d)年")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger word in a sentence, with what its rows say of it."""

    start: int
    end: int
    status: Status | None
    direction: str
    reach: str
    kind: str


def status(
    sentence: Sentence, start: int, end: int, rules: Rules, *, kind: Kind = "relation", year: int | None = None
) -> Status | None:
    """The status of what `text[start:end]` states, None for a plain statement.

    `year` is the year of the document, if known: 到2027年 makes a target of what comes later than that.
    """
    reaching = [
        t
        for t in triggers(sentence.text, rules)
        if t.status and _applies(t, sentence.text, start, end, kind, rules) and not _disposes(sentence, t)
    ]
    found = [
        Status.PLANNED if t.start >= end and _ahead(t, sentence.text, end, rules) else t.status
        for t in (reaching if kind == "relation" else _nearest_step(reaching, end))
        if t.status
    ]
    if _is_later(sentence.text, start, year, intended=any(_intends(t, start) for t in triggers(sentence.text, rules))):
        found.append(Status.TARGET)
    return min(found, key=_PRIORITY.__getitem__, default=None)


_STEPS = frozenset({Status.SIGNED, Status.STARTED, Status.UNDERWAY, Status.COMPLETED, Status.ACHIEVED})


def _nearest_step(reaching: list[Trigger], end: int) -> list[Trigger]:
    """Of several steps the one that stands last before a figure: 签约项目58个,其中开工41个、投产13个."""
    steps = [t for t in reaching if t.status in _STEPS and t.end <= end]
    behind = [t for t in reaching if t.status in _STEPS and t.start == end]
    last = max(behind or steps, key=lambda t: t.start, default=None)
    return [t for t in reaching if t.status not in _STEPS or last is None or t.status is last.status]


@lru_cache(maxsize=256)
def triggers(text: str, rules: Rules) -> tuple[Trigger, ...]:
    """All trigger words of a text, terminators (without status) among them."""
    anywhere, which, rows = _compiled(rules)
    found: list[Trigger] = []
    for match in anywhere.finditer(text):
        told = which.match(text, match.start())
        assert told is not None
        found += [Trigger(match.start(), match.end(), *row) for row in rows[told.lastgroup or ""]]
    return tuple(found)


_Rows = dict[str, list[tuple[Status | None, str, str, str]]]


@lru_cache(maxsize=4)
def _compiled(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str], _Rows]:
    """One expression for all triggers, the same with a group for each, and for each group the rows behind it.

    Two, since the matcher keeps the marks of all groups at every character that it tries: thirty times as slow.
    """
    groups: dict[str, str] = {}
    rows: _Rows = {}
    for row in sorted(rules.table("statuses"), key=lambda r: (-len(r["trigger"]), r["trigger"])):
        name = groups.setdefault(row["trigger"], f"t{len(groups)}")
        state = Status(row["status"]) if row["status"] else None
        rows.setdefault(name, []).append((state, row["direction"], row["reach"], row["kind"]))
    named = "|".join(f"(?P<{name}>{trigger})" for trigger, name in groups.items())
    return re.compile("|".join(groups)), re.compile(named), rows


def _applies(trigger: Trigger, text: str, start: int, end: int, kind: Kind, rules: Rules) -> bool:
    """Whether a trigger reaches the fact at `start`..`end`."""
    wanted = ("both", "figure", "level") if kind == "level" else ("both", kind)
    if trigger.kind not in wanted:
        return False
    if start <= trigger.start and trigger.end <= end:
        return True
    if trigger.end <= start and trigger.direction != "after":
        return _within(text[trigger.end : start], trigger.reach) and not _ended(trigger, text, start, rules)
    return trigger.start >= end and trigger.direction == "both" and _within(text[end : trigger.start], "clause")


def _disposes(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether 将 takes an object before its verb (将总部设在…) and tells of no time to come."""
    if sentence.text[trigger.start] != "将" or not sentence.tokens:
        return False
    at = token_at(sentence, trigger.start)
    following = sentence.tokens[at + 1 : at + 2]
    return sentence.tokens[at].tag == "p" and not any(t.tag in ("v", "d", "ad", "vd", "p") for t in following)


def _ahead(trigger: Trigger, text: str, end: int, rules: Rules) -> bool:
    """Whether a step behind the fact is only intended (位于甲区的乙项目计划明年开工)."""
    clause = max([end, *(m.end() for m in _BREAK.finditer(text, end, trigger.start))])
    return any(
        t.status in (Status.PLANNED, Status.TARGET) and t.direction == "before" and clause <= t.start < trigger.start
        for t in triggers(text, rules)
    )


def _within(between: str, reach: str) -> bool:
    """Whether the text between trigger and fact is one that the trigger reaches across."""
    if reach == "sentence":
        return not _STOP.search(between)
    return len(_BREAK.findall(between)) <= (1 if reach == "next" else 0) and not _STOP.search(between)


def _ended(trigger: Trigger, text: str, start: int, rules: Rules) -> bool:
    """Whether a terminator stands between a trigger and the fact after it."""
    return any(t.kind == "end" and trigger.end <= t.start < start for t in triggers(text, rules))


def _intends(trigger: Trigger, start: int) -> bool:
    """Whether a word before the fact speaks of what is intended."""
    return trigger.end <= start and trigger.status in (Status.PLANNED, Status.TARGET) and trigger.direction == "before"


def _is_later(text: str, start: int, year: int | None, *, intended: bool) -> bool:
    """Whether the fact is said of a time after the document's year (到2027年, …); without one, of an intended time."""
    named = [match for match in _UNTIL_YEAR.finditer(text, 0, start) if not _STOP.search(text[match.end() : start])]
    return bool(named) and (int(named[-1][1]) > year if year is not None else intended)
