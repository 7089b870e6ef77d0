"""`kg diff`: what changed from one graph to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.answers.diff import Difference, Thing, Told
    from kg.records import Relation

EXAMPLES = (
    "kg diff exports exports --lang zh",
    "kg add texts --graph corpus && kg diff 1 1 --graph corpus --format update",
)
SHOWN = 8
_UNITS = {"Company": "家", "Fund": "只", "Person": "位", "Place": "地", "Industry": "个", "University": "所",
          "Laboratory": "个", "ResearchInstitute": "家", "Media": "家", "Project": "个", "Policy": "项", "Award": "项",
          "Event": "场", "Product": "款"}  # fmt: skip
_WORDS = {
    "zh": {"new": "新增", "gone": "减少", "same": "没有差别", "also": "另有来源称", "documents": "篇文本",
           "figures": "数据", "relations": "关系", "more": "等", "type": "类型"},
    "en": {"new": "new", "gone": "gone", "same": "no difference", "also": "another source says",
           "documents": "documents", "figures": "figure", "relations": "relation", "more": "…", "type": "type"},
}  # fmt: skip


@options.command("diff", examples=EXAMPLES)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@options.graph_option
@options.format_option("text", "update", help="update is a SPARQL Update that makes A into B.  [default: text]")
@options.language_option
def command(before: str, after: str, graph: str | None, form: str | None, language: str | None) -> int:
    """Show what changed from graph A to graph B.

    A and B are folders or .trig and .nq files, or numbers of generations in the ledger of --graph. The exit code is 1
    where they differ.
    """
    from kg.answers import diff

    old, new = (_quads(side, graph) for side in (before, after))
    if form == "update":
        output.write(diff.update(old, new))
        return 0 if set(old) == set(new) else 1
    found = diff.difference(old, new)
    chosen = options.language(language)
    lines = list(_lines(found, chosen)) or [_WORDS[chosen]["same"]]
    output.write("".join(f"{output.escape(line)}\n" for line in lines).encode("utf-8"))
    return 1 if found else 0


def _quads(side: str, graph: str | None) -> list[Quad]:
    """The dataset of a side: a generation where it is a number."""
    from kg.answers.diff import quads_of
    from kg.pipeline import corpus
    from kg.pipeline.making import Options
    from kg.store.place import which

    if side.isdigit():
        return corpus.generation(which(graph), int(side), Options()).quads
    return quads_of(side)


def _lines(found: Difference, language: str) -> Iterator[str]:
    """The difference as lines, the largest things first."""
    words = _WORDS[language]
    for sign, (documents, things) in zip(("new", "gone"), zip(found.documents, found.things, strict=True), strict=True):
        if documents:
            shown = _listed(documents, words["more"])
            yield f"{words[sign]} {len(documents)} {words['documents']}：{shown}"
        yield from _counted(things, words[sign], words["more"], language)
    yield from (f"{old} → {new}" for old, new in found.renamed)
    yield from _named(found, language)
    for sign, relations in zip(("new", "gone"), found.relations, strict=True):
        yield from (f"{words[sign]}{words['relations']}：{_related(r, language)}" for r in relations)
    for sign, figures in zip(("new", "gone"), found.figures, strict=True):
        yield from (f"{words[sign]}{words['figures']}：{_figure(figure, words['also'])}" for figure in figures)


def _counted(things: Iterable[Thing], sign: str, more: str, language: str) -> Iterator[str]:
    """「新增 3 家公司：甲、乙、丙」."""
    from kg.answers import vocabulary

    for kind, group in groupby(sorted(things, key=lambda t: (t.kind, t.name)), key=lambda t: t.kind):
        names = [thing.name for thing in group]
        unit = f" {_UNITS.get(kind.value, '个')}" if language == "zh" else " "
        yield f"{sign} {len(names)}{unit}{vocabulary.named(kind.value, language)}：{_listed(names, more)}"


def _listed(names: Iterable[str], more: str) -> str:
    found = list(names)
    return "、".join(found[:SHOWN]) + (more if len(found) > SHOWN else "")


def _named(found: Difference, language: str) -> Iterator[str]:
    """Types and statuses by their labels: 「零磁基地：计划 → 开工」."""
    from kg.answers import vocabulary

    for name, was, now in (*found.progress, *found.retyped):
        yield f"{name}：{vocabulary.named(was.value, language)} → {vocabulary.named(now.value, language)}"


def _related(relation: tuple[str, Relation, str], language: str) -> str:
    from kg.answers import vocabulary

    subject, name, target = relation
    return f"{subject} {vocabulary.named(name.value, language)} {target}"


def _figure(told: Told, also: str) -> str:
    period = f"（{told.period}）" if told.period else ""
    others = f"，{also} {'、'.join(told.others)}" if told.others else ""
    return f"{told.subject} {told.indicator} {told.text}{period}{others}"
