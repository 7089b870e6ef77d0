"""kg build --engine spark gives the local engine's bytes: in one process, on a cluster, and when a worker dies."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyoxigraph import RdfFormat, Store

import sample
from cluster import MISSING, QUICK, running
from kg.graph import index, tables
from kg.pipeline.spark_work import cells
from kg.records import Document
from project import ROOT, environment, kg_command, run_kg

sys.path.insert(0, str(ROOT / "tests" / "readme"))
import readmes

pytestmark = [pytest.mark.skipif(MISSING is not None, reason=str(MISSING)), pytest.mark.slow]
QUOTE = "溪桥量子信息实验室落户霁川高新区，聚焦量子信息产业。"
LOST = "assert\t甲\tlocatedIn\t乙\t0123456789abcdef\t甲在乙。\tof no text\n"


@pytest.fixture(scope="module", autouse=True)
def quick():
    with pytest.MonkeyPatch.context() as patch:
        for name, value in QUICK.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder whose `seeds` hold all that can differ: reports, a reprint, one text twice, JSON lines, decisions."""
    folder = tmp_path_factory.mktemp("place") / "checkout"
    texts = folder / "seeds"
    texts.mkdir(parents=True)
    (texts / "first.txt").write_text(sample.FIRST, "utf-8")
    (texts / "copy.txt").write_text(sample.FIRST, "utf-8")
    (texts / "reprint.txt").write_text(sample.FIRST + "（转载）\n", "utf-8")
    (texts / "second.txt").write_text(sample.SECOND, "utf-8")
    rows = [{"id": f"row-{at}", "title": f"第{at}期", "date": "2025-03", "text": text} for at, text in enumerate(LINES)]
    (texts / "more.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    key = Document(sample.FIRST, "first.txt").key
    said = f"assert\t霁川高新区\thosts\t溪桥量子信息实验室\t{key}\t{QUOTE}\tby hand\n"
    (texts / "decisions.tsv").write_text(said + LOST + "different\t霁川市\t霁川高新区\ttest\n", "utf-8")
    return folder


LINES = [
    "霁川高新区位于霁川市。今年一月，霁川高新区实现地区生产总值100亿元，增长5%。",
    "岚石芯片有限公司董事长陆知遥介绍，公司计划在霁川高新区建设岚石芯片产业园项目。",
    '陆知遥任霁川晨曦机器人股份有限公司董事长。“小满\\n”四足机器人\u2028获奖"。',
]


@pytest.fixture(scope="module")
def shown(place) -> list[subprocess.CompletedProcess[str]]:
    """What comes of the commands of docs/spark.md: a run on Spark, one of the local engine, and their comparison."""
    return [_typed(command, place) for command, _ in readmes.shown("docs/spark.md")]


def _typed(command: str, place: Path) -> subprocess.CompletedProcess[str]:
    """A line as a shell runs it; a run on Spark gets the time it needs on a busy machine."""
    if command.startswith("kg build"):
        return run_kg(*shlex.split(command)[1:], cwd=place, timeout=600)
    return readmes.typed(command, place)


@pytest.fixture(scope="module")
def made(place, shown) -> Path:
    return place / "many"


@pytest.fixture(scope="module")
def local(place, shown) -> Path:
    return place / "one"


def quads(folder: Path) -> bytes:
    """The parts of a run, one after the other."""
    return b"".join(part.read_bytes() for part in sorted((folder / "graph.nq").glob("part-*.nq")))


def test_what_the_page_shows_works(shown):
    assert len(shown) == 4
    assert [done.stderr for done in shown if done.returncode] == []
    assert "bytes of names in the driver" in shown[0].stdout
    assert "no document 0123456789abcdef" in shown[0].stderr


def test_the_bytes_are_the_local_engines(made, local, place):
    assert quads(made) == (place / "one.nq").read_bytes()
    datasets = [json.loads((out / "manifest.json").read_text("utf-8"))["dataset"] for out in (made, local)]
    assert datasets[0] == datasets[1]


def test_a_reprint_and_decisions_took_part(made):
    text = quads(made).decode()
    assert "reprintOf" in text
    assert "rule/curator" in text
    assert json.loads((made / "manifest.json").read_text("utf-8"))["documents"] == 3 + len(LINES)


def test_parts_are_several_sorted_and_whole_lines(made):
    parts = sorted((made / "graph.nq").iterdir())
    assert len(parts) >= 2
    lines = quads(made).splitlines()
    assert lines == sorted(set(lines))
    assert all(part.read_bytes().endswith(b" .\n") for part in parts)


def test_quads_as_parquet_are_the_same_quads(made):
    rows = pq.ParquetDataset(made / "quads.parquet").read().to_pylist()
    lines = {" ".join(filter(None, (r["subject"], r["predicate"], r["object"], r["graph"]))) + " ." for r in rows}
    assert sorted(lines) == quads(made).decode().split("\n")[:-1]
    assert len(rows) == len(lines)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("entities", tables.ENTITIES), ("relations", tables.RELATIONS), ("figures", tables.FIGURES),
        ("evidence", tables.EVIDENCE),
    ],
)  # fmt: skip
def test_tables_are_the_local_ones(name, columns, made, local):
    found = pq.ParquetDataset(made / "tables" / f"{name}.parquet").read().to_pylist()
    store = Store()
    store.load(path=str(local / "graph.trig"), format=RdfFormat.TRIG)
    make = getattr(tables, name)
    expected = {cells(row) for row in make(index.index(store))}
    assert {tuple(row[column] for column in columns) for row in found} == expected
    assert len(found) == len(expected)
    assert len(expected) > 3


def test_a_folder_of_something_else_is_not_replaced(place, local):
    done = run_kg("build", place / "seeds", "--out", local, "--engine", "spark")
    assert done.returncode == 2
    assert "holds something else" in done.stderr
    assert (local / "graph.trig").exists()


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(place, made, tmp_path):
    """One master, two workers; one of them and its executor are killed while texts are being read."""
    out, broken = tmp_path / "out", tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\x00\xfe")
    with running(tmp_path) as cluster:
        command = kg_command(
            "build", place / "seeds", broken, "--out", out, "--engine", "spark", "--master", cluster.url
        )
        with (tmp_path / "build.log").open("wb") as log:
            process = subprocess.Popen(command, env=environment(), stdout=log, stderr=log, cwd=ROOT)
        while not cluster.executors("one") or not cluster.executors("two"):
            assert process.poll() is None, (tmp_path / "build.log").read_text("utf-8")
            time.sleep(0.05)
        while process.poll() is None and not list(tmp_path.glob(".out.*/staged/_temporary")):
            time.sleep(0.05)
        assert process.poll() is None, "ended before anything was killed"
        cluster.kill("two")
        assert process.wait(180) == 3, (tmp_path / "build.log").read_text("utf-8")
        assert "Removing worker" in cluster.log("master") or "Lost" in cluster.log("master")
    assert "broken.txt: " in (tmp_path / "build.log").read_text("utf-8")
    assert quads(out) == quads(made)


SCRIPT = """
import sys
from pathlib import Path
from kg.errors import InputError
from kg.pipeline import spark, spark_inputs
from kg.read import documents

folder = Path(sys.argv[1])
here, failed = documents([str(folder / "x.jsonl")])
assert not failed and len(here) == 9
spark_inputs.LARGE = 1
with spark._session("local[2]") as session:
    for name in ("x.jsonl", "x.parquet"):
        def said(document):
            return document.text, document.title, document.issued, document.name.replace(name, "x.jsonl")
        found = spark_inputs.documents(session, [str(folder / name)]).collect()
        assert sorted(map(said, found), key=str) == sorted(map(said, here), key=str), (name, found)
    try:
        spark_inputs.documents(session, [str(folder / "y.parquet")])
    except InputError as error:
        print(error)
try:
    spark.build([str(folder / "broken.txt")], out=folder / "out", master="local[2]")
except InputError as error:
    print(error)
"""


def test_other_inputs(tmp_path):
    """JSON lines read in pieces and Parquet give what the file gives; what cannot be used is said in a line."""
    rows = [
        {"id": str(at), "title": None, "date": "2025-03", "text": f"{text}第{at}次。"}
        for at, text in enumerate(LINES * 3)
    ]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n\n" for row in rows), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "x.parquet")
    pq.write_table(pa.Table.from_pylist([{"body": "x"}]), tmp_path / "y.parquet")
    (tmp_path / "broken.txt").write_bytes(b"\xff\x00\xfe")
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    column, nothing = done.stdout.splitlines()
    assert column.endswith("y.parquet: no column text; there are body")
    assert nothing.startswith("nothing to build: ")
    assert not list(tmp_path.glob("*out*"))


def test_spark_options_without_spark_are_refused(place, tmp_path):
    done = run_kg("build", place / "seeds", "--out", tmp_path / "out", "--master", "local[2]")
    assert done.returncode == 2
    assert "--master is for --engine spark" in done.stderr
