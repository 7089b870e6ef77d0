"""Spans that show a fact: the sentence, or where that is longer than a quote may be, the clauses that matter."""

from __future__ import annotations

from kg.records import Sentence, Span

LONGEST = 300


def window(sentence: Sentence, start: int, end: int) -> Span:
    """The sentence's span, or the clauses around `text[start:end]` that fit into 300 characters of the document."""
    if len(sentence.span) <= LONGEST:
        return sentence.span
    if len(sentence.span_of(start, end)) >= LONGEST:
        return sentence.span_of(start, start + LONGEST // 2)
    return sentence.span_of(*_grown(sentence, start, end))


def _grown(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The range widened clause by clause, to the left first, while it fits."""
    cuts = [0, *(i + 1 for i, c in enumerate(sentence.text) if c in ",;:、。"), len(sentence.text)]
    left = [c for c in reversed(cuts) if c <= start]
    right = [c for c in cuts if c >= end]
    best = (start, end)
    for a in left[:1] + left[1:]:
        if len(sentence.span_of(a, end)) > LONGEST:
            break
        best = (a, end)
    for b in right:
        if len(sentence.span_of(best[0], b)) > LONGEST:
            break
        best = (best[0], b)
    return best
