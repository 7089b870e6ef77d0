"""What a build found and where to look, as a person reads it at the end of `kg build`."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from kg.answers import vocabulary
from kg.cli.output import Screen, escape, rendered
from kg.records import HELD_BACK

if TYPE_CHECKING:
    from rich.console import Console

    from kg.pipeline.build import Built

_WORDS = {
    "zh": {"documents": "文本", "entities": "实体", "relations": "关系", "claims": "有据陈述", "figures": "数据",
           "held": "未成事实", "look": "查看", "ask": "查询", "failed": "未能读取"},
    "en": {"documents": "documents", "entities": "entities", "relations": "relations", "claims": "claims quoted",
           "figures": "figures", "held": "held back", "look": "look at", "ask": "ask", "failed": "not read"},
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
    """A row for each kind of thing: its name, how many, and of what kinds these are."""
    words, counts = _WORDS[language], built.counts
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(style="bold", justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(words["documents"], str(len(built.documents)), _parts({words["failed"]: len(built.unreadable)}))
    table.add_row(words["entities"], *_summed(counts.entities, language))
    table.add_row(words["relations"], *_summed(counts.relations, language))
    table.add_row(words["figures"], str(counts.figures))
    held = {status: n for status, n in counts.statuses.items() if status in HELD_BACK}
    table.add_row(words["held"], *_summed(held, language))
    table.add_row(words["claims"], str(counts.claims))
    return table


def _summed(counts: Mapping[str, int], language: str) -> tuple[str, Text]:
    """The sum, and its parts by their labels."""
    return str(sum(counts.values())), _parts({vocabulary.named(name, language): n for name, n in counts.items()})


def _parts(counts: Mapping[str, int]) -> Text:
    return Text("  ").join(Text(f"{name} {number}") for name, number in counts.items() if number)


def _where(built: Built, language: str) -> Iterable[str]:
    """The page, and queries to paste."""
    words = _WORDS[language]
    if "graph.html" in built.files:
        yield f"{words['look']}  {built.folder / 'graph.html'}"
    graph = "" if str(built.folder) == "exports" else f" --graph {shlex.quote(str(built.folder))}"
    yield words["ask"]
    for query in _QUERIES:
        yield f"  kg query {query}{graph}"
