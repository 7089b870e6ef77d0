"""The rows on evidence: quotes that are verbatim, and that name what the claim is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.answers.evaluation import telling
from kg.answers.evaluation.alignment import Case
from kg.answers.evaluation.facts import TYPE, tail
from kg.answers.evaluation.measures import number
from kg.answers.evaluation.predicted import Key, Piece, Told
from kg.answers.evaluation.reading import RELATIONS
from kg.answers.evaluation.tally import Count, Verdict
from kg.answers.evaluation.wording import normal, years
from kg.graph.terms import ZG

_NUMERAL = re.compile("[0-9〇零一二三四五六七八九十百千万亿兩两双半倍番首最顶冠]")
Unfair = Mapping[str, frozenset[str]]


def evidence(case: Case, unfair: Unfair) -> Iterator[Count]:
    """All claims of the page, then the facts that rest on good ones; nothing where the text is unknown."""
    if case.text is None:
        return
    good = [claim for claim in case.page.claims if claim.pieces and all(_holds(case, p) for p in claim.pieces)]
    held = set(map(id, good))
    for claim in case.page.claims:
        verdict = Verdict("a verbatim quote", *_about(case, claim.key))
        yield Count("evidence", id(claim) in held, 1, verdict=verdict)
    covered = {key for claim in good for key in (claim.key, claim.subject)}
    for key in sorted(case.page.facts, key=str):
        yield Count("evidence", found=key in covered, required=1, verdict=Verdict("evidence", *_about(case, key)))
    yield from _naming(case, good, unfair)


def _naming(case: Case, good: Iterable[Told], unfair: Unfair) -> Iterator[Count]:
    """Claims whose quotes name what they are about, then the facts that have such a claim."""
    shown = [(fact, claim, _names(case, claim, unfair)) for claim in good if (fact := _fact(case, claim)) is not None]
    for _, claim, names in shown:
        yield Count("evidence names", names, 1, verdict=Verdict("quotes that name both", *_about(case, claim.key)))
    named = {fact for fact, _, names in shown if names}
    for fact in {fact: None for fact, _, _ in shown}:
        verdict = Verdict("a claim whose quotes name both", *_about(case, fact))
        yield Count("evidence names", found=fact in named, required=1, verdict=verdict)


def _about(case: Case, key: Key | str) -> tuple[str, tuple[Key | str, ...]]:
    """A claim's or fact's wording, and the page's key of it."""
    figure = key if isinstance(key, str) else key[0]
    if figure in case.page.figures:
        return telling.came_figure(case, case.page.figures[figure]), (figure,)
    if isinstance(key, str) or key[1] == TYPE:
        return telling.name(case, figure), (key,)
    short = (key[0], tail(key[1]), case.graph.end(key))
    return telling.came_relation(case, short), (short,)


def _holds(case: Case, piece: Piece) -> bool:
    """Whether the text has the quote at that place."""
    text, start, end = case.text or "", number(piece.start), number(piece.end)
    if start is None or end is None or piece.quote is None or piece.source != case.page.iri:
        return False
    return 0 <= start < end <= len(text) and text[int(start) : int(end)] == piece.quote


def _fact(case: Case, claim: Told) -> Key | str | None:
    """The figure or relation that the claim is about; None for a type."""
    if claim.subject in case.page.figures:
        return claim.subject
    return claim.key if all(claim.key) and tail(claim.predicate) in RELATIONS else None


def _names(case: Case, claim: Told, unfair: Unfair) -> bool:
    """Whether the quotes together hold a figure's wording, or a label of both ends of a relation."""
    quotes = [normal(piece.quote or "") for piece in claim.telling]
    figure = case.page.figures.get(claim.subject)
    if figure is not None:
        return _hold(quotes, (word for word in figure.wording if _NUMERAL.search(word)))
    if claim.predicate == ZG + "foundedIn":
        there = _year_shown(case, claim.object[:4], quotes)
    else:
        there = _hold(quotes, _labels(case, case.graph.end(claim.key), unfair))
    return there and _hold(quotes, _labels(case, claim.subject, unfair))


def _year_shown(case: Case, year: str, quotes: list[str]) -> bool:
    """Whether the quotes hold the year, unless the text itself only says something like last year."""
    forms = years(year)
    return _hold(quotes, forms) or not any(form in case.flat for form in forms)


def _labels(case: Case, iri: str, unfair: Unfair) -> frozenset[str]:
    return case.graph.facts.labels(iri) - unfair.get(iri, frozenset())


def _hold(quotes: list[str], words: Iterable[str]) -> bool:
    return any(word in quote for word in words if word for quote in quotes)
