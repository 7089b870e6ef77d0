"""Tables that office programs open, and the network."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import networkx
import pytest
from pyoxigraph import Store

import sample
from kg.graph import assemble, network, tables, terms
from kg.rules import Rules

ID = terms.BASE


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def written(quads):
    return tables.tables(quads)


def test_four_tables_with_mark_and_line_ends(written):
    assert list(written) == ["entities.csv", "relations.csv", "figures.csv", "evidence.csv"]
    for content in written.values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\r\n") == content.count(b"\n") > 5


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("=1+1", "'=1+1"), ("+8", "'+8"), ("-5", "'-5"), ("@SUM(1)", "'@SUM(1)"), ("\tx", "'\tx"), ("\rx", "'\rx"),
     ("\n=x", "'\n=x"), ("＝1", "'＝1"), (Decimal("-3.2"), "-3.2"), (-5, "-5"), (Decimal("1E+3"), "1000"), (None, ""),
     ("霁川=1", "霁川=1"), ("", ""), ("1,2\"3", "1,2\"3")],
)  # fmt: skip
def test_no_cell_is_run_and_numbers_stay_numbers(cell, expected):
    content = tables.written(("a", "b"), [(cell, "x")])
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1] == [expected, "x"]


def test_entities(written):
    firm = next(row for row in rows(written["entities.csv"]) if row["type"] == "Company" and row["documents"] == "2")
    assert (firm["name"], firm["aliases"]) == ("霁川晨曦机器人股份有限公司", "晨曦机器人")
    assert firm["iri"] == ID + "company/霁川晨曦机器人股份有限公司"
    assert len(rows(written["entities.csv"])) == 20


def test_relations_say_whether_they_stand(written):
    found = {(r["subject"], r["property"], r["object"]): r for r in rows(written["relations.csv"])}
    assert len(found) == 21
    built = found["霁川晨曦机器人股份有限公司", "builds", "智能关节产业园项目"]
    assert (built["asserted"], built["status"]) == ("yes", "planned；underway")
    held = found["霁川晨曦机器人股份有限公司", "builds", "溪桥湿地公园"]
    assert (held["asserted"], held["status"]) == ("no", "negated")
    assert found["陆知遥", "holdsPosition", "霁川晨曦机器人股份有限公司"]["title"] == "董事长"
    assert found["霁川高新区", "foundedIn", "2011"]["asserted"] == "yes"


def test_figures(written):
    found = rows(written["figures.csv"])
    assert len(found) == 8
    product = next(row for row in found if row["indicator"] == "地区生产总值")
    assert (product["value"], product["unit"], product["period"]) == ("123450000000", "CCY_CNY", "2024")
    assert product["growth_percent"] == "6.2；6.3"
    assert product["ranks"] == "1 霁川市 growth；2 霁川市 total"


def test_evidence_quotes_with_its_place(written):
    texts = [reading.document.text for reading in sample.sample_extractions()]
    found = rows(written["evidence.csv"])
    assert len(found) > 60
    for row in found:
        assert any(text[int(row["start"]) : int(row["end"])] == row["quote"] for text in texts)


@pytest.fixture(scope="module")
def built(quads):
    return network.to_networkx(quads)


def test_the_network(built):
    firm, park, person = (
        ID + "company/霁川晨曦机器人股份有限公司",
        ID + "project/智能关节产业园项目",
        ID + "person/陆知遥",
    )
    assert built.number_of_nodes() == 20
    assert built.number_of_edges() == 20  # every relation but the year of a founding
    assert built.nodes[firm] == {
        "label": "霁川晨曦机器人股份有限公司", "type": "Company", "aliases": "晨曦机器人", "founded": ""
    }  # fmt: skip
    assert built.edges[firm, park, "builds"]["status"] == "planned|underway"
    assert built.edges[person, firm, "holdsPosition 董事长"]["title"] == "董事长"
    assert not built.edges[firm, ID + "facility/溪桥湿地公园", "builds"]["asserted"]


def test_graphml_comes_back(quads, built):
    store = Store()
    store.bulk_extend(quads)
    content = network.graphml(store)
    again = networkx.parse_graphml(content.decode())
    assert dict(again.nodes(data=True)) == dict(built.nodes(data=True))
    assert sorted(d["status"] for *_, d in again.edges(data=True)) == sorted(
        d["status"] for *_, d in built.edges(data=True)
    )


def test_gexf_comes_back_and_knows_no_day(quads, built):
    store = Store()
    store.bulk_extend(quads)
    content = network.gexf(store)
    again = networkx.read_gexf(io.BytesIO(content))
    assert dict(again.nodes(data="type")) == dict(built.nodes(data="type"))
    assert again.number_of_edges() == built.number_of_edges()
    assert b"lastmodified" not in content and content == network.gexf(reversed(quads))


@pytest.mark.parametrize("word", ["\x00\x01<b>&\"'\ufffe", "=cmd|' /C calc'!A0", "\u202e"])
def test_hostile_labels_are_written(word):
    first = sample.sample_extractions()[0]
    referents = tuple(replace(r, name=word + r.name) for r in first.referents)
    readings = [replace(first, referents=referents)]
    made = assemble.quads(readings, sample.sample_resolution(readings), Rules({}, (), {}))
    labels = {data["label"] for _, data in networkx.parse_graphml(network.graphml(made).decode()).nodes(data=True)}
    assert len(labels) == len(referents)
    names = [row["name"] for row in rows(tables.tables(made)["entities.csv"])]
    assert all(not name.startswith("=") for name in names)
    assert len(names) == len(referents)
