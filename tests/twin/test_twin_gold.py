"""A twin is whole: nothing of the seed's names is left, and its gold says what its text says."""

from __future__ import annotations

import json
import re

import pytest

import twin
from project import SEED

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module", params=twin.VARIANTS)
def pair(request, shared):
    """(seed's text and gold, twin's text and gold)."""
    text = SEED.read_bytes().decode("utf-8")
    gold = json.loads((shared / "corpus" / "gold" / f"{SEED.stem}.json").read_text("utf-8"))
    return (text, gold), twin.twin(text, gold, request.param)


def names(gold) -> set[str]:
    return {name for entity in gold["entities"] for name in [entity["name"], *entity["aliases"]]}


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


READ_OUT = {"区块链与数据安全实验室", "经血管植入器械实验室"}  # names the text gives only without their head


def test_names_and_quotes_stay_verbatim(pair):
    (text, gold), (new_text, new_gold) = pair
    variant = twin.variant(new_gold["doc"][-1])
    read_out = {variant.turn(name) for name in names(gold) if name not in text}
    assert len(read_out) <= len(READ_OUT)
    assert [name for name in names(new_gold) - read_out if name not in new_text] == []
    assert [o["quote"] for o in new_gold["observations"] if o["quote"] not in new_text] == []


def test_no_name_of_the_seed_is_left(pair):
    (_, gold), (new_text, new_gold) = pair
    kept = {name for name in names(gold) if name in names(new_gold) and name not in {"十四五", "“十四五”规划"}}
    assert kept == set()
    left = {name for name in names(gold) if name in new_text and not any(name in n for n in names(new_gold))}
    assert left == set()


def test_every_number_differs_and_keeps_its_shape(pair):
    (text, _), (new_text, _) = pair
    old, new = numbers(text), numbers(new_text)
    assert [re.sub(r"\d", "0", n) for n in old] == [re.sub(r"\d", "0", n) for n in new]
    assert [n for n, m in zip(old, new, strict=True) if n == m] == []
    assert all(1 <= int(day) <= 28 for day in re.findall(r"月(\d+)日", new_text))


def test_values_are_those_of_the_quotes(pair):
    _, (_, new_gold) = pair
    units = {"亿": 10**8, "万": 10**4}
    for figure in new_gold["observations"]:
        said = [(float(n), units.get(u, 1)) for n, u in re.findall(r"(\d+(?:\.\d+)?)(亿|万)?", figure["quote"])]
        wanted = figure["growth_percent"] if figure["value"] is None else figure["value"]
        assert any(abs(n * u - wanted) <= 1e-6 * wanted for n, u in said)
        places = [twin.PLACES.index(p) for p in re.findall(r"第([一二三四五六七八九])", figure["quote"])]
        assert sorted(places) == sorted(rank["place"] for rank in figure["rank"])


def test_the_rest_of_the_text_is_the_seeds(pair):
    """Only names, numbers and ranks are replaced: line by line the twin has the seed's sentences."""
    (text, _), (new_text, _) = pair
    assert len(text.splitlines()) == len(new_text.splitlines())
    assert re.sub(r"[^,。;:、()“”]", "", text) == re.sub(r"[^,。;:、()“”]", "", new_text)
