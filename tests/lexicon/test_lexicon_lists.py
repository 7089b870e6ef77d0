"""The lists of names: loadable, tidy, sourced, and without words of everyday language."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import ahocorasick_rs as aho
import pytest

from kg import rules
from kg.records import EntityType

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "ontology" / "lexicon"
WIKI = ROOT.parent / "shared" / "data" / "wiki-zh" / "cmrc2018.jsonl.gz"
LISTS = "awards bodies companies events institutes laboratories media places policies universities zones".split()
OWN = [*LISTS, "ambiguous_places", "common_nouns", "divisions", "industries", "surnames"]
# What a hasty matcher cuts out of these words is no place and no body.
TRAPS = "新干线 军事家和政治家 共同安全 法兰西 配合山形 形成华力西 北大西洋 最高法院 目前海军 沿海地区 云网络".split()
# Short names that are no places, found in 300 paragraphs and looked at by eye: each is the thing there, not a word.
# 北斗 (a fish) and 罗氏 (a clan) were not and are marked, 索尼 (a man), 5G (in 25G) and
# 华为 (in 高华为) are left to the word boundaries of the tagger.
SEEN = frozenset(
    "一汽 东芝 京东 保时捷 北约 华为 奥迪 奥运会 宝马 新华社 机器人 欧盟 波音 索尼 联合国 路透社 "
    "麦当劳 美联社 斯坦福 中药 中纪委 全运会 军工 发改委 建筑业 烟台港 5G IBM".split()
)


@pytest.fixture(scope="module")
def loaded():
    return rules.load(ROOT / "ontology")


def labels(row):
    return [row["name"], *(alias for alias in row["aliases"].split("|") if alias)]


def weak(row):
    """The labels of a row that need support from the text."""
    if row["weak"] in ("1", "2"):
        return set(labels(row)[2 - int(row["weak"]) :])
    return set(row["weak"].split("|")) - {""}


def marked_labels(loaded):
    """Label -> (table, whether it needs support), as a matcher sees it: where two rows share a label, the safe one."""
    found = {}
    for table in [*LISTS, "divisions"]:
        for row in loaded.table(table):
            for label in labels(row):
                if not found.get(label, ("", True))[1]:
                    continue
                found[label] = (table, label in weak(row))
    for row in loaded.table("industries"):
        for label in filter(None, [row["zh"], *row["synonyms"].split("|")]):
            found.setdefault(label, ("industries", label in row["weak"].split("|")))
    return found


def finder(loaded):
    """A function from a text to the labels in it that stand by themselves."""
    marked = marked_labels(loaded)
    matcher = aho.AhoCorasick(sorted(marked), matchkind=aho.MatchKind.LeftmostLongest)
    return lambda text: [hit for hit in matcher.find_matches_as_strings(text) if not marked[hit][1]]


@pytest.mark.parametrize("name", OWN)
def test_form_of_the_file(name):
    raw = (LEXICON / f"{name}.tsv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    text = raw.decode("utf-8")
    assert [re.match(r"# (\w+): \S", line)[1] for line in text.splitlines()[:3]] == ["source", "edition", "licence"]
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    assert rows == sorted(rows)
    assert all(cell == cell.strip() for row in rows for cell in row)


@pytest.mark.parametrize("name", LISTS)
def test_columns_and_types(loaded, name):
    for row in loaded.table(name):
        assert list(row) == ["name", "type", "aliases", "code", "parent", "weak"]
        assert EntityType(row["type"])


@pytest.mark.parametrize("name", [*LISTS, "divisions"])
def test_labels_are_long_enough_and_given_once(loaded, name):
    for row in loaded.table(name):
        assert min(len(label) for label in labels(row)) >= 2
        assert len(set(labels(row))) == len(labels(row))
        assert weak(row) <= set(labels(row))


def test_no_name_stands_twice(loaded):
    rows = [(row["name"], row["type"]) for name in LISTS for row in loaded.table(name)]
    assert [key for key, times in Counter(rows).items() if times > 1] == []


def test_a_label_that_stands_by_itself_has_one_meaning(loaded):
    meanings: dict[str, set[tuple[str, str]]] = {}
    for name in LISTS:
        for row in loaded.table(name):
            for label in set(labels(row)) - weak(row):
                meanings.setdefault(label, set()).add((row["type"], row["name"]))
    assert {label: found for label, found in meanings.items() if len(found) > 1} == {}


def test_lists_do_not_repeat_the_divisions(loaded):
    known = {label for row in loaded.table("divisions") for label in set(labels(row)) - weak(row)}
    for name in LISTS:
        assert [row["name"] for row in loaded.table(name) if row["name"] in known] == []


def test_industries_are_a_scheme(loaded):
    rows = loaded.table("industries")
    identifiers = [row["id"] for row in rows]
    terms = Counter(term for row in rows for term in [row["zh"], *row["synonyms"].split("|")] if term)
    assert len(rows) >= 200
    assert len(set(identifiers)) == len(rows)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier) for identifier in identifiers)
    assert {row["broader"] for row in rows} - {""} <= set(identifiers)
    assert [term for term, times in terms.items() if times > 1] == []
    assert all(row["en"] for row in rows)
    assert all(set(row["weak"].split("|")) - {""} <= {row["zh"], *row["synonyms"].split("|")} for row in rows)


def test_broader_industries_form_no_circle(loaded):
    above = {row["id"]: row["broader"] for row in loaded.table("industries")}
    for start in above:
        path = [start]
        while above[path[-1]]:
            path.append(above[path[-1]])
            assert len(path) < 9, path


@pytest.mark.parametrize(
    ("table", "name", "alias"),
    [
        ("bodies", "科学技术部", "科技部"),
        ("bodies", "国家发展和改革委员会", "国家发展改革委"),
        ("universities", "北京航空航天大学", "北航"),
        ("companies", "国家电网有限公司", "国家电网"),
        ("media", "新华社", "新华通讯社"),
        ("places", "阿拉伯联合酋长国", "阿联酋"),
        ("events", "中国国际进口博览会", "进博会"),
        ("zones", "苏州高新技术产业开发区", "苏州高新区"),
        ("awards", "中国建设工程鲁班奖", "鲁班奖"),
        ("policies", "长江经济带发展", "长江经济带"),
    ],
)
def test_usual_short_forms(loaded, table, name, alias):
    (row,) = [row for row in loaded.table(table) if row["name"] == name]
    assert alias in labels(row)


def test_words_of_everyday_language_do_not_stand_by_themselves(loaded):
    found = finder(loaded)
    everyday = "大同 合作 比如 资源 公安 和平 东方 联想 小米 苹果 荣耀 招商局 教育 建筑 农业 同济 东区 矿区 大学 公司"
    assert [word for word in everyday.split() if found(word)] == []


@pytest.mark.parametrize("trap", TRAPS)
def test_names_are_not_cut_out_of_longer_words(loaded, trap):
    assert [hit for hit in finder(loaded)(trap) if hit != trap] == []


def test_common_nouns_have_known_classes(loaded):
    rows = loaded.table("common_nouns")
    classes = {"adjective", "determiner", "generic", "level", "pronoun", "quantity", "time"}
    assert {row["class"] for row in rows} == classes
    assert {"该", "各", "多家", "省级", "我国", "大型", "全市", "一批"} <= {row["word"] for row in rows}


def test_surnames(loaded):
    rows = loaded.table("surnames")
    assert {"王", "李", "欧阳", "司马"} <= {row["surname"] for row in rows}
    assert all((len(row["surname"]) > 1) == (row["compound"] == "1") for row in rows)


@pytest.mark.shared
@pytest.mark.skipif(not WIKI.is_file(), reason="../shared is not there")
def test_short_names_in_running_text_were_looked_at(loaded):
    """A new short name that hits in 300 paragraphs of an encyclopedia has to be looked at, then added or marked."""
    found, marked = finder(loaded), marked_labels(loaded)
    with gzip.open(WIKI, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(300), strict=False)]
    hits = {hit for text in texts for hit in found(text) if len(hit) <= 3}
    assert sorted(hit for hit in hits - SEEN if marked[hit][0] not in ("places", "divisions")) == []
