"""Work with a time limit that really ends it.

A running Oxigraph query hears neither a timeout nor a signal handler of Python, so it runs in a child process: the
parent passes on what the child sends, and kills it when the time is over, on Ctrl-C, or when nobody reads any more.
The child opens the store itself, since a store does not survive a fork.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from kg.errors import KgError

Work = Callable[[], Iterator[bytes]]


def limited(work: Work, *, seconds: float | None) -> Iterator[bytes]:
    """The pieces that `work` gives, computed in a child process; KgError when it takes longer than `seconds`.

    An error of the child is raised here. Where a process cannot be forked, `work` must be picklable.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, sender), daemon=True)  # type: ignore[attr-defined]
    child.start()
    sender.close()
    try:
        yield from _pieces(receiver, seconds)
    finally:
        child.kill()
        child.join()
        receiver.close()


def _pieces(receiver: Connection, seconds: float | None) -> Iterator[bytes]:
    """What arrives until the child says that it is done."""
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        if not receiver.poll(None if end is None else max(0.0, end - time.monotonic())):
            raise KgError(f"stopped after {seconds:g} s; ask for less (LIMIT) or allow more with --timeout SECONDS")
        try:
            message = receiver.recv()
        except EOFError:
            raise KgError("the query ended without an answer, perhaps for want of memory; ask for less (LIMIT)") from None
        match message:
            case bytes():
                yield message
            case BaseException():
                raise message
            case None:
                return


def _child(work: Work, sender: Connection) -> None:
    """Send each piece, then None or the error; end without the parent's clean-up."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        for piece in work():
            sender.send(piece)
        sender.send(None)
    except BrokenPipeError:
        pass
    except KgError as error:
        sender.send(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        sender.send(KgError(f"the query failed: {error}"))
    os._exit(0)
