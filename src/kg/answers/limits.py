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
from collections.abc import Callable
from multiprocessing.connection import Connection

from kg.errors import KgError

Out = Callable[[bytes], object]
Work = Callable[[Out], bool]


def limited(work: Work, out: Out, *, seconds: float | None) -> bool:
    """What `work` gives, done in a child process, its pieces passed on to `out`; KgError after `seconds`.

    An error of the child is raised here. Where a process cannot be forked, `work` must be picklable.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(work, sender), daemon=True)  # type: ignore[attr-defined]
    child.start()
    sender.close()
    try:
        return _pass_on(receiver, out, seconds)
    finally:
        child.kill()
        child.join()
        receiver.close()


def _pass_on(receiver: Connection, out: Out, seconds: float | None) -> bool:
    """Hand on what arrives until the child says what came of it."""
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        if not receiver.poll(None if end is None else max(0.0, end - time.monotonic())):
            raise KgError(f"query: stopped after {seconds:g} s; ask for less (LIMIT) or allow more (--timeout SECONDS)")
        message = _message(receiver)
        if isinstance(message, bool):
            return message
        if isinstance(message, BaseException):
            raise message
        out(message)


def _message(receiver: Connection) -> bytes | bool | BaseException:
    """A piece, the result, or an error."""
    try:
        message: bytes | bool | BaseException = receiver.recv()
    except EOFError:
        return KgError("query: ended without an answer, perhaps for want of memory; ask for less (LIMIT)")
    return message


def _child(work: Work, sender: Connection) -> None:
    """Send each piece, then the result or the error; end without the parent's clean-up."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        sender.send(work(sender.send))
    except BrokenPipeError:
        pass
    except KgError as error:
        sender.send(error)
    except Exception as error:
        sender.send(KgError(f"query: failed: {type(error).__name__}: {error}"))
    os._exit(0)
