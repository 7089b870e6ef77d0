"""What changed from one graph to another: in words, and as an update that really does it."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.answers.diff import difference, update
from kg.pipeline import corpus
from kg.pipeline.making import Options
from kg.records import EntityType, Status
from kg.store.embedded import open_graph

QUIET = Options(check=False)
FIRST = {
    "a.txt": "澄湖高新区位于苏州市。2024年，澄湖高新区实现地区生产总值2887.8亿元。"
    "溪桥芯片有限公司计划建设鹿鸣智能产业园项目。",
    "b.txt": "鹿鸣开发区位于合肥市。霁川光电有限公司落户鹿鸣开发区。",
}
LATER = {
    "c.txt": "澄湖高新技术产业开发区聚焦生物医药产业。",
    "d.txt": "溪桥芯片有限公司开工建设鹿鸣智能产业园项目。2024年，澄湖高新区实现地区生产总值2950.1亿元。",
    "e.txt": "苍梧软件有限公司落户澄湖高新区。砚台生物有限公司落户澄湖高新区。",
}


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    """The quads before, after three more texts came, and after one of the first went."""
    top = tmp_path_factory.mktemp("diff")
    found = []
    for texts, gone in ((FIRST, ()), (LATER, ()), ({}, ("b.txt",))):
        for name, text in texts.items():
            (top / name).write_text(text, "utf-8")
        if texts:
            corpus.add([str(top / name) for name in texts], folder=top / "out", options=QUIET)
        for name in gone:
            corpus.withdraw([name], folder=top / "out", options=QUIET)
        found.append(list(open_graph(top / "out")))
    return found


@pytest.mark.parametrize(("old", "new"), [(0, 1), (1, 0), (1, 2), (0, 2), (2, 0), (1, 1)])
def test_the_update_turns_one_into_the_other(old, new, graphs):
    store = Store()
    store.extend(graphs[old])
    sparql = update(graphs[old], graphs[new]).decode("utf-8")
    if sparql:
        store.update(sparql)
    assert set(store) == set(graphs[new])
    assert (sparql == "") is (old == new)


def test_what_came_is_told(graphs):
    found = difference(graphs[0], graphs[1])
    assert found
    assert len(found.documents[0]) == 3
    assert {t.name for t in found.things[0] if t.kind is EntityType.COMPANY} == {"苍梧软件有限公司", "砚台生物有限公司"}
    assert found.things[1] == ()
    assert found.renamed == (("澄湖高新区", "澄湖高新技术产业开发区"),)
    assert [(name, was, now) for name, was, now in found.progress if "项目" in name] == [
        ("鹿鸣智能产业园项目", Status.PLANNED, Status.STARTED)
    ]
    (figure,) = found.figures[0]
    assert (figure.indicator, figure.text, figure.period) == ("地区生产总值", "2950.1亿元", "2024")
    assert figure.others == ("2887.8亿元",)


def test_a_new_name_is_no_new_thing_and_no_new_relation(graphs):
    found = difference(graphs[0], graphs[1])
    assert not [thing for thing in found.things[0] if thing.kind is EntityType.ZONE]
    assert not [relation for relation in found.relations[0] if relation[2] == "苏州市"]


def test_the_reverse_is_the_mirror(graphs):
    ahead, back = difference(graphs[0], graphs[1]), difference(graphs[1], graphs[0])
    assert ahead.things == back.things[::-1]
    assert [(new, old) for old, new in ahead.renamed] == list(back.renamed)
    assert {(n, b, a) for n, a, b in ahead.progress} == set(back.progress)


def test_what_went_is_told(graphs):
    found = difference(graphs[1], graphs[2])
    assert "霁川光电有限公司" in {thing.name for thing in found.things[1]}
    assert found.things[0] == ()


def test_one_graph_does_not_differ_from_itself(graphs):
    assert not difference(graphs[1], graphs[1])


def test_an_analyst_reads_it(graphs, kg, tmp_path):
    from kg.graph.write import serialise

    for name, quads in zip("ab", graphs[:2], strict=True):
        (tmp_path / f"{name}.nq").write_bytes(serialise(quads, "nq"))
    done = kg("diff", tmp_path / "a.nq", tmp_path / "b.nq", "--lang", "zh")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [
        line for line in lines if line.startswith("新增 2 家") and line.endswith("：砚台生物有限公司、苍梧软件有限公司")
    ]
    assert "澄湖高新区 → 澄湖高新技术产业开发区" in lines
    assert [line for line in lines if "2950.1亿元" in line and "另有来源称 2887.8亿元" in line]
    same = kg("diff", tmp_path / "a.nq", tmp_path / "a.nq", "--lang", "zh")
    assert (same.returncode, same.stdout) == (0, "没有差别\n")
