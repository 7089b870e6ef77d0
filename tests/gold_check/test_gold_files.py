"""The annotations hold together: names and quotes stand in the text, ids resolve, no number is forgotten."""

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from gold_files import FOLDER, Gold, amounts, close, folded, gold_paths, load, second_paths, text_paths, unaccounted
from project import ROOT, SHARED

ZG = "https://w3id.org/zonegraph/ontology#"
TYPES = set(
    "Zone Valley Laboratory ResearchInstitute University Company Fund Facility Project Product Person GovernmentBody "
    "Event Award Policy Industry Place Group Media".split()
)
UNITS = {"CNY", "USD", "m2", "m", "nm", "count", "percent", "times", "month", "second", "W", "kilow-hr", "ton_metric"}
STATUSES = set("planned signed started underway completed achieved target terminated negated".split())
MODIFIERS = {"exact", "about", "over", "under"}
PERIOD = re.compile(r"\d{4}(Q[1-4]|-\d\d(-\d\d)?)?(/\d{4}(-\d\d)?)?")
FALL = re.compile(r"下降|下滑|减少|降低|-\d")
NO_ENTITY = {"中国", "我国", "全国", "国家级高新区"}


@pytest.fixture(
    params=[*gold_paths(), *second_paths()], ids=lambda path: path.stem + "-second" * (path.parent.name == "second")
)
def gold(request) -> Gold:
    return load(request.param)


def test_every_text_has_its_gold():
    texts = Counter(path.name.split("-", 1)[0] for path in text_paths())
    assert texts == Counter(load(path).data["doc"] for path in gold_paths())
    assert len(texts) >= 14


def test_three_texts_are_annotated_twice():
    assert len(second_paths()) >= 3
    assert {path.parent.parent / "gold" / path.name for path in second_paths()} <= set(gold_paths())
    kept = {path.parent.parent / "second" / path.name for path in FOLDER.glob("*/first/*.json")}
    assert kept <= set(second_paths())


def test_names_stand_in_the_text(gold):
    names = [name for e in gold.data["entities"] for name in (e["name"], *e["aliases"])]
    assert [name for name in names if folded(name) not in folded(gold.text)] == []


def test_quotes_stand_in_the_text(gold):
    quotes = [x["quote"] for x in gold.data["observations"] + gold.data["not_annotated"]]
    assert [quote for quote in quotes if not quote or quote not in gold.text] == []


def test_what_is_set_aside_has_a_reason(gold):
    assert all(x["reason"] and set(x) == {"quote", "reason"} for x in gold.data["not_annotated"])


def test_types_are_those_of_the_contract(gold):
    types = {kind for e in gold.data["entities"] for kind in (e["type"], *e.get("type_alt", []))}
    assert types <= TYPES
    assert all(e["type"] not in e.get("type_alt", []) for e in gold.data["entities"])


def test_no_entity_twice(gold):
    ids = Counter(e["id"] for e in gold.data["entities"])
    names = Counter(e["name"] for e in gold.data["entities"])
    assert [*(ids - Counter(set(ids))), *(names - Counter(set(names)))] == []
    assert NO_ENTITY.isdisjoint(names)


def test_ids_resolve(gold):
    ends = {end for r in gold.relations for end in (r[0], r[2]) if end is not None}
    subjects = {s for o in gold.data["observations"] for s in (o["subject"], *o.get("subject_alt", []))}
    assert (ends | subjects) - set(gold.entities) == set()


def test_relations_are_counted_rightly(gold):
    last = len(gold.data["relations"])
    places = [*gold.data["relation_alternatives"], *gold.data["relation_status"]]
    assert [place for place in places if not 0 <= int(place) < last] == []
    assert set(gold.data["relation_status"].values()) <= STATUSES


def test_no_relation_twice(gold):
    rows = Counter(map(json.dumps, gold.data["relations"] + gold.data["optional_relations"]))
    assert [row for row, times in rows.items() if times > 1] == []
    assert [r for r in gold.relations if r[0] == r[2]] == []


@pytest.fixture(scope="module")
def signatures() -> dict[str, tuple[set[str], set[str]]]:
    """What the ontology lets each property lead from and to."""
    import rdflib

    graph = rdflib.Graph().parse(ROOT / "ontology" / "zonegraph.ttl")

    def ends(subject, name: str) -> set[str]:
        kinds = {str(kind).removeprefix(ZG) for kind in graph.objects(subject, rdflib.SDO[name])}
        return TYPES if "Entity" in kinds else kinds

    known = set(graph.subjects(rdflib.SDO.domainIncludes, None))
    return {str(p).removeprefix(ZG): (ends(p, "domainIncludes"), ends(p, "rangeIncludes")) for p in known}


def test_relations_have_allowed_ends(gold, signatures):
    def kinds(end: str) -> set[str]:
        return {gold.entities[end]["type"], *gold.entities[end].get("type_alt", [])}

    def allowed(relation) -> bool:
        subject, name, thing = relation[:3]
        domain, span = signatures[name]
        return bool(kinds(subject) & domain) and (thing is None or name == "holdsPosition" or bool(kinds(thing) & span))

    rows = gold.data["relations"] + gold.data["optional_relations"]
    assert [r for r in rows if not allowed(r)] == []


def test_years_and_titles_stand_in_the_text(gold):
    rows = gold.data["relations"] + gold.data["optional_relations"]
    years = [r for r in rows if r[1] == "foundedIn" and str(r[3]) not in gold.text]
    required = [r for r in gold.data["relations"] if r[1] == "holdsPosition"]
    assert years + [r for r in required if r[3] not in gold.text] == []


def test_values_are_what_the_quote_says(gold):
    def fits(o) -> bool:
        return any(close(o["value"], amount) for amount in amounts(o["quote"]))

    figures = [o for o in gold.data["observations"] if o["value"] is not None]
    assert [o["quote"] for o in figures if not fits(o)] == []
    assert {o["unit"] for o in figures} <= UNITS


def test_figures_without_value_have_growth_or_rank(gold):
    empty = [o for o in gold.data["observations"] if o["value"] is None]
    assert [o for o in empty if o["unit"] is not None or (o["growth_percent"] is None and not o["rank"])] == []


def test_growth_is_what_the_quote_says(gold):
    figures = [o for o in gold.data["observations"] if o["growth_percent"] is not None]
    assert [o["quote"] for o in figures if abs(o["growth_percent"]) not in amounts(o["quote"])] == []
    assert [o["quote"] for o in figures if (o["growth_percent"] < 0) != bool(FALL.search(o["quote"]))] == []


def test_figures_use_known_words(gold):
    for o in gold.data["observations"]:
        assert {o["modifier"], *o.get("modifier_alt", [])} <= MODIFIERS, o
        assert o.get("status", "planned") in STATUSES, o
        periods = [p for p in (o["period"], *o.get("period_alt", [])) if p is not None]
        assert all(PERIOD.fullmatch(p) for p in periods), o


def test_no_figure_twice(gold):
    keys = [(o["subject"], o["indicator"], o["period"], o["value"], o.get("status")) for o in gold.data["observations"]]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_every_number_is_accounted_for(gold):
    assert list(unaccounted(gold)) == []


def draw_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw", FOLDER / "cc-by-sa" / "draw.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["draw"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_the_paragraphs_are_those_drawn(tmp_path: Path):
    draw_module().main(SHARED, tmp_path)
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert drawn == {path.name: path.read_bytes() for path in (FOLDER / "cc-by-sa" / "texts").iterdir()}
