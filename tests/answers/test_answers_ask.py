"""Questions in Chinese and English and the answers they must get; from-labels.toml came before the templates."""

from __future__ import annotations

import tomllib
from itertools import permutations

import pytest
from pyoxigraph import RdfFormat, Store

from kg.answers import query
from kg.answers.asking.answer import Answer, Unread
from kg.answers.asking.asking import ask, readable
from kg.answers.asking.question import compact, partings
from kg.answers.asking.templates import templates
from kg.answers.questions import questions
from kg.errors import UsageError
from project import ROOT, SEED

FOLDER = ROOT / "tests" / "answers" / "questions"
CASES = [case for file in sorted(FOLDER.glob("*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["question"]]
ANSWERED = [case for case in CASES if "refused" not in case]
REFUSED = [case for case in CASES if "refused" in case]


@pytest.fixture(scope="module")
def graphs(sample_store):
    """The seed's graph as it is committed, and that of the invented texts."""
    seed = Store()
    seed.bulk_load(path=str(ROOT / "exports" / "graph.trig"), format=RdfFormat.TRIG)
    return {"seed": seed, "sample": sample_store}


@pytest.fixture(scope="module")
def answer(graphs):
    """`answer(case)` -> what comes of its question."""
    return lambda case: ask(graphs[case.get("graph", "seed")], case["ask"])


def named(case):
    return case["ask"]


def fits(row, wanted):
    """Whether a row has the wanted text as a cell, or as the whole phrase."""
    return wanted in (row.phrase, *(cell.text for cell in row.cells))


def matched(rows, wanted):
    """Whether the rows are the wanted ones, each once, in any order."""
    return len(rows) == len(wanted) and any(
        all(fits(row, text) for row, text in zip(rows, order, strict=True)) for order in permutations(wanted)
    )


def test_there_are_enough_questions():
    assert len(CASES) >= 60
    assert len(tomllib.loads((FOLDER / "from-labels.toml").read_text("utf-8"))["question"]) == 20


@pytest.mark.parametrize("case", ANSWERED, ids=named)
def test_the_answer_is_the_expected_one(case, answer):
    found = answer(case)
    assert isinstance(found, Answer), found
    assert matched(found.rows, case["gives"]), (found.template, [row.phrase for row in found.rows])
    assert [text for text in case.get("says", ()) if text not in found.sentence] == [], found.sentence
    left = [one.row for one in found.left_out]
    assert "left_out" not in case or matched(left, case["left_out"]), [row.phrase for row in left]
    assert all(one.reason for one in found.left_out)


@pytest.mark.parametrize("case", ANSWERED, ids=named)
def test_every_row_has_its_sentence(case, answer, sample_texts):
    """Verbatim, with right offsets; names and documents alone are no claims."""
    texts = {SEED.name: SEED.read_text("utf-8"), **sample_texts}
    found = answer(case)
    for row in found.rows:
        assert row.claims or row.cells[0].column in ("document", "label"), row.phrase
        for quote in (quote for claim in row.claims for quote in claim.quotes):
            assert texts[quote.source.path][quote.start : quote.end] == quote.text


@pytest.mark.parametrize("case", ANSWERED, ids=named)
def test_the_query_shown_runs_as_it_stands(case, answer, graphs):
    found = answer(case)
    given = list(query.ask(graphs[case.get("graph", "seed")], found.query))
    assert bool(given) == bool(found.rows)


@pytest.mark.parametrize("case", REFUSED, ids=named)
def test_what_is_not_understood_gets_an_honest_no(case, answer, graphs):
    found = answer(case)
    assert isinstance(found, Unread), found
    assert [piece for piece in case["refused"] if piece not in found.unknown] == [], found.unknown
    assert 3 <= len(found.nearest) <= 5
    assert readable(graphs["seed"], found.nearest) == list(found.nearest)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_question_near_one_that_is_not_understood_is_offered(graphs, language):
    asked = {"zh": "滨江有哪些很厉害的实验室", "en": "Which amazing laboratories does 滨江 have?"}[language]
    wanted = {"zh": "杭州高新区(滨江)有哪些实验室？", "en": "Which laboratories are in 杭州高新区(滨江)?"}[language]
    found = ask(graphs["seed"], asked)
    assert isinstance(found, Unread)
    assert found.nearest[0] == wanted


@pytest.mark.parametrize("one", questions(), ids=lambda one: one.name)
def test_the_competency_questions_are_understood_word_for_word(one, graphs):
    for text in (one.zh, one.en):
        found = ask(graphs["seed"], text)
        assert isinstance(found, Answer)
        assert found.query == one.text


def test_the_language_of_the_answer_can_be_chosen(graphs):
    found = ask(graphs["seed"], "谁生产H1", language="en")
    assert found.sentence.endswith(".")


def test_a_name_of_several_things_asks_for_all_of_them(graphs):
    store = Store()
    store.extend(graphs["sample"])
    store.update(
        "PREFIX zg: <https://w3id.org/zonegraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        "INSERT DATA { <urn:b> a zg:Company ; skos:prefLabel '远帆'@zh ; zg:locatedIn <urn:p> ."
        "<urn:c> a zg:Company ; skos:prefLabel '远帆'@zh ; zg:locatedIn <urn:q> ."
        "<urn:p> a zg:Place ; skos:prefLabel '甲地'@zh . <urn:q> a zg:Place ; skos:prefLabel '乙地'@zh }"
    )
    assert {row.name for row in ask(store, "远帆在哪里").rows} == {"甲地", "乙地"}


@pytest.mark.parametrize("question", ["", "  ？ ", "哪" * 301])
def test_what_is_no_question_is_a_usage_error(question, graphs):
    with pytest.raises(UsageError):
        ask(graphs["seed"], question)


HOSTILE = [
    '"} INSERT DATA { <a> <b> <c> } #',
    "'; DROP ALL --",
    "\\",
    "{{entity}}有哪些实验室",
    "有哪些<script>？",
    "\u202e哪些",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_breaks_a_query(question, graphs):
    before = len(graphs["sample"])
    assert ask(graphs["sample"], question)
    assert len(graphs["sample"]) == before


def test_every_template_is_asked_by_some_question(answer):
    asked = {found.template for case in CASES if isinstance(found := answer(case), Answer)}
    assert len(asked) >= 20
    assert asked <= {one.name for one in templates()}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("GDP2024年多少", ["gdp", "2024年", "多少"]),
        ("How many labs?", ["howmany", "labs"]),
        ("gdpx", list("gdpx")),
        ("第三是谁", ["第三", "是谁"]),
        ("2020—2024年", ["2020—2024年"]),
    ],
)
def test_a_question_falls_into_its_words(text, pieces):
    assert [token.text for token in partings(compact(text), {})[0]] == pieces


# Sums: what is stated twice, earlier, planned, or part of something that is counted itself.

HEAD = (
    "@prefix zg: <https://w3id.org/zonegraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix unit: <http://qudt.org/vocab/unit/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
FUNDS = "".join(
    f"<urn:{n}> a zg:Fund ; skos:prefLabel '{n}基金'@zh ; zg:mentionedIn <urn:doc> .\n" for n in "甲乙丙丁戊"
)
SIZE = "<https://w3id.org/zonegraph/id/indicator/基金规模>"


def figure(name, fund, value, *, unit="CCY_CNY", modifier="exact", year="", more=""):
    day = "^^xsd:date"
    period = f"; zg:periodStart '{year}-01-01'{day} ; zg:periodEnd '{year}-12-31'{day}" if year else ""
    return (
        f"<urn:{name}> a zg:Observation ; zg:subject <urn:{fund}> ; zg:indicator {SIZE} ; zg:value {value}.0 ;"
        f" zg:unit unit:{unit} ; zg:modifier zg:{modifier} ; zg:valueText '{value}'{period} {more} .\n"
    )


PLAN, TARGET, OFF, SIGNED = (f"; zg:status zg:{name}" for name in ("planned", "target", "terminated", "signed"))
SUMS = {  # name -> figures, their sum, whose figures count, how many do not
    "each subject once, the exact figure before the rough one": (
        figure("a1", "甲", 10) + figure("a2", "甲", 11, modifier="about") + figure("b", "乙", 5), 15, "甲乙", 1,
    ),
    "the latest of several years": (
        figure("a1", "甲", 10, year="2023") + figure("a2", "甲", 20, year="2024"), 20, "甲", 1,
    ),
    "no plan, no target, nothing called off": (
        figure("a", "甲", 10) + figure("b", "乙", 5, more=PLAN) + figure("c", "丙", 5, more=TARGET)
        + figure("d", "丁", 5, more=OFF) + figure("e", "戊", 7, more=SIGNED), 17, "甲戊", 3,
    ),
    "no part beside its whole": (
        figure("a", "甲", 10) + figure("b", "乙", 4) + "<urn:乙> zg:partOf <urn:甲> .", 10, "甲", 1,
    ),
    "one figure of two documents is one": (figure("a", "甲", 10) * 2, 10, "甲", 0),
}  # fmt: skip


def fund_store(text):
    store = Store()
    label = f"{SIZE} skos:prefLabel '基金规模'@zh .\n"
    store.load((HEAD + FUNDS + label + text).encode(), format=RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(("text", "total", "counted", "left"), SUMS.values(), ids=SUMS)
def test_a_sum_counts_each_fact_once(text, total, counted, left):
    found = ask(fund_store(text), "基金规模一共多少")
    assert found.sentence.startswith(f"基金规模合计{total}元")
    assert {row.name for row in found.rows} == {f"{name}基金" for name in counted}
    assert (len(found.left_out), found.beside) == (left, left)


def test_sums_of_two_currencies_stand_apart():
    found = ask(fund_store(figure("a", "甲", 10) + figure("b", "乙", 5, unit="CCY_USD")), "基金规模一共多少")
    assert "10元、5美元" in found.sentence


def test_a_sum_of_one_year_takes_that_year():
    store = fund_store(figure("a1", "甲", 10, year="2023") + figure("a2", "甲", 20, year="2024"))
    assert "合计10元" in ask(store, "2023年基金规模一共多少").sentence


def test_of_very_many_rows_the_first_are_given_and_all_are_counted():
    store = Store()
    store.load(
        (HEAD + "".join(f"<urn:c{n}> a zg:Company ; skos:prefLabel '第{n}厂'@zh .\n" for n in range(300))).encode(),
        format=RdfFormat.TURTLE,
    )
    found = ask(store, "有多少家企业")
    assert (len(found.rows), found.total) == (200, 300)
    assert "300个" in found.sentence
