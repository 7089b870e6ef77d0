"""Are the amounts, dates and shares of Chinese financial news found? Our reading against FewFC's marked arguments.

FewFC marks only the arguments of its events, so what counts is how many of its mentions are found; precision and F1
are given as they come, beside those of the BERT ensemble that the project's brief quotes. Where a span begins and ends
is a convention: ours has a narrow edge (the number and its unit) and a wide one (with modifier, base of comparison,
人民币, the hour of a day). Three counts are printed:
  one edge   the span is the very one that `marked` says, FewFC's own usage as seen in its train files
  two edges  the span is the narrow, the wide, or that one
  between    it takes in the narrow span and does not reach beyond the wide one (FewFC cuts 晚间 into 晚|间)

usage: fewfc.py [--data FOLDER] [--files test_base,test_trans] [--first N]     prints Markdown
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kg import rules
from kg.extract.figures.quantities import Measure, measures
from kg.extract.text.folding import folded
from kg.extract.text.sentences import sentences
from kg.extract.time.times import TimeExpression, times
from kg.records import Document, Sentence, Span

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "fewfc"
TRAIN = ("train_base", "train_trans")
KINDS = {
    "money": "amount", "amount": "amount", "date": "date", "proportion": "proportion", "share-per": "proportion",
    "share-org": "proportion", "number": "number",
}  # fmt: skip
PUBLISHED = {"amount": ".93", "date": ".87", "proportion": ".90"}
OURS = {"currency": "amount", "percent": "proportion"}
_CURRENCY = "人民币"
# What FewFC leaves outside: a modifier that is a verb or ends in one (约为, 高达), and one that is a noun.
_OUTSIDE = ("为", "达", "有", "到", "占", "限", "破")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure or time as we read it: its kind, narrow and wide span, and the span as FewFC marks such."""

    kind: str
    narrow: Span
    wide: Span
    marked: Span


@dataclass(slots=True)
class Score:
    """Counts of one kind: mentions marked, found by each of the three rules, cut by the mark itself, and read."""

    marked: int = 0
    one: int = 0
    two: int = 0
    between: int = 0
    cut: int = 0
    read: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 by one edge; every reading that is no argument of an event counts against it."""
        return 2 * self.one / (self.marked + self.read) if self.marked + self.read else 0.0


def found(text: str, knowledge: rules.Rules) -> list[Found]:
    """All amounts, shares, counts of shares and times of a text, as the extraction reads them."""
    read: list[Found] = []
    for sentence in sentences(Document(text, "fewfc")):
        simple = folded(sentence, knowledge)
        read += [_time(sentence, time) for time in times(simple)]
        for measure in measures(simple.text, knowledge):
            if kind := OURS.get(measure.kind):
                read.append(_figure(sentence, simple.text, measure, kind))
            elif measure.surface == "股":
                read.append(_shares(sentence, simple.text, measure))
    return read


def _time(sentence: Sentence, time: TimeExpression) -> Found:
    close = time.close + (sentence.text[time.close : time.close + 1] == "晚")
    narrow, wide = sentence.span_of(time.start, time.close), sentence.span_of(time.start, time.end)
    return Found("date", narrow, wide, sentence.span_of(time.start, close))


def _figure(sentence: Sentence, text: str, measure: Measure, kind: str) -> Found:
    start, end = measure.core
    close = end - len(_CURRENCY) if text[start:end].endswith("元" + _CURRENCY) else end
    narrow, wide = sentence.span_of(start, close), sentence.span_of(measure.lead, measure.end)
    tail = close if close < end else measure.end
    return Found(kind, narrow, wide, sentence.span_of(_first(text, measure), tail))


def _shares(sentence: Sentence, text: str, measure: Measure) -> Found:
    """FewFC's `number` is the numeral of a count of shares, without its unit."""
    start, end = measure.core[0], measure.core[1] - len(measure.surface)
    end = start + len(text[start:end].rstrip())
    first = _first(text, measure)
    return Found("number", sentence.span_of(start, end), sentence.span_of(measure.lead, measure.end),
                 sentence.span_of(first, end))  # fmt: skip


def _first(text: str, measure: Measure) -> int:
    """Where FewFC lets a figure begin: before an adverb (约, 不超过), and before what that bounds."""
    if text[measure.lead : measure.start].strip() not in ("", _CURRENCY):
        return measure.lead
    before = text[measure.start : measure.core[0]].strip()
    return measure.core[0] if not before or before.endswith((*_OUTSIDE, _CURRENCY)) else measure.start


def lines(folder: Path, names: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """The sentences of some files with their events."""
    for name in names:
        for line in (folder / f"{name}.json").read_text("utf-8").splitlines():
            yield json.loads(line)


def mentions(row: dict[str, object]) -> list[tuple[str, Span]]:
    """The marked figures and times of a sentence, each once however many events share it."""
    marked = {
        (KINDS[m["role"]], Span(*m["span"])): None
        for event in row["events"]  # type: ignore[attr-defined]
        for m in event["mentions"]
        if m["role"] in KINDS
    }
    return sorted(marked)


def count(scores: dict[str, Score], text: str, marked: list[tuple[str, Span]], read: list[Found]) -> None:
    """Add one sentence to the scores."""
    for reading in read:
        scores[reading.kind].read += 1
    for kind, span in marked:
        near = [r for r in read if r.kind == kind and r.wide.meets(span)]
        score = scores[kind]
        score.marked += 1
        score.one += any(span == r.marked for r in near)
        score.two += any(span in (r.narrow, r.wide, r.marked) for r in near)
        within = any(span.holds(r.narrow) and r.wide.holds(span) for r in near)
        score.between += within
        score.cut += not within and any(r.narrow.meets(span) and not span.holds(r.narrow) for r in near)
        if not within:
            score.missed.append(text[max(0, span.start - 8) : span.start] + "[" + text[span.start : span.end] + "]")


def measure_all(folder: Path, names: tuple[str, ...], first: int | None) -> tuple[dict[str, Score], int]:
    """Scores by kind over distinct texts that no train file holds, and how many those are."""
    knowledge = rules.load()
    seen = {row["content"] for row in lines(folder, TRAIN)} if not set(names) & set(TRAIN) else set()
    scores = {kind: Score() for kind in ("amount", "date", "proportion", "number")}
    fresh = {str(row["content"]): row for row in lines(folder, names) if row["content"] not in seen}
    for text, row in islice(fresh.items(), first):
        count(scores, text, mentions(row), found(text, knowledge))
    return scores, len(fresh) if first is None else min(first, len(fresh))


def table(scores: dict[str, Score], texts: int, names: tuple[str, ...]) -> str:
    """The scores as Markdown."""
    unseen = "" if set(names) & set(TRAIN) else ", none of them in a train file"
    rows = [
        f"FewFC {' + '.join(names)}: {texts:,} texts, each once{unseen}.\n",
        "| | marked | one edge | two edges | between | mark cuts the figure | read | P | F1 | published F1 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind, s in scores.items():
        total = max(1, s.marked)
        rows.append(
            f"| {kind} | {s.marked} | {s.one / total:.3f} | {s.two / total:.3f} | **{s.between / total:.3f}** "
            f"| {s.cut} | {s.read} | {s.one / max(1, s.read):.3f} | {s.f1:.3f} | {PUBLISHED.get(kind, '–')} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Read the options, print the table; --missed lists what was missed and is for the train files only."""
    options = argparse.ArgumentParser(description="FewFC's amounts, dates and shares against our reading")
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--files", default="test_base,test_trans")
    options.add_argument("--first", type=int)
    options.add_argument("--missed", action="store_true", help="list misses; refused for test files")
    given = options.parse_args()
    names = tuple(given.files.split(","))
    scores, texts = measure_all(given.data, names, given.first)
    print(table(scores, texts, names))
    if given.missed and set(names) <= set(TRAIN):
        for kind, score in scores.items():
            print(f"\n{kind}", *score.missed, sep="\n")


if __name__ == "__main__":
    main()
