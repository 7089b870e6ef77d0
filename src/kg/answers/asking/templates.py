"""The templates of questions, read from `ontology/questions/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import RulesError

_WORD = re.compile(r"\s*(?:(?P<mark>[()|?*+])|(?P<leaf>[a-z_]+)(?:=(?P<only>[A-Za-z,]+))?(?P<turn>\^?))")
_MOST = {"": (1, 1), "?": (0, 1), "*": (0, 8), "+": (1, 8)}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One token of a kind; `only` bounds what it may stand for, `turned` reads a relation from right to left."""

    kind: str
    only: frozenset[str] = frozenset()
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Sequences of which one must fit, between `least` and `most` times."""

    options: tuple[tuple[Node, ...], ...]
    least: int = 1
    most: int = 1


Node = Leaf | Choice
Pattern = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Bag:
    """Tokens in any order: those that must be there, those of which one must be, and those that may."""

    needs: tuple[Leaf, ...]
    some: tuple[Leaf, ...]
    may: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a template speaks in one language: an example with slots, the answer, and what it says without rows."""

    example: str
    say: str
    none: str


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of question, the query it becomes, and how its answer is put.

    Where it gives nothing, `otherwise` names the template to try in its place, and a tentative one leaves the question
    to the next that fits.
    """

    name: str
    rows: str
    shape: Bag | tuple[Pattern, ...]
    rejects: frozenset[str]
    sorts: Mapping[str, frozenset[str]]
    query: str
    because: str
    left_out: str
    otherwise: str
    tentative: bool
    wording: Mapping[str, Wording]


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """All of them, in the order of files and tables: an earlier one goes before a later one."""
    return tuple(template for file in _files() for template in _read(file))


def template(name: str) -> Template:
    """The template of that name."""
    return next(one for one in templates() if one.name == name)


@lru_cache(maxsize=1)
def snippets() -> Mapping[str, str]:
    """The pieces of queries that several templates share."""
    return {name: text.strip() for file in _files() for name, text in _content(file).get("snippets", {}).items()}


def _files() -> list[Path]:
    return sorted((resources.ontology() / "questions").glob("[0-9]*.toml"))


def _content(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{file.name}: {error}; see ontology/questions/README.md") from None


def _read(file: Path) -> Iterator[Template]:
    for given in _content(file)["template"]:
        try:
            yield _template(given)
        except (KeyError, ValueError) as error:
            raise RulesError(f"{file.name}: {given.get('name')}: {error}; see ontology/questions/README.md") from None


def _template(given: Mapping[str, Any]) -> Template:
    if "patterns" in given:
        shape: Bag | tuple[Pattern, ...] = tuple(pattern(text) for text in given["patterns"])
    else:
        shape = Bag(*(_leaves(given.get(key, "")) for key in ("needs", "some", "may")))
    return Template(
        given["name"], given["rows"], shape, frozenset(given.get("rejects", "").split()),
        {slot: frozenset(types.split()) for slot, types in given.get("sorts", {}).items()},
        given["query"].strip(), given.get("because", "").strip(), given.get("left_out", "").strip(),
        given.get("otherwise", ""), given.get("tentative", False),
        {language: Wording(**given[language]) for language in ("zh", "en")},
    )  # fmt: skip


def _leaves(text: str) -> tuple[Leaf, ...]:
    return tuple(node for node in pattern(text) if isinstance(node, Leaf))


def pattern(text: str) -> Pattern:
    """A pattern as nodes; ValueError where it is not well-formed.

    >>> [type(node).__name__ for node in pattern("entity (what|who)? type=Person,Group")]
    ['Leaf', 'Choice', 'Leaf']
    """
    nodes, rest = _sequence(list(_words(text)))
    if rest:
        raise ValueError(f"{text}: {rest[0][0]} has no counterpart")
    return nodes


def _words(text: str) -> Iterator[tuple[str, Leaf | None]]:
    """Marks and leaves, one after the other."""
    at = 0
    while at < len(text.rstrip()):
        if not (found := _WORD.match(text, at)):
            raise ValueError(f"{text}: what is {text[at:]}?")
        only = frozenset((found["only"] or "").split(",")) - {""}
        yield (found["mark"] or "", Leaf(found["leaf"], only, bool(found["turn"])) if found["leaf"] else None)
        at = found.end()


def _sequence(words: list[tuple[str, Leaf | None]]) -> tuple[Pattern, list[tuple[str, Leaf | None]]]:
    """The nodes up to a mark that ends them, and what follows."""
    nodes: list[Node] = []
    while words and words[0][0] not in (")", "|"):
        (mark, leaf), words = words[0], words[1:]
        if leaf is not None:
            node: Node = leaf
        elif mark == "(":
            node, words = _group(words)
        else:
            raise ValueError(f"{mark} stands behind nothing")
        if words and words[0][0] in ("?", "*", "+"):
            node, words = Choice(((node,),), *_MOST[words[0][0]]), words[1:]
        nodes.append(node)
    return tuple(nodes), words


def _group(words: list[tuple[str, Leaf | None]]) -> tuple[Choice, list[tuple[str, Leaf | None]]]:
    options = []
    while True:
        nodes, words = _sequence(words)
        options.append(nodes)
        if not words:
            raise ValueError("( is not closed")
        (mark, _), words = words[0], words[1:]
        if mark == ")":
            return Choice(tuple(options)), words
