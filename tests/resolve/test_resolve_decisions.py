"""The curator's word goes before every rule, whatever the order of lines, and is missed when it fits nothing."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.resolve.decisions import Decision, Kind, parsed, settled, written
from kg.resolve.resolution import resolution
from scene import entity_of, key, readings

SUZHOU, HEFEI = "Place:苏州市#320500", "Place:合肥市#340100"
NAMESAKES = {"a": ["Company:澄湖机器人"], "b": ["Company:澄湖机器人"], "c": ["Company:澄湖机器人"]}
FIRMS = {"a": ["Company:苏州澄湖机器人股份有限公司"], "b": ["Company:合肥澄湖机器人有限公司"]}
FULL = {"a": ["Company:苏州澄湖机器人股份有限公司|澄湖机器人"], "b": ["Company:澄湖机器人"]}
PEOPLE = {"a": ["Company:澄湖软件", "Person:陆知遥@澄湖软件"], "b": ["Company:鹿鸣芯片", "Person:陆知遥@鹿鸣芯片"]}
A, B = key("a"), key("b")

# Texts, lines, then what must be one (=) and what must not (/).
CASES = {
    "two that the rules keep apart": (
        FIRMS, "same\t苏州澄湖机器人股份有限公司\t合肥澄湖机器人有限公司\t改名",
        "a.苏州澄湖机器人股份有限公司 = b.合肥澄湖机器人有限公司",
    ),
    "two that the rules join": (
        FULL, "different\tcompany/苏州澄湖机器人股份有限公司\tcompany/澄湖机器人",
        "a.苏州澄湖机器人股份有限公司 / b.澄湖机器人",
    ),
    "one name in two texts": (
        NAMESAKES, f"different\t澄湖机器人@{A}\t澄湖机器人@{B}", "a.澄湖机器人 / b.澄湖机器人",
    ),
    "persons by their whole paths": (
        PEOPLE, "same\tperson/陆知遥(澄湖软件)\tperson/陆知遥(鹿鸣芯片)", "a.陆知遥 = b.陆知遥",
    ),
    "types that nobody takes for each other": (
        {"a": ["Company:低空经济"], "b": ["Industry:低空经济"]}, "same\tcompany/低空经济\tindustry/低空经济",
        "a.低空经济 = b.低空经济",
    ),
    "a difference wins over sameness of the same two": (
        FULL, "same\t苏州澄湖机器人股份有限公司\t澄湖机器人\ndifferent\t苏州澄湖机器人股份有限公司\t澄湖机器人",
        "a.苏州澄湖机器人股份有限公司 / b.澄湖机器人",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "lines", "law"), CASES.values(), ids=CASES)
def test_decisions_win(texts, lines, law):
    left, sign, right = law.split(" ")
    before, after = resolution(readings(texts)), resolution(readings(texts), parsed(lines))
    joined = [entity_of(left, texts, found) == entity_of(right, texts, found) for found in (before, after)]
    assert joined[1] is (sign == "=")
    assert joined[0] is not joined[1] or "\n" in lines or sign == "/"


def test_a_decision_taken_back_leaves_no_trace():
    lines = parsed(CASES["two that the rules keep apart"][1])
    assert resolution(readings(FIRMS), lines) != resolution(readings(FIRMS))
    assert resolution(readings(FIRMS), ()) == resolution(readings(FIRMS))


def test_a_third_cannot_bridge_a_decided_difference():
    found = resolution(readings(NAMESAKES), parsed(f"different\t澄湖机器人@{A}\t澄湖机器人@{B}"))
    assert len(found.entities) == 2


@pytest.mark.parametrize("texts", [FULL, {**FULL, "c": ["Company:澄湖机器人股份有限公司"]}])
def test_a_pinned_iri_stays(texts):
    found = resolution(readings(texts), parsed("pin\tcompany/澄湖机器人\tcompany/澄湖机器人"))
    entity = found.entities[entity_of("b.澄湖机器人", texts, found)]
    assert entity.path == "company/澄湖机器人"
    assert entity.name == "苏州澄湖机器人股份有限公司"
    assert "company/苏州澄湖机器人股份有限公司" in entity.replaces


def test_who_wants_a_pinned_path_gets_another():
    texts = {"a": [SUZHOU, "Company:澄湖机器人>苏州市"], "b": ["Company:合肥鹿鸣机器人"]}
    found = resolution(readings(texts), parsed("pin\t合肥鹿鸣机器人\tcompany/澄湖机器人"))
    assert found.entities[entity_of("b.合肥鹿鸣机器人", texts, found)].path == "company/澄湖机器人"
    assert found.entities[entity_of("a.澄湖机器人", texts, found)].path == "company/澄湖机器人(苏州市)"


UNFIT = {
    "nobody has the name": "same\t澄湖机器人\t没有的公司",
    "no text begins so": "different\t澄湖机器人@ffffffff\t澄湖机器人",
    "a pin on nothing": "pin\tcompany/没有的公司\tcompany/没有的公司",
    "one name on both sides": "different\t澄湖机器人\tcompany/澄湖机器人",
    "a person that is a company": "same\t陆知遥\t澄湖机器人",
    "a pin taken twice": "pin\t澄湖机器人\tcompany/一\npin\t澄湖机器人\tcompany/二",
    "a contradiction": "same\t{0}\ndifferent\t{0}".format("苏州澄湖机器人股份有限公司\t澄湖机器人"),
}


@pytest.mark.parametrize("lines", UNFIT.values(), ids=UNFIT)
def test_a_line_that_fits_nothing_is_told(lines):
    notes = resolution(readings({**FULL, "p": ["Person:陆知遥"]}), parsed(lines)).notes
    assert [note for note in notes if note.startswith(lines.split("\t")[0])]


def test_several_things_of_one_name_are_not_decided_at_once():
    notes = resolution(readings(PEOPLE), parsed("same\t陆知遥\tperson/陆知遥(澄湖软件)")).notes
    assert [note for note in notes if "several things" in note]


BAD = {"a word that decides nothing": "equal\ta\tb", "a cell missing": "same\ta", "an empty cell": "same\ta\t\twhy",
       "a cell too many": "reject\tx\twhy\tmore"}  # fmt: skip


@pytest.mark.parametrize("line", BAD.values(), ids=BAD)
def test_a_broken_line_is_named(line):
    with pytest.raises(InputError, match=r"decisions\.tsv:2: "):
        parsed(f"# remark\n{line}\n")


def test_lines_survive_writing_and_reading():
    decision = Decision(Kind.ASSERT, ("a", "locatedIn", "b", "0" * 16, "原文\t两\n行"), "因为")
    (read,) = parsed(written(decision))
    assert read.about == ("a", "locatedIn", "b", "0" * 16, "原文 两 行")
    assert parsed("") == ()


def test_the_order_of_lines_does_not_matter():
    lines = parsed(f"different\t澄湖机器人@{A}\t澄湖机器人@{B}\nsame\t澄湖机器人@{key('c')}\t澄湖机器人@{B}")
    found = resolution(readings(NAMESAKES), lines)
    assert resolution(readings(NAMESAKES), lines[::-1]) == found
    assert entity_of("c.澄湖机器人", NAMESAKES, found) == entity_of("b.澄湖机器人", NAMESAKES, found)
    assert settled([*lines, *lines]) == lines
