"""How far a fact has come: triggers, their direction and reach, and what ends it."""

from __future__ import annotations

import pytest

from invented_scene import rules, tagged
from kg.extract.stance.scope import status
from kg.records import Document


def of(text, fact, **more):
    [sentence] = tagged(Document(text, "invented.txt"))
    start = sentence.text.index(fact)
    found = status(sentence, start, start + len(fact), rules(), **more)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("星衡科技拟投资3亿元。", "投资3亿元", "planned"),
        ("星衡科技计划建设新基地。", "新基地", "planned"),
        ("云帆基地项目将开工建设。", "云帆基地项目将开工", "planned"),
        ("规划年产值8亿元的基地。", "基地", None),
        ("预计年产值可达8亿元。", "年产值可达8亿元", "planned"),
        ("云岭经开区力争引进项目100个。", "项目100个", "target"),
        ("云帆基地项目签约落地。", "云帆基地项目", "signed"),
        ("云帆基地项目正式开工。", "云帆基地项目", "started"),
        ("星衡科技正在建设云帆基地项目。", "云帆基地项目", "underway"),
        ("云帆基地项目竣工投产。", "云帆基地项目", "completed"),
        ("星衡科技终止云帆基地项目。", "云帆基地项目", "terminated"),
        ("星衡科技尚未投资云帆基地项目。", "云帆基地项目", "negated"),
        ("星衡科技不再持有股份。", "股份", "negated"),
        ("星衡科技投资云帆基地项目。", "云帆基地项目", None),
        ("星衡科技近日完成搬迁,现有员工300人。", "员工300人", None),
        ("星衡科技拟扩建厂房,目前产值3亿元。", "产值3亿元", None),
        ("面向未来,星衡科技投资云帆基地项目。", "投资云帆基地项目", None),
        ("星衡科技将近百名员工送往海州大学。", "海州大学", None),
    ],
)
def test_relation(text, fact, expected):
    assert of(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("力争工业产值突破千亿元,企业达到500家。", "企业达到500家", "target"),
        ("预计全年营收5亿元,利润1亿元。", "利润1亿元", "planned"),
        ("预计全年营收5亿元,去年利润1亿元。", "利润1亿元", None),
        ("30个项目集中签约,总金额20亿元。", "总金额20亿元", "signed"),
        ("项目建成后,可新增产值5亿元。", "产值5亿元", "planned"),
        ("规划面积12平方公里。", "规划面积12平方公里", None),
    ],
)
def test_figure(text, fact, expected):
    assert of(text, fact, kind="figure") == expected


def test_a_later_year_is_a_target():
    assert of("到2027年,工业产值达1000亿元。", "工业产值达1000亿元", kind="figure", year=2025) == "target"
    assert of("到2020年,工业产值达1000亿元。", "工业产值达1000亿元", kind="figure", year=2025) is None


def test_level_is_a_target_only_for_levels():
    assert of("打造千亿级产业集群。", "千亿级产业集群", kind="level") == "target"
    assert of("打造创新平台30个。", "创新平台30个", kind="figure") is None
