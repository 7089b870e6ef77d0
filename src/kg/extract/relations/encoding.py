"""A sentence written so that a plain regular expression can be a slot pattern.

Each naming becomes one private-use character that tells its type; the quotes around it go. All other text stays as it
is, so a pattern is ordinary text with type characters in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.names.asides import SHARE_CODE, spans
from kg.extract.scene.naming import Naming
from kg.records import EntityType, Sentence

_FIRST = 0xE000
CODES = {type_: chr(_FIRST + i) for i, type_ in enumerate(EntityType)}
ANY = f"{chr(_FIRST)}-{chr(_FIRST + len(CODES) - 1)}"
# A firm's bracket with the code of its shares says nothing of it to a pattern.
_LISTED = re.compile(rf"\({SHARE_CODE}\)")
_OPEN, _CLOSE = "“‘「『《", "”’」』》"


def codes(types: Iterable[EntityType]) -> str:
    """A character class for namings of these types."""
    return "[" + "".join(CODES[t] for t in types) + "]"


@dataclass(frozen=True, slots=True)
class Encoded:
    """The encoded text; `at` maps its characters to positions in the sentence, `namings` those that are namings."""

    text: str
    at: tuple[int, ...]
    namings: dict[int, Naming]


def encoded(sentence: Sentence, namings: Sequence[Naming]) -> Encoded:
    """The sentence with its namings as single characters."""
    text, done = sentence.text, 0
    pieces: list[str] = []
    at: list[int] = []
    found: dict[int, Naming] = {}
    asides = spans(text) + [m.span() for m in _LISTED.finditer(text)]
    for naming in (n for n in namings if not any(a <= n.start < b for a, b in asides)):
        start, end = _unquoted(text, naming, done)
        start = max(start, done)
        pieces += list(text[done:start])
        at += range(done, start)
        found[len(at)] = naming
        pieces.append(CODES[naming.type])
        at.append(start)
        done = next((b for a, b in asides if a == end), end)
    pieces += list(text[done:])
    at += range(done, len(text) + 1)
    return Encoded("".join(pieces), tuple(at), found)


def _unquoted(text: str, naming: Naming, done: int) -> tuple[int, int]:
    """The naming's range with the quotes that enclose it alone."""
    a, b = naming.start, naming.end
    if a > done and b < len(text) and text[a - 1] in _OPEN and text[b] == _CLOSE[_OPEN.index(text[a - 1])]:
        return a - 1, b + 1
    return a, b
