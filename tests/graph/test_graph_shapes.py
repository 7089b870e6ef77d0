"""The report on a graph: it conforms, or each complaint shows its sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest
import rdflib
from pyoxigraph import Quad

from kg.graph import shapes, terms

ZONE = terms.entity("zone/霁川高新区")
SH = rdflib.Namespace(shapes.SH)


def test_the_sample_conforms(quads):
    assert shapes.validate(quads) == shapes.Report(True, ())


@pytest.fixture(scope="module")
def broken(quads):
    """The sample with a wrong relation and without the wording of its figures."""
    kept = [q for q in quads if q.predicate != terms.zg("valueText")]
    return [*kept, Quad(ZONE, terms.zg("hasValley"), terms.entity("event/溪桥科创大会"))]


@pytest.fixture(scope="module")
def report(broken):
    return shapes.validate(broken)


def test_each_complaint_shows_its_sentence_in_two_languages(report):
    assert not report.conforms
    assert len(report.results) == 9
    assert list(report.results) == sorted(report.results)
    missing = [r for r in report.results if r.path == terms.ZG + "valueText"]
    assert len(missing) == 8
    growth = next(r for r in missing if "固定资产投资增长8.8%" in r.quote)
    assert (growth.label, growth.document) == ("霁川高新区", "霁川高新区按下科创加速键")
    assert growth.zh == "数据须写明数值在原文中的写法。"
    assert growth.en == "An observation gives the wording of its figure."


def test_a_wrong_relation_is_named(report):
    wrong = next(r for r in report.results if r.path == terms.ZG + "hasValley")
    assert (wrong.focus, wrong.value) == (ZONE.value, terms.entity("event/溪桥科创大会").value)
    assert wrong.quote == "霁川日报讯 2月20日，霁川高新区召开溪桥科创大会，晨曦机器人等企业参加大会。"


def test_the_report_is_turtle(report):
    graph = rdflib.Graph().parse(data=shapes.turtle(report), format="turtle")
    assert next(graph.objects(None, SH.conforms)).toPython() is False
    assert len(list(graph.subjects(rdflib.RDF.type, SH.ValidationResult))) == 9
    assert len(list(graph.objects(None, rdflib.DCTERMS.description))) == 9


def test_an_empty_graph_conforms():
    assert shapes.validate([]).conforms


PROGRAM = """
import sys
import pyoxigraph
from kg.graph import shapes
quads = list(pyoxigraph.parse(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS))
sys.stdout.buffer.write(shapes.turtle(shapes.validate(quads)))
"""


def test_every_hash_seed_gives_the_same_report(broken, report, tmp_path):
    from kg.graph import write

    file = tmp_path / "broken.nq"
    file.write_bytes(write.serialise(broken, "nq"))
    for seed in ("0", "3"):
        environment = {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", PROGRAM, file], env=environment, capture_output=True, check=True)
        assert done.stdout == shapes.turtle(report)
