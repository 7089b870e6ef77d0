"""`kg build --engine spark`: the same graph over many machines.

Executors read, extract and make quads; the driver judges identity, by names and claims alone. What each step costs and
what the driver holds stands in docs/spark.md.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg.errors import InputError, UsageError
from kg.graph.rows import Row
from kg.graph.terms import BASE
from kg.pipeline import deciding, spark_inputs, spark_output, spark_work
from kg.pipeline.correcting import corrected
from kg.pipeline.extracting import Crash
from kg.pipeline.progress import Progress, silent
from kg.pipeline.reprints import bands, reprints
from kg.pipeline.spark_work import Piece, Shared
from kg.read import LIMIT, Unreadable
from kg.read.reading import one_a_text
from kg.records import Document, Extraction
from kg.resolve import deciding as deciding_of
from kg.resolve.decisions import Decision, Kind
from kg.resolve.resolution import resolved
from kg.rules import Rules, load

STEPS = ("reading", "resolving", "assembling", "writing")
SLICES = 4
"""Pieces of work for each core, so that a slow one does not keep the others waiting."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished run. `dataset` is the hash of the dataset, as the local engine has it.

    `names` is the number of bytes that came to the driver for identity to be judged.
    """

    folder: Path
    dataset: str
    documents: int
    entities: int
    quads: int
    names: int
    unreadable: tuple[Unreadable, ...]
    crashes: tuple[Crash, ...]
    notes: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """5 where the program failed on a document, 3 where an input was unusable, else 0."""
        return 5 if self.crashes else 3 if self.unreadable else 0


def build(
    inputs: Sequence[str],
    *,
    out: Path,
    master: str | None = None,
    date: str | None = None,
    source: str | None = None,
    base: str = BASE,
    limit: int = LIMIT,
    ontology: Path | None = None,
    progress: Progress = silent,
) -> Built:
    """Read the inputs on Spark (`master`; this machine without one) and make `out` a folder of their graph.

    It holds `graph.nq/` (sorted parts, together the N-Quads of the local engine), `quads.parquet/`,
    `tables/` and `manifest.json`. InputError where no document can be used; UsageError where Spark is not installed.
    """
    spark_output.free(out)
    rules = load(ontology)
    decided = deciding.decisions(deciding.roots([given for given in inputs if Path(given).suffix != ".parquet"]))
    aside = out.absolute().with_name(f".{out.name}.{os.getpid()}")
    with _session(master) as session, _folder(aside):
        progress(STEPS[0], 0, 1)
        documents = spark_inputs.documents(session, inputs, date=date, source=source, limit=limit)
        run = _Run(session, aside, base, ontology, rules, decided, progress, _slices(session, documents))
        session.conf.set("spark.sql.shuffle.partitions", str(run.slices))
        built = _made(run, documents.persist(_on_disk()), out)
        spark_output.committed(aside, out.absolute(), _manifest(built, run))
    return built


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for all steps."""

    session: Any
    aside: Path
    base: str
    ontology: Path | None
    rules: Rules
    decided: Sequence[Decision]
    progress: Progress
    slices: int


@contextmanager
def _session(master: str | None) -> Iterator[Any]:
    """A session whose executors find this program; UsageError where Spark or Java is missing."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise UsageError("--engine spark: pyspark is not installed: pip install 'zonegraph[spark]'") from None
    place, python = master or "local[*]", os.environ.get("PYSPARK_PYTHON", sys.executable)
    os.environ["PYSPARK_PYTHON"] = python
    settings: dict[str, bool | float | int | str | None] = {
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "spark.executorEnv.PYTHONUTF8": "1",
        **({"spark.driver.host": "127.0.0.1"} if _is_near(place) else {}),
    }
    builder = SparkSession.builder.appName("zonegraph").master(place)
    try:
        session = builder.config(map=settings).getOrCreate()
    except PySparkRuntimeError as error:
        raise UsageError(f"--engine spark: {' '.join(str(error).split())}; is there a Java 17?") from None
    try:
        yield session
    finally:
        session.stop()


def _is_near(master: str) -> bool:
    """Whether all of the cluster is on this machine."""
    return master.startswith("local") or (urlsplit(master).hostname or "") in ("127.0.0.1", "localhost")


@contextmanager
def _folder(aside: Path) -> Iterator[None]:
    """A folder for the run, gone again where the run fails."""
    aside.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _made(run: _Run, items: Any, out: Path) -> Built:
    """All steps in order."""
    unreadable = sorted(set(items.filter(_is_unreadable).collect()))
    staged = _staged(run, items)
    crashes = tuple(staged.filter(_is_crash).collect())
    readings, rejected, notes = _corrected(run, staged.filter(_is_extraction))
    run.progress(STEPS[1], 0, 1)
    marks = deciding_of.marks(run.decided)
    names = readings.map(partial(spark_work.names, ontology=run.ontology, marks=marks)).collect()
    if not names:
        raise InputError(_nothing([*unreadable, *crashes]))
    resolution = resolved(map(pickle.loads, names), run.decided, run.rules)
    shared = Shared(run.base, run.ontology, resolution, frozenset(), rejected, _reprints(readings))
    run.progress(STEPS[2], 0, 1)
    quads, pieces = _quads(run, readings, shared)
    run.progress(STEPS[3], 0, 1)
    digest, count = spark_output.written(quads, run.aside, run.slices)
    spark_output.parquet(quads, run.aside)
    spark_output.tabled(run.session, quads, pieces, run.aside, run.base)
    shutil.rmtree(run.aside / "staged")
    return Built(
        folder=out,
        dataset=digest,
        documents=len(names),
        entities=len(resolution.entities),
        quads=count,
        names=sum(map(len, names)),
        unreadable=tuple(unreadable),
        crashes=crashes,
        notes=(*notes, *resolution.notes),
    )


def _staged(run: _Run, items: Any) -> Any:
    """What each text says, once a text, read once and kept on the disk: later steps begin from there."""
    texts = items.filter(_is_document).map(_by_text).reduceByKey(_preferred, run.slices).values()
    outcomes = texts.map(partial(spark_work.staged, ontology=run.ontology))
    place = str(run.aside / "staged")
    run.session.createDataFrame(outcomes, "key string, outcome binary").write.parquet(place)
    return run.session.read.parquet(place).select("outcome").rdd.map(_outcome)


def _slices(session: Any, documents: Any) -> int:
    """Pieces of work: several for each core, but no more than there are pieces of input, and one for each core."""
    cores, pieces = int(session.sparkContext.defaultParallelism), int(documents.getNumPartitions())
    return max(cores, min(SLICES * cores, pieces))


def _corrected(run: _Run, readings: Any) -> tuple[Any, dict[str, str], list[str]]:
    """The readings with what was asserted, the claims that are rejected, and what fits nothing."""
    rejected = corrected((), [d for d in run.decided if d.kind is Kind.REJECT]).rejected
    wanted = [decision for decision in run.decided if decision.kind is Kind.ASSERT]
    if not wanted:
        return readings, dict(rejected), []
    keys = sorted(readings.map(_key).collect())
    mine: dict[str, list[Decision]] = {}
    for decision in wanted:
        home = next((key for key in keys if key.startswith(decision.about[3][:16])), "")
        mine.setdefault(home, []).append(decision)
    lost = list(corrected((), mine.pop("", ())).notes)
    notes = readings.flatMap(partial(_complaints, decisions=mine)).collect()
    return readings.map(partial(spark_work.right, decisions=mine)), dict(rejected), [*lost, *sorted(notes)]


def _reprints(readings: Any) -> dict[str, str]:
    """Which documents repeat another: those that share a band of their sketches are compared in the driver."""
    banded = readings.flatMap(_bands).groupByKey().values().map(set).filter(_is_several)
    alike = frozenset(banded.flatMap(list).collect())
    if not alike:
        return {}
    return reprints(sorted(readings.filter(partial(_is_among, keys=alike)).map(_document).collect(), key=_digest))


def _quads(run: _Run, readings: Any, shared: Shared) -> tuple[Any, Any]:
    """The quads of the graph, and the pieces that they are made of."""
    context = run.session.sparkContext
    seen = readings.mapPartitions(partial(_seen, shared=context.broadcast(shared))).distinct().collect()
    told = context.broadcast(replace(shared, known=frozenset(map(NamedNode, seen))))
    pieces = readings.mapPartitions(partial(_pieces, shared=told)).persist(_on_disk())
    rows = context.union(
        [
            pieces.flatMap(_rows),
            context.parallelize(spark_work.of_entities(told.value), run.slices),
        ]
    )
    return spark_output.dataset(run.session, rows).persist(_on_disk()), pieces


def _on_disk() -> Any:
    from pyspark import StorageLevel

    return StorageLevel.DISK_ONLY


def _manifest(built: Built, run: _Run) -> dict[str, object]:
    """What the run rests on and made; nothing in it tells on how many machines."""
    from kg.extract.text.tags import fingerprint

    return {
        "base": run.base,
        "dataset": built.dataset,
        "decisions": list(deciding.lines(run.decided)),
        "documents": built.documents,
        "entities": built.entities,
        "quads": built.quads,
        "recogniser": fingerprint(),
        "rules": run.rules.hash,
    }


def _nothing(failures: Sequence[Unreadable | Crash]) -> str:
    shown = "; ".join(map(str, failures[:3]))
    return f"nothing to build: {shown}" if shown else "nothing to build: name files, folders or tables with texts"


# What follows is sent to executors by name; each is one step of the functions of spark_work.


def _is_unreadable(item: object) -> bool:
    return isinstance(item, Unreadable)


def _is_document(item: object) -> bool:
    return isinstance(item, Document)


def _is_crash(found: object) -> bool:
    return isinstance(found, Crash)


def _is_extraction(found: object) -> bool:
    return isinstance(found, Extraction)


def _is_several(keys: set[str]) -> bool:
    return len(keys) > 1


def _is_among(reading: Extraction, *, keys: frozenset[str]) -> bool:
    return reading.document.key in keys


def _by_text(document: Document) -> tuple[str, Document]:
    return document.sha256, document


def _preferred(one: Document, other: Document) -> Document:
    return one_a_text((one, other))[0]


def _outcome(row: Any) -> Extraction | Crash:
    return spark_work.outcome(bytes(row[0]))


def _key(reading: Extraction) -> str:
    return reading.document.key


def _document(reading: Extraction) -> Document:
    return reading.document


def _digest(document: Document) -> str:
    return document.sha256


def _bands(reading: Extraction) -> list[tuple[int, str]]:
    return [(band, reading.document.key) for band in bands(reading.document)]


def _complaints(reading: Extraction, *, decisions: dict[str, list[Decision]]) -> list[str]:
    return list(corrected([reading], decisions.get(reading.document.key, ())).notes)


def _seen(readings: Iterable[Extraction], *, shared: Any) -> Iterator[str]:
    return spark_work.seen(readings, shared.value)


def _pieces(readings: Iterable[Extraction], *, shared: Any) -> Iterator[Piece]:
    return spark_work.pieces(readings, shared.value)


def _rows(piece: Piece) -> tuple[Row, ...]:
    return piece.rows
