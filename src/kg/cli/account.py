"""What a build found and where to look, as a person reads it at the end of `kg build`."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from kg.answers import vocabulary
from kg.cli.output import Screen, escape, rendered
from kg.records import HELD_BACK

if TYPE_CHECKING:
    from rich.console import Console

    from kg.pipeline.build import Built

_WORDS = {
    "zh": {"documents": "文本", "entities": "实体", "relations": "关系", "claims": "陈述及其原文", "figures": "数据",
           "plans": "其中计划、目标、终止或否定的", "look": "查看：", "ask": "查询：", "failed": "未能读取"},
    "en": {"documents": "documents", "entities": "entities", "relations": "relations", "claims": "claims with quotes",
           "figures": "figures", "plans": "of what is planned, aimed at, given up or denied", "look": "look at:",
           "ask": "ask:", "failed": "not read"},
}  # fmt: skip
_QUERIES = (
    "--list",
    "valleys",
    "'SELECT ?name ?text ?period { ?figure zg:subject/skos:prefLabel ?name ; zg:valueText ?text ; zg:period ?period }'",
)


def told(built: Built, screen: Screen) -> bytes:
    """Counts by type and property, then the page and queries to paste."""
    return rendered(partial(_draw, built=built, language=screen.language), screen)


def _draw(console: Console, *, built: Built, language: str) -> None:
    console.print(_table(built, language))
    console.print()
    for line in _where(built, language):
        console.print(Text(escape(line)), soft_wrap=True)


def _table(built: Built, language: str) -> Table:
    """Two columns: what, and how many; what is part of the line above is set in."""
    words, counts = _WORDS[language], built.counts
    held = {status: counts.statuses[status] for status in map(str, HELD_BACK) if status in counts.statuses}
    table = Table(box=box.SIMPLE_HEAD, show_header=False, show_edge=False, pad_edge=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    _group(table, words["documents"], len(built.documents), {words["failed"]: len(built.unreadable)})
    _group(table, words["entities"], sum(counts.entities.values()), _named(counts.entities, language))
    _group(table, words["relations"], sum(counts.relations.values()), _named(counts.relations, language))
    _group(table, words["figures"], counts.figures, {})
    _group(table, words["claims"], counts.claims, {words["plans"]: sum(held.values())})
    return table


def _group(table: Table, name: str, total: int, parts: Mapping[str, int]) -> None:
    table.add_row(Text(name, "bold"), Text(str(total), "bold"))
    for part, number in parts.items():
        if number:
            table.add_row(f"  {part}", str(number))


def _named(counts: Mapping[str, int], language: str) -> dict[str, int]:
    return {vocabulary.named(name, language): number for name, number in counts.items()}


def _where(built: Built, language: str) -> Iterable[str]:
    """The page, and queries to paste."""
    words = _WORDS[language]
    if "graph.html" in built.files:
        yield f"{words['look']} {built.folder / 'graph.html'}"
    graph = "" if str(built.folder) == "exports" else f" --graph {shlex.quote(str(built.folder))}"
    for at, query in enumerate(_QUERIES):
        yield f"{'' if at else words['ask']:{len(words['ask'])}} kg query {query}{graph}"
