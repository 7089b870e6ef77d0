"""What a text says of itself, as data: a text in; title, date, publisher, authors out. All texts are invented."""

from __future__ import annotations

import pytest

from kg.read.dates import iso, iso_field, valid_iso
from kg.read.metadata import metadata

BODY = "\n\n　　近日，青禾新区集中开工一批项目。2023年5月6日，青禾新区管委会发布公告，截至2023年4月30日共签约12个项目。"
HEAD = "青禾新区一批项目开工\n\n"
MIDDLE = "\n" + "\n".join(f"　　第{n}段，园区企业稳步增长。" for n in range(20)) + "\n"

ISSUED = [
    # labelled
    ("发布时间：2024-03-05", "2024-03-05"),
    ("发布时间：2024年3月5日 10:20:33  来源：青禾日报", "2024-03-05"),
    ("发布日期:2024/03/05", "2024-03-05"),
    ("发布时间 2024.3.5", "2024-03-05"),
    ("来源：青禾日报  发布时间：２０２４－０３－０５", "2024-03-05"),
    ("發佈日期：2024年3月5日", "2024-03-05"),
    ("成文日期：二〇二四年三月五日", "2024-03-05"),
    ("发布时间：2024-03-05  成文日期：2024-02-28", "2024-03-05"),
    ("日期：2024年3月", "2024-03"),
    ("出版日期：2024年", "2024"),
    ("Date: March 5, 2024", "2024-03-05"),
    ("Published on 5 March 2024", "2024-03-05"),
    ("发表于 2024-03-05", "2024-03-05"),
    # date beside publisher, clock or author
    ("2024-03-05 08:40 来源：青禾日报", "2024-03-05"),
    ("青禾日报 2024-03-05 08:40", "2024-03-05"),
    ("2024年03月05日 08:40 | 来源：青禾网", "2024-03-05"),
    ("来源：青禾网 2024-03-05", "2024-03-05"),
    ("2024-03-05T08:40:00", "2024-03-05"),
    # newspaper and page
    ("（《青禾日报》2024年3月5日 第05版）", "2024-03-05"),
    ("《青禾日报》（ 2024年03月05日 第 05 版）", "2024-03-05"),
    # alone
    ("2024年3月5日", "2024-03-05"),
    ("（2024年3月5日）", "2024-03-05"),
    ("2024-03-05 星期二", "2024-03-05"),
    ("二○二四年十二月二十一日", "2024-12-21"),
    # signed by a body, and on a masthead
    ("青禾新区统计局　2024年3月5日", "2024-03-05"),
    ("2024年3月5日　青禾新区管委会办公室", "2024-03-05"),
    ("——2024年3月5日在青禾新区第三届人民代表大会第二次会议上", "2024-03-05"),
    ("（2024年3月5日在青禾新区经济工作会议上）", "2024-03-05"),
    ("青禾快讯（第18期）　主办：青禾新区管委会　2024年3月5日", "2024-03-05"),
]

DATELINES = [
    ("新华社青禾2024年3月5日电（记者 王小明）春来早。", "2024-03-05"),
    ("本报青禾2024年3月5日讯 记者王小明报道：春来早。", "2024-03-05"),
    ("QINGHE, March 5, 2024 (Xinhua) -- Spring has come.", "2024-03-05"),
]

NOT_ISSUED = [
    "本报青禾2月22日电  （记者王小明）春来早。",
    "新华社青禾3月5日电 春来早。",
    "2024年3月5日，青禾新区举行项目签约仪式。",
    "截至2024年3月5日",
    "会议时间：2024年3月5日 14:00",
    "日期：2024年3月5日\n地点：青禾会展中心",
    "活动时间：2024年3月5日\n活动地点：青禾会展中心",
    "2024年",
    "更新时间：2024-03-05",
    "青禾新区会展中心，2024年3月5日",
    "青禾新区统计局成立于2024年3月5日",
    "2024年3月5日　青禾会展中心",
    "2024年3月5日在青禾新区召开了工作会议",
    "第18期 2023年5月6日开班，2024年3月5日结业，欢迎报名。",
    "发布时间：2024-02-30",
    "发布时间：2024-13-01",
    "数据截止日期：2024年3月5日",
    "《青禾新区条例》2024年3月5日起施行",
    "2016年5月4日\n公司成立。\n2018年6月7日\n公司上市。",
    "青禾2024年3月5日电力供应紧张。",
]


@pytest.mark.parametrize(("line", "expected"), ISSUED)
@pytest.mark.parametrize("place", ["top", "bottom"])
def test_a_text_that_tells_of_its_publication_is_dated(line: str, expected: str, place: str) -> None:
    text = HEAD + line + BODY if place == "top" else HEAD + MIDDLE + line + "\n"
    assert metadata(text).issued == expected


@pytest.mark.parametrize(("line", "expected"), DATELINES)
def test_a_dateline_with_a_year_dates_the_text_it_opens(line: str, expected: str) -> None:
    assert metadata(HEAD + line + BODY).issued == expected
    assert metadata(HEAD + MIDDLE + line + MIDDLE).issued is None


@pytest.mark.parametrize("line", NOT_ISSUED)
@pytest.mark.parametrize("place", ["top", "bottom"])
def test_the_dates_of_events_date_no_text(line: str, place: str) -> None:
    text = HEAD + line + BODY if place == "top" else HEAD + MIDDLE + line + "\n"
    assert metadata(text).issued is None


def test_two_different_dates_of_one_kind_are_no_date() -> None:
    text = HEAD + "发布时间：2024-03-05" + MIDDLE + "发布时间：2024-04-06"
    assert metadata(text).issued is None


def test_a_date_in_the_middle_of_a_text_is_no_date_of_it() -> None:
    assert metadata(HEAD + MIDDLE + "发布时间：2024-03-05" + MIDDLE).issued is None


def test_a_month_under_a_text_dates_it_and_a_month_above_does_not() -> None:
    assert metadata(HEAD + MIDDLE + "2024年3月").issued == "2024-03"
    assert metadata(HEAD + "2024年3月" + MIDDLE).issued is None


SOURCES = [
    ("来源：青禾日报", "青禾日报"),
    ("来源：《青禾日报》", "青禾日报"),
    ("来源: 青禾日报  作者: 王小明", "青禾日报"),
    ("来源：青禾日报 2024-03-05 08:40", "青禾日报"),
    ("2024-03-05 08:40 来源：青禾日报 字号：大 中 小", "青禾日报"),
    ("（来源：青禾新区管委会）", "青禾新区管委会"),
    ("信息来源：青禾市政府办", "青禾市政府办"),
    ("稿件来源：青禾网-青禾日报", "青禾网-青禾日报"),
    ("來源：青禾時報", "青禾時報"),
    ("Source: Office of Parks, Qinghe City", "Office of Parks, Qinghe City"),
    ("转自：青禾发布", "青禾发布"),
    ("新华社青禾3月5日电（记者 王小明）春来早。", "新华社"),
    ("人民网青禾3月5日电 春来早。", "人民网"),
    ("央视网消息（新闻联播）：春来早。", "央视网"),
    ("QINGHE, March 5 (Xinhua) -- Spring has come.", "Xinhua"),
    ("新华社记者 王小明", "新华社"),
    ("（《青禾日报》2024年3月5日 第05版）", "青禾日报"),
    ("青禾日报 2024-03-05 08:40", "青禾日报"),
    ("数据来源：青禾新区管委会", None),
    ("图片来源：青禾日报", None),
    ("资料来源: 青禾日报", None),
    ("来源：本站", None),
    ("来源：网络", None),
    ("本报青禾2月22日电 （记者王小明）春来早。", None),
    ("本报记者 王小明", None),
    ("本网讯（记者王小明）春来早。", None),
    ("创新来源于实践，青禾日报社记者走访了园区。", None),
    ("《青禾新区条例》2024年3月5日起施行", None),
]


@pytest.mark.parametrize(("line", "expected"), SOURCES)
def test_the_publisher(line: str, expected: str | None) -> None:
    assert metadata(HEAD + line + BODY).source == expected


AUTHORS = [
    ("► 本报记者 王小明 特约通讯员 李小红", ("王小明", "李小红")),
    ("本报记者 王小明 李小红", ("王小明", "李小红")),
    ("本报记者 王小明 本报通讯员 李小红", ("王小明", "李小红")),
    ("记者 王 明 通讯员 李　红", ("王明", "李红")),
    ("本报青禾2月22日电  （记者王小明）春来早。", ("王小明",)),
    ("本报讯（记者 王小明、李小红）春来早。", ("王小明", "李小红")),
    ("作者：王小明", ("王小明",)),
    ("来源：青禾日报  作者：王小明  编辑：李小红", ("王小明",)),
    ("文/王小明", ("王小明",)),
    ("新华社记者王小明", ("王小明",)),
    ("本报记者 阿依古丽·买买提", ("阿依古丽·买买提",)),
    ("記者 記小明", ("記小明",)),
    ("记者从青禾新区管委会获悉，园区新增企业30家。", ()),
    ("本报记者走访了园区。", ()),
    ("多名作者：他们来自各地。", ()),
]


@pytest.mark.parametrize(("line", "expected"), AUTHORS)
def test_the_authors(line: str, expected: tuple[str, ...]) -> None:
    assert metadata(HEAD + line + BODY).authors == expected


TITLES = [
    ("青禾新区一批项目开工\n\n正文。", "青禾新区一批项目开工"),
    ("\n\n　　青禾新区一批项目开工　\r\n正文。", "青禾新区一批项目开工"),
    ("2024-03-05 08:40 来源：青禾日报\n青禾新区一批项目开工\n正文。", "青禾新区一批项目开工"),
    ("本报记者 王小明\n青禾新区一批项目开工\n正文。", "青禾新区一批项目开工"),
    ("标题：青禾新区一批项目开工\n正文。", "青禾新区一批项目开工"),
    ("【聚焦】青禾新区：一批项目开工！\n正文。", "【聚焦】青禾新区：一批项目开工！"),
    ("青禾新区近日集中开工一批项目，涉及人工智能等领域。\n正文。", None),
    ("新华社青禾3月5日电 青禾新区一批项目开工\n正文。", None),
    ("青" * 81 + "\n正文。", None),
    ("2024年3月5日", None),
    ("   \n", None),
]


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_the_title(text: str, expected: str | None) -> None:
    assert metadata(text).title == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("原文链接：https://news.example/a/1.html", "https://news.example/a/1.html"),
        ("URL: http://news.example/a?b=1&c=2", "http://news.example/a?b=1&c=2"),
        ("原文链接：javascript:alert(1)", None),
        ("原文链接：https://news.example/<script>", None),
        ("园区门户网站：http://park.example", None),
    ],
)
def test_the_address(line: str, expected: str | None) -> None:
    assert metadata(HEAD + line + BODY).url == expected


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("2024年3月5日", "2024-03-05"),
        ("2024 年 3 月 5 日", "2024-03-05"),
        ("2024年3月5号", "2024-03-05"),
        ("二〇二四年二月二十九日", "2024-02-29"),
        ("二零二三年十月十日", "2023-10-10"),
        ("2023年2月29日", None),
        ("2024-03-05T10:00:00+08:00", "2024-03-05"),
        ("2024/3", "2024-03"),
        ("2024年", "2024"),
        ("Sept. 9, 2024", "2024-09-09"),
        ("9 September 2024", "2024-09-09"),
        ("昨天", None),
        ("0000-00-00", None),
        ("20240305", None),
        ("", None),
    ],
)
def test_written_dates(wording: str, expected: str | None) -> None:
    assert iso(wording) == expected


def test_a_data_field_may_write_a_date_in_eight_digits() -> None:
    assert iso_field("20240305") == "2024-03-05"
    assert iso_field("20241305") is None


@pytest.mark.parametrize("wording", ["2024-03-05", "2024-03", "2024", "2024-02-29"])
def test_a_users_date_is_iso(wording):
    assert valid_iso(wording)


@pytest.mark.parametrize(
    "wording", ["2024-3-5", "2023-02-29", "2024-13", "24", "2024年", "2024-03-05 ", "2024-03-05\n", "２０２４"]
)
def test_a_users_date_exists(wording):
    assert not valid_iso(wording)
