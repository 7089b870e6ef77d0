"""Errors, reasons, changes and floors on an invented text whose faults are known."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from kg.answers.evaluate import changes, evaluated, previous
from kg.answers.evaluation.floors import below, floors
from kg.answers.evaluation.tally import ROWS
from kg.errors import UsageError

TEXT = (
    "白鹿湾科技园位于浙江省。2024年，白鹿湾科技园实现营收120亿元。白鹿湾科技园创建至今已有三年。"
    "霁川晨曦机器人股份有限公司是机器人企业。\n"
)


def entity(id, type_, name, *aliases):
    return {"id": id, "type": type_, "name": name, "aliases": list(aliases)}


def figure(subject, indicator, value, quote, **more):
    return {"subject": subject, "indicator": indicator, "value": value, "unit": "cny", "growth_percent": None,
            "rank": [], "period": "2024", "modifier": "exact", "quote": quote} | more  # fmt: skip


RIGHT = {
    "doc": "white",
    "entities": [
        entity("z", "Zone", "白鹿湾科技园"),
        entity("p", "Place", "浙江省"),
        entity("c", "Company", "霁川晨曦机器人股份有限公司"),
    ],
    "relations": [["z", "locatedIn", "p"]],
    "observations": [figure("z", "营收", 12_000_000_000, "营收120亿元")],
}


@pytest.fixture
def scored(tmp_path):
    """`scored(gold)` -> the score of the text against it."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "white.txt").write_text(TEXT, "utf-8")
    (tmp_path / "gold").mkdir()

    def score(**changed):
        (tmp_path / "gold" / "white.json").write_text(json.dumps(RIGHT | changed), "utf-8")
        return evaluated(tmp_path / "gold", [tmp_path / "texts"])

    return score


def found(score, kind):
    return [error for error in score.errors if error.kind == kind]


def without_industry(score):
    """The text names an industry in passing; it is no matter here."""
    return [error for error in score.errors if "Industry" not in error.came and "focusesOn" not in error.came]


def test_right_is_no_error(scored):
    assert without_industry(scored()) == []


def test_a_missed_entity_tells_what_stands_at_its_place(scored):
    gold = [*RIGHT["entities"], entity("v", "Valley", "鹿湾科技"), entity("t", "Event", "三年")]
    valley, event = found(scored(entities=gold), "entities: missed")
    assert valley.wanted == "Valley 鹿湾科技" and valley.gap == "there stands Zone 白鹿湾科技园 (ending-zone)"
    assert valley.sentence == "白鹿湾科技园位于浙江省。"
    assert event.gap == "no rule read this"


def test_a_spurious_entity_tells_its_rule_and_sentence(scored):
    (company,) = found(scored(entities=RIGHT["entities"][:2]), "entities: spurious")[:1]
    assert company.came == "Company 霁川晨曦机器人股份有限公司" and company.rules == ("ending-company",)
    assert company.sentence.startswith("霁川晨曦机器人股份有限公司是")


def test_a_wrong_type_is_named(scored):
    gold = [RIGHT["entities"][0] | {"type": "Facility"}, *RIGHT["entities"][1:]]
    (error,) = found(scored(entities=gold), "entities: wrong type")
    assert (error.wanted, error.came) == ("Facility 白鹿湾科技园", "Zone 白鹿湾科技园")


@pytest.mark.parametrize(("relation", "gap"), [
    (["p", "hosts", "z"], "read as locatedIn, the other way round"),
    (["z", "partOf", "p"], "read as locatedIn"),
    (["c", "locatedIn", "p"], "no sentence names both ends"),
    (["n", "locatedIn", "p"], "no entity for 无名谷"),
])  # fmt: skip
def test_a_missed_relation_tells_why(scored, relation, gap):
    gold = [*RIGHT["entities"], entity("n", "Valley", "无名谷")]
    (error,) = found(scored(entities=gold, relations=[relation]), "relations: missed")
    assert error.gap == gap


@pytest.mark.parametrize(("relation", "kind"), [
    (["p", "locatedIn", "z"], "relations: spurious, turned round"),
    (["z", "partOf", "p"], "relations: spurious, another predicate is right"),
    (["c", "locatedIn", "p"], "relations: spurious between two of the gold"),
])  # fmt: skip
def test_a_spurious_relation_tells_what_is_wrong_with_it(scored, relation, kind):
    (error,) = found(scored(relations=[relation]), kind)
    assert error.came == "白鹿湾科技园 locatedIn 浙江省" and error.rules


def test_a_missed_figure_tells_who_refused_it(scored):
    age = figure("z", "年数", 3, "已有三年", unit="year")
    (error,) = found(scored(observations=[*RIGHT["observations"], age]), "figures: missed")
    assert error.gap == "figure refused 三年: a duration or date"


@pytest.mark.parametrize(("changed", "kind"), [
    ({"subject": "p"}, "figures: wrong subject"),
    ({"indicator": "进出口"}, "figures: wrong indicator"),
    ({"unit": "usd"}, "figures: wrong unit"),
    ({"period": "2023"}, "period: wrong"),
    ({"growth_percent": 5}, "growth: missed"),
    ({"modifier": "over"}, "modifier: wrong"),
    ({"rank": [{"place": 1, "among": "浙江省"}]}, "rank: missed"),
    ({"quote": "霁川晨曦"}, "evidence place: wrong"),
])  # fmt: skip
def test_each_part_of_a_figure_is_judged(scored, changed, kind):
    score = scored(observations=[RIGHT["observations"][0] | changed])
    (error,) = found(score, kind)
    assert error.rules == ("figure-after-indicator",) and "120亿元" in error.sentence


def test_texts_set_aside_keep_their_errors_to_themselves(scored, tmp_path):
    scored(entities=RIGHT["entities"][:2])
    told = evaluated(tmp_path / "gold", [tmp_path / "texts"], aside={"white"})
    assert told.docs["white"]["entities"].f1 < 1 and told.errors == () and told.rules == {} and told.kinds == {}


def test_changes_are_told_item_by_item(scored, tmp_path):
    file = tmp_path / "before.json"
    file.write_text(json.dumps(scored(relations=[["p", "locatedIn", "z"]]).plain()), "utf-8")
    now = scored(entities=[*RIGHT["entities"], entity("n", "Valley", "无名谷")])
    told = changes(now.docs, now.errors, previous(file))
    assert {e.kind for e in told.gains} >= {"relations: missed", "relations: spurious, turned round"}
    assert [e.wanted for e in told.losses if e.row == "entities"] == ["Valley 无名谷"]
    before, after = told.rows["white"]["relations"]
    assert before < after and told.apart == ()


def test_nothing_changes_against_itself(scored, tmp_path):
    file, score = tmp_path / "same.json", scored(relations=[["p", "locatedIn", "z"]])
    file.write_text(json.dumps(score.plain()), "utf-8")
    told = changes(score.docs, score.errors, previous(file))
    assert score.errors and (told.gains, told.losses, told.rows) == ((), (), {})


def test_a_text_that_only_one_run_scored_is_left_out(scored, tmp_path):
    score = scored(entities=RIGHT["entities"][:2])
    other = [replace(error, doc="black") for error in score.errors]
    plain = score.plain() | {"docs": {"black": {}}, "errors": [asdict(error) for error in other]}
    (tmp_path / "other.json").write_text(json.dumps(plain), "utf-8")
    told = changes(score.docs, score.errors, previous(tmp_path / "other.json"))
    assert (told.gains, told.losses, told.apart) == ((), (), ("black", "white"))


def test_a_relation_to_nothing_is_said(scored):
    with pytest.raises(UsageError, match=r"white\.json: not a gold file .*no entity has the id nobody"):
        scored(relations=[["z", "locatedIn", "nobody"]])


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"docs": {}, "errors": [{}]}', '{"docs": {"a": {"b": 1}}}'])
def test_what_is_no_earlier_run_is_refused(tmp_path, content):
    (tmp_path / "no.json").write_text(content, "utf-8")
    with pytest.raises(UsageError, match="not what --format json writes"):
        previous(tmp_path / "no.json")


def test_floors_are_read_and_kept(scored):
    rows = scored(relations=[["p", "locatedIn", "z"]]).micro
    wanted = floors(["evidence=1.0", "relations=.5", "held back=0.1"])
    assert below(rows, wanted) == {"relations": (rows["relations"].f1, 0.5), "held back": (0.0, 0.1)}


@pytest.mark.parametrize("text", ["entities", "entities=", "entities=high", "entity=0.5", "=1"])
def test_a_floor_that_is_none_is_refused(text):
    with pytest.raises(UsageError, match="ROW=F1"):
        floors([text])


def test_a_floor_can_be_given_for_every_row():
    assert set(floors([f"{row}=0.5" for row in ROWS])) == set(ROWS)
