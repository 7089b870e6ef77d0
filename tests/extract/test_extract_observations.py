"""Figures in invented sentences: each form read in full, and sentences that hold numbers but no figure giving none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from invented_scene import scene
from kg.extract.figures.observations import observations
from kg.extract.scene.scene import Scene
from kg.records import Modifier, Observation

ISSUED = "2025-03-02"
CASES = tomllib.loads((Path(__file__).parent / "cases_figures.toml").read_text(encoding="utf-8"))["case"]


def shown(read: Scene, one: Observation) -> str:
    """A figure in the cases' one-line form."""
    value = "-" if one.value is None else f"{one.value} {one.unit}"
    return "|".join(
        [read.referents[one.subject].name, one.indicator, value, " ".join(_details(read, one)), one.concept or ""]
    )


def _details(read: Scene, one: Observation) -> list[str]:
    found = [one.modifier.value] if one.modifier is not Modifier.EXACT else []
    found += [f"@{one.period.text}"] if one.period else []
    if one.growth is not None:
        basis = f"/{one.growth_basis}" if one.growth_basis else ""
        found.append(f"g={one.growth}{basis}" + ("" if one.growth_modifier == "exact" else f"/{one.growth_modifier}"))
    for rank in one.ranks:
        among = rank.among if isinstance(rank.among, str) else read.referents[rank.among].name
        found.append(f"r={rank.place}/{among}/{rank.basis}")
    return found + ([f"s={one.status}"] if one.status else [])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_reads_every_figure_and_nothing_else(case):
    read = scene(case["text"], ISSUED)
    found, _ = observations(read)
    assert [shown(read, one) for one in found] == case["figures"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_wording_is_verbatim_and_in_short_evidence(case):
    read = scene(case["text"], ISSUED)
    for one in observations(read)[0]:
        assert read.document.quote(one.span) == one.text
        assert any(one.text in read.document.quote(piece) for piece in one.evidence)
        assert all(len(piece) <= 300 for piece in one.evidence)


def test_long_sentence_gives_a_window_with_owner_and_number():
    filler = "持续深化改革创新并不断优化营商环境和公共服务," * 16
    read = scene(f"临江高新区{filler}地区生产总值达320亿元,{filler}继续前进。", ISSUED)
    [one] = observations(read)[0]
    quotes = [read.document.quote(piece) for piece in one.evidence]
    assert all(len(quote) <= 300 for quote in quotes)
    assert any("320亿元" in quote for quote in quotes)
    assert any("临江高新区" in quote for quote in quotes)


def test_line_break_inside_a_number_stays_in_the_wording():
    read = scene("2024年,临江高新区实现地区生产总值12\n86.5亿元,同比增长6.2%,总量居海州市第二。", ISSUED)
    [one] = observations(read)[0]
    assert (one.text, str(one.value)) == ("12\n86.5亿元", "128650000000")


def test_figure_said_again_is_one_and_the_fullest():
    text = "临江高新区GDP突破320亿元\n2024年,临江高新区GDP突破320亿元,同比增长5%。会上通报,临江高新区GDP突破320亿元。"
    read = scene(text, ISSUED)
    found, refused = observations(read)
    assert [shown(read, one) for one in found] == [
        "临江高新区|GDP|32000000000 CCY_CNY|over @2024 g=5|gross-regional-product"
    ]
    assert [r.reason for r in refused] == ["said again", "said again"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年,临江高新区快速发展。实现税收80亿元,引进项目30个。", ["2023", "2023"]),
        ("2023年,临江高新区快速发展。启明中心建筑面积5万平方米。", [None]),
        ("2024年,临江高新区税收由2015年的20亿元增加到80亿元。", ["2015", "2024"]),
        ("临江高新区2024年税收80亿元,较2023年增长5%,引进项目30个。", ["2024", "2024"]),
        ("近年来,临江高新区引进项目30个。", [None]),
        ("2024年,临江高新区引进项目30个。\n\n  临江高新区已有上市公司20家。", ["2024", None]),
    ],
)
def test_period_holds_as_far_as_the_text_carries_it(text, periods):
    found, _ = observations(scene(text, ISSUED))
    assert [one.period.text if one.period else None for one in found] == periods


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("星衡科技落户临江高新区。该公司现有员工300人。", "星衡科技"),
        ("临江高新区引进云帆基地项目。该项目总投资5亿元。", "云帆基地项目"),
        ("建筑面积6万平方米的启明中心投用。", "启明中心"),
        ("在临江高新区,星衡科技年产值达20亿元。", "星衡科技"),
        ("星衡科技与海州大学合作,研发投入3亿元。", "星衡科技"),
        ("临江高新区内的星衡科技营业收入30亿元。", "星衡科技"),
        ("远岫生物毗邻启明中心,占地面积80亩。", "远岫生物"),
    ],
)
def test_owner_is_the_one_the_sentence_speaks_of(text, owner):
    read = scene(text, ISSUED)
    assert {read.referents[one.subject].name for one in observations(read)[0]} == {owner}


def test_nobody_named_is_a_rejection_and_no_guess():
    found, refused = observations(scene("全年营业收入达30亿元。", ISSUED))
    assert found == []
    assert "nobody named whose figure it could be" in [r.reason for r in refused]


@pytest.mark.parametrize("piece", ["1", "一", "亿元、", "占的比重", "2024年", "第一、", "1,000,"])
def test_hostile_lines_give_nothing_and_end(piece):
    assert observations(scene("临江高新区" + piece * (12_000 // len(piece)), ISSUED))[0] == []
