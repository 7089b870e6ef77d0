"""PDFs: the text layer, page by page, from a child that may not take the build along."""

from __future__ import annotations

import pytest

from kg.read import documents
from kg.read.origin import locator
from papers import bomb, pdf

FIRST = ("青禾日报讯 2024年，青禾新区实现地区生产总值1234.5亿元，同比增长", "6.2%，总量居青禾市第二。")
SECOND = ("青禾新区成立于2011年。",)


def read(folder, content, name="a.pdf", **options):
    (folder / name).write_bytes(content)
    found, failed = documents([str(folder / name)], **options)
    return found, [f"{f.name.removeprefix(f'{folder}/')}: {f.reason}" for f in failed]


@pytest.mark.parametrize("compress", [False, True])
def test_text_of_all_pages_and_the_page_in_the_evidence(tmp_path, compress):
    (document,), failed = read(tmp_path, pdf(FIRST, SECOND, compress=compress))
    assert failed == []
    assert document.text.replace("\n", "") == "".join(FIRST) + "\f" + "".join(SECOND)
    assert locator(document, document.text.index("地区生产总值")) == "page=1"
    assert locator(document, document.text.index("2011年")) == "page=2"


def test_the_same_text_in_another_file_has_no_page(tmp_path):
    (document,), _ = read(tmp_path, pdf(SECOND, SECOND))
    (plain,), _ = read(tmp_path, document.text.encode(), "a.txt")
    assert locator(plain, len(plain.text) - 1) is None


def test_a_page_that_is_a_picture_is_named(tmp_path):
    found, failures = read(tmp_path, pdf(FIRST, None, SECOND, None, ()))
    assert [document.text.count("\f") for document in found] == [4]
    assert failures == ["a.pdf: page 2, 4: a picture without text, not read: run an OCR program on it first"]


def test_pages_that_are_all_pictures_are_no_text(tmp_path):
    found, (failure,) = read(tmp_path, pdf(None, None))
    assert found == []
    assert failure.startswith("a.pdf: no text layer (scanned pages?)")


def encrypted() -> bytes:
    """A PDF that asks for a password: its keys fit none."""
    content = pdf(FIRST)
    lock = (
        b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >> /Root"
    )
    return content.replace(b"/Root", lock)


UNUSABLE = {
    "encrypted": (encrypted(), "encrypted: open it with its password"),
    "no pdf": (b"hello", "broken PDF"),
    "cut": (pdf(FIRST)[:100], "broken PDF"),
    "empty": (b"", "empty file"),
}


@pytest.mark.parametrize(("content", "reason"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path, content, reason):
    found, (failure,) = read(tmp_path, content)
    assert found == []
    assert failure.startswith(f"a.pdf: {reason}")


def test_text_over_the_limit_is_refused(tmp_path):
    content = pdf(FIRST * 15, compress=True)
    found, (failure,) = read(tmp_path, content, limit=1500)
    assert found == []
    assert failure == "a.pdf: over 1500 bytes of text: split it"


def test_a_bomb_ends_its_child_and_nothing_else(tmp_path):
    """100 MB of drawing commands behind two layers of compression: more memory than the child gets."""
    content = bomb(100_000_000)
    assert len(content) < 5_000
    (tmp_path / "b.txt").write_text(SECOND[0], "utf-8")
    (tmp_path / "a.pdf").write_bytes(content)
    found, (failure,) = documents([str(tmp_path)])
    assert [document.name for document in found] == ["b.txt"]
    assert failure.reason.startswith("broken, or needs more")
