"""A few words ──▶ extractions, so that a case of identity reads as what its texts say.

A text is a list of things, each ``Type:name|short form|…`` with, behind it, ``#code`` or ``#=concept`` of a public
list, ``>`` what the text says it is located in, ``@`` whom a person works for, and ``!`` where a list knows the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.records import Claim, Document, EntityType, Extraction, Referent, Relation, Resolution, Span

_THING = re.compile(r"(\w+):([^|#>@!]+)((?:\|[^|#>@!]+)*)(?:#(=?)([^>@!]+))?(?:>([^@!]+))?(?:@([^!]+))?(!?)")
_SPAN = (Span(0, 1),)


def reading(letter: str, things: Iterable[str]) -> Extraction:
    """What a text with these things says. Its text is its letter, so that its key is always the same."""
    parts = [_parts(thing) for thing in things]
    names = [part[1] for part in parts]
    claims = [claim for index, part in enumerate(parts) for claim in _claims(index, part, names)]
    return Extraction(Document(letter, f"{letter}.txt"), tuple(map(_referent, parts)), tuple(claims), ())


def _parts(thing: str) -> tuple[str, ...]:
    match = _THING.fullmatch(thing)
    assert match, thing
    return tuple(part or "" for part in match.groups())


def _referent(part: tuple[str, ...]) -> Referent:
    kind, name, aliases, concept, code, _, _, known = part
    rule = f"{'known' if known or code else 'ending'}-{kind.lower()}"
    return Referent(
        name, EntityType(kind), tuple(filter(None, aliases.split("|"))), _SPAN, _SPAN, rule,
        code if concept else None, code if code and not concept else None,
    )  # fmt: skip


def _claims(index: int, part: tuple[str, ...], names: list[str]) -> Iterable[Claim]:
    for relation, target in ((Relation.LOCATED_IN, part[5]), (Relation.HOLDS_POSITION, part[6])):
        if target:
            yield Claim(index, relation, names.index(target), _SPAN, "case", title="主任")


def readings(texts: Mapping[str, Iterable[str]]) -> list[Extraction]:
    """One a text."""
    return [reading(letter, things) for letter, things in texts.items()]


def key(letter: str) -> str:
    """The key of the document with that letter."""
    return Document(letter, "x").key


def entity_of(thing: str, texts: Mapping[str, Iterable[str]], resolution: Resolution) -> int:
    """The entity of ``letter.name`` or, where a text has two of one name, ``letter.Type:name``."""
    letter, _, name = thing.partition(".")
    kind, colon, rest = name.partition(":")
    parts = [_parts(each) for each in texts[letter]]
    found = [i for i, p in enumerate(parts) if p[1] == (rest if colon else name) and (not colon or p[0] == kind)]
    assert len(found) == 1, thing
    return resolution.of[key(letter)][found[0]]
