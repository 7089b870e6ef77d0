"""Files ──▶ bytes: plain or gzip, never more than the limit, each failure as one line."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

from kg.errors import InputError

MEBIBYTE = 1024 * 1024


@contextmanager
def opened(path: Path | None) -> Iterator[BufferedReader]:
    """The (decompressed) bytes of a file or of the standard input; a read that fails is an InputError."""
    try:
        with _reader(path) as reader:
            yield reader
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError("broken gzip file: compress it again") from None
    except OSError as error:
        raise InputError(f"{error.strerror or error}: check the file's permissions and its disk") from None


@contextmanager
def _reader(path: Path | None) -> Iterator[BufferedReader]:
    """The stream with a buffer to look ahead in; the standard input stays open behind it."""
    if path is None:
        reader: BufferedReader = BufferedReader(cast(Any, sys.stdin.buffer))
        yield reader
        reader.detach()
    else:
        with path.open("rb") as plain:
            yield BufferedReader(gzip.GzipFile(fileobj=plain)) if path.suffix.lower() == ".gz" else plain


def whole(stream: BufferedReader, limit: int) -> bytes:
    """All bytes of a stream; InputError, without reading on, where there are more than `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"over {size(limit)}: split it, or raise the limit")
    return data


def size(count: int) -> str:
    """A number of bytes as a person reads it."""
    return f"{count / MEBIBYTE:g} MiB" if count >= MEBIBYTE else f"{count} bytes"
