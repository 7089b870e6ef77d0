"""The Data Cube keeps the integrity constraints of the W3C recommendation that a query can break."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from project import ROOT

CUBE = ROOT / "ontology" / "datacube.rq"
ZG = "https://w3id.org/zonegraph/ontology#"
QB = "http://purl.org/linked-data/cube#"
FIGURES = f"""@prefix zg: <{ZG}> . @prefix e: <urn:example:> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix unit: <http://qudt.org/vocab/unit/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:zone skos:prefLabel "甲园"@zh . e:gdp skos:prefLabel "生产总值"@zh . e:floor skos:prefLabel "建筑面积"@zh .
e:plain a zg:Observation ; zg:subject e:zone ; zg:indicator e:gdp ; zg:period "2024"^^xsd:gYear ; zg:value 5.0 ;
    zg:unit unit:CCY_CNY ; zg:modifier zg:exact ; zg:status zg:achieved .
e:rounded a zg:Observation ; zg:subject e:zone ; zg:indicator e:gdp ; zg:period "2024"^^xsd:gYear ; zg:value 4.0 ;
    zg:unit unit:CCY_CNY ; zg:modifier zg:over .
e:goal a zg:Observation ; zg:subject e:zone ; zg:indicator e:gdp ; zg:period "2030"^^xsd:gYear ; zg:value 9.0 ;
    zg:unit unit:CCY_CNY ; zg:modifier zg:exact ; zg:status zg:target .
e:timeless a zg:Observation ; zg:subject e:zone ; zg:indicator e:floor ; zg:value 9.0 ; zg:unit unit:M2 ;
    zg:modifier zg:exact .
e:growth a zg:Observation ; zg:subject e:zone ; zg:indicator e:floor ; zg:period "2024"^^xsd:gYear ;
    zg:growthPercent 9.0 ; zg:modifier zg:exact .
e:one a zg:Observation ; zg:subject e:zone ; zg:indicator e:gdp ; zg:period "2023"^^xsd:gYear ; zg:value 1.0 ;
    zg:unit unit:CCY_CNY ; zg:modifier zg:exact .
e:another a zg:Observation ; zg:subject e:zone ; zg:indicator e:gdp ; zg:period "2023"^^xsd:gYear ; zg:value 2.0 ;
    zg:unit unit:CCY_CNY ; zg:modifier zg:exact .
"""
# IRI of a constraint -> a pattern that must not be found.
CONSTRAINTS = {
    "IC-1 one data set": """?o a qb:Observation { FILTER NOT EXISTS { ?o qb:dataSet ?d } } UNION
        { ?o qb:dataSet ?d, ?e FILTER(?d != ?e) }""",
    "IC-2 one structure": "?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s . ?s a qb:DataStructureDefinition }",
    "IC-3 a measure": """?s a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?s qb:component/qb:measure ?m . ?m a qb:MeasureProperty }""",
    "IC-4 dimensions have a range": "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r }",
    "IC-5 concept dimensions have a code list": """?p a qb:DimensionProperty ; rdfs:range skos:Concept
        FILTER NOT EXISTS { ?p qb:codeList ?l }""",
    "IC-6 only attributes are optional": """?c qb:componentRequired false ; qb:component|qb:dimension|qb:measure ?p
        FILTER NOT EXISTS { ?p a qb:AttributeProperty }""",
    "IC-11 all dimensions": """?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p
        FILTER NOT EXISTS { ?o ?p ?v }""",
    "IC-12 one observation a cell": """?a zg:subject ?s ; zg:indicator ?i ; zg:period ?p .
        ?b zg:subject ?s ; zg:indicator ?i ; zg:period ?p FILTER(?a != ?b)""",
    "IC-13 required attributes": """?o qb:dataSet/qb:structure/qb:component ?c .
        ?c qb:componentRequired true ; qb:attribute ?p FILTER NOT EXISTS { ?o ?p ?v }""",
    "IC-14 all measures": """?o qb:dataSet/qb:structure/qb:component/qb:measure ?p
        FILTER NOT EXISTS { ?o ?p ?v }""",
    "IC-19 codes from the list": """?o zg:indicator ?c
        FILTER NOT EXISTS { ?c a skos:Concept ; skos:inScheme/a skos:ConceptScheme }""",
}
PREFIXES = {"qb": QB, "zg": ZG, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
PREFIXES["skos"] = "http://www.w3.org/2004/02/skos/core#"


def cube(data: str) -> set[Triple]:
    store = Store()
    store.load(data.encode(), format=RdfFormat.TURTLE)
    return set(store.query(CUBE.read_text("utf-8"), default_graph=[DefaultGraph(), NamedNode(ZG + "inferred")]))


def stored(triples: set[Triple]) -> Store:
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples)
    return store


def observations(triples: set[Triple]) -> set[str]:
    return {t.subject.value for t in triples if t.object == NamedNode(QB + "Observation")}


def test_only_facts_with_all_dimensions_and_one_value_a_cell():
    assert observations(cube(FIGURES)) == {"urn:example:plain"}


@pytest.mark.parametrize("pattern", CONSTRAINTS.values(), ids=CONSTRAINTS)
def test_constraint_holds(pattern):
    answer = stored(cube(FIGURES)).query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)
    assert not bool(answer)


def test_a_broken_cube_is_noticed():
    """The constraint on cells, for one, can fail."""
    broken = cube(FIGURES) | cube(FIGURES.replace("e:plain", "e:copy"))
    assert bool(stored(broken).query(f"ASK {{ {CONSTRAINTS['IC-12 one observation a cell']} }}", prefixes=PREFIXES))


def test_no_blank_node():
    assert {type(term) for triple in cube(FIGURES) for term in triple} == {NamedNode, Literal}
