"""Readings of a stretch of text as a name, before it is settled which of them stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.names.forms import part_of_zone
from kg.records import EntityType, Sentence

# Which reading wins where two overlap: the surer kind of rule first, then the longer one.
RANKS = {
    "defined": 9,
    "quoted": 8,
    "listed": 7,
    "known": 6,
    "ending": 5,
    "product": 4,
    "person": 4,
    "tagged": 2,
    "repeated": 3,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of `text[start:end]` of a sentence. `name` where the full name is not that very text."""

    sentence: int
    start: int
    end: int
    type: EntityType
    rule: str
    name: str
    code: str | None = None
    concept: str | None = None

    @property
    def rank(self) -> int:
        """The strength of the rule's kind: the part of its name before the hyphen."""
        return RANKS[self.rule.split("-")[0]]


WHOLES = frozenset({EntityType.ZONE, EntityType.VALLEY, EntityType.FACILITY})
_SECTION = re.compile("[\u4e00-\u9fff]{2,5}(?:片区|组团|港区|功能区|分园|分区|产业园|科技园|工业园)")


# An area of which a part may be named apart, besides zones: 甲科学城起步区, 乙科创走廊首开区.
FIRST_WHOLE = re.compile("(?:区|[^未]城|谷|走廊|[小古]镇|港|湾|岛|园)$")


def whole_of_part(inner: Candidate, outer: Candidate) -> bool:
    """Whether one reading is the zone in the name of its part: 怀远高新区 in 怀远高新区北区."""
    areas = inner.type is not EntityType.FACILITY or FIRST_WHOLE.search(inner.name) is not None
    zones = inner.type in WHOLES and outer.type is EntityType.ZONE and areas
    within = inner.sentence == outer.sentence and inner.start == outer.start and inner.end < outer.end
    return zones and within and bool(part_of_zone(outer.name) or _SECTION.fullmatch(outer.name, len(inner.name)))


def candidate(
    sentence: Sentence,
    start: int,
    end: int,
    type_: EntityType,
    rule: str,
    *,
    name: str | None = None,
    code: str | None = None,
    concept: str | None = None,
) -> Candidate:
    """A candidate named by its own text where no name is given."""
    return Candidate(sentence.index, start, end, type_, rule, name or sentence.text[start:end], code, concept)
