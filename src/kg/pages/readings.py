"""How the characters in use are read, so that the page finds names by pinyin and initials.

A table of characters takes a tenth of the room of readings for every name, and keeps all readings of a character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def readings(names: Iterable[str]) -> dict[str, str]:
    """Each Chinese character of the names with its readings without tones, the usual one first."""
    from pypinyin.constants import PINYIN_DICT

    known = {char: PINYIN_DICT.get(ord(char), "") for char in sorted(set("".join(names)))}
    return {char: _plain(marked) for char, marked in known.items() if marked}


def _plain(marked: str) -> str:
    """Readings as people type them: no tones, ü as v."""
    typed = (_typed(reading) for reading in marked.split(","))
    return " ".join(dict.fromkeys(reading for reading in typed if reading.isalpha()))


def _typed(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(char for char in parts if char.isascii())
