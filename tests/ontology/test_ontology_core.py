"""The ontology says everything the contract names, in two languages, and what is derived from it is fresh."""

from __future__ import annotations

import json
import runpy
from functools import cache

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SDO, SKOS

from kg.records import Basis, EntityType, Modifier, Relation, Status
from project import ROOT

FOLDER = ROOT / "ontology"
ZG = "https://w3id.org/zonegraph/ontology#"
CLASSES = ("Claim", "Document", "Observation", *EntityType)
FIGURES = """subject indicator value unit period periodStart periodEnd growthPercent growthBasis growthModifier modifier
valueText rank place among rankBasis status""".split()
CLAIMS = "statedBy attribution validFrom validTo evidence rule confidence mentionedIn sha256 path".split()
VALUES = {"Status": Status, "Modifier": Modifier, "RankBasis": Basis}
NO_INVERSE = {"foundedIn"}


@cache
def ontology() -> Graph:
    return Graph().parse(FOLDER / "zonegraph.ttl")


@cache
def derived() -> dict[str, str]:
    return runpy.run_path(str(FOLDER / "make_derived.py"))["derived"]()


def zg(name: str) -> URIRef:
    return URIRef(ZG + name)


def ours() -> list[URIRef]:
    return sorted({s for s in ontology().subjects(RDF.type) if str(s).startswith(ZG)})


def kinds(name: str) -> set[URIRef]:
    return set(ontology().objects(zg(name), RDF.type))


@pytest.mark.parametrize("name", CLASSES)
def test_class_of_the_contract(name):
    assert OWL.Class in kinds(name)


@pytest.mark.parametrize("name", [*Relation, *FIGURES, *CLAIMS])
def test_property_of_the_contract(name):
    assert kinds(name) & {OWL.ObjectProperty, OWL.DatatypeProperty}


@pytest.mark.parametrize(("kind", "name"), [(kind, value) for kind, values in VALUES.items() for value in values])
def test_fixed_value_of_the_contract(kind, name):
    assert zg(kind) in kinds(name)


@pytest.mark.parametrize("name", ["Times", "facts", "inferred", "indicators", "industries"])
def test_other_term_of_the_contract(name):
    assert kinds(name)


def test_claim_is_a_statement():
    assert (zg("Claim"), RDFS.subClassOf, RDF.Statement) in ontology()


@pytest.mark.parametrize("link", [RDFS.label, SKOS.definition])
def test_every_term_is_told_in_both_languages(link):
    said = {term: sorted(o.language or "" for o in ontology().objects(term, link)) for term in ours()}
    assert [term for term, languages in said.items() if languages != ["en", "zh"]] == []


def test_labels_tell_the_properties_apart():
    properties = {t for t in ours() if kinds(t.removeprefix(ZG)) & {OWL.ObjectProperty, OWL.DatatypeProperty}}
    labels = [label for term in properties for label in ontology().objects(term, RDFS.label)]
    unique = {label for label in labels if label.value != "SHA-256"}
    assert len(unique) == len([label for label in labels if label.value != "SHA-256"])


@pytest.mark.parametrize("relation", list(Relation))
def test_relation_has_both_ends_and_its_inverse(relation):
    graph, term = ontology(), zg(relation)
    assert list(graph.objects(term, SDO.domainIncludes))
    assert [*graph.objects(term, SDO.rangeIncludes), *graph.objects(term, RDFS.range)]
    inverses = list(graph.objects(term, OWL.inverseOf))
    assert len(inverses) == (0 if relation in NO_INVERSE else 1)
    assert all((inverse, OWL.inverseOf, term) in graph for inverse in inverses)


def test_every_term_it_uses_is_declared():
    used = {term for triple in ontology() for term in triple if str(term).startswith(ZG)}
    assert used - set(ours()) == set()


def test_header_names_licence_and_version_apart_from_the_namespace():
    graph, header = ontology(), URIRef("https://w3id.org/zonegraph/ontology")
    assert graph.value(header, OWL.versionInfo) == Literal("0.1.0")
    assert str(graph.value(header, OWL.versionIRI)).endswith("/0.1.0")
    assert graph.value(header, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert {title.language for title in graph.objects(header, DCTERMS.title)} == {"zh", "en"}
    assert "0.1" not in ZG


def test_no_blank_node_in_the_ontology():
    assert [t for t in parse(path=FOLDER / "zonegraph.ttl", format=RdfFormat.TURTLE) if "_:" in str(t)[:2]] == []


def test_derived_files_are_fresh():
    stale = [path for path, text in derived().items() if (ROOT / path).read_text("utf-8") != text]
    assert stale == [], "run python ontology/make_derived.py"


# ── Schemes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def schemes() -> Graph:
    return Graph().parse(FOLDER / "schemes.ttl")


@pytest.mark.parametrize("scheme", ["indicators", "industries"])
def test_scheme_has_named_concepts(scheme):
    concepts = set(schemes().subjects(SKOS.inScheme, zg(scheme)))
    assert len(concepts) > 50
    for concept in concepts:
        assert sorted(label.language for label in schemes().objects(concept, SKOS.prefLabel)) == ["en", "zh"]
        assert "/id/" + {"indicators": "indicator/", "industries": "industry/"}[scheme] in concept


def test_broader_concepts_are_concepts():
    broader = set(schemes().objects(None, SKOS.broader))
    assert broader - set(schemes().subjects(RDF.type, SKOS.Concept)) == set()


# ── JSON-LD context ─────────────────────────────────────────────────────────────────────────────────────────────────


def context() -> dict[str, object]:
    return json.loads((FOLDER / "context.jsonld").read_text("utf-8"))["@context"]


def test_context_knows_every_class_and_property():
    wanted = [t.removeprefix(ZG) for t in ours() if OWL.NamedIndividual not in kinds(t.removeprefix(ZG))]
    assert [name for name in wanted if name not in context()] == []


DATA = f"""@prefix zg: <{ZG}> . @prefix e: <urn:example:> . @prefix skos: <{SKOS}> . @prefix xsd: <{OWL}> .
e:a a zg:Zone ; zg:hosts e:b, e:c ; zg:foundedIn "2011"^^<http://www.w3.org/2001/XMLSchema#gYear> ;
    skos:prefLabel "甲区"@zh, "Zone A"@en ; skos:altLabel "甲"@zh, "甲园"@zh, "A" .
e:o a zg:Observation ; zg:value 1.5, "多"@zh, 2 ; zg:unit e:u, "个" ; zg:period "2024Q1" .
e:k <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> e:a, "2011"^^<http://www.w3.org/2001/XMLSchema#gYear> .
"""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, inside its own JSON-LD parser
def test_context_loses_nothing():
    """Also what does not fit a term's datatype or language comes back as it was."""
    graph = Graph().parse(data=DATA)
    text = graph.serialize(format="json-ld", context=context(), auto_compact=False)
    assert '"hosts"' in text
    assert '"甲区"' in text
    assert set(Graph().parse(data=text, format="json-ld")) == set(graph)
    assert len(set(parse(input=text, format=RdfFormat.JSON_LD))) == len(graph)
