"""Every slot pattern finds what its examples say, and nothing by this pattern in its counter-examples."""

import pytest

from kg import rules as rules_room
from kg.extract.extraction import scene
from kg.extract.relations.claims import readings, refusal
from kg.records import Document

RULES = rules_room.load()
PATTERNS = [p for p in RULES.patterns if "match" in p]


def stated(text: str, rule: str) -> set[str]:
    """What a pattern reads in a text, each relation as `subject relation object`."""
    read, _ = scene(Document(text, "example.txt"), RULES)
    found = [match for _, match in readings(read) if match.pattern == rule and not refusal(match)]
    return {_written(read.referents, match) for match in found}


def _written(referents, match) -> str:
    other = match.year or (referents[match.object.referent].name if match.object else "")
    return " ".join(filter(None, [referents[match.subject.referent].name, match.relation.value, other, match.title]))


def expected(example: str) -> tuple[str, set[str]]:
    text, _, facts = example.partition(" => ")
    return text, {" ".join(fact.split()) for fact in facts.split(";")}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p["name"])
def test_the_examples_of_a_pattern_are_found(pattern):
    for example in pattern["examples"]:
        text, facts = expected(example)
        assert stated(text, pattern["name"]) >= facts


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p["name"])
def test_the_counter_examples_of_a_pattern_give_nothing(pattern):
    for text in pattern["counter_examples"]:
        assert stated(text, pattern["name"]) == set()


def test_every_pattern_has_both_and_a_name_of_its_own():
    names = [p["name"] for p in PATTERNS]
    assert len(set(names)) == len(names)
    assert all(p["examples"] and p["counter_examples"] for p in PATTERNS)
