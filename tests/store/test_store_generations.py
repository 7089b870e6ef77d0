"""What lies in an output folder, and what a reader gets of it."""

from __future__ import annotations

import fcntl
import json
import shutil

import pytest

import sample
from kg import rules
from kg.errors import StoreError
from kg.graph import assemble, write
from kg.store import embedded, generations, manifest, place


def dataset(readings):
    """The files and quads of a build of these readings."""
    quads = assemble.quads(readings, sample.sample_resolution(readings), rules.load())
    files = {f"graph.{form}": write.serialise(quads, form) for form in ("ttl", "trig")}
    texts = {f"texts/{r.document.sha256}.txt": r.document.text.encode() for r in readings}
    return {**files, **texts, "manifest.json": b'{"rules": "abc"}'}, quads


@pytest.fixture(scope="module")
def both():
    return dataset(sample.sample_extractions())


@pytest.fixture(scope="module")
def second():
    return dataset(sample.sample_extractions()[1:])


@pytest.fixture
def folder(tmp_path, both):
    generations.commit(tmp_path / "out", *both)
    return tmp_path / "out"


def names(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and "/0" not in f"/{p.name}")


def test_files_and_manifest(folder, both):
    files, _ = both
    for name in files:
        assert name == manifest.NAME or (folder / name).read_bytes() == files[name]
    found = json.loads((folder / "manifest.json").read_text())
    assert (found["format"], found["rules"]) == (1, "abc")
    assert set(found["files"]) == set(files) - {"manifest.json"}
    assert [p.name for p in (folder / "store").iterdir()] == [found["store"]] == [found["dataset"][:16]]
    assert not list(folder.rglob("LOG*")), "the engine's log names folders of the machine"


def test_the_same_build_gives_the_same_manifest(folder, both):
    before = (folder / "manifest.json").read_bytes()
    generations.commit(folder, *both)
    assert (folder / "manifest.json").read_bytes() == before
    assert len(embedded.open_graph(folder)) == len(both[1])


@pytest.mark.parametrize("form", write.Format)
def test_an_export_has_the_bytes_of_the_builds_own_file(folder, both, form):
    assert embedded.export(embedded.open_graph(folder), form) == write.serialise(both[1], form)


def test_another_build_replaces_all_and_nothing_of_others(folder, second):
    (folder / "notes.txt").write_text("mine")
    (folder / "texts" / "mine.txt").write_text("mine")
    generations.commit(folder, {**second[0], "graph.html": b"<html>"}, second[1])
    generations.commit(folder, *second)
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [".lock", "graph.trig", "graph.ttl", "manifest.json", "notes.txt", "store", "texts"]
    )
    assert sorted(p.name for p in (folder / "texts").iterdir()) == sorted(
        ["mine.txt", f"{sample.sample_extractions()[1].document.sha256}.txt"]
    )
    assert len(list((folder / "store").iterdir())) == 1
    assert set(embedded.open_graph(folder)) == set(second[1])


def test_a_reader_keeps_what_it_opened(folder, both, second):
    store = embedded.open_graph(folder)
    generations.commit(folder, *second)
    assert set(store) == set(both[1])


def test_a_finished_build_that_nobody_moved_in_is_read_and_moved_in(folder, second):
    generations._prepared(folder, lambda aside: generations._written(folder, aside, *second))
    assert generations.current(folder).files.keys() == second[0].keys() - {"manifest.json"}
    assert embedded.read(folder, "graph.ttl") == second[0]["graph.ttl"]
    assert (folder / "graph.ttl").read_bytes() != second[0]["graph.ttl"]
    assert set(embedded.open_graph(folder)) == set(second[1])
    assert not (folder / ".next").exists()
    assert (folder / "graph.ttl").read_bytes() == second[0]["graph.ttl"]


def test_who_may_not_write_reads_the_finished_build_where_it_lies(folder, second, monkeypatch):
    generations._prepared(folder, lambda aside: generations._written(folder, aside, *second))

    def refuse(*_):
        raise PermissionError("read-only")

    monkeypatch.setattr(generations.lock, "locked", refuse)
    assert set(embedded.open_graph(folder)) == set(second[1])
    assert (folder / ".next").exists()


def test_a_build_that_died_halfway_leaves_nothing(folder, both):
    (folder / ".next.4242" / "store").mkdir(parents=True)
    (folder / ".next.4242" / "graph.ttl").write_text("half")
    assert set(embedded.open_graph(folder)) == set(both[1])
    assert not (folder / ".next.4242").exists()


def test_a_second_writer_is_told_in_one_line(folder, second):
    with (folder / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another build is writing here") as caught:
            generations.commit(folder, *second)
    assert "\n" not in str(caught.value)
    generations.commit(folder, *second)


def test_a_disk_that_refuses_leaves_the_earlier_graph(folder, both, second, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations, "stored", full)
    with pytest.raises(StoreError, match="No space left on device"):
        generations.commit(folder, *second)
    assert not list(folder.glob(".next*"))
    assert set(embedded.open_graph(folder)) == set(both[1])


def test_a_clone_without_its_store_is_read_from_trig(folder, both):
    shutil.rmtree(folder / "store")
    assert set(embedded.open_graph(folder)) == set(both[1])
    (folder / "graph.trig").write_bytes(b"<a:a> <a:b> <a:c> .")
    with pytest.raises(StoreError, match="not the file that the manifest names"):
        embedded.open_graph(folder)


def broken_store(folder):
    store = next((folder / "store").iterdir())
    (store / "CURRENT").write_text("nonsense")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda f: shutil.rmtree(f), "no graph here; make one with: kg build"),
        (lambda f: (f / "manifest.json").write_text("{"), "broken"),
        (lambda f: (f / "manifest.json").write_text("[]"), "not a manifest"),
        (lambda f: (f / "manifest.json").write_text('{"format": 2}'), "another version of kg"),
        (lambda f: (f / "manifest.json").write_text('{"format": 1, "store": "../x", "files": {}}'), "names no store"),
        (
            lambda f: (f / "manifest.json").write_text(
                '{"format": 1, "store": "0123456789abcdef", "files": {"../x": ""}}'
            ),
            "names no store or files",
        ),
        (broken_store, "broken store"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(folder, spoil, message):
    spoil(folder)
    with pytest.raises(StoreError, match=message) as caught:
        embedded.open_graph(folder)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


def test_a_missing_text_is_told(folder):
    with pytest.raises(StoreError, match=r"texts/x\.txt"):
        embedded.read(folder, "texts/x.txt")


@pytest.mark.parametrize(
    ("named", "variable", "expected"),
    [("here", "there", "here"), (None, "there", "there"), (None, "", "exports"), (None, None, "exports")],
)
def test_which_graph(named, variable, expected, monkeypatch):
    monkeypatch.delenv("KG_GRAPH", raising=False)
    if variable is not None:
        monkeypatch.setenv("KG_GRAPH", variable)
    assert str(place.which(named)) == expected
