"""What docs/formats.md shows is what comes."""

from __future__ import annotations

import sys

import pytest

import papers
from project import ROOT

sys.path.insert(0, str(ROOT / "tests" / "readme"))
import readmes

PAPERS = {
    "report.docx": papers.word("青禾高新区简报", "青禾高新区位于合肥市。"),
    "notice.pdf": papers.pdf(["溪桥开发区公告"], ["溪桥开发区位于苏州市。"]),
    "page.html": "<html><title>霁川</title><body><article><h1>霁川新区</h1>"
    "<p>霁川新区位于宁波市，今年继续推进各项建设工作。</p><p>会议要求各部门按照职责分工抓好落实。</p></article></body></html>".encode(),
    "scan.pdf": papers.pdf(None),
    "gone.docx": b"PK",
}
SESSIONS = readmes.shown("docs/formats.md")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> list[str]:
    """What each command prints, run one after the other in one folder."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "papers").mkdir()
    for name, content in PAPERS.items():
        (folder / "papers" / name).write_bytes(content)
    done = [readmes.typed(command, folder) for command, _ in SESSIONS]
    assert [one.stderr for one in done if one.returncode] == []
    return [one.stdout.strip() for one in done]


def test_every_command_prints_what_the_page_shows(outputs):
    shown = [output for _, output in SESSIONS]
    assert len(shown) >= 5
    assert [mine for mine, theirs in zip(outputs, shown, strict=True) if theirs] == [
        output for output in shown if output
    ]
