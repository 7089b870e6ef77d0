"""What an entity is called: its type, its fullest name, an IRI that no other has, and the IRIs it had before."""

from __future__ import annotations

import pytest

from kg.resolve.resolution import resolution
from scene import entity_of, key, readings

SUZHOU, HEFEI = "Place:苏州市#320500", "Place:合肥市#340100"
FIRM = "Company:苏州澄湖机器人股份有限公司|澄湖机器人"
TWO_CITIES = {"a": [SUZHOU, "Company:澄湖机器人>苏州市"], "b": [HEFEI, "Company:澄湖机器人>合肥市"]}
TWO_FIRMS = {"a": ["Company:澄湖软件", "Person:陆知遥@澄湖软件"], "b": ["Company:鹿鸣芯片", "Person:陆知遥@鹿鸣芯片"]}
TWO_DISTRICTS = {"a": ["Place:鼓楼区#320106"], "b": ["Place:鼓楼区#350102"]}

# Texts, a thing in them, its IRI's path, and the paths it replaces.
PATHS = {
    "the fullest name, the others replaced": (
        {"a": [FIRM], "b": ["Company:澄湖机器人"]}, "b.澄湖机器人", "company/苏州澄湖机器人股份有限公司",
        ("company/澄湖机器人",),
    ),
    "nothing is replaced where one text alone speaks": (
        {"a": [FIRM]}, "a.苏州澄湖机器人股份有限公司", "company/苏州澄湖机器人股份有限公司", (),
    ),
    "a clash takes the place": (TWO_CITIES, "a.澄湖机器人", "company/澄湖机器人(苏州市)", ("company/澄湖机器人",)),
    "for both": (TWO_CITIES, "b.澄湖机器人", "company/澄湖机器人(合肥市)", ("company/澄湖机器人",)),
    "a clash of persons takes what they work for": (
        TWO_FIRMS, "a.陆知遥", "person/陆知遥(澄湖软件)", ("person/陆知遥",),
    ),
    "a clash of districts takes the city": (TWO_DISTRICTS, "a.鼓楼区", "place/鼓楼区(南京市)", ("place/鼓楼区",)),
    "a clash that nothing settles takes the text": (
        {"a": ["Group:联盟"], "b": ["Group:联盟"]}, "a.联盟", f"group/联盟({key('a')[:8]}-0)", ("group/联盟",),
    ),
    "whoever has no place keeps the plain path beside those that have": (
        {**TWO_CITIES, "c": ["Company:澄湖机器人"]}, "c.澄湖机器人", f"company/澄湖机器人({key('c')[:8]}-0)",
        ("company/澄湖机器人",),
    ),
    "the type of most texts": (
        {"a": ["Zone:鹿鸣新城"], "b": ["Place:鹿鸣新城"], "c": ["Place:鹿鸣新城"]}, "a.鹿鸣新城", "place/鹿鸣新城",
        ("zone/鹿鸣新城",),
    ),
    "the type of a public list before that of most texts": (
        {"a": ["Zone:鹿鸣新城!"], "b": ["Place:鹿鸣新城"], "c": ["Place:鹿鸣新城"]}, "b.鹿鸣新城", "zone/鹿鸣新城",
        ("place/鹿鸣新城",),
    ),
    "the type that comes first in the contract where all else is equal": (
        {"a": ["Facility:鹿鸣新城"], "b": ["Zone:鹿鸣新城"]}, "a.鹿鸣新城", "zone/鹿鸣新城", ("facility/鹿鸣新城",),
    ),
    "a concept of the scheme has no IRI of ours to replace": (
        {"a": ["Industry:生物制药#=生物医药"], "b": ["Industry:生物医药产业#=生物医药"]}, "a.生物制药",
        "industry/生物医药产业", (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "thing", "path", "replaced"), PATHS.values(), ids=PATHS)
def test_paths(texts, thing, path, replaced):
    found = resolution(readings(texts))
    entity = found.entities[entity_of(thing, texts, found)]
    assert (entity.path, entity.replaces) == (path, replaced)


@pytest.mark.parametrize("texts", [case[0] for case in PATHS.values()], ids=PATHS)
def test_a_path_belongs_to_one_entity(texts):
    found = resolution(readings(texts)).entities
    assert len({entity.path for entity in found}) == len(found)


def test_an_entity_has_every_form_that_a_text_uses():
    found = resolution(readings({"a": [FIRM], "b": ["Company:澄湖机器人"], "c": ["Company:苏州澄湖机器人"]}))
    (entity,) = found.entities
    assert entity.name == "苏州澄湖机器人股份有限公司"
    assert entity.aliases == ("澄湖机器人", "苏州澄湖机器人")


def test_what_nobody_knows_is_told():
    texts = {**TWO_CITIES, "c": ["Company:澄湖机器人"]}
    notes = resolution(readings(texts)).notes
    assert [note for note in notes if "company/澄湖机器人" in note and "2 things have it" in note]


def test_a_refused_join_is_told():
    """A full name in the middle knows both, but they are two registered companies."""
    texts = {
        "a": ["Company:苏州澄湖机器人股份有限公司|澄湖机器人"],
        "b": ["Company:澄湖机器人|澄湖"],
        "c": ["Company:合肥澄湖机器人有限公司|澄湖机器人"],
    }
    found = resolution(readings(texts))
    assert len(found.entities) == 3
    assert any("not of one thing alone" in note for note in found.notes)
