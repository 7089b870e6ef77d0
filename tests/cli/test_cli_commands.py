"""What each command writes, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.graph import terms, write
from kg.store import generations
from terminal import seen

NEWS = "白鹿湾科技园位于浙江省。白鹿湾科技园成立于2011年。\n"
BROKEN = "黑鹿湾科技园位于浙江省，这里风景优美，气候宜人，交通便利，产业\n\n基础雄厚，配套齐全。\n"
RDF = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")


# build


@pytest.fixture
def texts(tmp_path):
    """A folder with a text that can be read and a file that cannot."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "news.txt").write_text(NEWS, "utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    return folder


def test_build_reports_what_it_found_and_what_it_left_out(kg, texts, tmp_path):
    done = kg("build", texts, "--out", tmp_path / "out", "--no-page", "--no-validate", LANG="zh_CN.UTF-8")
    assert done.returncode == 3
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.strip()}
    assert rows["文本"] == ["1", "未能读取", "1"]
    assert rows["实体"] == ["2", "园区", "1", "地点", "1"]
    assert rows["关系"][0] == "2"
    assert done.stderr.startswith("kg: ") and "picture.txt" in done.stderr
    assert not (tmp_path / "out" / "graph.html").exists()


def test_build_ends_with_queries_that_run(kg, seed_build, root):
    out = os.path.relpath(seed_build, root)
    done = kg("build", "seeds", "--out", f"{out} 2", cwd=root)
    assert done.returncode == 0, done.stderr
    queries = [shlex.split(line) for line in done.stdout.splitlines() if line.startswith("  kg ")]
    assert len(queries) == 3
    for _, *query in queries:
        asked = kg(*query, cwd=root)
        assert asked.returncode == 0, asked.stderr
        assert asked.stdout.count("\n") > 3, query


def test_build_takes_date_source_and_base_from_its_user(kg, tmp_path):
    options = ("--date", "2025-03", "--source", "白鹿日报", "--base", "https://example.org/id/", "--no-page")
    done = kg("build", "-", "--out", tmp_path / "out", *options, stdin=NEWS)
    assert done.returncode == 0, done.stderr
    graph = (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert '"2025-03"^^xsd:gYearMonth' in graph and "<https://example.org/id/zone/白鹿湾科技园>" in graph


def test_build_says_when_shapes_are_broken(kg, tmp_path, monkeypatch):
    """The exit code of a build is that of its result: nothing is loosened here to see it."""
    from kg.pipeline.build import Built
    from kg.pipeline.counts import Counts

    def built(**more):
        given = {"unreadable": (), "crashes": (), "conforms": None} | more
        return Built(tmp_path, (), "", (), Counts({}, {}, {}, 0, 0), notes=(), **given)

    assert [built().exit_code, built(conforms=False).exit_code, built(unreadable=("x",)).exit_code] == [0, 1, 3]


# read


def test_read_marks_names_and_lists_claims(kg):
    done = kg("read", "-", "--lang", "zh", stdin=NEWS)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "[白鹿湾科技园 园区]位于[浙江省 地点]。" in lines
    claims = [line.split()[1:4] for line in lines if line.startswith("    → ")]
    assert claims == [["白鹿湾科技园", "位于", "浙江省"], ["白鹿湾科技园", "成立年份", "2011"]]


def test_read_gives_every_span_its_quote(kg):
    reading = json.loads(kg("read", "-", "--format", "json", stdin=NEWS).stdout)[0]
    assert [mention["name"] for mention in reading["mentions"]] == ["白鹿湾科技园", "浙江省"]
    spans = [at for m in reading["mentions"] for at in m["at"]] + [e for c in reading["claims"] for e in c["evidence"]]
    assert len(spans) >= 4
    assert [at for at in spans if NEWS[at["start"] : at["end"]] != at["quote"]] == []


def test_read_gives_lines_to_programs(kg, tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    (tmp_path / "b.txt").write_text(BROKEN, "utf-8")
    lines = kg("read", tmp_path, "--format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["document"]["name"] for line in lines} == {"a.txt", "b.txt"}
    head, *rows = (line.split("\t") for line in kg("read", tmp_path, "--format", "tsv").stdout.splitlines())
    assert {len(row) for row in rows} == {len(head)} and len(rows) >= 6
    assert any("\\n" in row[-1] for row in rows), "a line break inside a quote is written as \\n"


def test_read_of_hostile_text_is_safe_on_a_terminal(kg):
    done = kg("read", "-", stdin="白鹿湾科技园\x1b[2J\u202e位于浙江省。")
    assert not set(done.stdout) & set("\x1b\u202e")


# explain


def test_explain_tells_all_with_quotes(kg, sample_graph):
    told = kg("explain", "晨曦机器人", "--lang", "zh", "--graph", sample_graph).stdout
    head, also, iri, *rest = told.splitlines()
    assert (head, also) == ("霁川晨曦机器人股份有限公司  企业", "又名 晨曦机器人")
    assert iri.endswith("/company/霁川晨曦机器人股份有限公司")
    at = rest.index("建设  zg:builds")
    assert rest[at + 1 : at + 4] == [
        "  智能关节产业园项目",
        "    “霁川晨曦机器人股份有限公司的智能关节产业园项目正在霁川高新区加快建设。”",
        "      进行中 · 溪桥观察, 2025-03 · slot-builds",
    ]
    assert "  溪桥湿地公园  未成事实" in rest, "a denied relation is told as such"
    assert "  陆知遥  董事长" in rest, "a position is told from the organisation's side"
    assert "  2026  100亿元" in rest
    assert "      目标 · 据 陆知遥 · 霁川高新区按下科创加速键, 2025-02-20 · figure-value" in rest


@pytest.mark.parametrize(("name", "label"), [
    ("霁川高新区", "霁川高新区"),
    ("https://w3id.org/zonegraph/id/zone/霁川高新区", "霁川高新区"),
    ("小满 四足机器人", "“小满”四足机器人"),
])  # fmt: skip
def test_explain_finds_by_label_iri_and_without_quotes(kg, sample_graph, name, label):
    done = kg("explain", name, "--graph", sample_graph, "--format", "json")
    assert json.loads(done.stdout)[0]["name"] == label


@pytest.mark.parametrize(("words", "found"), [
    (("hasValley",), ["澄湖算谷"]),
    (("拥有产业谷",), ["澄湖算谷"]),
    (("霁川市", "locatedIn"), ["霁川市"]),
    (("2024", "固定资产"), []),
])  # fmt: skip
def test_explain_leaves_only_the_fact_that_is_asked_for(kg, sample_graph, words, found):
    told = json.loads(kg("explain", "霁川高新区", *words, "--graph", sample_graph, "--format", "json").stdout)[0]
    assert [fact["name"] for fact in told["facts"]] == found
    assert len(told["figures"]) == (0 if found else 1)
    assert all(fact["claims"][0]["quotes"][0]["text"] for fact in told["facts"])


def test_explain_suggests_the_nearest_names(kg, sample_graph):
    done = kg("explain", "晨曦机器", "--graph", sample_graph)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("kg: nothing in the graph is named 晨曦机器; ")
    assert done.stderr.endswith("the nearest are 晨曦机器人、霁川晨曦机器人股份有限公司\n")
    assert kg("explain", "霁川高新区", "盈利", "--graph", sample_graph).returncode == 1


def test_explain_lists_things_of_one_name(kg, tmp_path):
    iris = [NamedNode(f"https://example.org/id/{kind}/白鹿") for kind in ("company", "person")]
    quads = [Quad(iri, terms.PREF_LABEL, terms.label("白鹿")) for iri in iris]
    quads += [Quad(iris[0], terms.TYPE, terms.zg("Company")), Quad(iris[1], terms.TYPE, terms.zg("Person"))]
    generations.commit(tmp_path, {"graph.trig": write.serialise(quads, "trig")}, quads)
    lines = kg("explain", "白鹿", "--graph", tmp_path, "--lang", "en").stdout.splitlines()
    assert lines[0].startswith("2 things have that name")
    assert [line.strip() for line in lines[1:]] == ["白鹿  company", iris[0].value, "白鹿  person", iris[1].value]


# validate


@pytest.fixture
def broken(sample_graph, tmp_path):
    """The sample with a valley in a person, and a figure that no claim tells of."""
    quads = list(parse(path=str(sample_graph / "graph.trig"), format=RdfFormat.TRIG))
    base = terms.BASE
    valley, head = NamedNode(f"{base}valley/澄湖算谷"), NamedNode(f"{base}person/陆知遥")
    quads.append(Quad(valley, terms.zg("locatedIn"), head))
    generations.commit(tmp_path, {"graph.trig": write.serialise(quads, "trig")}, quads)
    return tmp_path


def test_validate_says_yes(kg, sample_graph):
    done = kg("validate", "--graph", sample_graph, "--lang", "zh")
    assert done.returncode == 0
    assert done.stdout.startswith("符合：")


def test_validate_shows_what_is_wrong_and_where_it_stands(kg, broken):
    done = kg("validate", "--graph", broken, "--lang", "en")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any(line.startswith("澄湖算谷  locatedIn-range") for line in lines)
    assert any(line.startswith("澄湖算谷  relation-without-claim") for line in lines), "the checks are asked too"
    sentence = "“霁川高新区成立于2011年，位于霁川市，拥有澄湖算谷。” 霁川高新区按下科创加速键"
    assert any(sentence in line for line in lines)
    assert "位于" in kg("validate", "--graph", broken, LANG="zh_CN.UTF-8").stdout


def test_validate_gives_a_report_in_turtle(kg, broken):
    done = kg("validate", "--graph", broken, "--format", "ttl")
    report = list(parse(done.stdout, RdfFormat.TURTLE))
    said = {str(quad.object) for quad in report if quad.predicate.value.endswith("#resultMessage")}
    assert done.returncode == 1
    assert any("@zh" in text for text in said) and any("@en" in text for text in said)


# export, view


@pytest.mark.parametrize("form", RDF)
def test_export_has_the_bytes_of_the_build(kg, sample_graph, tmp_path, form):
    quads = list(parse(path=str(sample_graph / "graph.trig"), format=RdfFormat.TRIG))
    done = kg("export", "--format", form, "--out", tmp_path / "deep" / f"graph.{form}", "--graph", sample_graph)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "deep" / f"graph.{form}").read_bytes() == write.serialise(quads, form)
    own = sample_graph / f"graph.{form}"
    if own.exists():
        assert kg("export", "--format", form, "--graph", sample_graph).stdout.encode() == own.read_bytes()


def test_export_of_tables_and_network(kg, sample_graph, tmp_path):
    assert kg("export", "--format", "csv", "--out", tmp_path, "--graph", sample_graph).returncode == 0
    names = ["entities.csv", "evidence.csv", "figures.csv", "relations.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    content = (tmp_path / "entities.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "霁川高新区" in {row["name"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert kg("export", "--format", "graphml", "--graph", sample_graph).stdout.count("<node ") > 15
    assert kg("export", "--format", "gexf", "--graph", sample_graph).stdout.count("<node ") > 15
    assert kg("export", "--format", "svg", "--graph", sample_graph).stdout.count("<g>") > 15


def test_view_writes_the_page_and_opens_it(kg, sample_graph, tmp_path):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path / "opened"}"\n', "utf-8")
    browser.chmod(0o755)
    page = tmp_path / "page.html"
    done = kg("view", "--out", page, "--graph", sample_graph, BROWSER=f"{browser} %s")
    assert (done.returncode, done.stdout) == (0, f"{page}\n")
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "opened").read_text().strip() == page.as_uri()


@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        (("--around", "溪桥量子信息实验室"), "霁川理工大学", "智能关节产业园项目"),
        (("--around", "溪桥量子信息实验室", "--hops", "2"), "澄湖算谷", "陆知遥"),
        (("--type", "企业"), "晨曦机器人", "霁川理工大学"),
        (("--top", "1"), "霁川高新区", "智能关节产业园项目"),
        (("--document", "sample-2"), "霁川理工大学", "陆知遥"),
    ],
)
def test_view_of_a_part(kg, sample_graph, tmp_path, options, there, gone):
    page = tmp_path / "page.html"
    done = kg("view", "--no-open", "--out", page, "--graph", sample_graph, *options)
    assert (done.returncode, done.stderr) == (0, "")
    text = page.read_text("utf-8")
    names = text[text.index("<noscript>") : text.index("</noscript>")]
    assert there in names and gone not in names


@pytest.mark.parametrize("options", [("--around", "无此公司"), ("--type", "Bridge"), ("--document", "sample-9")])
def test_view_of_what_is_not_there(kg, sample_graph, tmp_path, options):
    done = kg("view", "--no-open", "--out", tmp_path / "page.html", "--graph", sample_graph, *options)
    assert done.returncode == 1
    assert options[1] in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_graph_that_is_too_large_for_a_page_is_shown_in_part_which_both_say(kg, tmp_path):
    document, folder, page = NamedNode(terms.BASE + "document/1"), tmp_path / "exports", tmp_path / "page.html"
    things = [NamedNode(f"{terms.BASE}company/第{i}号工坊") for i in range(20_001)]
    rows = [(terms.TYPE, terms.zg("Company")), (terms.zg("mentionedIn"), document)]
    generations.commit(folder, {}, [Quad(thing, *row) for thing in things for row in rows])
    done = kg("view", "--no-open", "--out", page, "--graph", folder)
    assert done.returncode == 0 and len(done.stderr.splitlines()) == 1
    for said in ("20001 entities", "20000", "shows 5000", "--around", "--hops", "--top", "--type", "--document"):
        assert said in done.stderr
    assert "5000 个实体" in page.read_text("utf-8") and "（全图共 20,001 个实体）" in page.read_text("utf-8")
    done = kg("view", "--no-open", "--out", page, "--graph", folder, "--top", "30")
    assert (done.returncode, "shows 30" in done.stderr) == (0, True)


# which graph


def test_the_graph_is_named_or_in_the_environment_or_here(kg, sample_graph, tmp_path):
    query = ("query", "ASK { ?s a zg:Valley }")
    assert kg(*query, cwd=tmp_path).returncode == 5
    assert kg(*query, cwd=tmp_path, KG_GRAPH=str(sample_graph)).stdout == "true\n"
    assert kg(*query, cwd=sample_graph.parent).stdout == "true\n"
    assert kg(*query, "--graph", sample_graph, cwd=tmp_path, KG_GRAPH="nowhere").stdout == "true\n"


# evaluate


@pytest.mark.shared
def test_evaluate_builds_the_texts_of_the_gold(kg, shared, seed_build):
    gold = shared / "corpus" / "gold" / "000_8643faa9eca49758.json"
    built = json.loads(kg("evaluate", gold, "--format", "json").stdout)
    given = json.loads(kg("evaluate", gold, "--graph", seed_build, "--format", "json").stdout)
    assert built == given
    assert built["micro"]["evidence"]["f1"] == 1


@pytest.mark.shared
def test_evaluate_names_what_the_graph_lacks(kg, shared, sample_graph):
    done = kg("evaluate", shared / "corpus" / "gold" / "01.json", "--graph", sample_graph)
    assert "01" in done.stderr
    assert done.stdout.splitlines()[2].split()[:4] == ["entities", "0.000", "0.000", "0.000"]


def test_progress_is_for_terminals(kg, texts, tmp_path):
    said = seen("build", texts / "news.txt", "--out", tmp_path / "out", "--no-validate", NO_COLOR="1")
    assert "graph.html" in said
    assert kg("build", texts / "news.txt", "--out", tmp_path / "out", "--no-validate").stderr == ""
