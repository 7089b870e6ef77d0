"""The table of divisions: made by the committed script, complete, and a tree."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kg import rules

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "ontology" / "lexicon"
DATA = ROOT.parent / "shared" / "data" / "divisions"


@pytest.fixture(scope="module")
def rows():
    return rules.load(ROOT / "ontology").table("divisions")


def by_name(rows, name):
    return [row for row in rows if row["name"] == name]


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared is not there")
def test_the_file_is_what_the_script_makes(tmp_path):
    out = tmp_path / "divisions.tsv"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, LEXICON / "make_divisions.py", DATA, out], check=True, env=environment)
    assert out.read_bytes() == (LEXICON / "divisions.tsv").read_bytes()


def test_counts(rows):
    assert Counter(row["level"] for row in rows) == {"province": 34, "city": 358, "district": 2876, "zone": 124}


def test_placeholders_are_gone(rows):
    assert not {row["name"] for row in rows} & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def test_codes_are_unique_and_every_parent_exists(rows):
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))
    assert all(len(code) == 6 for code in codes)
    assert {row["parent"] for row in rows if row["level"] != "province"} <= set(codes)
    assert {row["parent"] for row in rows if row["level"] == "province"} == {""}


def test_only_the_zones_are_zones(rows):
    assert {(row["level"], row["type"]) for row in rows} == {
        ("province", "Place"),
        ("city", "Place"),
        ("district", "Place"),
        ("zone", "Zone"),
    }


@pytest.mark.parametrize(
    ("name", "parent"),
    [("海淀区", "110000"), ("济源市", "410000"), ("城口县", "500000"), ("南京市", "320000"), ("沙田区", "810300")],
)
def test_parents(rows, name, parent):
    assert [row["parent"] for row in by_name(rows, name)] == [parent]


@pytest.mark.parametrize(
    ("name", "aliases", "weak"),
    [
        ("南京市", "南京", ""),
        ("江苏省", "江苏", ""),
        ("新疆维吾尔自治区", "新疆", ""),
        ("香港特别行政区", "香港|香港特区", ""),
        ("延边朝鲜族自治州", "延边|延边州", ""),
        ("海南藏族自治州", "海南州", ""),  # 海南 is the province's alone
        ("长沙县", "", ""),  # 长沙 is the city's alone
        ("昆山市", "昆山", ""),
        ("合作市", "合作", "1"),  # a common word
        ("市中区", "市中", "1"),  # several places
        ("昌平区", "昌平", ""),
        ("矿区", "", "2"),
        ("阿里地区", "阿里", "1"),
        ("神农架林区", "神农架", ""),
        ("苏州工业园区", "", ""),
        ("河北唐山海港经济开发区", "唐山海港经济开发区|唐山海港经开区|唐山海港开发区", ""),
        ("石家庄高新技术产业开发区", "石家庄高新区", ""),
    ],
)
def test_short_forms(rows, name, aliases, weak):
    assert {(row["aliases"], row["weak"]) for row in by_name(rows, name)} == {(aliases, weak)}
