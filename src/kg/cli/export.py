"""`kg export`: the graph in the formats of other programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, output

EXAMPLES = (
    "kg export --format ttl",
    "kg export --format csv --out tables",
)
FORMATS = ("ttl", "trig", "nt", "nq", "jsonld", "rdf", "graphml", "gexf", "svg", "csv")


@options.command("export", examples=EXAMPLES)
@options.graph_option
@options.format_option(*FORMATS, help="trig and nq hold the dataset, other RDF formats one graph.  [default: ttl]")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE|DIR",
              help="Where to write; a folder for csv.  [default: stdout]")  # fmt: skip
def command(graph: str | None, form: str | None, out: Path | None) -> int:
    """Write the graph as RDF, GraphML, GEXF, a picture or tables.

    An RDF export has the bytes of the build's own file. gexf is for Gephi. svg is the picture that a notebook shows, of
    at most 1,000 entities. csv writes entities.csv, relations.csv, figures.csv and evidence.csv, which office programs
    open as they are.
    """
    from kg.answers import export
    from kg.answers.graph import store

    if form == "csv":
        if out is None:
            raise click.UsageError("csv makes several files: name a folder with --out DIR")
        _write(out, export.tables(store(graph)))
    elif out is None:
        output.write(_made(graph, form or "ttl"))
    else:
        _write(out.parent, {out.name: _made(graph, form or "ttl")})
    return 0


def _made(graph: str | None, form: str) -> bytes:
    """The graph in one file. The picture is made here, since the pages stand above the answers."""
    from kg.answers import export
    from kg.answers.graph import store

    if form != "svg":
        return export.exported(store(graph), form)
    from kg.pages.picture import picture

    return picture(store(graph)).encode("utf-8")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        output.say(f"wrote {folder / name}")
