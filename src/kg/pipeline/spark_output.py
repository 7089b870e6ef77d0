"""What a run on Spark leaves: the dataset as sorted N-Quads and as Parquet, tables as Parquet, a manifest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.graph import digest, tables, terms
from kg.graph.rows import FACT
from kg.pipeline import spark_work

QUADS, TABLES, PARQUET, MANIFEST = "graph.nq", "tables", "quads.parquet", "manifest.json"
_SCHEMA = "triple string, graph string, stands int"
_NAMED = tuple(f" {term} " for term in (terms.PREF_LABEL, terms.ALT_LABEL, terms.TYPE))
_ABOUT = (*_NAMED, f" {terms.zg('foundedIn')} ", f" {terms.zg('mentionedIn')} ")


def free(out: Path) -> None:
    """UsageError where a folder holds something else than an earlier run on Spark: it would be replaced as a whole."""
    if out.exists() and any(out.iterdir()) and not (out / QUADS).is_dir():
        raise UsageError(f"--out {out}: holds something else than what --engine spark writes; name another folder")


def dataset(session: Any, rows: Any) -> Any:
    """The rows as quads, each once: what follows stands in `zg:inferred` only where it is no fact."""
    from pyspark.sql import functions as f

    frame = session.createDataFrame(rows, _SCHEMA, verifySchema=False)
    once = frame.groupBy("triple", "graph").agg(f.bit_or("stands").alias("stands"))
    inferred = f.when(f.col("stands").bitwiseAND(FACT) == FACT, f.lit("")).otherwise(f.lit(str(terms.INFERRED)))
    return once.select("triple", f.when(f.col("graph") == "", inferred).otherwise(f.col("graph")).alias("graph"))


def written(quads: Any, folder: Path, parts: int) -> tuple[str, int]:
    """Write the sorted N-Quads; the hash of the dataset, as the local engine has it, and the number of statements."""
    from pyspark.sql import functions as f

    where = f.when(f.col("graph") == "", f.lit("")).otherwise(f.concat(f.lit(" "), f.col("graph")))
    lines = quads.select(f.concat(f.col("triple"), where, f.lit(" .")).alias("line"))
    ordered = lines.repartitionByRange(parts, "line").sortWithinPartitions("line")
    ordered.write.text(str(folder / QUADS), lineSep="\n")
    _renamed(folder / QUADS, ".nq")
    total, count = lines.rdd.mapPartitions(_counted).reduce(_together)
    return digest.written(total), count


def _counted(rows: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """The sum of the hashes of some statements, and their number."""
    lines = [str(row[0]).encode() for row in rows]
    yield digest.total(lines), len(lines)


def _together(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def parquet(quads: Any, folder: Path) -> None:
    """Write the quads as Parquet: subject, predicate, object and graph as N-Quads have them, facts in graph ""."""
    from pyspark.sql import functions as f

    first, second = f.substring_index("triple", " ", 1), f.substring_index("triple", " ", 2)
    columns = quads.select(
        first.alias("subject"),
        f.substring_index(second, " ", -1).alias("predicate"),
        f.expr("substring(triple, length(substring_index(triple, ' ', 2)) + 2)").alias("object"),
        "graph",
    )
    columns.write.parquet(str(folder / PARQUET))
    _renamed(folder / PARQUET, ".parquet")


def tabled(session: Any, quads: Any, pieces: Any, folder: Path, base: str) -> None:
    """Write the tables; their columns are those of `kg export --format csv`."""
    facts = quads.where("graph = ''").select("triple").rdd.map(_triple)
    about = facts.filter(_is_about).map(_keyed).groupByKey()
    _table(session, about.flatMap(spark_work.entity_rows), tables.ENTITIES, folder / TABLES / "entities.parquet")
    names = facts.filter(_is_name).map(_keyed).groupByKey().mapValues(list).collectAsMap()
    shared = session.sparkContext.broadcast(names)
    figures = facts.filter(partial(_is_figure, base=base)).map(_keyed).groupByKey()
    rows = figures.flatMap(partial(_figure_rows, names=shared))
    _table(session, rows, tables.FIGURES, folder / TABLES / "figures.parquet")
    _table(session, pieces.flatMap(_evidence), tables.EVIDENCE, folder / TABLES / "evidence.parquet")
    related = pieces.flatMap(_relations).groupByKey().values().map(spark_work.relation_row)
    _table(session, related, tables.RELATIONS, folder / TABLES / "relations.parquet")


def _evidence(piece: Any) -> tuple[tuple[str, ...], ...]:
    return piece.evidence  # type: ignore[no-any-return]


def _relations(piece: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The document's rows of relations, each by what it says of whom."""
    kept = [tables.RELATIONS.index(name) for name in ("subject_iri", "property", "object_iri", "title")]
    return [(tuple(row[at] for at in kept), row) for row in piece.relations]


def _figure_rows(grouped: tuple[str, Any], *, names: Any) -> list[tuple[str, ...]]:
    return spark_work.figure_rows(grouped, names.value)


def _triple(row: Any) -> str:
    return str(row[0])


def _keyed(triple: str) -> tuple[str, str]:
    """A triple by what it is about; a rank is about its figure."""
    subject = triple[1 : triple.index(">")]
    return subject.partition("/rank/")[0], triple


def _is_about(triple: str) -> bool:
    return triple[triple.index(" ") :].startswith(_ABOUT)


def _is_name(triple: str) -> bool:
    return triple[triple.index(" ") :].startswith(_NAMED[0])


def _is_figure(triple: str, *, base: str) -> bool:
    return triple.startswith(f"<{base}observation/")


def _table(session: Any, rows: Any, columns: Sequence[str], place: Path) -> None:
    """One table, each part sorted."""
    schema = ", ".join(f"`{column}` string" for column in columns)
    frame = session.createDataFrame(rows, schema, verifySchema=False)
    frame.sortWithinPartitions(*columns).write.parquet(str(place))
    _renamed(place, ".parquet")


def _renamed(folder: Path, ending: str) -> list[Path]:
    """The parts under names of our own, in order and without empty ones and Spark's checksums."""
    for stray in (*folder.glob(".*"), *folder.glob("_*")):
        stray.unlink()
    for part in [part for part in folder.iterdir() if not part.stat().st_size]:
        part.unlink()
    parts = sorted(folder.iterdir())
    return [part.rename(folder / f"part-{number:05}{ending}") for number, part in enumerate(parts)]


def committed(aside: Path, out: Path, content: Mapping[str, object]) -> None:
    """Put the finished folder in its place, the manifest with it; an earlier run's goes as a whole."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    (aside / MANIFEST).write_text(text + "\n", encoding="utf-8")
    if out.exists():
        before = aside.with_name(f"{aside.name}.before")
        out.rename(before)
        aside.rename(out)
        shutil.rmtree(before)
    else:
        aside.rename(out)
