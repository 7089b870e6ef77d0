"""Signs that can be told apart without colour and read on it, and labels that fit under them."""

from __future__ import annotations

import pytest

from kg.pages.looks import LINE, LOOKS, box, lines, look, radius, width
from kg.pages.readings import readings
from kg.pages.vocabulary import vocabulary
from kg.records import EntityType, Relation, Status


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_type_has_a_look_of_its_own():
    assert set(LOOKS) == {kind.value for kind in EntityType}
    assert len({seen.glyph for seen in LOOKS.values()}) == len(LOOKS)
    assert len({seen.colour for seen in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize("kind", LOOKS)
def test_white_can_be_read_on_the_colour(kind):
    assert 1.05 / (luminance(LOOKS[kind].colour) + 0.05) >= 4.5


def test_a_new_type_has_a_look():
    assert look("Bridge").glyph == "B"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("白马湖", ("白马湖",)),
        ("北方某大学江南研究院", ("北方某大学江南研究院",)),
        ("环湖大科学装置创新生态圈项目", ("环湖大科学装置", "创新生态圈项目")),
        ("甲" * 40, ("甲" * 9, "甲" * 8 + "…")),
        ("New\nZone  Park", ("New Zone Park",)),
        ("", ("",)),
    ],
)
def test_labels_have_at_most_two_lines(name, shown):
    assert lines(name) == shown
    assert all(width(line) <= LINE + 1.5 for line in lines(name))


def test_a_box_holds_node_and_label():
    wide, high = box("霁川高新技术产业开发区", 9)
    assert wide > 2 * radius(9) and high > 2 * radius(9) + 26


@pytest.mark.parametrize(
    "name", [*(t.value for t in EntityType), *(r.value for r in Relation), *(s.value for s in Status)]
)
def test_the_ontology_names_it_in_both_languages(name):
    chinese, english = vocabulary().label(name)
    assert chinese != name and not chinese.isascii() and english.isascii()


def test_unknown_terms_keep_their_name():
    assert vocabulary().label("somethingNew") == ("somethingNew", "somethingNew")


@pytest.mark.parametrize(
    ("char", "known"), [("重", {"zhong", "chong"}), ("绿", {"lv"}), ("行", {"xing", "hang"}), ("谷", {"gu"})]
)
def test_a_character_has_all_its_readings(char, known):
    assert known <= set(readings([f"A{char}1"])[char].split())


def test_only_characters_in_use_have_readings():
    assert list(readings(["谷A", "1谷"])) == ["谷"]
