"""The names in a question that only the graph knows: its things, its indicators, the titles that people hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.answers import lookup, query
from kg.answers.asking.words import Reading
from kg.answers.names import bare

if TYPE_CHECKING:
    from pyoxigraph import Store

Things = dict[str, tuple[Reading, ...]]
_FOLD = 'LCASE(REPLACE(REPLACE(REPLACE(STR(?label), "[\\\\s“”\\"\'‘’`「」『』《》〈〉]+", ""), "（", "("), "）", ")"))'
_NEAR = 20


def named(store: Store, text: str) -> Things:
    """What of the graph the compact text of a question names: name -> readings."""
    found: dict[str, dict[str, None]] = {}
    for label, iri in _labels(store, f"CONTAINS({_string(text)}, ?folded) && STRLEN(?folded) > 1"):
        found.setdefault(bare(label), {}).setdefault(iri)
    things = {name: readings for name, iris in found.items() if (readings := _readings(store, iris))}
    for title in _titles(store, text):
        things[bare(title)] = (*things.get(bare(title), ()), Reading("title", (title,)))
    return things


def like(store: Store, piece: str) -> Reading | None:
    """The one thing whose name holds that piece or is spelt by it in pinyin; None for none or several."""
    latin = piece.isascii()
    sounding = _sounding(store, piece) if latin else []
    found = sounding or _labels(store, f"CONTAINS(?folded, {_string(piece)})", _NEAR)
    iris = list(dict.fromkeys(iri for _, iri in found))
    readings = _readings(store, iris)
    things = [reading for reading in readings if reading.kind == "entity"]
    if len(piece) < 2 or len(things) != 1 or len(things[0].values) != 1:
        return None
    return things[0]


def _labels(store: Store, test: str, most: int = 1000) -> list[tuple[str, str]]:
    """The labels that pass a test, each with its bearer, in a fixed order."""
    text = (
        "SELECT DISTINCT ?label ?thing { ?thing skos:prefLabel|skos:altLabel ?label "
        f"BIND({_FOLD} AS ?folded) FILTER({test}) }} ORDER BY ?thing ?label LIMIT {most}"
    )
    return [(label.value, thing.value) for label, thing in _rows(store, text)]  # type: ignore[union-attr]


def _rows(store: Store, text: str) -> list[tuple[query.Term | None, ...]]:
    from pyoxigraph import QuerySolutions

    answer = query.ask(store, text)
    assert isinstance(answer, QuerySolutions)
    return list(query.rows(answer, [variable.value for variable in answer.variables]))


def _readings(store: Store, iris: Iterable[str]) -> tuple[Reading, ...]:
    """Things of one name as one reading with all their types; indicators as another."""
    types = {iri: frozenset(lookup.types(store, iri)) for iri in iris}
    things = tuple(iri for iri, kinds in types.items() if kinds)
    concepts = tuple(iri for iri, kinds in types.items() if not kinds and "/indicator/" in iri)
    readings = [Reading("entity", things, frozenset().union(*types.values()))] if things else []
    return (*readings, *([Reading("indicator", concepts)] if concepts else []))


def _titles(store: Store, text: str) -> list[str]:
    """The titles of positions that the question names."""
    rows = _rows(
        store,
        "SELECT DISTINCT ?title { ?post schema:roleName ?title "
        f"FILTER(CONTAINS({_string(text)}, LCASE(STR(?title)))) }} ORDER BY ?title",
    )
    return [title.value for (title,) in rows]  # type: ignore[union-attr]


def _sounding(store: Store, piece: str) -> list[tuple[str, str]]:
    """The labels that are read like a word of Latin letters."""
    found = _labels(store, f'REGEX(?folded, "^[\\\\u4E00-\\\\u9FFF()]{{2,{max(len(piece) // 2, 2)}}}$")', 100_000)
    return [(label, iri) for label, iri in found if _spelt(label, piece)]


def _spelt(label: str, piece: str) -> bool:
    """Whether some reading of the characters gives the letters.

    >>> _spelt("重庆", "chongqing"), _spelt("重庆", "zhongqing"), _spelt("重庆", "chong")
    (True, True, False)
    """
    ends = {0}
    for char in label:
        if char not in "()":
            ends = {end + len(sound) for end in sorted(ends) for sound in _sounds(char) if piece.startswith(sound, end)}
    return len(piece) in ends


@lru_cache(maxsize=8192)
def _sounds(char: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def _string(text: str) -> str:
    from pyoxigraph import Literal

    return str(Literal(text))


def merged(one: Mapping[str, tuple[Reading, ...]], other: Mapping[str, tuple[Reading, ...]]) -> Things:
    """Both, the readings of the first before those of the second."""
    return {name: (*one.get(name, ()), *other.get(name, ())) for name in (*one, *other)}
