"""`kg conflicts`: figures on which the sources contradict each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from kg.answers.conflicts import Conflict

EXAMPLES = (
    "kg conflicts --graph exports --lang zh",
    "kg conflicts --graph exports --format json",
)
_WORDS = {
    "zh": {"none": "没有相互矛盾的数据", "sources": "个来源", "newest": "最新", "best": "来源最多"},
    "en": {
        "none": "no figures contradict each other",
        "sources": "sources",
        "newest": "newest",
        "best": "best sourced",
    },
}


@options.command("conflicts", examples=EXAMPLES)
@options.graph_option
@options.format_option("text", "json", help="Form of the answer.  [default: text]")
@options.language_option
def command(graph: str | None, form: str | None, language: str | None) -> int:
    """List figures that contradict each other.

    Values of one thing, indicator and period that neither rounding nor words like 约 and 超 reconcile, each with its
    sentences; the newest and the best sourced are named. Reprints count as one source.
    """
    from kg.answers.conflicts import conflicts
    from kg.answers.graph import store

    found = conflicts(store(graph))
    if form == "json":
        output.write(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1).encode() + b"\n")
        return 0
    words = _WORDS[options.language(language)]
    lines = [line for one in found for line in _lines(one, words)] or [words["none"]]
    click.echo("\n".join(map(output.escape, lines)))
    return 0


def _lines(found: Conflict, words: dict[str, str]) -> Iterator[str]:
    yield f"{found.subject} {found.indicator} {found.period}"
    for side in found.sides:
        marks = [words[name] for name, one in (("newest", found.newest), ("best", found.best)) if one == side]
        yield "  " + "  ".join([side.value.text, f"{side.sources} {words['sources']}", *marks])
        for quote in side.quotes:
            yield f"    “{quote.text.strip()}” {quote.source.title} {quote.source.issued or ''}".rstrip()


def _plain(found: Conflict) -> dict[str, object]:
    return {
        "subject": found.subject, "indicator": found.indicator, "period": found.period,
        "newest": found.newest and found.newest.iri, "best": found.best and found.best.iri,
        "sides": [
            {"observation": side.iri, "text": side.value.text, "value": str(side.value.value), "sources": side.sources,
             "quotes": [{"text": q.text, "document": q.source.iri, "issued": q.source.issued} for q in side.quotes]}
            for side in found.sides
        ],
    }  # fmt: skip
