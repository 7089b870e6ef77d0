"""`kg read --why`: every reading with its rule, and why those that do not stand were refused."""

from __future__ import annotations

import json

import pytest

from terminal import seen

NEWS = (
    "白鹿湾科技园位于浙江省。2024年，该园区实现营收120亿元，已有三年历史。"
    "霁川晨曦机器人股份有限公司（以下简称“晨曦机器人”）拟建设智能关节产业园项目。这里风景优美。\n"
)


@pytest.fixture(scope="module")
def told(kg):
    """What is told of the text, as JSON."""
    return json.loads(kg("read", "-", "--why", "--format", "json", stdin=NEWS).stdout)[0]


@pytest.fixture(scope="module")
def found(told):
    """The readings by kind, wording and why they were refused."""
    return {(r["kind"], r["said"], r.get("refused", "")): r for s in told["sentences"] for r in s["readings"]}


def test_every_span_has_its_quote(told, found):
    spans = [*told["sentences"], *found.values()]
    assert len(spans) > 12
    assert [s for s in spans if NEWS[s["start"] : s["end"]] != s["quote"]] == []
    assert [s["quote"] for s in told["sentences"]][-1] == "这里风景优美。"


def test_what_stands_names_its_rule(found):
    stands = {(kind, said): r["rule"] for (kind, said, refused), r in found.items() if not refused}
    assert stands["name", "Zone 白鹿湾科技园"] in ("ending-zone", "anaphor")
    assert ("relation", "白鹿湾科技园 locatedIn 浙江省") in stands
    assert stands["figure", "白鹿湾科技园 营收 2024 120亿元 [achieved]"] == "figure-after-indicator"
    assert stands["name", "Company 晨曦机器人"] == "defined-short"


def test_an_anaphor_tells_whom_it_means(told):
    (anaphor,) = [r for s in told["sentences"] for r in s["readings"] if r["rule"] == "anaphor"]
    assert (anaphor["quote"], anaphor["said"]) == ("该园区", "Zone 白鹿湾科技园")


def test_what_was_refused_says_why(found):
    refused = {(kind, r["quote"]): why for (kind, _, why), r in found.items() if why}
    assert refused["figure", "三年"] == "a duration or date"
    company = "霁川晨曦机器人股份有限公司"
    assert refused["name", company] == f"Company {company} is defined (defined-full)"
    assert refused["name", "智能关节产业园"] == "it stands inside a longer name, and only there"


def test_the_readings_that_stand_are_those_of_the_extraction(kg, found):
    """What is told here is what `kg read` gives."""
    plain = json.loads(kg("read", "-", "--format", "json", stdin=NEWS).stdout)[0]
    stands = [r for (_, _, refused), r in found.items() if not refused]
    rules = {(r["kind"], r["rule"]) for r in stands if r["rule"] != "anaphor"}
    said = {("relation", c["rule"]) for c in plain["claims"]} | {("figure", f["rule"]) for f in plain["figures"]}
    assert {pair for pair in rules if pair[0] != "name"} == said
    assert {r["said"].split(" ", 1)[1] for r in stands if r["kind"] == "name"} >= {m["name"] for m in plain["mentions"]}


def test_programs_get_lines_and_columns(kg):
    lines = kg("read", "-", "--why", "--format", "jsonl", stdin=NEWS).stdout.splitlines()
    assert len(lines) == 1 and json.loads(lines[0])["sentences"]
    head, *rows = (r.split("\t") for r in kg("read", "-", "--why", "--format", "tsv", stdin=NEWS).stdout.splitlines())
    assert head[:5] == ["document", "kind", "rule", "said", "refused"] and {len(row) for row in rows} == {len(head)}


def test_a_person_reads_it(kg, tmp_path):
    (tmp_path / "news.txt").write_text(NEWS, "utf-8")
    lines = [line.strip() for line in seen("read", tmp_path / "news.txt", "--why", NO_COLOR="1").splitlines()]
    assert "+ name     Zone 白鹿湾科技园  ending-zone" in lines
    assert "- figure   三年  figure: a duration or date" in lines
    assert lines[-1] == "no rule read anything" and lines[-2] == "这里风景优美。"


def test_hostile_text_is_safe(kg):
    done = kg("read", "-", "--why", stdin="白鹿湾科技园\x1b[2J\u202e位于浙江省。")
    assert done.returncode == 0 and not set(done.stdout) & set("\x1b\u202e")
