"""A part of the model is a model: what is in it binds, cites and counts as in the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import NotFoundError
from kg.pages import part as parts
from kg.pages.part import Choice, part

LAB, ZONE, FIRM = "溪桥量子信息实验室", "霁川高新区", "霁川晨曦机器人股份有限公司"
CHOICES = {
    "around": Choice(around=(LAB,)),
    "two hops": Choice(around=(LAB,), hops=2),
    "alias": Choice(around=("晨曦机器人",)),
    "top": Choice(top=5),
    "type": Choice(types=("Company", "园区")),
    "document": Choice(documents=("sample-2",)),
    "all of them": Choice(around=(ZONE,), hops=3, top=7, types=("Company", "zone", "Fund"), documents=("sample",)),
}


def told(model, row):
    """What a fact or figure says and cites, in words."""
    pieces = [(p, model.sentences[p.sentence]) for i in row.statements for p in model.statements[i].pieces]
    quotes = [(model.papers[s.document].path, s.text[p.start : p.end]) for p, s in pieces]
    papers = {model.papers[at].path for at in row.documents}
    end = "" if getattr(row, "object", None) is None else model.nodes[row.object].name
    what = getattr(row, "relation", None) or row.indicator
    return model.nodes[row.subject].name, what, end, row.text, row.years, sorted(papers), quotes


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_all_in_a_part_is_as_in_the_whole(graph, choice):
    found = part(graph, choice)
    assert found.whole == len(graph.nodes) > len(found.nodes) > 0
    for kind in ("facts", "figures"):
        whole = [told(graph, row) for row in getattr(graph, kind)]
        assert [row for row in (told(found, one) for one in getattr(found, kind)) if row not in whole] == []
    used = {i for row in (*found.facts, *found.figures, *found.nodes) for i in row.statements}
    assert used == set(range(len(found.statements)))
    assert [node.degree for node in found.nodes] == sorted((node.degree for node in found.nodes), reverse=True)


@pytest.mark.parametrize("name", ["around", "two hops", "alias", "top", "type"])
def test_every_fact_between_two_of_a_part_is_in_it(graph, name):
    found = part(graph, CHOICES[name])
    names = {node.name for node in found.nodes}
    ends = [{graph.nodes[f.subject].name, graph.nodes[f.object].name} for f in graph.facts if f.object is not None]
    assert len([f for f in found.facts if f.object is not None]) == sum(pair <= names for pair in ends)


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (Choice(around=(LAB,)), {LAB, ZONE, "霁川理工大学", "量子信息", "低空经济"}),
        (Choice(top=1), {ZONE}),
        (Choice(around=("晨曦机器人",), types=("Fund",)), {FIRM}),
    ],
)
def test_who_is_in_a_part(graph, choice, names):
    assert {node.name for node in part(graph, choice).nodes} == names


def test_of_what_is_too_large_the_most_connected_stay(graph, monkeypatch):
    monkeypatch.setattr(parts, "LIMIT", 10)
    monkeypatch.setattr(parts, "SHOWN", 4)
    found = part(graph, Choice())
    assert len(found.nodes) == 4 and found.whole == len(graph.nodes)
    assert {node.name for node in found.nodes} == {node.name for node in graph.nodes[:4]}


def test_without_a_choice_nothing_changes(graph):
    assert part(graph, Choice()) is graph
    assert part(graph, Choice(hops=3)) is graph


def test_a_part_of_nothing(graph):
    empty = replace(graph, nodes=(), facts=(), figures=(), moved=(), whole=0)
    assert part(empty, Choice(top=3)).nodes == ()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(around=("溪桥量子信息试验室",)), "溪桥量子信息实验室"),
        (Choice(types=("Bridge",)), "Company"),
        (Choice(documents=("none",)), "title or path"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(graph, choice, said):
    with pytest.raises(NotFoundError, match=said):
        part(graph, choice)
