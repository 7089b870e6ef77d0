"""What the extraction reaches on annotated texts: no row below its floor, and what is committed about it is true.

One measurement of all texts serves all tests here, so they stay in one file.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter

import pytest

from kg.answers.evaluation.floors import below
from kg.extract.why import Kind, kind
from kg.rules import load
from project import ROOT

pytestmark = pytest.mark.shared
FLOORS = tomllib.loads((ROOT / "tests" / "gold" / "floors.toml").read_text("utf-8"))
# Rows that only say again what others say; and one to which the scorer also adds what it does not count as said: a
# period that the gold leaves open and that happens to be the document's own date.
ELSEWHERE = {"entities, name only", "relations, any predicate", "period"}


@pytest.fixture(scope="module")
def bench():
    """The programs that write what is compared."""
    sys.path.insert(0, str(ROOT / "bench"))
    import accuracy
    import precision
    import yardstick

    return {"accuracy": accuracy, "precision": precision, "yardstick": yardstick}


@pytest.fixture(scope="module")
def scores(bench, shared):
    return bench["yardstick"].scores()


@pytest.mark.parametrize("yard", FLOORS)
def test_no_row_is_below_its_floor(scores, yard):
    assert below(scores[yard].micro, FLOORS[yard]) == {}


def test_the_table_of_precision_is_fresh(bench, scores):
    program = bench["precision"]
    assert program.FILE.read_text("utf-8") == program.table(bench["yardstick"].developed(scores)), "run make accuracy"


def test_the_page_on_accuracy_is_fresh(bench, scores):
    program = bench["accuracy"]
    assert program.FILE.read_text("utf-8") == program.page(scores), "run make accuracy"


def test_nothing_but_rows_is_told_of_texts_set_aside(bench, scores):
    aside = scores["set aside"]
    assert set(aside.docs) == set(bench["yardstick"].ASIDE) and aside.micro["entities"].required > 0
    assert (aside.errors, aside.rules, aside.kinds) == ((), {}, {})


def test_the_page_quotes_no_text(bench, scores):
    """Not one name of a gold text stands in it."""
    program, golds = bench["accuracy"], [file for yard in bench["yardstick"].yards() for file in yard.gold]
    from kg.answers.evaluate import golds as loaded

    names = {name for gold in loaded(*golds) for e in gold.entities for name in (e.name, *e.aliases) if len(name) > 1}
    page = program.page(scores)
    assert [name for name in names if name in page and name.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ区")] == []


@pytest.mark.parametrize("yard", ["developed on", "own", "encyclopedia"])
def test_errors_account_for_every_figure(scores, yard):
    """What the errors take from each row is exactly what the row lacks."""
    score, lost = scores[yard], Counter()
    for error in score.errors:
        lost[error.row] += error.lost
    lacks = {row: n.predicted - n.right + n.required - n.found for row, n in score.micro.items()}
    assert lost["period"] >= lacks["period"]
    assert {r: lost[r] for r in lacks if r not in ELSEWHERE} == {r: n for r, n in lacks.items() if r not in ELSEWHERE}


@pytest.mark.parametrize("yard", ["developed on", "own", "encyclopedia"])
def test_errors_say_what_is_behind_them(scores, yard):
    errors = scores[yard].errors
    assert len(errors) > 20
    assert [e for e in errors if not (e.wanted or e.came)] == []
    assert [e for e in errors if e.came and e.kind.endswith(("spurious", "wrong subject")) and not e.rules] == []
    missed = [e for e in errors if e.kind in ("entities: missed", "relations: missed", "figures: missed")]
    assert [e for e in missed if not e.gap or not e.sentence] == []


def test_the_worst_kind_comes_first(scores):
    score = scores["developed on"]
    cost = Counter()
    for error in score.errors:
        line = score.micro[error.row]
        cost[error.kind] += error.lost / (line.predicted + line.required)
    order = list(dict.fromkeys(error.kind for error in score.errors))
    assert order == sorted(order, key=lambda kind: (-cost[kind], kind)) and len(order) > 5


def test_rules_fired_as_often_as_the_graph_says(scores):
    """A type has one rule in a text, so these add up to the row on entities; other facts have one at least."""
    score, fired, right = scores["developed on"], Counter(), Counter()
    for rule, n in score.rules.items():
        what = kind(rule, load())
        fired[what] += n.fired
        right[what] += n.right
    entities, relations, figures = (score.micro[row] for row in ("entities", "relations", "figures"))
    assert (fired[Kind.NAME], right[Kind.NAME]) == (entities.predicted, entities.right)
    rest = fired[Kind.RELATION] + fired[Kind.FIGURE]
    assert rest >= relations.predicted + figures.predicted
    assert rest - right[Kind.RELATION] - right[Kind.FIGURE] >= sum(n.predicted - n.right for n in (relations, figures))


def test_a_claim_is_as_sure_as_its_rule(seed_build):
    """Types, relations and figures alike; a rule without a row gives no confidence."""
    from kg.store.embedded import open_graph

    query = """PREFIX zg: <https://w3id.org/zonegraph/ontology#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?rule ?sure ?kind { GRAPH ?d { ?c zg:rule ?rule ; rdf:predicate ?kind
        OPTIONAL { ?c zg:confidence ?sure } } }"""
    measured, kinds = load().precision, set()
    for rule, sure, said in open_graph(seed_build).query(query):
        name = rule.value.rsplit("/", 1)[1]
        assert (float(sure.value) if sure else None) == (float(measured[name]) if name in measured else None), name
        kinds |= {said.value.rsplit("#", 1)[1]} if sure else set()
    assert kinds >= {"type", "locatedIn", "value"}


def test_precision_leaves_the_hash_of_the_rules_alone(tmp_path):
    """What was read stays valid when the rules' precision is measured anew."""
    import shutil

    folder = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", folder)
    before = load(folder)
    table = folder / "patterns" / "precision.tsv"
    table.write_text(table.read_text("utf-8") + "zzz\t1\t1\t0.667\n", "utf-8")
    load.cache_clear()
    after = load(folder)
    assert after.hash == before.hash and after.precision_hash != before.precision_hash
    (folder / "patterns" / "zones.toml").write_text("", "utf-8")
    load.cache_clear()
    assert load(folder).hash != before.hash
