"""The picture is well-formed XML with every node, and data in it is text."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from kg.pages.model import model
from kg.pages.picture import svg

SVG = "{http://www.w3.org/2000/svg}"


def test_every_node_and_every_line_is_drawn(graph):
    drawn = ElementTree.fromstring(svg(graph))
    assert len(drawn.findall(f"{SVG}g")) == len(graph.nodes)
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
