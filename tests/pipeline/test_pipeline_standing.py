"""A graph is made out of the one before only where that is just as it was left, and it is the graph of all texts."""

from __future__ import annotations

import hashlib
import random
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

from folders import QUIET, SEED, copied, files, fresh, put
from kg.graph.terms import zg
from kg.pipeline import corpus, deciding, making
from kg.pipeline.build import build
from kg.pipeline.making import Options
from kg.resolve.decisions import Kind
from kg.store import generations
from kg.store.embedded import open_graph
from small_texts import text


def lines(fifty: Path) -> list[str]:
    """Decisions of every kind on texts of the fifty, with a claim that is there, and one on a text that may be gone."""
    claims = open_graph(fifty / "out").query(f"SELECT ?c {{ GRAPH ?d {{ ?c a {zg('Claim')} }} }} ORDER BY ?c LIMIT 9")
    quote = text(7).split("\n")[1]
    return [
        "different\t澄湖高新区\t澄湖高新技术产业开发区",
        "same\t鹿鸣开发区\t澄湖高新区",
        f"different\t澄湖机器人\t澄湖机器人@{key(11)}",
        "pin\t溪桥工业园区\tzone/溪桥",
        f"assert\tproduct/{quote[:3]}\tlocatedIn\tplace/{quote[-5:]}\t{key(7)}\t{quote}",
        *(f"reject\tclaim/{row['c'].value.rpartition('/')[2]}\t误读" for row in claims),
    ]


def key(number: int) -> str:
    return hashlib.sha256(text(number).encode()).hexdigest()[:16]


@pytest.mark.slow
def test_decisions_that_come_and_go_among_texts_that_do_leave_a_build_of_what_is_left(fifty, tmp_path, quick, begun):
    chance, known = random.Random(SEED), lines(fifty)
    shutil.copytree(fifty / "out" / ".kg", tmp_path / "out" / ".kg")
    (tmp_path / "out" / ".kg" / "ledger.jsonl").unlink()
    there, out, seen = put(tmp_path / "in", range(40)), tmp_path / "out", set()
    for _ in range(50):
        chosen = sorted(chance.sample(known, chance.randrange(4)))
        if chance.random() < 0.3:
            (there / "decisions.tsv").write_text("".join(line + "\n" for line in chosen), "utf-8")
        texts_ = [path for path in sorted(there.iterdir()) if path.suffix == ".txt"]
        if chance.random() < 0.5 and len(texts_) > 30:
            chance.choice(texts_).unlink()
        else:
            number = chance.randrange(50)
            (there / f"{number}.txt").write_text(text(number), "utf-8")
        corpus.add([str(there)], folder=out, options=QUIET)
        decided = deciding.decisions([str(there)])
        seen |= {decision.kind for decision in decided}
        assert generations.current(out).dataset == fresh(there, out, decided)
    assert seen == set(Kind)
    assert begun.count(True) > begun.count(False)


SPOILT = {
    "a file gone": lambda out: (out / "graph.ttl").unlink(),
    "a file changed": lambda out: (out / "graph.trig").write_bytes(b""),
    "a store gone": lambda out: shutil.rmtree(out / "store"),
    "a text changed": lambda out: next((out / "texts").iterdir()).write_bytes(b"x"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_graph_that_is_not_whole_is_made_again(spoil, fifty, tmp_path, quick):
    folder, out = copied(fifty, tmp_path)
    spoil(out)
    build([str(folder)], out=out, check=False)
    assert files(out) == files(fifty / "out")
    assert corpus.held(out).documents == 50


def kept(out: Path) -> Path:
    (file,) = (out / ".kg" / "standing").iterdir()
    return file


def flipped(data: bytes) -> bytes:
    """The same bytes but for the last bit."""
    return data[:-1] + bytes([data[-1] ^ 1])


def without_a_claim(out: Path) -> None:
    """Another hand takes a statement out of the store."""
    (place,) = (out / "store").iterdir()
    store = Store(place)
    store.remove(next(iter(store.quads_for_pattern(None, zg("evidence"), None))))
    store.flush()


MISTRUSTED = {
    **{name: spoil for name, spoil in SPOILT.items() if name != "a text changed"},
    "a store changed": without_a_claim,
    "what is kept cut short": lambda out: kept(out).write_bytes(kept(out).read_bytes()[:-9]),
    "what is kept changed": lambda out: kept(out).write_bytes(flipped(kept(out).read_bytes())),
    "nothing kept": lambda out: kept(out).unlink(),
}


@pytest.mark.parametrize("spoil", MISTRUSTED.values(), ids=MISTRUSTED)
def test_what_is_not_as_it_was_left_is_not_built_upon(spoil, fifty, tmp_path, quick, begun):
    folder, out = copied(fifty, tmp_path)
    spoil(out)
    corpus.withdraw(["07.txt"], folder=out, options=QUIET)
    assert begun == [False]
    corpus.add([str(folder)], folder=out, options=QUIET)
    assert begun == [False, True]
    assert files(out) == files(fifty / "out")
    assert corpus.held(out).documents == 50


def test_a_store_that_is_not_what_is_kept_of_it_is_made_anew(fifty, tmp_path, quick, begun):
    """Even where nobody sealed it: what is taken away must have been there."""
    folder, out = copied(fifty, tmp_path)
    (place,) = (out / "store").iterdir()
    (place / "sizes").unlink()
    store = Store(place)
    for quad in list(store.quads_for_pattern(None, zg("mentionedIn"), None)):
        store.remove(quad)
    del store
    corpus.withdraw(["07.txt"], folder=out, options=QUIET)
    assert begun == [True, False]
    corpus.add([str(folder)], folder=out, options=QUIET)
    assert files(out) == files(fifty / "out")


def test_a_large_graph_is_not_drawn_with_every_change(tmp_path, quick, monkeypatch):
    put(tmp_path / "in", [1])
    monkeypatch.setattr(making, "LARGEST_PAGE", 3)
    drawn = Options(check=False, render=lambda quads, rules: pytest.fail("drawn"))
    built, _ = corpus.add([str(tmp_path / "in")], folder=tmp_path / "out", options=drawn)
    assert "graph.html" not in built.files
    assert any("not drawn" in note for note in built.notes)
