"""Bytes ──▶ text, by strict trial in a fixed order: byte order mark, UTF-8, then UTF-16 and GB18030.

UTF-8 proves itself: Chinese in another encoding is almost never valid UTF-8. GB18030 and UTF-16 do not: nearly any
bytes decode as one of them. There the decoded text must look like Chinese, so that Big5, a cut UTF-8 file or noise is
refused and not read as gibberish. What was measured stands in docs/decisions/0002-read-and-pipeline.md.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

from kg.errors import InputError

USUAL_SHARE = 0.6
CONTROL_SHARE = 0.3
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
_PUNCTUATION = "、。·—～‖…‘’“”〔〕〈〉《》「」『』〖〗【】±×÷℃‰§№☆★○●◎◇◆□■△▲※→►•¥￥\u3000"
_CONTROLS = "".join(chr(code) for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\v\f\r")
UNKNOWN = "not UTF-8, GB18030 or UTF-16: save it as UTF-8"
BINARY = "binary, not text: give a text file"


def decoded(data: bytes) -> str:
    """The text, exactly, without its byte order mark; InputError where the bytes are no text in a known encoding."""
    text = _marked(data)
    if text is None:
        text = _strict(data, "utf-8")
        if text is None or "\0" in text:
            text = _likeliest(data)
    return _readable(text)


def _marked(data: bytes) -> str | None:
    """The text of bytes that begin with a byte order mark, None where there is no mark."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], codec)
            if text is None:
                raise InputError(f"broken {codec.upper()} after its byte order mark: save it again as UTF-8")
            return text
    return None


def _likeliest(data: bytes) -> str:
    """The one decoding among GB18030 and unmarked UTF-16 that looks like Chinese most."""
    trials = ((_strict(data, codec), codec) for codec in ("gb18030", "utf-16-le", "utf-16-be"))
    texts = [text for text, _ in trials if text and "\0" not in text]
    best = max(texts, key=usual, default=None)
    if best is None or usual(best) < USUAL_SHARE:
        raise InputError(BINARY if b"\0" in data else UNKNOWN)
    return best


def usual(text: str) -> float:
    """The share of everyday Chinese characters and punctuation among the characters beyond ASCII; 1.0 without any."""
    beyond = [character for character in text if character > "\x7f"]
    return sum(c in _everyday() for c in beyond) / len(beyond) if beyond else 1.0


def _strict(data: bytes, codec: str) -> str | None:
    """The decoded text, None where one byte does not fit."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _readable(text: str) -> str:
    """The text itself; InputError where it holds NUL or more than a stray control character."""
    controls = sum(text.count(control) for control in _CONTROLS)
    if "\0" in text or controls > CONTROL_SHARE * len(text):
        raise InputError(BINARY)
    return text


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """The hanzi that GB2312 and Big5 put into their first level (everyday use), and Chinese punctuation."""
    hanzi = _level("gb2312", 0xB0, 0xD7) | _level("big5", 0xA4, 0xC6)
    return hanzi | frozenset(_PUNCTUATION) | {chr(code) for code in range(0xFF01, 0xFF5F)}


def _level(codec: str, first: int, last: int) -> frozenset[str]:
    """The hanzi that a double-byte codec holds in these rows."""
    pairs = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0x40, 0xFF))
    characters = (pair.decode(codec, "ignore") for pair in pairs)
    return frozenset(character for character in characters if "\u4e00" <= character <= "\u9fff")
