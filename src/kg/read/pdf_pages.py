"""The child that reads one PDF: bytes on stdin, JSON on stdout, within the memory and time it is given.

    python -P -m kg.read.pdf_pages LIMIT SECONDS < file.pdf

LIMIT is in bytes of text. The memory is what PDFium itself needs and a multiple of that limit.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

RESERVED = 1 << 29
MEMORY = 16
_DROPPED = {0xFFFE: None, 0x00: 0xFFFD, 0x0D: None, 0x0C: 0x20}
"""PDFium's mark of a word that is broken at a hyphen; NUL; the CR of its CR LF; a form feed, which parts pages here."""


class _LongError(Exception):
    """More text than the limit."""


def pages(data: bytes, limit: int) -> list[str | None]:
    """The text of each page; None for a page that holds pictures and no text."""
    import pypdfium2

    found: list[str | None] = []
    left = limit
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage().get_text_range().translate(_DROPPED)
            left -= len(text.encode("utf-8", "replace"))
            if left < 0:
                raise _LongError
            found.append(text if text.strip() or not _has_pictures(page) else None)
            page.close()
    return found


def _has_pictures(page: Any) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))


def answer(data: bytes, limit: int) -> dict[str, object]:
    """The pages, or in a word why there are none."""
    from pypdfium2 import PdfiumError

    try:
        return {"pages": pages(data, limit)}
    except _LongError:
        return {"error": "long"}
    except PdfiumError as error:
        reason = str(error).partition("PDFium: ")[2].rstrip(").") or "unknown error"
        return {"error": "password" if "password" in reason.lower() else reason}


def main(limit: int, seconds: int) -> None:
    """Read stdin and write the answer."""
    memory = RESERVED + MEMORY * limit
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(answer(sys.stdin.buffer.read(), limit), sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
