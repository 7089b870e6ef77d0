"""The commands in docs/corpus.md do what the page says, one after the other."""

from __future__ import annotations

import re
import shlex

import pytest

from project import ROOT, run_kg

TEXTS = {
    "texts/white.txt": "白鹿湾科技园位于浙江省。",
    "texts/lake.txt": "澄湖高新区位于苏州市。2024年，澄湖高新区实现地区生产总值2887.8亿元。"
    "溪桥芯片有限公司计划建设鹿鸣智能产业园项目。",
    "news/monday.txt": "澄湖高新技术产业开发区聚焦生物医药产业。"
    "苍梧软件有限公司落户澄湖高新区。砚台生物有限公司落户澄湖高新区。",
    "news/tuesday.txt": "溪桥芯片有限公司开工建设鹿鸣智能产业园项目。2024年，澄湖高新区实现地区生产总值2950.1亿元。",
}
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands() -> list[tuple[list[str], str]]:
    """Each command of the page, with what the page shows below it."""
    found = []
    for block in BLOCK.findall((ROOT / "docs" / "corpus.md").read_text("utf-8")):
        for part in block.split("$ kg ")[1:]:
            line, _, shown = part.partition("\n")
            found.append((shlex.split(line), shown))
    return found


@pytest.mark.slow
def test_the_page_is_true(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert len(commands()) >= 9
    for arguments, shown in commands():
        done = run_kg(*arguments, cwd=tmp_path)
        assert done.returncode == (arguments[0] == "diff"), done.stderr
        assert not shown or done.stdout == shown
