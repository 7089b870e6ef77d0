"""A question in Chinese or English, read, put as SPARQL, and answered with the sentences behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.answers import lookup, vocabulary
from kg.answers.asking import competency, filling, matching, nearest, rows, things, wording
from kg.answers.asking.answer import Answer, LeftOut, Meaning, Unread
from kg.answers.asking.matching import Bound, Match
from kg.answers.asking.question import MOST, Compact, Token, compact, partings, unknown
from kg.answers.asking.rows import Row
from kg.answers.asking.templates import template
from kg.answers.asking.words import named
from kg.answers.vocabulary import local
from kg.errors import UsageError
from kg.records import HELD_BACK

if TYPE_CHECKING:
    from pyoxigraph import Store

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_VALUED = ("entity", "type", "indicator", "relation", "status")


def ask(store: Store, question: str, *, language: str | None = None) -> Answer | Unread:
    """The answer to a question, or what could be asked instead. Without a language it answers in the question's.

    UsageError where the question is empty or longer than 300 characters.
    """
    given = _checked(question)
    if listed := competency.answered(store, question, language):
        return listed
    known = things.named(store, given.text)
    ways = _understood(store, given, known)
    spoken = language or _language(ways)
    for match in matching.matches(ways):
        found = _answer(store, question, match, spoken)
        if found.rows or found.left_out or not match.template.tentative:
            return found
    missing = tuple(dict.fromkeys([*unknown(ways[0]), *(token.text for token in ways[0] if token.as_("beyond"))]))
    near = nearest.questions(store, ways, spoken, readable=lambda texts: readable(store, texts))
    return Unread(question, spoken, missing, near)


def readable(store: Store, questions: Sequence[str]) -> list[str]:
    """Those of the questions that are understood."""
    known = things.named(store, compact(" ".join(questions)).text)
    return [one for one in questions if next(matching.matches(partings(compact(one), known)), None) is not None]


def _checked(question: str) -> Compact:
    if len(question) > MOST:
        raise UsageError(f"ask: the question is longer than {MOST} characters; ask one thing at a time")
    given = compact(question)
    if not given.text:
        raise UsageError("ask: the question is empty; ask for instance: 有哪些园区？")
    return given


def _understood(store: Store, given: Compact, known: things.Things) -> list[tuple[Token, ...]]:
    """The ways to part the question; where none is understood, with a thing whose name is only near a piece of it."""
    ways = partings(given, known)
    if len(unknown(ways[0])) != 1:
        return ways
    for piece in _pieces(ways[0]):
        if near := things.like(store, piece):
            closer = partings(given, things.merged(known, {piece: (near,)}))
            if all(token.readings for token in closer[0]):
                return closer
    return ways


def _pieces(tokens: tuple[Token, ...]) -> Iterator[str]:
    """The run that is not understood, first with the words beside it that may belong to the same name, then alone."""
    at = [i for i, token in enumerate(tokens) if not token.readings]
    first, last = at[0], at[-1]
    if last + 1 < len(tokens) and tokens[last + 1].as_("type"):
        yield "".join(token.text for token in tokens[first : last + 2])
    yield "".join(token.text for token in tokens[first : last + 1])


def _language(ways: Sequence[tuple[Token, ...]]) -> str:
    """The language of the words that stand for nothing in the graph; of all words where there are none."""
    said = "".join(token.text for token in ways[0] if not any(token.as_(kind) for kind in (*_VALUED, "title")))
    words = said if re.search(r"[^\W\d]", said) else "".join(token.text for token in ways[0])
    return "zh" if _CHINESE.search(words) or not re.search("[a-z]{2}", words) else "en"


def _answer(store: Store, question: str, match: Match, language: str) -> Answer:
    """The answer by a match; where it gives nothing and its template names another, by that one."""
    found = _groups(store, match, match.template.because or match.template.query)
    beside = {key: group for key, group in _beside(store, match).items() if key not in found}
    other = match.template.otherwise
    if other and not found and not beside:
        further = _answer(store, question, Match(template(other), match.slots), language)
        if further.rows or further.left_out:
            return further
    given = _given(store, match, found, language)
    left = _left_out(store, match, beside, language)
    total = len(found) if len(found) > rows.MOST else len(given)
    return Answer(
        question, language, match.template.name, tuple(_meanings(store, match.slots, language)),
        filling.filled(match.template.query, match), _sentence(store, match, given, total, left, language), given, left,
        total, len(beside),
    )  # fmt: skip


def _groups(store: Store, match: Match, text: str) -> rows.Groups:
    return rows.groups(match.template.rows, rows.solutions(store, filling.filled(text, match)))


def _beside(store: Store, match: Match) -> rows.Groups:
    """What has to do with the question but is planned, aimed at, called off, denied, or counted by another figure."""
    return _groups(store, match, match.template.left_out) if match.template.left_out else {}


def _given(store: Store, match: Match, found: rows.Groups, language: str) -> tuple[Row, ...]:
    """The rows that the template's query gives, or that a sum was made of."""
    made = rows.rows(store, match.template.rows, found, language)
    direct = tuple(row for row in made if len(row.cells) == 1)
    return (direct or made) if match.template.rows == "paths" else made


def _left_out(store: Store, match: Match, beside: rows.Groups, language: str) -> tuple[LeftOut, ...]:
    kind = "figures" if match.template.rows == "sum" else match.template.rows
    return tuple(LeftOut(row, _reason(row, language)) for row in rows.rows(store, kind, beside, language))


def _reason(row: Row, language: str) -> str:
    held = [vocabulary.named(status, language) for status in row.statuses if status in HELD_BACK]
    again = "另一项数据已涵盖" if language == "zh" else "another figure covers it"
    return ("、" if language == "zh" else ", ").join(held) or again


def _meanings(store: Store, slots: Mapping[str, Bound], language: str) -> Iterator[Meaning]:
    """How the pieces that stand for something were taken."""
    for bound in slots.values():
        reading = bound.reading
        if reading.kind in ("entity", "indicator"):
            names = dict.fromkeys(lookup.name(store, iri, language) for iri in reading.values)
            yield Meaning(bound.token.text, reading.kind, tuple(names), reading.values)
        elif reading.kind in _VALUED:
            yield Meaning(bound.token.text, reading.kind, tuple(vocabulary.named(v, language) for v in reading.values))


def _sentence(
    store: Store, match: Match, given: Sequence[Row], total: int, left: Sequence[LeftOut], language: str
) -> str:
    """The answer in one sentence."""
    spoken = match.template.wording[language]
    words = _words(store, match, given, total, language)
    text = (spoken.say if given else spoken.none).format_map(words)
    if left and not given:
        text += _instead(left, language)
    return re.sub(r"\s+([.,:;])", r"\1", re.sub(" {2,}", " ", text)) if language == "en" else text


def _instead(left: Sequence[LeftOut], language: str) -> str:
    """What there is instead of an answer: plans, targets."""
    told = wording.phrases([wording.bracketed(one.row.phrase, one.reason, language=language) for one in left], language)
    return f"未计入：{told}。" if language == "zh" else f" Left out: {told}."


class _Words(dict[str, str]):
    """What a sentence may name; nothing for a slot that the question leaves open."""

    def __missing__(self, key: str) -> str:
        return ""


def _words(store: Store, match: Match, given: Sequence[Row], total: int, language: str) -> _Words:
    slots = match.slots
    words = _Words({slot: wording.listed(_names(store, bound, language), language) for slot, bound in slots.items()})
    words["whose"] = words["entity"]
    words["type"] = words["type"] or vocabulary.named("Entity", language)
    if period := slots.get("period"):
        begin, end = period.reading.values
        words["years"] = wording.span(begin, end, language)
    if bound := slots.get("bound"):
        sign, value, unit = bound.reading.values
        words["bound"] = wording.bound(sign, value, unit, language)
    by_figure = match.template.rows in ("figures", "sum")
    phrases = wording.phrases([row.phrase for row in given], language, total)
    words["rows"] = phrases
    words["names"] = phrases if by_figure else wording.listed([row.name for row in given], language, total)
    words["count"] = str(total)
    if match.template.rows == "sum":
        words["total"] = _total(store, match, language)
    return words


def _names(store: Store, bound: Bound, language: str) -> list[str]:
    """What a slot stands for, in words."""
    reading = bound.reading
    if reading.kind in ("entity", "indicator"):
        return [lookup.name(store, iri, language) for iri in reading.values]
    if reading.kind in ("type", "relation", "status"):
        return [named(reading.kind, value, language) for value in reading.values]
    return list(reading.values) or [bound.token.text]


def _total(store: Store, match: Match, language: str) -> str:
    """The sums that the query gives, one a unit."""
    found = rows.solutions(store, filling.filled(match.template.query, match))
    sums = [(Decimal(row["total"].value), local(row["unit"].value)) for row in found if "unit" in row]  # type: ignore[union-attr]
    return wording.listed([wording.amount(value, unit, language) for value, unit in sums], language)
