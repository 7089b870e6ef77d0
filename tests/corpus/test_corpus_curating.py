"""Putting it right: a line a decision, which sticks, shows, can be taken back, and touches no document's own claims."""

from __future__ import annotations

import json
import shutil

import pytest

TEXT = "白鹿湾科技园位于浙江省。白鹿湾科技园成立于2011年。\n"
OTHER = "鹿鸣开发区位于合肥市。霁川光电有限公司落户鹿鸣开发区。\n"
SPAN = "白鹿湾科技园位于浙江省"


@pytest.fixture(scope="module")
def start(kg, tmp_path_factory):
    """A graph of two texts."""
    top = tmp_path_factory.mktemp("curating")
    (top / "in").mkdir()
    (top / "in" / "white.txt").write_text(TEXT, "utf-8")
    (top / "in" / "deer.txt").write_text(OTHER, "utf-8")
    assert kg("add", "in", "--graph", "out", "--no-page", cwd=top).returncode == 0
    return top


@pytest.fixture
def place(start, kg, tmp_path):
    """A copy of texts and graph; `run` is `kg` in it, which must succeed."""
    shutil.copytree(start / "in", tmp_path / "in")
    assert kg("add", "in", "--graph", "out", "--no-page", cwd=tmp_path).returncode == 0

    def run(*arguments, code=0):
        done = kg(*arguments, "--graph", "out", cwd=tmp_path)
        assert done.returncode == code, done.stderr
        return done

    run.folder = tmp_path
    return run


def lines(place) -> list[str]:
    file = place.folder / "in" / "decisions.tsv"
    return file.read_text("utf-8").splitlines() if file.exists() else []


def graph(place) -> bytes:
    return (place.folder / "out" / "graph.trig").read_bytes()


def facts(place, name="白鹿湾科技园") -> dict[str, dict]:
    (found,) = json.loads(place("explain", name, "--format", "json").stdout)
    return {fact["property"]: fact for fact in found["facts"]}


def test_a_rejected_claim_makes_no_fact_and_stays(place):
    before = graph(place)
    place("reject", "白鹿湾科技园", "locatedIn", "浙江省", "--reason", "误读")
    fact = facts(place)["locatedIn"]
    assert fact["held"]
    assert [claim["rejected"] for claim in fact["claims"]] == ["误读"]
    assert lines(place)[0].split("\t")[2] == "误读"
    assert "误读" in place("explain", "白鹿湾科技园").stdout
    place("validate")
    place("reject", "白鹿湾科技园", "locatedIn", "浙江省", "--undo")
    assert (graph(place), lines(place)) == (before, [])


def test_a_claim_can_be_named_by_its_iri(place):
    (claim,) = facts(place)["foundedIn"]["claims"]
    place("reject", claim["iri"])
    assert facts(place)["foundedIn"]["held"]


def test_an_assertion_is_a_claim_of_its_document(place):
    before = graph(place)
    place("assert", "白鹿湾科技园", "partOf", "浙江省", "--quote", SPAN, "--reason", "漏读")
    (claim,) = facts(place)["partOf"]["claims"]
    assert claim["rule"] == "curator"
    assert [quote["text"] for quote in claim["quotes"]] == [SPAN]
    assert facts(place)["locatedIn"]["claims"]
    place("validate")
    place("assert", "白鹿湾科技园", "partOf", "浙江省", "--quote", SPAN, "--undo")
    assert graph(place) == before


def test_an_assertion_may_bring_a_name(place):
    place("assert", "place/鹿湾", "partOf", "浙江省", "--quote", SPAN)
    assert facts(place, "鹿湾")["partOf"]["name"] == "浙江省"


def test_a_year_and_a_position_can_be_asserted(place):
    quote = "霁川光电有限公司落户鹿鸣开发区"
    place("assert", "霁川光电有限公司", "foundedIn", "2019", "--quote", quote)
    assert facts(place, "霁川光电有限公司")["foundedIn"]["name"] == "2019"


GROWN = "鹿鸣开发区实现地区生产总值96.5亿元。"


def test_a_figure_can_be_asserted(place):
    (place.folder / "in" / "grown.txt").write_text(f"2024年，{GROWN}", "utf-8")
    place("add", "in", "--no-page")
    before = graph(place)
    fact = ("鹿鸣开发区", "value", "财政收入|96.5亿元|2024年", "--quote", GROWN)
    place("assert", *fact, "--reason", "口径")
    assert lines(place)[0].split("\t")[3] == "财政收入|96.5亿元|2024年|9650000000|CCY_CNY|财政收入"
    (found,) = json.loads(place("explain", "鹿鸣开发区", "--format", "json").stdout)
    (figure,) = [f for f in found["figures"] if f["claims"][0]["rule"] == "curator"]
    assert (figure["text"], figure["value"], figure["unit"], figure["period"]) == (
        "96.5亿元", "9650000000", "CCY_CNY", "2024",
    )  # fmt: skip
    place("validate")
    place("assert", *fact, "--undo")
    assert graph(place) == before


def test_a_thing_can_be_asserted(place):
    place("assert", "鹿湾科技", "type", "Company", "--quote", "白鹿湾科技园位于浙江省")
    (found,) = json.loads(place("explain", "鹿湾科技", "--format", "json").stdout)
    assert found["types"] == ["Company"]
    assert [telling["rule"] for telling in found["kinds"]] == ["curator"]
    place("validate")


FACT = ("白鹿湾科技园", "partOf", "浙江省")
REFUSED = {
    "a quote that is not there": ((*FACT, "--quote", "白鹿湾科技园属于浙江省"), "0 texts hold the quote"),
    "a document that is not there": ((*FACT, "--quote", SPAN, "--document", "0" * 16), "no document 0000"),
    "a quote that names one end alone": ((*FACT, "--quote", "白鹿湾科技园成立"), "the quote does not name 浙江省"),
    "a name the text has not": (("鹿鸣开发区", "partOf", "浙江省", "--quote", SPAN), "names no 鹿鸣开发区"),
    "a figure whose wording is not quoted": (
        ("白鹿湾科技园", "value", "产值|9亿元", "--quote", SPAN), "the quote does not hold 9亿元",
    ),
    "a figure without a unit": (("白鹿湾科技园", "value", "产值|9", "--quote", SPAN), "no figure; write it as"),
    "a time that is none": (("白鹿湾科技园", "value", "产值|2011年|那年", "--quote", SPAN), "no figure; write it as"),
    "a thing that is there": (("白鹿湾科技园", "type", "Zone", "--quote", SPAN), "has 白鹿湾科技园 as a Zone already"),
    "no such type": (("白鹿湾科技园", "type", "Park", "--quote", SPAN), "there is no type Park"),
    "no such property": (("白鹿湾科技园", "近", "浙江省", "--quote", SPAN), "there is no property 近"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_hold_is_not_asserted(arguments, words, place):
    done = place("assert", *arguments, code=2)
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert lines(place) == []


def test_names_are_decided_and_it_shows(place):
    before = graph(place)
    place("decide", "same", "白鹿湾科技园", "鹿鸣开发区", "--reason", "试")
    (found,) = json.loads(place("explain", "鹿鸣开发区", "--format", "json").stdout)
    assert found["name"] == "白鹿湾科技园"
    assert found["decisions"] == ["same 白鹿湾科技园 鹿鸣开发区 (试)"]
    assert "same 白鹿湾科技园 鹿鸣开发区" in place("explain", "鹿鸣开发区").stdout
    place("decide", "same", "白鹿湾科技园", "鹿鸣开发区", "--undo")
    assert graph(place) == before


def test_a_pinned_iri_outlives_a_fuller_name(place):
    place("decide", "pin", "白鹿湾科技园")
    (place.folder / "in" / "more.txt").write_text("白鹿湾科技园区聚焦生物医药产业。", "utf-8")
    place("add", "in")
    (found,) = json.loads(place("explain", "白鹿湾科技园", "--format", "json").stdout)
    assert found["iri"].endswith("/zone/白鹿湾科技园")


def test_decisions_hold_for_a_build_and_a_build_never_writes_them(place):
    place("reject", "白鹿湾科技园", "locatedIn", "浙江省")
    file = place.folder / "in" / "decisions.tsv"
    before, made = file.read_bytes(), graph(place)
    place("withdraw", "white.txt")
    place("add", "in")
    assert (file.read_bytes(), graph(place)) == (before, made)


def test_a_line_that_fits_nothing_any_more_is_reported(place):
    place("reject", "白鹿湾科技园", "locatedIn", "浙江省")
    place("decide", "pin", "白鹿湾科技园")
    place("assert", "白鹿湾科技园", "partOf", "浙江省", "--quote", SPAN)
    done = place("withdraw", "white.txt")
    assert [word for word in ("reject", "pin", "assert") if word not in done.stderr] == []


def test_there_is_nothing_to_take_back(place):
    done = place("decide", "different", "白鹿湾科技园", "浙江省", "--undo", code=2)
    assert "nothing to take back" in done.stderr
