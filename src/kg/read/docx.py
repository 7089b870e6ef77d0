"""A .docx file ──▶ its text by python-docx: a line a paragraph, so that the number of a line is that of its paragraph.

python-docx's own `Paragraph.text` leaves out what stands in tracked insertions and content controls, so the elements
are walked here: what is inserted counts, what is deleted, moved away or only a fallback for old programs does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.read.content import size
from kg.read.found import Found
from kg.read.metadata import metadata
from kg.read.office import checked

UNPACKED = 4
"""How many times the limit of a text a package may unpack to: pictures and styles are not text."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARAGRAPH, _TEXT = f"{_W}p", f"{_W}t"
_PASSED = frozenset({_PARAGRAPH, f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\u2028", f"{_W}cr": "\u2028", f"{_W}noBreakHyphen": "-"}


def document(data: bytes, limit: int) -> Found:
    """The text of all paragraphs in order, those of tables and text boxes where they stand.

    InputError where the file is encrypted, broken, too large, or holds no text.
    """
    package = checked(data, UNPACKED * limit)
    import docx

    try:
        body = docx.Document(package).element.body
        text = "\n".join(_words(paragraph) for paragraph in _paragraphs(body))
    except Exception as error:  # a broken package fails in ways that no list of the library's errors covers
        raise InputError(f"broken file ({type(error).__name__}): open it in its program and save it again") from error
    if not text.strip():
        raise InputError("no text in this document: if it holds pictures of pages, read them with an OCR program first")
    if len(text.encode("utf-8")) > limit:
        raise InputError(f"over {size(limit)}: split it")
    return Found(text, metadata(text))


def _paragraphs(body: Any) -> Iterator[Any]:
    """Every paragraph once: a text box stands in a file twice, for new programs and for old."""
    for paragraph in body.iter(_PARAGRAPH):
        if not any(above.tag in _PASSED - {_PARAGRAPH} for above in paragraph.iterancestors()):
            yield paragraph


def _words(node: Any) -> str:
    """The text of a paragraph, without that of paragraphs inside it; line breaks as U+2028."""
    return "".join(_piece(child) for child in node)


def _piece(node: Any) -> str:
    if node.tag in _PASSED:
        return ""
    if node.tag == _TEXT:
        return " ".join((node.text or "").splitlines())
    return _SIGNS.get(node.tag) or _words(node)
