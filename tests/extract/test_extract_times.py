"""Times with the precision that the text gives, resolved against the date of the text."""

from __future__ import annotations

import pytest

from invented_scene import tagged
from kg.extract.time.anchoring import anchors, reference_date
from kg.extract.time.times import Anchor, read_times
from kg.records import Document

ANCHOR = Anchor(2024, 5, 20)


def read(text, anchor=ANCHOR):
    return [time.period.text if time.period else None for time in read_times(text, anchor)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年", "2024"), ("二〇二三年", "2023"), ("2024年度", "2024"), ("2019年2月28日", "2019-02-28"),
        ("2024-03-05", "2024-03-05"), ("2023年11月", "2023-11"), ("今年", "2024"), ("去年", "2023"), ("前年", "2022"),
        ("明年", "2025"), ("今年一季度", "2024Q1"), ("第三季度", "2024Q3"), ("去年前三季度", "2023-01/2023-09"),
        ("上半年", "2024-01/2024-06"), ("2024年1-6月", "2024-01/2024-06"), ("1至6月", "2024-01/2024-06"),
        ("前5个月", "2024-01/2024-05"), ("今年前11个月", "2024-01/2024-11"), ("2月20日", "2024-02-20"),
        ("截至今年8月底", "2024-08"), ("2025年底", "2025"), ("到2027年", "2027"), ("2021-2023年", "2021/2023"),
        ("2022年至2024年", "2022/2024"), ("“十四五”期间", "2021/2025"), ("「十三五」时期", "2016/2020"),
        ("从2010年起", "2010/2024"), ("目前", "2024-05"), ("截至目前", "2024-05"), ("近日", "2024-05"),
        ("2019年前半年", "2019-01/2019-06"), ("今年夏天", "2024"), ("08年", "2008"), ("零八年", "2008"),
        ("一月十日到十二日", "2024-01-10/2024-01-12"), ("31日", "2024-03-31"),
        ("本月", "2024-05"), ("今日", "2024-05-20"), ("昨天", "2024-05-19"), ("明日", "2024-05-21"),
        ("近年来", None), ("今年以来", "2024"), ("2024年2月30日", None),
        ("2024 年 3 月 5 日", "2024-03-05"), ("一月十日", "2024-01-10"), ("二〇二三年十二月三十一日", "2023-12-31"),
        ("2024/3/5", "2024-03-05"), ("16年10月", "2016-10"), ("2023Q3", "2023Q3"), ("前三季", "2024-01/2024-09"),
        ("3月5日至8日", "2024-03-05/2024-03-08"), ("3月5-8日", "2024-03-05/2024-03-08"),
        ("2023年12月5日至2024年3月8日", "2023-12-05/2024-03-08"), ("2023年11月至2024年2月", "2023-11/2024-02"),
        ("18日", "2024-05-18"), ("28日", "2024-04-28"), ("本月8日", "2024-05-08"), ("上月", "2024-04"),
        ("下个月", "2024-06"), ("本周", "2024-05-20/2024-05-26"), ("上周五", "2024-05-17"),
        ("8月6日晚间", "2024-08-06"), ("公告之日起15个交易日后的6个月内", None), ("此前", None), ("星期三", None),
        ("20世纪90年代", "1990/1999"), ("1980年代", "1980/1989"), ("上世纪八十年代", "1980/1989"),
        ("民国三年", "1914"), ("2015年和2018年之间", "2015/2018"), ("2019年起诉", "2019"), ("2020年前海", "2020"),
    ],
)  # fmt: skip
def test_period(text, period):
    assert read(text) == [period]


@pytest.mark.parametrize(
    "text",
    [
        "十五个", "三五成群", "20年", "1990年代"[2:], "第十四届", "90年代", "3个月", "年均", "连续30日", "5日均线",
        "第3日", "周一凡", "签约后天津", "达产后年产", "合同年限", "以前年度", "全年龄", "今日头条",
        "四个月", "1/3", "2.5",
    ],
)  # fmt: skip
def test_no_time(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年,一季度增长5%,二季度增长6%", ["2023", "2023Q1", "2023Q2"]),
        ("2015年的20亿元,三季度", ["2015", "2024Q3"]),
        ("2020年创立,同年投产,次年盈利", ["2020", "2020", "2021"]),
        ("2023年3月5日开工,当日签约,次日公告,9日发布", ["2023-03-05", "2023-03-05", "2023-03-06", "2023-03-09"]),
        ("2023年上市,全年营收", ["2023", "2023"]),
        ("年底前建成,全年可望增长", ["2024", "2024"]),
        ("年末有企业3家,全年不休", [None, None]),
        ("2023年3月开工,次月封顶", ["2023-03", "2023-04"]),
    ],
)
def test_part_of_a_year_takes_the_year_before_it(text, periods):
    assert read(text) == periods


def test_without_a_date_nothing_is_guessed():
    assert read("今年8月,目前", None) == [None, None]


@pytest.mark.parametrize("word", ["一季度", "今年", "2月20日"])
def test_without_a_date_words_are_still_times(word):
    [time] = read_times(word, None)
    assert (time.start, time.end, time.period) == (0, len(word), None)


@pytest.mark.parametrize(
    ("text", "issued", "expected"),
    [
        ("临江高新区今年发展很快。", "2024-05-20", Anchor(2024, 5, 20)),
        ("临江高新区今年发展很快。", "2024", Anchor(2024)),
        ("本报海州2023年2月22日电 临江高新区发展很快。", None, Anchor(2023, 2, 22)),
        ("本报海州2月22日电 临江高新区发展很快。", None, None),
    ],
)
def test_reference_date(text, issued, expected):
    document = Document(text, "invented.txt", issued=issued)
    assert reference_date(document, tagged(document)) == expected


def test_year_stated_nearby_anchors_this_year():
    document = Document(
        "2019年,临江高新区换届。\n今年8月,项目开工。\n无关。\n无关。\n无关。\n今年9月,项目封顶。", "invented.txt"
    )
    found = anchors(document, tagged(document))
    assert found[1] == Anchor(2019)
    assert found[-1] is None


@pytest.mark.parametrize(
    ("text", "wording", "calendar"),
    [
        ("8月6日晚间公告", "8月6日晚间", "8月6日"),
        ("2020年底前完成", "2020年底前", "2020年底"),
        ("2020年前海片区", "2020年", "2020年"),
        ("2020年起诉", "2020年", "2020年"),
        ("3月5日至8日期间", "3月5日至8日期间", "3月5日至8日"),
        ("9月21日10时至9月22日10时止", "9月21日10时至9月22日10时", "9月21日10时至9月22日"),
    ],
)
def test_wording_is_told_from_the_calendars_own_words(text, wording, calendar):
    [time] = read_times(text, ANCHOR)
    assert (text[time.start : time.end], text[time.start : time.close]) == (wording, calendar)
