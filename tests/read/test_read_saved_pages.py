"""Web pages as browsers save them: one file with everything, or a page with a folder beside it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from kg.read import documents

BODY = "青禾新区位于青禾市，2024年实现地区生产总值1234.5亿元，同比增长6.2%。" * 4
PAGE = f"<html><head><title>青禾新区统计</title></head><body><article><p>{BODY}</p></article></body></html>"


def archive(page: str = PAGE, charset: str = "utf-8", kind: str = "html") -> bytes:
    """A page and its style sheet as one file."""
    message = EmailMessage()
    message["Subject"] = "青禾"
    message.set_content(
        page.encode(charset, "replace"), "text", kind, cte="quoted-printable", params={"charset": charset}
    )
    message.add_related(b"p { color: red }", "text", "css")
    return message.as_bytes()


def read(folder, name, content):
    (folder / name).write_bytes(content)
    return documents([str(folder / name)])


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
@pytest.mark.parametrize("name", ["a.mht", "a.mhtml"])
def test_a_page_in_one_file(tmp_path, name, charset):
    (document,), failed = read(tmp_path, name, archive(charset=charset))
    assert failed == []
    assert (document.text, document.title) == (BODY, "青禾新区统计")


@pytest.mark.parametrize("content", [archive(kind="plain"), b"hello", b"\x89PNG\r\n"], ids=["text", "word", "picture"])
def test_a_file_without_a_page_is_named(tmp_path, content):
    found, (failure,) = read(tmp_path, "a.mht", content)
    assert found == []
    assert failure.reason == "no web page in this file: save the page again as .html"


def test_what_a_browser_saved_along_with_a_page_is_no_input(tmp_path):
    (tmp_path / "统计.html").write_text(PAGE, "utf-8")
    for folder in ("统计_files", "别的_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "style.css").write_text("p {}", "utf-8")
    found, failed = documents([str(tmp_path)])
    assert [document.name for document in found] == ["统计.html"]
    assert [failure.name for failure in failed] == [str(tmp_path / "别的_files" / "style.css")]
