"""What the commands that change a graph share: their options, and what they say when they are done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, output

if TYPE_CHECKING:
    from kg.pipeline.corpus import Changes
    from kg.pipeline.making import Built, Options, Render
    from kg.pipeline.progress import Progress
    from kg.resolve.decisions import Decision

workers_option = click.option("--workers", type=click.IntRange(min=1), metavar="N",
                              help="Processes that read.  [default: one a processor]")  # fmt: skip
page_option = click.option("--page/--no-page", default=None,
                           help="Write graph.html.  [default: as the graph has it]")  # fmt: skip
validate_option = click.option("--validate/--no-validate", default=True,
                               help="Check the graph against the shapes.  [default: validate]")  # fmt: skip
decisions_option = click.option("--decisions", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                                help="The file to write to.  [default: decisions.tsv beside the inputs]")  # fmt: skip
reason_option = click.option("--reason", metavar="TEXT", default="", help="Why, for those who come after.")
undo_option = click.option("--undo", is_flag=True, help="Take the line back.")

SHOWN = 20
_WORDS = {
    "zh": {"new": "新增", "changed": "更新", "renamed": "改名", "gone": "撤下", "none": "无变化",
           "now": "现有 {documents} 篇文本、{claims} 条有据陈述"},
    "en": {"new": "new", "changed": "changed", "renamed": "renamed", "gone": "withdrawn", "none": "nothing changed",
           "now": "now {documents} documents, {claims} claims quoted"},
}  # fmt: skip


def making(graph: Path, progress: Progress, *, workers: int | None = None, page: bool | None = None,
           validate: bool = True) -> Options:  # fmt: skip
    """The options as the pipeline takes them."""
    from kg.pipeline.making import Options

    drawn = (graph / "graph.html").exists() or not graph.exists() if page is None else page
    return Options(workers, _render() if drawn else None, validate, progress=progress)


def _render() -> Render:
    """The maker of the page."""
    from kg.pages.graph_page import page

    return page


def decided(lines: Sequence[Decision], graph: str | None, file: Path | None, undo: bool, language: str | None) -> int:
    """Write the lines, or take them back, make the graph anew, and say what was written where."""
    from kg.answers import curating
    from kg.pipeline.progress import progress
    from kg.resolve.decisions import written
    from kg.store.place import which

    folder = which(graph)
    with progress() as shown:
        made = making(folder, shown)
        done = curating.carried_out(lines, folder=folder, options=made, file=file, undo=undo)
    sign = "-" if undo else "+"
    text = "".join(f"{sign} {output.escape(written(line).rstrip())}\n".replace("\\t", "  ") for line in done.lines)
    output.write(f"{done.file}\n{text}".encode())
    return told(done.built, None, language)


def told(built: Built, changes: Changes | None, language: str | None) -> int:
    """Say what was left out, what changed and what there is now; the exit code."""
    words = _WORDS[options.language(language)]
    for line in (*built.unreadable, *built.crashes, *built.notes):
        output.say(f"kg: {line}")
    if built.conforms is False:
        output.say(f"kg: the graph breaks the ontology's shapes; kg validate --graph {built.folder} says where")
    lines = [] if changes is None else list(_changes(changes, words)) or [words["none"]]
    now = words["now"].format(documents=len(built.documents), claims=built.counts.claims)
    output.write("".join(f"{output.escape(line)}\n" for line in (*lines, now)).encode("utf-8"))
    return built.exit_code


def _changes(changes: Changes, words: dict[str, str]) -> Iterable[str]:
    """One line a text; their own names, since folders are known."""
    renamed = [f"{Path(old).name} → {Path(new).name}" for old, new in changes.renamed]
    names = [[Path(place).name for place in places] for places in (changes.new, changes.changed, changes.gone)]
    for kind, found in zip(("new", "changed", "gone", "renamed"), (*names, renamed), strict=True):
        yield from (f"{words[kind]}  {name}" for name in found[:SHOWN])
        if len(found) > SHOWN:
            yield f"{words[kind]}  … {len(found)}"
