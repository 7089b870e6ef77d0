"""What follows from the facts without a claim of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad

import sample
from kg import rules
from kg.graph import assemble, inferred, ontology, terms
from kg.records import EntityType, Relation
from kg.rules import Rules

ID, ZG, SCHEMA = terms.BASE, terms.ZG, terms.SCHEMA
FIRM, PARK, ZONE = "company/霁川晨曦机器人股份有限公司", "project/智能关节产业园项目", "zone/霁川高新区"
DIVISIONS = (
    {"code": "990000", "name": "云岭省", "type": "Place", "parent": ""},
    {"code": "990100", "name": "霁川市", "type": "Place", "parent": "990000"},
    {"code": "990101", "name": "溪桥区", "type": "Place", "parent": "990100"},
)


def follows(quads):
    return {tuple(t.value for t in q.triple) for q in quads if q.graph_name == terms.INFERRED}


@pytest.mark.parametrize(
    ("subject", "predicate", "target"),
    [
        (ID + PARK, ZG + "builtBy", ID + FIRM),
        (ID + "valley/澄湖算谷", ZG + "valleyOf", ID + ZONE),
        (ID + "valley/澄湖算谷", ZG + "locatedIn", ID + ZONE),  # superproperty of an inverse
        (ID + ZONE, ZG + "locationOf", ID + "laboratory/溪桥量子信息实验室"),
        (ID + "laboratory/溪桥量子信息实验室", SCHEMA + "location", ID + ZONE),
        (ID + "industry/量子信息", ZG + "focusOf", ID + "laboratory/溪桥量子信息实验室"),
        (ID + ZONE, SCHEMA + "foundingDate", "2011"),
        (ID + FIRM, terms.RDF + "type", SCHEMA + "Corporation"),
        (ID + FIRM, terms.RDF + "type", terms.ORG + "FormalOrganization"),
        (ID + "person/陆知遥", terms.RDF + "type", SCHEMA + "Person"),
    ],
)
def test_consequences(quads, subject, predicate, target):
    assert (subject, predicate, target) in follows(quads)


@pytest.mark.parametrize("target", [ID + "facility/溪桥湿地公园", ID + "company/岚石芯片有限公司"])
def test_nothing_follows_from_what_is_held_back(quads, target):
    relations = {ZG + "builtBy", ZG + "hostedBy", ZG + "locatedIn", SCHEMA + "location"}
    assert not any(s == target and p in relations for s, p, _ in follows(quads))


def test_nothing_inferred_is_a_fact(quads):
    facts = {tuple(t.value for t in q.triple) for q in quads if q.graph_name == DefaultGraph()}
    assert follows(quads) & facts == set()


@pytest.mark.parametrize(
    ("kind", "name", "classes"),
    [
        (EntityType.COMPANY, "霁川银行溪桥分公司", ()),
        (EntityType.INSTITUTE, "霁川第一医院", (SCHEMA + "Hospital",)),
        (EntityType.INSTITUTE, "霁川研究院", (SCHEMA + "ResearchOrganization",)),
        (EntityType.PROJECT, "溪桥项目", ()),
        (EntityType.FUND, "溪桥基金", ()),
    ],
)
def test_standard_classes_only_where_they_are_true(kind, name, classes):
    assert inferred.standard(kind, name) == classes


def with_city(**fields):
    """The sample's graph where the city is a division of the gazetteer, or has other fields."""
    readings = sample.sample_extractions()
    resolution = sample.sample_resolution(readings)
    entities = tuple(replace(e, **fields) if e.name == "霁川市" else e for e in resolution.entities)
    return assemble.quads(readings, replace(resolution, entities=entities), Rules({"divisions": DIVISIONS}, (), {}))


def changed(quads, facts):
    """The dataset with other facts, and with what `renewed` makes of the inferred ones."""
    others = [q for q in quads if not isinstance(q.graph_name, DefaultGraph)]
    given = [*(Quad(*fact, DefaultGraph()) for fact in facts), *others]
    gone, fresh = inferred.renewed(inferred.facts(quads), given)
    assert not set(gone) & set(fresh)
    return [*(q for q in given if q not in set(gone)), *fresh]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_a_change_of_facts_all_follows_from_those_that_are_left(data, quads):
    """From some facts to others: what follows is what would follow had the others been there from the start."""
    bare = [q for q in quads if q.graph_name not in (terms.INFERRED, DefaultGraph())]
    every = sorted(inferred.facts(quads), key=str)
    some = st.sets(st.sampled_from(every), max_size=60)
    names = {fact for fact in every if fact[1] == terms.PREF_LABEL}
    first, later = (names | data.draw(some) for _ in range(2))
    assert follows(changed(changed(bare, first), later)) == follows(changed(bare, later))


def test_a_fact_that_goes_and_comes_back_leaves_everything_as_it_was(quads):
    facts = inferred.facts(quads)
    relation = next(f for f in sorted(facts, key=str) if f[1] == terms.zg("hasValley"))
    without = changed(quads, facts - {relation})
    inverse = (relation[2].value, ZG + "valleyOf", relation[0].value)
    assert inverse in follows(quads) and inverse not in follows(without)
    assert follows(changed(without, facts)) == follows(quads)


def test_what_another_fact_still_says_stays_and_what_becomes_a_fact_goes(quads):
    zone, lab = NamedNode(ID + ZONE), NamedNode(ID + "laboratory/溪桥量子信息实验室")
    facts, inverse = inferred.facts(quads), (zone, terms.zg("locationOf"), lab)
    told = changed(quads, facts | {inverse})
    key = tuple(term.value for term in inverse)
    assert key in follows(quads) and key not in follows(told)
    assert follows(changed(told, facts)) == follows(quads)
    located = (lab, terms.zg("locatedIn"), zone)
    assert tuple(t.value for t in located) in follows(changed(told, (facts | {inverse}) - {located}))


def test_a_gazetteer_brings_the_divisions_above():
    found = follows(with_city(code="990100"))
    assert (ID + "place/霁川市", ZG + "locatedIn", ID + "place/云岭省") in found
    assert (ID + "place/云岭省", ZG + "locationOf", ID + "place/霁川市") in found
    assert (ID + "place/云岭省", terms.RDF + "type", ZG + "Place") in found
    assert (ID + "place/云岭省", terms.SKOS + "prefLabel", "云岭省") in found
    assert not any("溪桥区" in s for s, _, _ in found)


def test_each_division_up_to_the_province():
    found = follows(with_city(code="990101", path="place/溪桥区", name="溪桥区"))
    assert (ID + "place/溪桥区", ZG + "locatedIn", ID + "place/霁川市") in found
    assert (ID + "place/霁川市", ZG + "locatedIn", ID + "place/云岭省") in found


def test_no_place_lies_in_itself():
    """A district read under its city's name."""
    found = follows(with_city(code="990101"))
    assert not any(s == o for s, _, o in found)


def test_an_earlier_name_leads_to_the_new_one():
    found = follows(with_city(replaces=("place/霁川",)))
    assert (ID + "place/霁川", terms.DCTERMS + "isReplacedBy", ID + "place/霁川市") in found


def test_ways_of_the_shipped_ontology_end_and_never_lead_back():
    for start, ways in ontology.ways().items():
        assert (start, False) not in ways
        assert len(ways) < 12
    assert (terms.zg("locatedIn"), False) in ontology.ways()[terms.zg("hostedBy")]
    assert (terms.zg("locatedIn"), True) in ontology.ways()[terms.zg("hosts")]


@pytest.mark.parametrize(
    ("relation", "start", "end", "allowed"),
    [
        (Relation.HAS_VALLEY, EntityType.ZONE, EntityType.VALLEY, True),
        (Relation.HAS_VALLEY, EntityType.ZONE, EntityType.PERSON, False),
        (Relation.FOCUSES_ON, EntityType.AWARD, EntityType.INDUSTRY, True),
        (Relation.FOUNDED_IN, EntityType.ZONE, None, True),
        (Relation.HOLDS_POSITION, EntityType.COMPANY, None, False),
    ],
)
def test_what_a_relation_may_connect(relation, start, end, allowed):
    assert ontology.allowed(relation, start, end) is allowed


def test_the_shipped_gazetteer_has_the_columns_that_are_read():
    rows = rules.load().table("divisions")
    codes = {row["code"] for row in rows}
    assert {"code", "name", "parent"} <= set(rows[0])
    assert all(row["parent"] in codes for row in rows if row["parent"])
    assert NamedNode(ZG + "Place") == terms.zg("Place")
