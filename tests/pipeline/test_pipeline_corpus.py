"""A graph that lives is the graph of what is in it: texts come, change, are renamed and go, in any order."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

from folders import QUIET, SEED, copied, files, fresh, put
from kg.errors import NotFoundError, StoreError
from kg.graph.write import serialise
from kg.pipeline import cache, corpus, ledger, making, texts
from kg.pipeline.build import build
from kg.store import generations
from sample import summed
from small_texts import text


def test_any_order_of_adds_gives_the_bytes_of_one_build(fifty, tmp_path, quick):
    names = sorted((fifty / "in").iterdir())
    random.Random(SEED).shuffle(names)
    for at in range(0, 50, 7):
        corpus.add([str(name) for name in names[at : at + 7]], folder=tmp_path / "out", options=QUIET)
    assert files(tmp_path / "out") == files(fifty / "out")


@pytest.mark.slow
def test_any_sequence_of_two_hundred_operations_is_a_build_of_what_is_left(fifty, tmp_path, quick, begun):
    """Texts are added, changed, renamed and withdrawn at random; after each the graph is that of a fresh build."""
    chance = random.Random(SEED)
    shutil.copytree(fifty / "out" / ".kg", tmp_path / "out" / ".kg")
    (tmp_path / "out" / ".kg" / "ledger.jsonl").unlink()
    there, out = put(tmp_path / "in", range(40)), tmp_path / "out"
    corpus.add([str(there)], folder=out, options=QUIET)
    done = []
    while len(done) < 200:
        done.append(_step(there, out, chance))
        if len(done) % 4 == 0:
            assert generations.current(out).dataset == fresh(there, out), done[-4:]
    assert {name for name, _ in done} == {"add", "change", "rename", "withdraw"}
    assert begun.count(False) < 20, "the store is loaded anew only now and then"
    build([str(there)], out=tmp_path / "fresh", check=False)
    assert files(out) == files(tmp_path / "fresh")


def _step(there: Path, out: Path, chance: random.Random) -> tuple[str, str]:
    """One operation on a text, in the folder and in the graph."""
    have = sorted(there.iterdir())
    operation = chance.choice(["add", "change", "rename", "withdraw"] if len(have) > 30 else ["add"])
    file, number = chance.choice(have), chance.randrange(50)
    if operation == "withdraw":
        corpus.withdraw([str(file)], folder=out, options=QUIET)
        file.unlink()
        return operation, file.name
    new = there / f"{chance.randrange(100):02}-{number}.txt"
    if operation == "rename":
        file.rename(new)
    else:
        new = file if operation == "change" else new
        new.write_text(text(number), "utf-8")
    corpus.add([str(there)], folder=out, options=QUIET)
    return operation, new.name


def test_withdrawing_is_the_inverse_of_adding(fifty, tmp_path, quick):
    _, out = copied(fifty, tmp_path)
    before = files(out)
    (tmp_path / "more.txt").write_text(text(77), "utf-8")
    corpus.add([str(tmp_path / "more.txt")], folder=out, options=QUIET)
    assert files(out) != before
    corpus.withdraw([str(tmp_path / "more.txt")], folder=out, options=QUIET)
    assert files(out) == before


def test_changes_are_told(fifty, tmp_path, quick):
    put(tmp_path / "in", range(6))
    _, first = corpus.add([str(tmp_path / "in")], folder=tmp_path / "out", options=QUIET)
    assert len(first.new) == 6
    (tmp_path / "in" / "00.txt").unlink()
    (tmp_path / "in" / "01.txt").rename(tmp_path / "in" / "11.txt")
    (tmp_path / "in" / "02.txt").write_text(text(22), "utf-8")
    put(tmp_path / "in", [7])
    _, changes = corpus.add([str(tmp_path / "in")], folder=tmp_path / "out", options=QUIET)
    names = [[Path(p).name for p in part] for part in (changes.new, changes.changed, changes.gone)]
    assert names == [["07.txt"], ["02.txt"], ["00.txt"]]
    assert [(Path(a).name, Path(b).name) for a, b in changes.renamed] == [("01.txt", "11.txt")]


def test_bad_inputs_among_good_ones_are_named_and_the_good_ones_are_in(tmp_path, quick):
    contents = (b"", b"\0" * 40, b"\xff\xfe\xff", b"  \n", b"\x81\x20\x81")
    bad = {f"bad{n}.txt": data for n, data in enumerate(contents)}
    bad |= {"bad.jsonl": b'{"text": "cut', "bad.zip": b"PK", "bad.exe": b"MZ"}
    put(tmp_path / "in", range(20))
    for name, data in bad.items():
        (tmp_path / "in" / name).write_bytes(data)
    built, _ = corpus.add([str(tmp_path / "in")], folder=tmp_path / "out", options=QUIET)
    named = {Path(failure.name).name.partition(":")[0] for failure in built.unreadable}
    assert (named, len(built.documents), built.exit_code) == (set(bad), 20, 3)
    good = [str(file) for file in put(tmp_path / "good", range(20)).iterdir()]
    assert build(good, out=tmp_path / "alone", check=False).dataset == built.dataset


def test_one_text_in_two_places_stays_until_both_are_gone(tmp_path, quick):
    put(tmp_path / "in", [1])
    shutil.copy(tmp_path / "in" / "01.txt", tmp_path / "in" / "00.txt")
    built, _ = corpus.add([str(tmp_path / "in")], folder=tmp_path / "out", options=QUIET)
    assert [document.name for document in built.documents] == ["00.txt"]
    built, _ = corpus.withdraw([str(tmp_path / "in" / "00.txt")], folder=tmp_path / "out", options=QUIET)
    assert [document.name for document in built.documents] == ["01.txt"]
    built, _ = corpus.withdraw([str(tmp_path / "in" / "01.txt")], folder=tmp_path / "out", options=QUIET)
    assert (built.documents, built.counts.claims) == ((), 0)


NAMED = {
    "file": lambda d, f: str(f / d.name), "folder": lambda d, f: str(f), "name": lambda d, f: d.name,
    "sha256": lambda d, f: d.sha256, "iri": lambda d, f: f"https://w3id.org/zonegraph/id/document/{d.key}",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED.values(), ids=NAMED)
def test_a_text_has_many_names(name, tmp_path, quick):
    put(tmp_path / "in", [1])
    built, _ = corpus.add([str(tmp_path / "in")], folder=tmp_path / "out", options=QUIET)
    left, _ = corpus.withdraw([name(built.documents[0], tmp_path / "in")], folder=tmp_path / "out", options=QUIET)
    assert left.documents == ()


def test_who_is_not_there_cannot_be_withdrawn(fifty):
    with pytest.raises(NotFoundError, match=r"no text is called nothing\.txt"):
        corpus.withdraw(["nothing.txt"], folder=fifty / "out", options=QUIET)


def test_what_is_forgotten_is_nowhere(fifty, tmp_path, quick):
    folder, out = copied(fifty, tmp_path)
    corpus.withdraw([str(folder / "07.txt")], folder=out, options=QUIET, forget=True)
    digest = hashlib.sha256(text(7).encode()).hexdigest()
    quote = text(7).split("\n")[1].encode()
    left = [p for p in out.rglob("*") if p.is_file() and (quote in p.read_bytes() or digest.encode() in p.read_bytes())]
    assert left == []
    corpus.add([str(folder)], folder=out, options=QUIET)
    assert files(out) == files(fifty / "out")


def test_what_was_withdrawn_before_can_be_forgotten(fifty, tmp_path, quick):
    folder, out = copied(fifty, tmp_path)
    corpus.withdraw([str(folder / "07.txt")], folder=out, options=QUIET)
    corpus.withdraw([str(folder / "07.txt")], folder=out, options=QUIET, forget=True)
    with pytest.raises(NotFoundError):
        corpus.withdraw([str(folder / "07.txt")], folder=out, options=QUIET, forget=True)


def test_an_earlier_state_is_made_again(fifty, tmp_path, quick):
    folder, out = copied(fifty, tmp_path)
    first = generations.current(out).dataset
    corpus.withdraw([str(folder / "07.txt"), str(folder / "08.txt")], folder=out, options=QUIET)
    past = [state.number for state in ledger.states(out / ".kg")]
    assert past == [1, 2]
    quads = corpus.generation(out, 1, QUIET).quads
    assert summed(serialise(quads, "nq")) == first
    with pytest.raises(NotFoundError, match="no generation 9; it has 1, 2"):
        corpus.generation(out, 9, QUIET)


def test_identity_that_rested_on_a_text_goes_with_it(tmp_path, quick):
    """One text has the full name of what another calls by a short one."""
    put(tmp_path / "in", ())
    (tmp_path / "in" / "a.txt").write_text("澄湖高新区位于苏州市。", "utf-8")
    (tmp_path / "in" / "b.txt").write_text("澄湖高新技术产业开发区聚焦生物医药产业。", "utf-8")
    out = tmp_path / "out"
    corpus.add([str(tmp_path / "in" / "a.txt")], folder=out, options=QUIET)
    alone = files(out)
    corpus.add([str(tmp_path / "in" / "b.txt")], folder=out, options=QUIET)
    assert "isReplacedBy" in (out / "graph.trig").read_text("utf-8")
    corpus.withdraw(["b.txt"], folder=out, options=QUIET)
    assert files(out) == alone


BREAKS = {
    "cut": lambda data: data[: len(data) // 2],
    "one byte": lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    "empty": lambda data: b"",
    "other": lambda data: b"\0" * 200,
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_a_broken_entry_of_the_cache_is_read_again(broken, fifty, tmp_path, quick):
    folder, out = copied(fifty, tmp_path)
    entries = sorted(p for p in (out / ".kg" / "cache").rglob("*") if p.is_file())
    assert len(entries) == 50
    name = cache.decoded(entries[3].read_bytes()).document.name
    entries[3].write_bytes(broken(entries[3].read_bytes()))
    corpus.withdraw([name], folder=out, options=QUIET)
    corpus.add([str(folder)], folder=out, options=QUIET)
    assert files(out) == files(fifty / "out")
    assert cache.decoded(entries[3].read_bytes()) is not None


def test_a_text_is_read_once(fifty, tmp_path, quick, monkeypatch):
    folder, out = copied(fifty, tmp_path)
    read = []
    real = texts.extracted
    monkeypatch.setattr(texts, "extracted", lambda documents, **more: read.extend(documents) or real(documents, **more))
    corpus.add([str(folder)], folder=out, options=QUIET)
    corpus.withdraw(["07.txt"], folder=out, options=QUIET)
    corpus.add([str(folder)], folder=out, options=QUIET)
    build([str(folder)], out=out, check=False)
    assert read == []
    corpus.add([str(folder / "07.txt")], folder=out, options=QUIET, date="2024-05")
    assert [document.issued for document in read] == ["2024-05"]


def test_a_graph_that_would_come_out_the_same_is_not_made_again(fifty, tmp_path, quick, monkeypatch):
    folder, out = copied(fifty, tmp_path)
    first = build([str(folder)], out=out, check=False)
    monkeypatch.setattr(making, "_made", lambda *given: pytest.fail("made again"))
    again = build([str(folder)], out=out, check=False)
    assert again == first
    (folder / "00.txt").rename(tmp_path / "00.txt")
    try:
        corpus.add([str(folder), str(tmp_path / "00.txt")], folder=out, options=QUIET)
        assert str(tmp_path / "00.txt") in corpus.state(out).texts
    finally:
        (tmp_path / "00.txt").rename(folder / "00.txt")


def test_a_graph_without_its_ledger_says_so(fifty, tmp_path):
    _, out = copied(fifty, tmp_path)
    shutil.rmtree(out / ".kg")
    with pytest.raises(StoreError, match="nothing tells which texts"):
        corpus.withdraw(["07.txt"], folder=out, options=QUIET)


def test_a_lost_text_is_named(fifty, tmp_path):
    _, out = copied(fifty, tmp_path)
    shutil.rmtree(out / ".kg" / "cache")
    (lost,) = [p for p in (out / "texts").iterdir() if p.stem == hashlib.sha256(text(7).encode()).hexdigest()]
    lost.unlink()
    with pytest.raises(StoreError, match=r"07\.txt is lost; add its file again"):
        corpus.update(out, QUIET)


def test_a_line_of_the_ledger_that_was_never_committed_counts_for_nothing(fifty, tmp_path, quick):
    _, out = copied(fifty, tmp_path)
    before = corpus.state(out)
    after = ledger.State(command="add", dataset="0" * 64, base=before.base, texts={})
    ledger.append(out / ".kg", after)
    assert corpus.state(out) == before
    with (out / ".kg" / "ledger.jsonl").open("ab") as file:
        file.write(b'{"number": 3, "cut')
    assert corpus.state(out) == before
    corpus.withdraw(["07.txt"], folder=out, options=QUIET)
    assert len(corpus.state(out).texts) == 49
    assert [state.number for state in ledger.states(out / ".kg")] == [1, 2, 3]


def test_the_ledger_stands_outside_the_graph(fifty):
    manifest = (fifty / "out" / "manifest.json").read_text("utf-8")
    assert "ledger" not in manifest
    (line,) = (fifty / "out" / ".kg" / "ledger.jsonl").read_text("utf-8").splitlines()
    when = json.loads(line)["when"]
    assert when[:2] == "20"
    assert when not in manifest
