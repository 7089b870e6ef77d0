"""Which names of several texts are one thing: one case a phenomenon, all names invented but those of divisions."""

from __future__ import annotations

import pytest

from kg.resolve.resolution import resolution
from scene import entity_of, readings

SUZHOU, HEFEI = "Place:苏州市#320500", "Place:合肥市#340100"
FULL = "Company:苏州澄湖机器人股份有限公司|澄湖机器人"
OTHER = "Company:合肥澄湖机器人有限公司|澄湖机器人"

# What it is about -> texts by letter, then what must be one (=) and what must not (/).
CASES = {
    "one full name is one thing": (
        {"a": ["Company:苏州澄湖机器人股份有限公司"], "b": ["Company:苏州澄湖机器人股份有限公司"]},
        "a.苏州澄湖机器人股份有限公司 = b.苏州澄湖机器人股份有限公司",
    ),
    "quotes, width and case make no difference": (
        {"a": ["Product:“小满”Ｈ１机器人"], "b": ["Product:小满H1机器人"]},
        "a.“小满”Ｈ１机器人 = b.小满H1机器人",
    ),
    "a defined short name leads to its owner in another text": (
        {"a": [FULL], "b": ["Company:澄湖机器人"]},
        "a.苏州澄湖机器人股份有限公司 = b.澄湖机器人",
    ),
    "two owners of one short name: nobody knows": (
        {"a": [FULL], "b": [OTHER], "c": ["Company:澄湖机器人"]},
        "a.苏州澄湖机器人股份有限公司 / b.合肥澄湖机器人有限公司",
        "a.苏州澄湖机器人股份有限公司 / c.澄湖机器人",
        "b.合肥澄湖机器人有限公司 / c.澄湖机器人",
    ),
    "two owners, and the text says in which city": (
        {"a": [FULL], "b": [OTHER], "c": [HEFEI, "Company:澄湖机器人>合肥市"]},
        "b.合肥澄湖机器人有限公司 = c.澄湖机器人",
        "a.苏州澄湖机器人股份有限公司 / c.澄湖机器人",
    ),
    "one owner, but in another city": (
        {"a": [FULL], "b": [HEFEI, "Company:澄湖机器人>合肥市"]},
        "a.苏州澄湖机器人股份有限公司 / b.澄湖机器人",
    ),
    "two companies share a short name in two cities": (
        {"a": [SUZHOU, "Company:澄湖机器人>苏州市"], "b": [HEFEI, "Company:澄湖机器人>合肥市"]},
        "a.澄湖机器人 / b.澄湖机器人",
    ),
    "one company in two texts about one city": (
        {"a": [SUZHOU, "Company:澄湖机器人>苏州市"], "b": ["Place:苏州#320500", "Company:澄湖机器人>苏州"]},
        "a.澄湖机器人 = b.澄湖机器人",
    ),
    "a place in one text and none in the other": (
        {"a": [SUZHOU, "Company:澄湖机器人>苏州市"], "b": ["Company:澄湖机器人"]},
        "a.澄湖机器人 = b.澄湖机器人",
    ),
    "a third text without a place does not bridge two cities": (
        {
            "a": [SUZHOU, "Company:澄湖机器人>苏州市"], "b": [HEFEI, "Company:澄湖机器人>合肥市"],
            "c": ["Company:澄湖机器人"],
        },
        "a.澄湖机器人 / b.澄湖机器人", "a.澄湖机器人 / c.澄湖机器人", "b.澄湖机器人 / c.澄湖机器人",
    ),
    "a registered name is one company in every city": (
        {
            "a": [SUZHOU, "Company:澄湖机器人股份有限公司>苏州市"],
            "b": [HEFEI, "Company:澄湖机器人股份有限公司>合肥市"],
        },
        "a.澄湖机器人股份有限公司 = b.澄湖机器人股份有限公司",
    ),
    "a company without its legal form": (
        {"a": ["Company:苏州澄湖机器人股份有限公司"], "b": ["Company:澄湖机器人"]},
        "a.苏州澄湖机器人股份有限公司 = b.澄湖机器人",
    ),
    "a company without its legal form, but of two": (
        {
            "a": ["Company:苏州澄湖机器人股份有限公司"], "b": ["Company:合肥澄湖机器人有限公司"],
            "c": ["Company:澄湖机器人"],
        },
        "a.苏州澄湖机器人股份有限公司 / c.澄湖机器人", "b.合肥澄湖机器人有限公司 / c.澄湖机器人",
    ),
    "two registered names in one city": (
        {"a": ["Company:苏州澄湖机器人股份有限公司"], "b": ["Company:苏州澄湖机器人有限公司"]},
        "a.苏州澄湖机器人股份有限公司 / b.苏州澄湖机器人有限公司",
    ),
    "a registered name with and without its city": (
        {"a": ["Company:苏州澄湖机器人股份有限公司"], "b": ["Company:澄湖机器人股份有限公司"]},
        "a.苏州澄湖机器人股份有限公司 = b.澄湖机器人股份有限公司",
    ),
    "a branch is not its head office": (
        {"a": ["Company:澄湖银行"], "b": ["Company:澄湖银行合肥分行|澄湖银行"]},
        "a.澄湖银行 / b.澄湖银行合肥分行",
    ),
    "a branch company that shares the short name": (
        {"a": [FULL], "b": ["Company:苏州澄湖机器人股份有限公司合肥分公司|澄湖机器人"], "c": ["Company:澄湖机器人"]},
        "a.苏州澄湖机器人股份有限公司 / b.苏州澄湖机器人股份有限公司合肥分公司",
        "a.苏州澄湖机器人股份有限公司 = c.澄湖机器人",
    ),
    "two branches": (
        {"a": ["Company:澄湖银行合肥分行"], "b": ["Company:澄湖银行苏州分行"]},
        "a.澄湖银行合肥分行 / b.澄湖银行苏州分行",
    ),
    "a hospital and its branch": (
        {"a": ["ResearchInstitute:澄湖医院"], "b": ["ResearchInstitute:澄湖医院东分院|澄湖医院"]},
        "a.澄湖医院 / b.澄湖医院东分院",
    ),
    "a zone is not its management committee": (
        {"a": ["Zone:澄湖高新区"], "b": ["GovernmentBody:澄湖高新区管委会|澄湖高新区"]},
        "a.澄湖高新区 / b.澄湖高新区管委会",
    ),
    "the committee is one, the zone another, in one text too": (
        {"a": ["Zone:澄湖高新区", "GovernmentBody:澄湖高新区"], "b": ["Zone:澄湖高新区"]},
        "a.Zone:澄湖高新区 / a.GovernmentBody:澄湖高新区", "a.Zone:澄湖高新区 = b.澄湖高新区",
    ),
    "a zone's long and short official name": (
        {"a": ["Zone:澄湖高新技术产业开发区"], "b": ["Zone:澄湖高新区"]},
        "a.澄湖高新技术产业开发区 = b.澄湖高新区",
    ),
    "two long names of one short one": (
        {"a": ["Zone:澄湖经济技术开发区"], "b": ["Zone:澄湖经开区"], "c": ["Zone:澄湖高新区"]},
        "a.澄湖经济技术开发区 = b.澄湖经开区", "b.澄湖经开区 / c.澄湖高新区",
    ),
    "two districts of one name by their codes": (
        {"a": ["Place:鼓楼区#320106"], "b": ["Place:鼓楼区#350102"]},
        "a.鼓楼区 / b.鼓楼区",
    ),
    "a district under two names by its code": (
        {"a": ["Place:鼓楼区#320106"], "b": ["Place:南京鼓楼#320106"]},
        "a.鼓楼区 = b.南京鼓楼",
    ),
    "a district without a code where one alone has its name": (
        {"a": ["Place:鼓楼区#320106"], "b": ["Place:鼓楼区"]},
        "a.鼓楼区 = b.鼓楼区",
    ),
    "a district without a code where two have its name": (
        {"a": ["Place:鼓楼区#320106"], "b": ["Place:鼓楼区#350102"], "c": ["Place:鼓楼区"]},
        "a.鼓楼区 / c.鼓楼区", "b.鼓楼区 / c.鼓楼区",
    ),
    "a park of one name in two districts' cities": (
        {
            "a": ["Place:鼓楼区#320106", "Facility:鹿鸣湿地公园>鼓楼区"],
            "b": ["Place:鼓楼区#350102", "Facility:鹿鸣湿地公园>鼓楼区"],
        },
        "a.鹿鸣湿地公园 / b.鹿鸣湿地公园",
    ),
    "a park in a district and in its city": (
        {
            "a": ["Place:鼓楼区#320106", "Facility:鹿鸣湿地公园>鼓楼区"],
            "b": ["Place:南京市#320100", "Facility:鹿鸣湿地公园>南京市"],
        },
        "a.鹿鸣湿地公园 = b.鹿鸣湿地公园",
    ),
    "a place before the name is evidence": (
        {"a": ["Zone:合肥鹿鸣科技园"], "b": [SUZHOU, "Zone:鹿鸣科技园>苏州市"], "c": [HEFEI, "Zone:鹿鸣科技园>合肥市"]},
        "a.合肥鹿鸣科技园 / b.鹿鸣科技园", "a.合肥鹿鸣科技园 = c.鹿鸣科技园",
    ),
    "a place before the name may be left out": (
        {"a": ["Zone:合肥鹿鸣科技园"], "b": ["Zone:鹿鸣科技园"]},
        "a.合肥鹿鸣科技园 = b.鹿鸣科技园",
    ),
    "the place above the place": (
        {
            "a": [HEFEI, "Zone:鹿鸣高新区>合肥市", "Company:澄湖软件>鹿鸣高新区"],
            "b": [SUZHOU, "Company:澄湖软件>苏州市"],
        },
        "a.澄湖软件 / b.澄湖软件",
    ),
    "a name of the kind alone is a thing of its own in each text": (
        {"a": ["GovernmentBody:高新区管委会"], "b": ["GovernmentBody:高新区管委会"]},
        "a.高新区管委会 / b.高新区管委会",
    ),
    "but not in texts about one city": (
        {"a": [HEFEI, "GovernmentBody:高新区管委会"], "b": [HEFEI, "GovernmentBody:高新区管委会"]},
        "a.高新区管委会 = b.高新区管委会",
    ),
    "nor where a public list has it": (
        {"a": ["GovernmentBody:工业和信息化厅!"], "b": ["GovernmentBody:工业和信息化厅!"]},
        "a.工业和信息化厅 = b.工业和信息化厅",
    ),
    "a short name of the kind defined in one text is none in another": (
        {"a": ["GovernmentBody:合肥高新区管委会|高新区管委会"], "b": ["GovernmentBody:高新区管委会"]},
        "a.合肥高新区管委会 / b.高新区管委会",
    ),
    "unless it is about the same city": (
        {"a": ["GovernmentBody:合肥高新区管委会|高新区管委会"], "b": [HEFEI, "GovernmentBody:高新区管委会"]},
        "a.合肥高新区管委会 = b.高新区管委会",
    ),
    "streets of two cities": (
        {"a": [HEFEI, "Place:鹿鸣路"], "b": [SUZHOU, "Place:鹿鸣路"]},
        "a.鹿鸣路 / b.鹿鸣路",
    ),
    "a short name of two characters is too little": (
        {"a": ["Company:鹿鸣集团有限公司|鹿鸣"], "b": ["Company:鹿鸣"]},
        "a.鹿鸣集团有限公司 / b.鹿鸣",
    ),
    "a laboratory's short name that two in one city use": (
        {
            "a": ["Laboratory:合肥鹿鸣量子信息实验室|量子实验室"],
            "b": ["Laboratory:合肥鹿鸣量子计算实验室|量子实验室"],
        },
        "a.合肥鹿鸣量子信息实验室 / b.合肥鹿鸣量子计算实验室",
    ),
    "persons of one organisation": (
        {"a": ["Company:澄湖软件", "Person:陆知遥@澄湖软件"], "b": ["Company:澄湖软件", "Person:陆知遥@澄湖软件"]},
        "a.陆知遥 = b.陆知遥",
    ),
    "persons of different organisations": (
        {"a": ["Company:澄湖软件", "Person:陆知遥@澄湖软件"], "b": ["Company:鹿鸣芯片", "Person:陆知遥@鹿鸣芯片"]},
        "a.陆知遥 / b.陆知遥",
    ),
    "a person of whom one text says nothing": (
        {"a": ["Company:澄湖软件", "Person:陆知遥@澄湖软件"], "b": ["Person:陆知遥"]},
        "a.陆知遥 = b.陆知遥",
    ),
    "a person of whom one text says nothing, and two have the name": (
        {
            "a": ["Company:澄湖软件", "Person:陆知遥@澄湖软件"], "b": ["Company:鹿鸣芯片", "Person:陆知遥@鹿鸣芯片"],
            "c": ["Person:陆知遥"],
        },
        "a.陆知遥 / c.陆知遥", "b.陆知遥 / c.陆知遥",
    ),
    "an organisation under its full and its short name employs one person": (
        {
            "a": [FULL, "Person:陆知遥@苏州澄湖机器人股份有限公司"],
            "b": ["Company:澄湖机器人", "Person:陆知遥@澄湖机器人"],
        },
        "a.陆知遥 = b.陆知遥",
    ),
    "one name taken for a zone and for a place": (
        {"a": ["Zone:鹿鸣新城"], "b": ["Place:鹿鸣新城"]},
        "a.鹿鸣新城 = b.鹿鸣新城",
    ),
    "one name taken for a zone and for a facility": (
        {"a": ["Zone:鹿鸣科学城"], "b": ["Facility:鹿鸣科学城"], "c": ["Zone:鹿鸣科学城"]},
        "a.鹿鸣科学城 = b.鹿鸣科学城", "b.鹿鸣科学城 = c.鹿鸣科学城",
    ),
    "one name of a company and of an industry": (
        {"a": ["Company:低空经济"], "b": ["Industry:低空经济"]},
        "a.低空经济 / b.低空经济",
    ),
    "one name of a person and of a company": (
        {"a": ["Person:陆知遥"], "b": ["Company:陆知遥"]},
        "a.陆知遥 / b.陆知遥",
    ),
    "one name of two types in two cities": (
        {"a": ["Zone:鹿鸣新城>苏州市", SUZHOU], "b": ["Facility:鹿鸣新城>合肥市", HEFEI]},
        "a.鹿鸣新城 / b.鹿鸣新城",
    ),
    "a division and a zone with its code": (
        {"a": ["Zone:合肥高新技术产业开发区#340176"], "b": ["Place:合肥高新区#340176"]},
        "a.合肥高新技术产业开发区 = b.合肥高新区",
    ),
    "an industry by its concept": (
        {"a": ["Industry:生物医药产业#=生物医药"], "b": ["Industry:生物制药#=生物医药"]},
        "a.生物医药产业 = b.生物制药",
    ),
    "two concepts with one wording": (
        {"a": ["Industry:芯片#=集成电路"], "b": ["Industry:芯片#=芯片制造"]},
        "a.芯片 / b.芯片",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "laws"), [(case[0], case[1:]) for case in CASES.values()], ids=CASES)
def test_names_are_one_thing_or_not(texts, laws):
    found = resolution(readings(texts))
    for law in laws:
        left, sign, right = law.split(" ")
        same = entity_of(left, texts, found) == entity_of(right, texts, found)
        assert same is (sign == "="), law


def test_the_cases_are_many():
    assert len(CASES) >= 40


def test_a_case_is_read_as_it_is_written():
    texts = {"a": [SUZHOU, "Zone:鹿鸣科技园|科技园>苏州市", "Person:陆知遥@鹿鸣科技园!"]}
    (one,) = readings(texts)
    assert [(r.name, r.aliases, r.code, r.rule) for r in one.referents] == [
        ("苏州市", (), "320500", "known-place"),
        ("鹿鸣科技园", ("科技园",), None, "ending-zone"),
        ("陆知遥", (), None, "known-person"),
    ]
    assert [(c.subject, c.relation.value, c.object) for c in one.claims] == [
        (1, "locatedIn", 0),
        (2, "holdsPosition", 1),
    ]
