"""Bodies told by their ending alone beside one that is named in full: 甲市科技局、财政局、人社局联合印发."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.tokens import boundary
from kg.extract.text.words import alternation, titles
from kg.records import EntityType, Sentence
from kg.rules import Rules

_SHORTEST = 3


@lru_cache(maxsize=4)
def _row(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A row of bodies of which the first has a name before its ending, and one of those behind it."""
    bodies = (r["suffix"] for r in rules.table("suffixes") if r["type"] == EntityType.BODY)
    ends = [end for end in bodies if len(end) >= _SHORTEST and end[-1] in "局厅部署委办" and not end.endswith("党委")]
    one = rf"[省市区县]?(?:{alternation(ends)})"
    joint = "(?:、|和|与|及|会同|联合|以及)"
    closed = "(?=[、,。;等和与及]|联合|共同|[^,。;]{0,6}[印颁公发出制起])"
    return re.compile(rf"(?<=[局厅部署委办])(?:{joint}{one})+{closed}"), re.compile(rf"{joint}(?P<name>{one})")


def listed_bodies(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The bodies of such a row behind the first."""
    if not re.search("[局厅部署委办](?:[、和与及]|会同|联合)", sentence.text):
        return
    row, one = _row(rules)
    for match in row.finditer(sentence.text):
        for name in one.finditer(sentence.text, *match.span()):
            start, end = name.span("name")
            if boundary(sentence, start) and boundary(sentence, end):
                yield candidate(sentence, start, end, EntityType.BODY, "listed-body")


@lru_cache(maxsize=4)
def _with_post(rules: Rules) -> re.Pattern[str]:
    """A government or committee told by its rank alone, before somebody's post in it (市政府副秘书长某人)."""
    bare = "[省市区县州旗](?:人民)?政府|[省市县区州旗]委"
    post = rf"(?:党组|办公厅|办公室)?(?:{titles(rules)})[\u4e00-\u9fff]"
    return re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{bare})(?={post})")


def bare_bodies(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The bodies without a name of their own where a clause gives somebody's post in them."""
    if "政府" not in sentence.text and "委" not in sentence.text:
        return
    for match in _with_post(rules).finditer(sentence.text):
        yield candidate(sentence, *match.span("name"), EntityType.BODY, "ending-bare-body")
