"""The picture is well-formed XML with every node, and data in it is text."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse

from kg.pages import picture as pictures
from kg.pages.model import model
from kg.pages.picture import picture, svg
from project import ROOT

SVG = "{http://www.w3.org/2000/svg}"


def test_every_node_and_every_line_is_drawn(graph):
    drawn = ElementTree.fromstring(svg(graph))
    titles = [title.text for title in drawn.findall(f"{SVG}g/{SVG}title")]
    assert len(titles) == len(graph.nodes) and "溪桥未来产业基金（基金）" in titles
    ends = {(f.subject, f.object) for f in graph.facts if f.object is not None}
    assert len(drawn.findall(f"{SVG}line")) >= len(ends)
    dashed = [line for line in drawn.findall(f"{SVG}line") if line.get("stroke-dasharray")]
    assert dashed


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a&b\"'", "\x00\x0b\ufffe", "]]>", "--><x/>"])
def test_a_name_is_text(graph, name):
    hostile = replace(graph, nodes=tuple(replace(node, name=name) for node in graph.nodes))
    drawn = ElementTree.fromstring(svg(hostile))
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} <= {
        "svg", "title", "path", "rect", "g", "text", "line", "circle",
    }  # fmt: skip


def test_same_bytes(graph, quads):
    assert svg(graph) == svg(model(reversed(quads)))


def test_an_empty_graph_has_a_picture():
    assert ElementTree.fromstring(svg(model([]))).tag == f"{SVG}svg"


def test_the_legend_has_the_types_and_lines_that_are_drawn(graph):
    drawn = ElementTree.fromstring(svg(graph))
    legend = ["".join(g.itertext()) for g in drawn.findall(f"{SVG}g") if g.get("transform")]
    companies = sum("Company" in node.types for node in graph.nodes)
    assert f"企企业 {companies}" in legend and legend[-2:] == ["计划", "不成立"]
    plain = replace(graph, facts=tuple(fact for fact in graph.facts if fact.statuses == ("",)))
    assert "计划" not in svg(plain)


def test_in_english_labels_and_names_are_english_where_there_are_any(graph):
    named = replace(graph, nodes=tuple(replace(node, english=f"Thing {i}") for i, node in enumerate(graph.nodes)))
    text = svg(named, "en")
    assert re.search("[\u4e00-\u9fff]", re.sub(r'font-weight="600"[^<]*<', "<", text.split("fill=", 1)[1])) is None
    assert "Thing 0 (zone)" in text and ">planned<" in text and "entities: " in text


def test_of_a_large_graph_the_most_connected_are_drawn_and_it_says_so(graph, quads, monkeypatch):
    monkeypatch.setattr(pictures, "DRAWN", 5)
    drawn = ElementTree.fromstring(picture(quads))
    titles = [title.text.partition("（")[0] for title in drawn.findall(f"{SVG}g/{SVG}title")]
    assert sorted(titles) == sorted(node.name for node in graph.nodes[:5])
    assert f"（全图共 {len(graph.nodes)} 个实体）" in drawn.findtext(f"{SVG}title")


def test_the_picture_of_the_readme_is_what_make_picture_draws():
    trig = (ROOT / "exports" / "graph.trig").read_bytes()
    drawn = picture(parse(trig, format=RdfFormat.TRIG))
    assert (ROOT / "docs" / "graph.svg").read_text("utf-8") == drawn, "run `make graph picture`"
