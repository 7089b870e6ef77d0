"""Numbers with their units, modifiers and ranges."""

from __future__ import annotations

import pytest

from invented_scene import rules, tagged
from kg.extract.quantities import measures, quantities
from kg.records import Document


def read(text):
    return [(text[slice(*m.core)], str(m.value), m.unit, m.modifier.value) for m in measures(text, rules())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约1.2亿元", ("1.2亿元", "120000000", "CCY_CNY", "about")),
        ("超14.8万平方米", ("14.8万平方米", "148000", "M2", "over")),
        ("60余家", ("60余家", "60", "NUM", "over")),
        ("1000多万元", ("1000多万元", "10000000", "CCY_CNY", "over")),
        ("5亿多元", ("5亿多元", "500000000", "CCY_CNY", "over")),
        ("三十多万元", ("三十多万元", "300000", "CCY_CNY", "over")),
        ("上百家", ("百家", "100", "NUM", "over")),
        ("数十家", ("数十家", "10", "NUM", "over")),
        ("近百家", ("百家", "100", "NUM", "about")),
        ("近30亿元", ("30亿元", "3000000000", "CCY_CNY", "under")),
        ("不到5%", ("5%", "5", "PERCENT", "under")),
        ("80%以上", ("80%", "80", "PERCENT", "over")),
        ("6%左右", ("6%", "6", "PERCENT", "about")),
        ("百分之五", ("百分之五", "5", "PERCENT", "exact")),
        ("三分之一", ("三分之一", "33.33", "PERCENT", "about")),
        ("两成", ("两成", "20", "PERCENT", "exact")),
        ("千亿级", ("千亿级", "100000000000", "CCY_CNY", "exact")),
        ("超百亿元", ("百亿元", "10000000000", "CCY_CNY", "over")),
        ("13.1亿美元", ("13.1亿美元", "1310000000", "CCY_USD", "exact")),
        ("2亿欧元", ("2亿欧元", "200000000", "CCY_EUR", "exact")),
        ("5000万港元", ("5000万港元", "50000000", "CCY_HKD", "exact")),
        ("$3亿", ("$3亿", "300000000", "CCY_USD", "exact")),
        ("320亩", ("320亩", "213333.33", "M2", "exact")),
        ("515公顷", ("515公顷", "5150000", "M2", "exact")),
        ("15.9平方公里", ("15.9平方公里", "15900000", "M2", "exact")),
        ("32公里", ("32公里", "32000", "M", "exact")),
        ("7纳米", ("7纳米", "7", "NanoM", "exact")),
        ("50万千瓦", ("50万千瓦", "500000000", "W", "exact")),
        ("1.8倍以上", ("1.8倍", "1.8", "zg:Times", "over")),
        ("0.8个百分点", ("0.8个百分点", "0.8", "PERCENT", "exact")),
        ("1.2万户", ("1.2万户", "12000", "NUM", "exact")),
        ("52万元/亩", ("52万元/亩", "520000", "CCY_CNY", "exact")),
    ],
)
def test_one_measure(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["第3位", "10多个人形机器人"[4:], "万元GDP", "亿元", "H1", "5G", "X-300", "500强", "10大学", "3条例", "12345"],
)
def test_nothing(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("10至20亿元", "1000000000", "2000000000"), ("3—5亿元", "300000000", "500000000"), ("10%-15%", "10", "15")],
)
def test_range_has_two_ends(text, low, high):
    [measure] = measures(text, rules())
    assert (str(measure.value), str(measure.upper)) == (low, high)


def test_quantity_is_verbatim_in_the_document():
    document = Document("总投资约１．２亿元，占地３２０亩。", "invented.txt")
    found = [q for s in tagged(document) for q in quantities(s, rules())]
    assert [q.text for q in found] == ["1.2亿元", "320亩"]
    assert [document.quote(q.span) for q in found] == ["１．２亿元", "３２０亩"]
