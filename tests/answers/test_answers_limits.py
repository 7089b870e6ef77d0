"""Work in a child process: what it sends arrives, what takes too long is ended for good."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.answers.limits import limited
from kg.errors import KgError, UsageError

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(9)) + " }"


def pieces(send: Callable[[bytes], object]) -> bool:
    for word in ("一", "二", "三"):
        send(word.encode())
    return True


def heavy(send: Callable[[bytes], object], *, note: str) -> bool:
    """A query that Oxigraph would chew on for years."""
    store = Store()
    store.update("INSERT DATA { " + " ".join(f"<urn:a> <urn:p> {i} ." for i in range(200)) + " }")
    Path(note).write_text(str(os.getpid()))
    return bool(list(store.query(ENDLESS)))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_pieces_arrive_in_order():
    found: list[bytes] = []
    assert limited(pieces, found.append, seconds=10) is True
    assert b"".join(found).decode() == "一二三"


def test_what_takes_too_long_is_ended(tmp_path):
    note = str(tmp_path / "pid")
    before = time.monotonic()
    with pytest.raises(KgError, match=r"stopped after 0\.5 s"):
        limited(lambda send: heavy(send, note=note), print, seconds=0.5)
    assert time.monotonic() - before < 3
    assert not alive(int((tmp_path / "pid").read_text()))


def refused(send: Callable[[bytes], object]) -> bool:
    raise UsageError("query: no")


def broken(send: Callable[[bytes], object]) -> bool:
    raise ZeroDivisionError("by zero")


def died(send: Callable[[bytes], object]) -> bool:
    os._exit(9)


@pytest.mark.parametrize(("work", "kind", "words"), [
    (refused, UsageError, "query: no"),
    (broken, KgError, "ZeroDivisionError: by zero"),
    (died, KgError, "without an answer"),
])  # fmt: skip
def test_what_fails_in_the_child_fails_here(work, kind, words):
    with pytest.raises(kind, match=words):
        limited(work, print, seconds=10)


def test_a_reader_who_leaves_ends_the_child(tmp_path):
    note = tmp_path / "pid"

    def work(send: Callable[[bytes], object]) -> bool:
        note.write_text(str(os.getpid()))
        send(b"first")
        time.sleep(60)
        return True

    def leave(piece: bytes) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        limited(work, leave, seconds=30)
    assert not alive(int(note.read_text()))
