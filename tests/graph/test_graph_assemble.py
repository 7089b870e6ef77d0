"""From readings to quads: what stands in the graph, what is held back, and what it rests on."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

import sample
from kg import rules
from kg.graph import assemble, terms, write
from kg.records import EntityType, Relation, Span, Status
from kg.rules import Rules

PREFIXES = dict(terms.PREFIXES)
NO_RULES = Rules({}, (), {})
FIRM, PARK, ZONE, FUND = (
    "company/霁川晨曦机器人股份有限公司", "project/智能关节产业园项目", "zone/霁川高新区", "fund/溪桥未来产业基金",
)  # fmt: skip


def built(readings, rules=NO_RULES, **options):
    return assemble.quads(readings, sample.sample_resolution(readings), rules, **options)


def asked(quads, columns, pattern):
    """The rows of a SELECT of these columns as sorted tuples of text, one left open as an empty one."""
    store = Store()
    store.bulk_extend(quads)
    found = store.query(f"SELECT {columns} WHERE {{ {pattern} }}", prefixes=PREFIXES)
    names = [column.removeprefix("?") for column in columns.split()]
    return sorted(tuple(row[n].value if row[n] is not None else "" for n in names) for row in found)


def plain(quads, subject, relation, target):
    triple = terms.entity(subject), terms.zg(relation), terms.entity(target)
    return any((q.subject, q.predicate, q.object) == triple for q in quads if q.graph_name == DefaultGraph())


def changed(document, relation, **fields):
    """The sample with the claims of one relation in one of its documents changed."""
    readings = sample.sample_extractions()
    claims = tuple(replace(c, **fields) if c.relation is relation else c for c in readings[document].claims)
    readings[document] = replace(readings[document], claims=claims)
    return readings


@pytest.mark.parametrize(
    ("subject", "relation", "target", "stands"),
    [
        (FIRM, "builds", PARK, True),  # planned in one document, under way in the other
        (FIRM, "builds", "facility/溪桥湿地公园", False),  # negated
        (FUND, "locatedIn", ZONE, False),  # planned
        (ZONE, "hosts", "company/岚石芯片有限公司", False),  # terminated
        ("place/霁川市", "plans", FUND, True),  # to plan is exempt
        (PARK, "signedAt", "event/溪桥科创大会", True),  # signed
        (ZONE, "locatedIn", "place/霁川市", True),  # plain statement
    ],
)
def test_what_stands_and_what_is_held_back(quads, subject, relation, target, stands):
    assert plain(quads, subject, relation, target) is stands
    claim = f"rdf:subject <{terms.BASE}{subject}> ; rdf:predicate zg:{relation} ; rdf:object <{terms.BASE}{target}>"
    assert asked(quads, "?c", f"GRAPH ?d {{ ?c {claim} }}"), "its claims tell of it"


@pytest.mark.parametrize(
    ("status", "stands"),
    [(None, True), *((s, s not in {Status.PLANNED, Status.TARGET, Status.TERMINATED, Status.NEGATED}) for s in Status)],
)
def test_each_status_of_an_only_claim(status, stands):
    quads = built(changed(0, Relation.HAS_VALLEY, status=status))
    assert plain(quads, ZONE, "hasValley", "valley/澄湖算谷") is stands
    claims = asked(quads, "?s", "GRAPH ?d { ?c rdf:predicate zg:hasValley OPTIONAL { ?c zg:status ?s } }")
    assert claims == [("" if status is None else terms.ZG + status,)]


@pytest.mark.parametrize(("status", "stands"), [(Status.TARGET, True), (Status.NEGATED, False)])
def test_a_plan_is_a_fact_unless_it_is_denied(status, stands):
    assert plain(built(changed(0, Relation.PLANS, status=status)), "place/霁川市", "plans", FUND) is stands


def test_without_the_document_that_says_so_a_plan_is_no_fact():
    assert not plain(built(sample.sample_extractions()[:1]), FIRM, "builds", PARK)


def test_a_position_leads_to_a_membership(quads):
    position = "?p zg:holdsPosition ?m . ?m a org:Membership ; org:member ?p ; org:organization ?o ; schema:roleName ?t"
    claim = "GRAPH ?d { ?c rdf:subject ?p ; rdf:object ?m ; rdf:predicate zg:holdsPosition }"
    rows = asked(quads, "?p ?o ?t", f"{position} . {claim}")
    assert rows == [(terms.BASE + "person/陆知遥", terms.BASE + FIRM, "董事长")]


def test_a_position_that_is_denied_is_told_by_its_document_alone():
    quads = built(changed(0, Relation.HOLDS_POSITION, status=Status.NEGATED))
    assert asked(quads, "?m", "?m a org:Membership") == []
    assert len(asked(quads, "?m", "GRAPH ?d { ?m a org:Membership ; org:member ?p ; schema:roleName ?t }")) == 1


def test_a_year_of_founding(quads):
    pattern = f"<{terms.BASE}{ZONE}> zg:foundedIn ?y FILTER(datatype(?y) = xsd:gYear)"
    assert asked(quads, "?y", pattern) == [("2011",)]


@pytest.mark.parametrize("year", ["去年", "2011-05", None])
def test_no_year_no_founding(year):
    assert asked(built(changed(0, Relation.FOUNDED_IN, year=year)), "?y", "?s zg:foundedIn ?y") == []


def test_labels(quads):
    firm = f"<{terms.BASE}{FIRM}>"
    assert asked(quads, "?l", f"{firm} skos:prefLabel ?l") == [("霁川晨曦机器人股份有限公司",)]
    assert asked(quads, "?l", f"{firm} skos:altLabel ?l FILTER(lang(?l) = 'zh')") == [("晨曦机器人",)]
    assert len(asked(quads, "?d", f"{firm} zg:mentionedIn ?d")) == 2


def test_two_growths_of_one_value_share_the_observation(quads):
    time = "zg:period '2024'^^xsd:gYear ; zg:periodStart '2024-01-01'^^xsd:date ; zg:periodEnd '2024-12-31'^^xsd:date"
    figure = f"?o zg:value '123450000000'^^xsd:decimal ; zg:unit unit:CCY_CNY ; {time} ; zg:growthPercent ?g"
    rows = asked(quads, "?g ?o", figure)
    assert [growth for growth, _ in rows] == ["6.2", "6.3"]
    assert len({node for _, node in rows}) == 1
    claim = "GRAPH ?d { ?c rdf:subject ?o ; rdf:predicate zg:growthPercent ; rdf:object ?g }"
    first, second = (terms.document(r.document.key).value for r in sample.sample_extractions())
    assert asked(quads, "?g ?d", f"{figure} . {claim}") == [("6.2", first), ("6.3", second)]


def test_a_figure_without_period_belongs_to_its_document(quads):
    pattern = f"?o zg:subject <{terms.BASE}{FUND}> ; zg:status zg:planned ; zg:modifier zg:over"
    assert len(asked(quads, "?o", pattern)) == 2


def test_growth_and_rank_alone(quads):
    bare = "?o zg:valueText ?t FILTER NOT EXISTS { ?o zg:value ?v } FILTER NOT EXISTS { ?o zg:unit ?u }"
    assert asked(quads, "?t ?g", f"{bare} ?o zg:growthPercent ?g") == [("增长8.8%", "8.8")]
    rank = "?o zg:rank ?r . ?r a zg:Rank ; zg:place ?n ; zg:rankBasis zg:total ; zg:among ?x"
    country = terms.entity("place/中国").value
    assert asked(quads, "?t ?n ?x", f"{bare} {rank}") == [("居全国第15位", "15", country)]


def test_the_country_of_a_rank_is_no_entity(quads):
    country = f"<{terms.entity('place/中国').value}>"
    assert asked(quads, "?l", f"GRAPH zg:inferred {{ {country} skos:prefLabel ?l }}") == [("中国",)]
    assert asked(quads, "?p", f"{country} ?p ?o") == []


@pytest.mark.parametrize("told", ["178家国家高新区", "177家国家高新区", "国家高新区"])
def test_how_many_were_ranked_is_no_part_of_what_they_are(told):
    first = sample.sample_extractions()[0]
    figures = tuple(
        replace(o, ranks=tuple(replace(r, among=told) for r in o.ranks if r.place == 15)) for o in first.observations
    )
    pattern = "?r zg:place 15 ; zg:among ?x GRAPH zg:inferred { ?x skos:prefLabel ?l }"
    kind = terms.entity("among/国家高新区").value
    assert asked(built([replace(first, observations=figures)]), "?x ?l", pattern) == [(kind, "国家高新区")]


def test_a_target_names_its_speaker(quads):
    pattern = (
        "?o zg:status zg:target ; zg:value '10000000000'^^xsd:decimal GRAPH ?d { ?c rdf:subject ?o ; zg:statedBy ?who }"
    )
    assert asked(quads, "?who", pattern) == [(terms.BASE + "person/陆知遥",)]


def test_documents_describe_themselves_in_their_own_graph(quads):
    first = sample.sample_extractions()[0].document
    node = terms.document(first.key)
    told = {q.predicate.value: q.object for q in quads if q.subject == node and q.graph_name == node}
    assert told[terms.DCTERMS + "issued"] == Literal("2025-02-20", datatype=NamedNode(terms.XSD + "date"))
    assert told[terms.ZG + "sha256"].value == first.sha256
    assert told[terms.ZG + "path"].value == "sample-1.txt"
    assert told[terms.DCTERMS + "publisher"] == terms.entity("media/霁川日报")
    assert not any(q.subject == node for q in quads if q.graph_name == DefaultGraph())


@pytest.mark.parametrize("issued", ["昨天", "2025-02-30", "", None])
def test_a_date_that_is_none_is_left_out(issued):
    first = sample.sample_extractions()[0]
    reading = replace(first, document=replace(first.document, issued=issued))
    timed = tuple(replace(c, valid_from=issued, valid_to="2025") for c in first.claims)
    quads = built([replace(reading, claims=timed)])
    assert asked(quads, "?t", "GRAPH ?d { ?x dcterms:issued ?t }") == []
    assert asked(quads, "?t", "GRAPH ?d { ?x zg:validFrom ?t }") == []
    assert len(asked(quads, "?t", "GRAPH ?d { ?x zg:validTo ?t FILTER(datatype(?t) = xsd:gYear) }")) == 15


def needing_claims(quads):
    """The types and relations of the default graph, and its observations."""
    kinds = {terms.zg(kind.value) for kind in EntityType}
    relations = {terms.zg(relation.value) for relation in Relation}
    facts = [(q.subject, q.predicate, q.object) for q in quads if q.graph_name == DefaultGraph()]
    typed = {f for f in facts if f[1] == terms.TYPE and f[2] in kinds}
    return typed | {f for f in facts if f[1] in relations}, {s for s, p, _ in facts if p == terms.zg("indicator")}


def test_every_fact_has_a_claim(quads):
    value = {(q.subject, q.predicate): q.object for q in quads}
    claims = {q.subject for q in quads if q.object == terms.zg("Claim")}
    said = {tuple(value[c, NamedNode(terms.RDF + n)] for n in ("subject", "predicate", "object")) for c in claims}
    facts, observations = needing_claims(quads)
    assert len(facts) == 38
    assert len(observations) == 8
    assert facts - said == set()
    assert observations - {subject for subject, *_ in said} == set()


def test_every_quote_is_the_texts(quads):
    texts = {terms.document(r.document.key): r.document.text for r in sample.sample_extractions()}
    value = {(q.subject, q.predicate): q.object for q in quads}
    source, selector, *rest = (NamedNode(terms.OA + n) for n in ("hasSource", "hasSelector", "start", "end", "exact"))
    pieces = [q for q in quads if q.predicate == terms.zg("evidence")]
    assert {q.subject for q in pieces} == {q.subject for q in quads if q.object == terms.zg("Claim")}
    for quad in pieces:
        start, end, exact = (value[value[quad.object, selector], name].value for name in rest)
        assert value[quad.object, source] == quad.graph_name
        assert texts[quad.graph_name][int(start) : int(end)] == exact
        assert 0 < len(exact) <= 300


def lengthened(reading, **fields):
    """The reading on a longer text."""
    return replace(reading, document=replace(reading.document, text=reading.document.text + "句" * 600), **fields)


@pytest.mark.parametrize("spans", [(), (Span(99_999, 100_010),), (Span(0, 301),), (Span(0, 5), Span(10, 9_999))])
def test_a_claim_whose_evidence_fails_is_dropped(spans):
    first, _ = changed(0, Relation.HAS_VALLEY, evidence=spans)
    quads = built([lengthened(first)])
    assert asked(quads, "?o", "?s zg:hasValley ?o") == []
    assert asked(quads, "?c", "GRAPH ?d { ?c rdf:predicate zg:hasValley }") == []


def test_a_figure_whose_evidence_lacks_its_wording_is_dropped():
    first = sample.sample_extractions()[0]
    moved = tuple(replace(o, evidence=(Span(0, 5),)) for o in first.observations)
    assert asked(built([replace(first, observations=moved)]), "?o", "?o a zg:Observation") == []


def test_a_type_in_an_endless_sentence_rests_on_the_name_alone():
    first = sample.sample_extractions()[0]
    quads = built([replace(first, referents=tuple(replace(r, evidence=(Span(0, 390),)) for r in first.referents))])
    evidence = "?c rdf:subject ?v ; rdf:predicate rdf:type ; zg:evidence/oa:hasSelector/oa:exact ?quote"
    assert asked(quads, "?quote", f"?v a zg:Valley GRAPH ?d {{ {evidence} }}") == [("澄湖算谷",)]


def test_what_no_evidence_shows_is_not_in_the_graph():
    first = sample.sample_extractions()[0]
    blind = tuple(replace(r, evidence=(), mentions=()) if r.name == "澄湖算谷" else r for r in first.referents)
    quads = built([replace(first, referents=blind)])
    assert asked(quads, "?p", f"<{terms.BASE}valley/澄湖算谷> ?p ?o") == []
    assert asked(quads, "?c", "GRAPH ?d { ?c rdf:predicate zg:hasValley }") == []


def test_types_that_do_not_fit_a_relation_leave_it_out():
    first = sample.sample_extractions()[0]
    person = next(i for i, r in enumerate(first.referents) if r.name == "陆知遥")
    claims = tuple(replace(c, object=person) if c.relation is Relation.HAS_VALLEY else c for c in first.claims)
    assert asked(built([replace(first, claims=claims)]), "?o", "?s zg:hasValley ?o") == []


def test_confidence_is_the_rules_measured_precision():
    quads = built(sample.sample_extractions(), Rules({}, (), {"slot-hasValley": Decimal("0.920")}))
    assert asked(quads, "?n", "GRAPH ?d { ?c zg:confidence ?n }") == [("0.92",)]


@pytest.mark.parametrize(("second", "pieces"), [(Span(400, 500), 2), (Span(400, 700), 2), (Span(390, 700), 1)])
def test_what_is_said_twice_is_one_claim_with_short_evidence(second, pieces):
    first = sample.sample_extractions()[0]
    claim = next(c for c in first.claims if c.relation is Relation.HAS_VALLEY)
    twice = (replace(claim, evidence=(second,), rule="a"), replace(claim, evidence=(Span(0, 300),), rule="b"))
    quads = built([lengthened(first, claims=twice)])
    rows = asked(quads, "?c ?r ?e", "GRAPH ?d { ?c rdf:predicate zg:hasValley ; zg:evidence ?e ; zg:rule ?r }")
    assert len(rows) == pieces
    assert {(claim, rule) for claim, rule, _ in rows} == {(rows[0][0], terms.rule("b").value)}


def test_known_concepts_are_the_schemes():
    rows = ({"id": "gdp", "zh": "地区生产总值", "en": "gross domestic product", "synonyms": "GDP|生产总值"},)
    industries = ({"id": "low", "zh": "低空产业", "en": "low-altitude industry", "synonyms": "低空经济"},)
    readings = sample.sample_extractions()
    renamed = tuple(replace(o, concept=None, indicator="GDP") if o.concept else o for o in readings[1].observations)
    readings[1] = replace(readings[1], observations=renamed)
    quads = built(readings, Rules({"indicators": rows, "industries": industries}, (), {}), base="https://a.example/")
    gdp, low = f"<{terms.BASE}indicator/地区生产总值>", f"<{terms.BASE}industry/低空产业>"
    assert asked(quads, "?l", f"{gdp} skos:prefLabel ?l") == [("gross domestic product",), ("地区生产总值",)]
    assert asked(quads, "?l", f"{gdp} skos:altLabel ?l") == [("GDP",)]
    assert len(asked(quads, "?o", f"?o zg:indicator {gdp}")) == 1
    assert asked(
        quads, "?x", f"?x zg:focusesOn {low} . {low} a zg:Industry, skos:Concept ; skos:inScheme zg:industries"
    )
    assert asked(quads, "?l", f"{low} skos:altLabel ?l") == [("低空经济",)]


def test_order_and_doubles_of_the_readings_change_nothing(quads):
    readings = sample.sample_extractions()
    resolution = sample.sample_resolution(readings)
    for order in itertools.permutations([*readings, readings[0]]):
        assert assemble.quads(order, resolution, rules.load()) == quads


def test_withdrawing_a_document_equals_never_having_read_it():
    both = sample.sample_extractions()
    kept, gone = (terms.document(r.document.key) for r in both)
    alone, together = built(both[:1]), built(both)
    assert [q for q in alone if q.graph_name == kept] == [q for q in together if q.graph_name == kept]
    assert not any(gone in (q.subject, q.object, q.graph_name) for q in alone)
    assert {q.subject for q in alone} < {q.subject for q in together}


def test_the_same_text_under_two_names_is_one_document():
    first = sample.sample_extractions()[0]
    other = replace(first, document=replace(first.document, name="zweite.txt"))
    assert built([other, first]) == built([first])


HOSTILE = ["<b>\"'&]]></b>", "} ; DROP ALL #", '\\"""@zh .', "\u202e\u2066x\u2069", "\x00\x01\x1b", "\ud800", "\ufffe",
           " ", "a/b/c", "%2F", "e\u0301", "=1+1", "霁\r\n川"]  # fmt: skip


@pytest.mark.parametrize("word", HOSTILE)
def test_no_wording_breaks_the_graph(word):
    """Names, titles and sources hold anything; each is a literal and an IRI, never code, never a crash."""
    readings = sample.sample_extractions()[:1]
    reading = readings[0]
    referents = (replace(reading.referents[0], name=word, aliases=(word * 2,)), *reading.referents[1:])
    observations = tuple(
        replace(o, indicator=word, text=word, growth_basis=word, attribution=word) for o in reading.observations
    )
    claims = tuple(replace(c, title=word, attribution=word, rule=word) for c in reading.claims)
    document = replace(reading.document, name=word, title=word, source=word, url=word, issued=word)
    reading = replace(reading, document=document, referents=referents, claims=claims, observations=observations)
    quads = built([reading])
    told = {q.object.value for q in quads if q.predicate in (terms.PREF_LABEL, NamedNode(terms.DCTERMS + "title"))}
    assert terms.readable(word) in told


def test_random_order_of_quads_does_not_matter(quads):
    shuffled = list(quads)
    random.Random(3).shuffle(shuffled)
    assert write.ordered(shuffled) == quads
