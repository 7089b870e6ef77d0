"""The SSSOM tables are well formed, speak of our terms, and claim no more than the ontology does."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS

from project import ROOT

FILES = sorted((ROOT / "ontology" / "alignments").glob("*.sssom.tsv"))
ZG = "https://w3id.org/zonegraph/ontology#"
COLUMNS = ["subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
           "confidence", "comment"]  # fmt: skip
MATCHES = {f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
WANTED = {"schema-org", "fibo", "cnschema", "wikidata", "org"}


@cache
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "zonegraph.ttl")


def header(file) -> dict[str, str]:
    lines = [line[1:] for line in file.read_text("utf-8").splitlines() if line.startswith("#")]
    return dict(re.fullmatch(r'\s*([\w-]+):\s*"?([^"]*)"?', line).groups() for line in lines)


def rows(file) -> list[dict[str, str]]:
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def iri(file, curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return header(file)[prefix] + name


def test_all_vocabularies_are_aligned():
    assert {file.name.removesuffix(".sssom.tsv") for file in FILES} == WANTED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_table_is_well_formed(file):
    assert {"mapping_set_id", "license", "curie_map"} <= set(header(file))
    for row in rows(file):
        assert list(row) == COLUMNS
        assert row["predicate_id"] in MATCHES
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert 0 < Decimal(row["confidence"]) <= 1
        assert iri(file, row["object_id"]).startswith("http")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_subjects_are_our_terms_by_their_labels(file):
    for row in rows(file):
        term = URIRef(iri(file, row["subject_id"]))
        labels = {str(o) for o in ontology().objects(term, RDFS.label) if o.language == "en"}
        assert (term, RDF.type, None) in ontology()
        assert labels == {row["subject_label"]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_pair_is_matched_twice(file):
    pairs = [(row["subject_id"], row["object_id"]) for row in rows(file)]
    assert len(pairs) == len(set(pairs))


def test_a_superproperty_is_a_broad_match():
    told = {(iri(f, r["subject_id"]), iri(f, r["object_id"])): r["predicate_id"] for f in FILES for r in rows(f)}
    above = [(str(s), str(o)) for s, o in ontology().subject_objects(RDFS.subPropertyOf)]
    assert [pair for pair in above if told.get(pair, "skos:broadMatch") != "skos:broadMatch"] == []


@pytest.mark.parametrize("term", ["Project", "Fund"])
def test_what_means_something_else_in_schema_org_is_only_related(term):
    file = next(file for file in FILES if file.name.startswith("schema-org"))
    found = [row["predicate_id"] for row in rows(file) if row["subject_id"] == f"zg:{term}"]
    assert found == ["skos:relatedMatch"]
