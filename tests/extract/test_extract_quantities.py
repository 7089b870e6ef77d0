"""Numbers with their units, modifiers and ranges."""

from __future__ import annotations

import pytest

from invented_scene import rules, tagged
from kg.extract.figures.quantities import measures, quantities
from kg.extract.text.sentences import sentences
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
        ("一百千瓦", ("一百千瓦", "100000", "W", "exact")),
        ("三百兆瓦", ("三百兆瓦", "300000000", "W", "exact")),
        ("168公分", ("168公分", "1.68", "M", "exact")),
        ("同比-3.2%", ("-3.2%", "-3.2", "PERCENT", "exact")),
        ("负3.9%", ("负3.9%", "-3.9", "PERCENT", "exact")),
        ("A区-5家", ("5家", "5", "NUM", "exact")),
        ("1亿2千万元", ("1亿2千万元", "120000000", "CCY_CNY", "exact")),
        ("十几家", ("十几家", "10", "NUM", "over")),
        ("二十几万人", ("二十几万人", "200000", "NUM", "over")),
        ("万分之三", ("万分之三", "0.03", "PERCENT", "exact")),
        ("百万分之五", ("百万分之五", "0.0005", "PERCENT", "exact")),
        ("52万元/亩", ("52万元/亩", "520000", "CCY_CNY", "exact")),
        ("6,630 万元", ("6,630 万元", "66300000", "CCY_CNY", "exact")),
        ("不超3亿元", ("3亿元", "300000000", "CCY_CNY", "under")),
        ("不得低于20%", ("20%", "20", "PERCENT", "over")),
        ("不超过公司总股本的2%", ("2%", "2", "PERCENT", "under")),
        ("通过转让减持不低于其所持股份的5%", ("5%", "5", "PERCENT", "over")),
        ("Acme100%股权", ("100%", "100", "PERCENT", "exact")),
        ("4亿人民币", ("4亿人民币", "400000000", "CCY_CNY", "exact")),
        ("以9.5亿收购", ("9.5亿", "950000000", "CCY_CNY", "exact")),
        ("募资约45亿", ("45亿", "4500000000", "CCY_CNY", "about")),
        ("增持1.5亿股", ("1.5亿股", "150000000", "NUM", "exact")),
        ("12.5元/股", ("12.5元/股", "12.5", "CCY_CNY", "exact")),
    ],
)
def test_one_measure(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "第3位",
        "10多个人形机器人"[4:],
        "万元GDP",
        "亿元",
        "H1",
        "5G",
        "X-300",
        "500强",
        "10大学",
        "3条例",
        "12345",
        "10:30 人民网",
        "2024-05-20 人民日报",
        "一 个性",
        "募资4500",
        "2股权",
        "H100人工智能",
    ],
)
def test_nothing(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10至20亿元", "1000000000", "2000000000"),
        ("3—5亿元", "300000000", "500000000"),
        ("10%-15%", "10", "15"),
        ("6亿元至12亿元", "600000000", "1200000000"),
        ("3.8亿元-40亿元", "380000000", "4000000000"),
    ],
)
def test_range_has_two_ends(text, low, high):
    [measure] = measures(text, rules())
    assert (str(measure.value), str(measure.upper)) == (low, high)


@pytest.mark.parametrize("text", ["12亿元至6亿元", "6亿元至12亿美元", "6亿元至12%"])
def test_what_does_not_rise_in_one_unit_is_two_measures(text):
    assert [m.upper for m in measures(text, rules())] == [None, None]


def test_whole_wording_takes_in_currency_and_base_of_comparison():
    text = "斥资人民币5亿元,即不超过公司总股本的2%"
    assert [text[m.lead : m.end] for m in measures(text, rules())] == ["人民币5亿元", "不超过公司总股本的2%"]


def test_quantity_is_verbatim_in_the_document():
    document = Document("总投资约１．２亿元，占地３２０亩。", "invented.txt")
    found = [q for s in tagged(document) for q in quantities(s, rules())]
    assert [q.text for q in found] == ["1.2亿元", "320亩"]
    assert [document.quote(q.span) for q in found] == ["１．２亿元", "３２０亩"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("产值7 万 5 千元", "75000", "CCY_CNY"),
        ("占比百 分 之 五点 二", "5.2", "PERCENT"),
        ("提高四 点 五 个百分点", "4.5", "PERCENT"),
        ("重三千 八百 九十六吨", "3896", "TONNE"),
        ("重两吨半", "2.5", "TONNE"),
        ("占三成半", "35", "PERCENT"),
        ("增长半成", "5", "PERCENT"),
        ("海拔负0.2千米", "-200", "M"),
        ("长168CM", "1.68", "M"),
        ("超过一半企业", "50", "PERCENT"),
        ("注册用户超2亿", "200000000", "NUM"),
        ("人口约32万", "320000", "NUM"),
        ("产值新台币8000亿元", "800000000000", "CCY_TWD"),
        ("拾万零五十六点叁叁个百分点", "100056.33", "PERCENT"),
    ],
)
def test_number_as_texts_space_and_halve_it(text, value, unit):
    [sentence] = sentences(Document(text, "invented.txt"))
    [measure] = measures(sentence.text, rules())
    assert (str(measure.value), measure.unit) == (value, unit)


@pytest.mark.parametrize("text", ["2024 12", "张三 一汽", "共 一 个", "三 一 重工", "第三 二 号楼", "半成品", "一半天"])
def test_blank_between_words_stays(text):
    [sentence] = sentences(Document(text, "invented.txt"))
    assert sentence.text == text


def test_blank_inside_a_number_keeps_its_place_in_the_document():
    [sentence] = sentences(Document("产值7 万 5 千元", "invented.txt"))
    assert (sentence.text, sentence.offsets[4]) == ("产值7万5千元", 6)
