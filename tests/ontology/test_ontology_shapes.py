"""Every shape accepts its pass example and refuses its fail example, each part of it, and nothing else complains."""

from __future__ import annotations

import warnings
from functools import cache

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SDO, SH

from kg.records import Relation
from project import ROOT

SHAPES = ROOT / "ontology" / "shapes"
EXAMPLES = SHAPES / "examples"
SPACE = "https://w3id.org/zonegraph/shapes#"
ZG = "https://w3id.org/zonegraph/ontology#"
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


@cache
def shapes() -> Graph:
    graph = Graph()
    for file in sorted(SHAPES.glob("*.ttl")):
        graph.parse(file)
    return graph


NAMES = sorted({str(s).removeprefix(SPACE) for target in TARGETS for s in shapes().subjects(target)})
EXAMPLED = sorted({file.name.split(".")[0] for file in EXAMPLES.glob("*.*.ttl")})


def complaints(example: str) -> set[str]:
    """The names of the shapes that an example beside the context breaks."""
    import pyshacl

    data = Graph().parse(EXAMPLES / "context.ttl")
    if example:
        data.parse(EXAMPLES / example)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes())
    results = set(report.objects(None, SH.result))  # not what is only a detail of one
    return {str(report.value(result, SH.sourceShape)).removeprefix(SPACE) for result in results}


def parts(name: str) -> set[str]:
    return {str(part).removeprefix(SPACE) for part in shapes().objects(URIRef(SPACE + name), SH.property)}


def test_the_context_of_the_examples_conforms():
    assert complaints("") == set()


def test_every_shape_has_its_examples():
    assert NAMES == EXAMPLED


@pytest.mark.parametrize("name", NAMES)
def test_pass_example_conforms(name):
    assert complaints(f"{name}.pass.ttl") == set()


@pytest.mark.parametrize("name", NAMES)
def test_fail_example_breaks_its_shape_and_no_other(name):
    broken = complaints(f"{name}.fail.ttl")
    own = {name} if shapes().value(URIRef(SPACE + name), SH.message) else set()
    assert broken == parts(name) | own


def test_every_complaint_is_in_both_languages():
    named = [URIRef(SPACE + x) for name in NAMES for x in parts(name)]
    own = [URIRef(SPACE + name) for name in NAMES if not parts(name)]
    silent = [s for s in named + own if languages(s) != {"zh", "en"}]
    assert silent == []


def languages(shape: URIRef) -> set[str]:
    return {message.language for message in shapes().objects(shape, SH.message)}


def test_every_target_is_a_term_of_an_ontology():
    ontology = Graph().parse(ROOT / "ontology" / "zonegraph.ttl")
    ours = {o for target in TARGETS for o in shapes().objects(None, target) if str(o).startswith(ZG)}
    assert [term for term in sorted(ours) if (term, RDF.type, None) not in ontology] == []


def test_relation_shapes_say_what_the_ontology_says():
    ontology = Graph().parse(ROOT / "ontology" / "zonegraph.ttl")
    for relation in Relation:
        term = URIRef(ZG + relation)
        for end, link in (("start", SDO.domainIncludes), ("end", SDO.rangeIncludes)):
            said = set(ontology.objects(term, link)) - {URIRef(ZG + "Entity")}
            listed = shapes().value(URIRef(f"{SPACE}{relation}-{end}"), SH["in"])
            assert set(shapes().items(listed) if listed else []) == said


def test_what_follows_by_a_superproperty_conforms_too():
    """Inferred triples are validated with the asserted: whatever a relation joins, its superproperties must allow."""
    ontology = Graph().parse(ROOT / "ontology" / "zonegraph.ttl")
    narrow = []
    for sub, sup in ontology.subject_objects(RDFS.subPropertyOf):
        for link in (SDO.domainIncludes, SDO.rangeIncludes):
            wide = set(ontology.objects(sup, link))
            narrow += [(sub, sup, c) for c in ontology.objects(sub, link) if wide and c not in wide]
    assert narrow == []
