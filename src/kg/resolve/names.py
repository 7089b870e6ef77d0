"""Names in the form in which spellings are compared, and in the form that stands in an IRI."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = re.compile(r"[\s“”‘’「」『』《》\"']+")


def folded(name: str) -> str:
    """Equal for two spellings of one name: half-width, no quotes, no spaces, lower case."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", name)).casefold()


def fullest(names: list[str]) -> str:
    """The longest form, the first in code point order among equals."""
    return min(names, key=lambda n: (-len(folded(n)), n))
