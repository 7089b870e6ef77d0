"""From a template with its slots to SPARQL that a person can read and change."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from kg.answers.asking.matching import Bound, Match
from kg.answers.asking.properties import properties
from kg.answers.asking.templates import snippets

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_PLACES = {"from": ("year", 0), "to": ("year", 1), "begin": ("period", 0), "end": ("period", 1)}
_IF = re.compile(r"\s*#\s+(?=(?:if|unless) )(.+)$")


def filled(text: str, match: Match) -> str:
    """A template's query with everything put in.

    A line that ends in `# if SLOT` stands only where the question has that slot, one with `# unless SLOT` only where
    it has not; `# if type fits subject` asks whether such a thing can be the relation's subject.
    """
    lines: list[str] = []
    for line in text.splitlines():
        condition = _IF.search(line)
        if condition and not _holds(condition[1], match.slots):
            continue
        lines += _expanded(line[: condition.start()] if condition else line, match)
    return "\n".join(lines)


def _expanded(line: str, match: Match) -> list[str]:
    """The line, or the lines of the snippet that it names."""
    name = line.strip().removeprefix("{{").removesuffix("}}")
    if name in snippets() and line.strip() == f"{{{{{name}}}}}":
        indent = line[: len(line) - len(line.lstrip())]
        return textwrap.indent(filled(snippets()[name], match), indent).splitlines()
    return [_SLOT.sub(lambda found: value(found[1], match.slots), line)]


def _holds(condition: str, slots: Mapping[str, Bound]) -> bool:
    """Whether all parts of a condition hold."""
    words = condition.split()
    if "fits" in words:
        return _fits(words[1], words[3], slots)
    pairs = zip(words[::2], words[1::2], strict=True)
    return all((slot in slots) == (word == "if") for word, slot in pairs)


def _fits(slot: str, end: str, slots: Mapping[str, Bound]) -> bool:
    """Whether a thing of the type in that slot can stand at that end of the relation."""
    if slot not in slots or "relation" not in slots:
        return False
    kinds, known = slots[slot].reading.types, properties()
    forward = any(known.joins(name, kinds, frozenset()) for name in slots["relation"].reading.values)
    return forward if end == "subject" else not forward


def value(name: str, slots: Mapping[str, Bound]) -> str:
    """What stands for a slot in a query."""
    if name == "pairs":
        one, other = (_iris(slots[slot]) for slot in ("entity", "entity2"))
        return f"({one} {other}) ({other} {one})"
    if name in _PLACES:
        slot, at = _PLACES[name]
        return slots[slot].reading.values[at]
    if name == "claims":
        told = (relation for name in slots["relation"].reading.values for relation in properties().told_by(name))
        return " ".join(f"zg:{relation}" for relation in dict.fromkeys(told))
    bound = slots[name]
    if name == "bound":
        sign, limit, unit = bound.reading.values
        return f"?value {sign} {limit}" + (f" && ?unit = unit:{unit}" if unit else "")
    if bound.reading.kind in ("entity", "indicator"):
        return _iris(bound)
    if bound.reading.kind == "ordinal":
        return bound.reading.values[0]
    if bound.reading.kind == "title":
        return " ".join(_quoted(title) for title in bound.reading.values)
    return " ".join(f"zg:{local}" for local in bound.reading.values)


def _iris(bound: Bound) -> str:
    return " ".join(f"<{iri}>" for iri in bound.reading.values)


def _quoted(text: str) -> str:
    """A string of SPARQL."""
    from pyoxigraph import Literal

    return str(Literal(text))
