"""`kg evaluate`: what it draws, what it warns of, and how it ends."""

from __future__ import annotations

import json

import pytest

TEXT = "白鹿湾科技园位于浙江省。\n"
GOLD = {
    "doc": "white",
    "entities": [
        {"id": "z", "type": "Zone", "name": "白鹿湾科技园", "aliases": []},
        {"id": "p", "type": "Place", "name": "浙江省", "aliases": []},
        {"id": "v", "type": "Valley", "name": "无名谷", "aliases": []},
    ],
    "relations": [["z", "locatedIn", "p"], ["v", "locatedIn", "z"]],
    "observations": [],
}


@pytest.fixture
def gold(tmp_path):
    for name, content in (("gold/white.json", json.dumps(GOLD)), ("texts/white.txt", TEXT)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path / "gold"


def test_errors_are_told_with_sentence_and_reason(kg, gold):
    lines = [" ".join(line.split()) for line in kg("evaluate", gold, "--errors").stdout.splitlines()]
    at = lines.index("expected 无名谷 locatedIn 白鹿湾科技园")
    assert lines[at - 1] == "[white]"
    assert lines[at + 1 : at + 3] == ["why no entity for 无名谷", "text 白鹿湾科技园位于浙江省。"]
    assert "relations: missed (1)" in lines


def test_rules_kinds_and_documents_are_told_on_demand(kg, gold):
    plain = kg("evaluate", gold).stdout
    full = kg("evaluate", gold, "-v", "--rules").stdout
    assert full.startswith(plain)
    rows = [line.split() for line in full[len(plain) :].splitlines()]
    assert ["ending-zone", "1", "1", "0"] in rows
    assert ["entity", "Valley", "0.000", "0.000", "0.000", "0/0", "0/1"] in rows
    assert [row[:3] for row in rows if row[:1] == ["white"]] == [["white", "0.800", "0.667"]]


@pytest.mark.parametrize(("floor", "code"), [("entities=0.8", 0), ("entities=0.81", 1), ("figures=0.1", 1)])
def test_a_row_below_its_floor_is_exit_1(kg, gold, floor, code):
    done = kg("evaluate", gold, "--floor", floor, "--floor", "evidence=1")
    row = floor.split("=")[0]
    assert done.returncode == code
    warned = [line for line in done.stderr.splitlines() if line.startswith(f"kg: {row} ")]
    assert len(warned) == code and all("is below its floor" in line for line in warned)


def test_gains_and_losses_are_told(kg, gold, tmp_path):
    before = tmp_path / "before.json"
    before.write_text(kg("evaluate", gold, "--format", "json").stdout, "utf-8")
    same = kg("evaluate", gold, "--against", before).stdout
    assert same.rstrip().endswith("0 gained, 0 lost")
    better = GOLD | {"entities": GOLD["entities"][:2], "relations": GOLD["relations"][:1]}
    (gold / "white.json").write_text(json.dumps(better), "utf-8")
    lines = kg("evaluate", gold, "--against", before).stdout.splitlines()
    assert "2 gained, 0 lost" in lines
    assert "+ [white] entities: missed: Valley 无名谷" in lines
    assert any(line.startswith("  [white]") and "relations 0.667 → 1.000" in line for line in lines)


def test_a_broken_earlier_run_is_said_in_a_line(kg, gold):
    done = kg("evaluate", gold, "--against", gold / "white.json")
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.count("\n") == 1 and "--format json" in done.stderr


def test_a_text_set_aside_has_rows_and_nothing_else(kg, gold):
    done = kg("evaluate", gold, "--errors", "--rules", "-v", "--set-aside", "white")
    assert "entities" in done.stdout and "0.800" in done.stdout
    assert "无名谷" not in done.stdout and "ending-zone" not in done.stdout
    told = json.loads(kg("evaluate", gold, "--set-aside", "white", "--format", "json").stdout)
    assert told["docs"]["white"]["entities"]["required"] == 3
    assert (told["errors"], told["rules"], told["kinds"]) == ([], {}, {})
