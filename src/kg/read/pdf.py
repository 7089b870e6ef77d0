"""A PDF ──▶ the text of its text layer, a form feed between pages, by PDFium in a process of its own.

PDFium reads what hostile or broken files say in C++. So it runs in a child that may use only so much memory and time:
what it takes down with it is one document. docs/decisions/0010 says why PDFium.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from kg.errors import InputError
from kg.read.content import size
from kg.read.found import Found
from kg.read.metadata import metadata

SECONDS = 60
PAGE = "\f"


def document(data: bytes, limit: int) -> Iterator[Found | InputError]:
    """The text of all pages, then a complaint for each page that is a picture without text.

    InputError where the file is encrypted, scanned only, broken, or needs too much.
    """
    if find_spec("pypdfium2") is None:
        raise ModuleNotFoundError("pypdfium2", name="pypdfium2")
    pages = _pages(data, limit)
    text = PAGE.join(page or "" for page in pages)
    scanned = [number for number, page in enumerate(pages, 1) if page is None]
    if not text.strip():
        raise InputError("no text layer (scanned pages?): run an OCR program on it first")
    yield Found(text, metadata(text))
    if scanned:
        numbers = ", ".join(map(str, scanned))
        yield InputError(f"page {numbers}: a picture without text, not read: run an OCR program on it first")


def _pages(data: bytes, limit: int) -> list[str | None]:
    """The text of each page, None for a picture."""
    command = [sys.executable, "-P", "-m", "kg.read.pdf_pages", str(limit), str(SECONDS)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=environment, timeout=2 * SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError(f"takes more than {SECONDS} s: not read") from None
    answer = _answer(done.stdout)
    if answer is None:
        raise InputError(f"broken, or needs more than {SECONDS} s or too much memory: print it to a PDF again")
    return _checked(answer, limit)


def _answer(output: bytes) -> dict[str, object] | None:
    """What the child said; None where it died before."""
    try:
        answer: dict[str, object] = json.loads(output)
    except ValueError:
        return None
    return answer


def _checked(answer: dict[str, object], limit: int) -> list[str | None]:
    match answer:
        case {"pages": list(pages)}:
            return pages
        case {"error": "password"}:
            raise InputError("encrypted: open it with its password and save it without")
        case {"error": "long"}:
            raise InputError(f"over {size(limit)} of text: split it")
        case {"error": str(reason)}:
            raise InputError(f"broken PDF ({reason}): print it to a PDF again")
    raise InputError("broken PDF: print it to a PDF again")
