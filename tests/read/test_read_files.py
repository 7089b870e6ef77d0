"""Files, folders, globs, compression and limits: what is read, and what is named as unreadable and why."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import sys
from types import SimpleNamespace

import pytest

from kg.errors import UsageError
from kg.read import Unreadable, documents, readings
from project import SEED

TEXT = "青禾新区一批项目开工\r\n\r\n　　青禾新区位于青禾市，2024年实现地区生产总值1234.5亿元。\n"
OTHER = "苍梧高新区发布新政\n\n　　苍梧高新区位于苍梧市。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the current one, so that names in messages are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder, **files: bytes | str) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def names(inputs, **options) -> tuple[list[str], list[tuple[str, str]]]:
    """The names of the documents, and of the failures with the first words of their reasons."""
    found, failed = documents(inputs, **options)
    return sorted(d.name for d in found), [(f.name, f.reason) for f in failed]


def test_the_seed_is_its_own_bytes():
    found, failed = documents([str(SEED)])
    assert [d.text.encode("utf-8") for d in found] == [SEED.read_bytes()]
    assert not failed
    assert found[0].title == "杭州高新区(滨江)书写全球创新策源地新传奇"
    assert found[0].authors == ("叶伟", "刘姿吟")
    assert (found[0].issued, found[0].source) == (None, None)


def test_the_seeds_folder_holds_texts_alone():
    assert names([str(SEED.parent)]) == ([SEED.name], [])


UNREADABLE = {
    "empty.txt": (b"", "empty file"),
    "blank.txt": (" \n\u3000\n".encode(), "empty text"),
    "only-mark.txt": (codecs.BOM_UTF8, "empty text"),
    "nul.txt": (b"abc\0def", "binary"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 3, "binary"),
    "controls.txt": (b"\x01\x02\x03\x04" * 9, "binary"),
    "big5.txt": (
        "竹科銅鑼園區初審過關，專管專排沒溝通，鄉長質疑太倉促，環保團體呼籲應慎重評估。".encode("big5"),
        "not UTF-8",
    ),
    "latin.txt": ("Le café près de la mairie a été inauguré en présence du maire élu.".encode("latin-1"), "not UTF-8"),
    "cut.txt": (TEXT.encode() + "青".encode()[:2], "not UTF-8"),
    "marked.txt": (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "broken UTF-8"),
    "odd.txt": (codecs.BOM_UTF16_LE + b"\x2d", "broken UTF-16-LE"),
    "half.txt": (codecs.BOM_UTF16_LE + b"\x00\xd8\x2d\x4e", "broken UTF-16-LE"),
    "table.csv": (TEXT.encode(), "no mapping file"),
    "table.ods": (TEXT.encode(), "unknown kind"),
    "paper.pdf": (b"%PDF-1.7", "broken PDF"),
    "noending": (TEXT.encode(), "unknown kind"),
    "only.gz": (gzip.compress(TEXT.encode()), "unknown kind"),
    "broken.txt.gz": (b"\x1f\x8b\x08\0nothing", "broken gzip"),
    "short.txt.gz": (gzip.compress(TEXT.encode() * 50)[:-20], "broken gzip"),
    "plain.txt.gz": (TEXT.encode(), "broken gzip"),
    "empty.txt.gz": (gzip.compress(b""), "empty file"),
    "large.txt": (b"a" * 2_001, "over 2000 bytes"),
    "bomb.txt.gz": (gzip.compress(b"a" * 50_000_000), "over 2000 bytes"),
    "bomb.jsonl.gz": (gzip.compress(b"\n" * 50_000_000), "line 2001: over 2000 bytes without a text"),
    "empty.jsonl": (b"", "empty file"),
    "empty.html": (b"", "empty file"),
    "bare.html": (b"<html><head><title>x</title></head><body></body></html>", "no main text"),
    "noise.html": (b"\x80\x81\xff", "not UTF-8"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(folder, name):
    content, reason = UNREADABLE[name]
    put(folder, good_dot_txt=TEXT)
    (folder / name).write_bytes(content)
    read, failed = names(["."], limit=2_000)
    assert read == ["good.txt"]
    assert [failed_name for failed_name, _ in failed] == [name]
    assert failed[0][1].startswith(reason)
    assert "\n" not in failed[0][1]


def test_what_is_not_there_is_named(folder):
    (folder / "void").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    _, failed = names(["gone.txt", "no*.txt", "void", "pipe.txt", "loop.txt", "a\0b", "x" * 5_000])
    reasons = dict(failed)
    assert reasons.pop("gone.txt").startswith("no such file")
    assert reasons.pop("no*.txt").startswith("no file matches")
    assert reasons.pop("void").startswith("no text in this folder")
    assert reasons.pop("pipe.txt").startswith("not a regular file")
    assert reasons.pop("loop.txt").startswith("no such file")
    assert all(reason.startswith("no such file") for reason in reasons.values())
    assert len(reasons) == 2


def test_a_name_that_is_no_utf8_or_holds_control_characters_stays_on_one_line(folder):
    (folder / os.fsdecode(b"\xff\n.csv")).write_bytes(b"x")
    (folder / os.fsdecode(b"\xfe\n.txt")).write_bytes(TEXT.encode())
    found, failed = documents(["."])
    assert [d.name for d in found] == ["\ufffd\\n.txt"]
    assert [f.name for f in failed] == ["\ufffd\\n.csv"]


def test_a_folder_is_read_with_its_folders_but_without_hidden_files_readmes_and_decisions(folder):
    put(folder, a_dot_txt=TEXT, sub__b_dot_txt=OTHER, _dot_hidden_dot_txt="藏", _dot_git__c_dot_txt="藏")
    put(folder, README_dot_md="# 说明", sub__readme_dot_zh_dot_md="# 说明", decisions_dot_tsv="a\tb")
    assert names(["."]) == (["a.txt", "b.txt"], [])


def test_a_file_that_is_named_itself_is_read_whatever_its_name(folder):
    put(folder, README_dot_md=TEXT, _dot_hidden_dot_txt=OTHER)
    assert names(["README.md", ".hidden.txt"])[0] == [".hidden.txt", "README.md"]


def test_no_link_leads_out_of_a_folder(folder):
    put(
        folder,
        out__secret_dot_txt="外面的文本",
        out__deep__d_dot_txt="外面的文件夹",
        in__a_dot_txt=TEXT,
        in__s__b_dot_txt=OTHER,
    )
    inside = folder / "in"
    (inside / "file.txt").symlink_to(folder / "out" / "secret.txt")
    (inside / "folder").symlink_to(folder / "out" / "deep")
    (inside / "gone.txt").symlink_to("nowhere")
    (inside / "loop").symlink_to(inside)
    (inside / "alias.txt").symlink_to("s/b.txt")
    read, failed = names(["in"])
    assert read == ["a.txt", "alias.txt"]  # the same text as s/b.txt, of which the first name stays
    assert [name for name, _ in failed] == ["in/file.txt", "in/folder", "in/gone.txt"]


def test_a_link_that_is_named_itself_is_followed(folder):
    put(folder, out__a_dot_txt=TEXT)
    (folder / "link").symlink_to("out")
    (folder / "link.txt").symlink_to("out/a.txt")
    assert names(["link", "link.txt"])[0] == ["a.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "c.txt"]),
        ("s/*", ["b.txt", "c.txt"]),
        ("s/**/c.*", ["c.txt"]),
        ("s/[b]*", ["b.txt"]),
        ("?.txt", ["a.txt"]),
        ("s", ["b.txt", "c.txt"]),
        ("**", ["a.txt", "b.txt", "c.txt"]),
        ("[1].txt", ["[1].txt"]),
    ],
)
def test_globs(folder, pattern, expected):
    put(folder, a_dot_txt="甲文本", s__b_dot_txt="乙文本", s__t__c_dot_txt="丙文本", _dot_h__x_dot_txt="藏")
    (folder / "s" / "loop").symlink_to(folder / "s")
    if pattern.startswith("["):
        put(folder, **{"[1]_dot_txt": "丁文本"})
    assert names([pattern]) == (expected, [])


def test_the_order_of_the_inputs_does_not_matter(folder):
    put(folder, b_dot_txt=TEXT, a_dot_txt=OTHER, c_dot_csv="x", d__e_dot_md="# 丙")
    orders = (["a.txt", "b.txt", "c.csv", "d"], ["d", "c.csv", "b.txt", "a.txt"], [".", "a.txt"])
    results = [documents(order) for order in orders]
    assert results[0] == results[1]
    assert results[0][0] == results[2][0]
    keys = [d.sha256 for d in results[0][0]]
    assert keys == sorted(keys)


def test_one_text_under_two_names_is_one_document(folder):
    put(
        folder,
        b_dot_txt=TEXT,
        a__c_dot_txt=TEXT,
        z_dot_txt=codecs.BOM_UTF8 + TEXT.encode(),
        y_dot_txt=TEXT.encode("gb18030"),
    )
    (folder / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    assert names(["."]) == (["a.txt.gz"], [])
    assert len(list(readings(["."]))) == 5


def test_users_date_and_source_override(folder):
    put(folder, a_dot_txt="标题一\n发布时间：2024-03-05 来源：青禾日报\n正文。")
    own, _ = documents(["a.txt"])
    told, _ = documents(["a.txt"], date="2020-01", source="苍梧日报")
    assert (own[0].issued, own[0].source) == ("2024-03-05", "青禾日报")
    assert (told[0].issued, told[0].source) == ("2020-01", "苍梧日报")


@pytest.mark.parametrize("date", ["2024-3-5", "2023-02-29", "yesterday", "", "2024年"])
def test_a_users_date_that_is_none_is_a_usage_error(date):
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        documents([], date=date)


def stdin(monkeypatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


PAGE = f"<!DOCTYPE html><html><body><article><p>{TEXT * 5}</p></article></body></html>"


@pytest.mark.parametrize(
    ("data", "name", "start"),
    [
        (TEXT.encode(), "stdin", "青禾新区一批项目开工\r\n"),
        (TEXT.encode("gb18030"), "stdin", "青禾新区一批项目开工\r\n"),
        (TEXT.encode("utf-16"), "stdin", "青禾新区一批项目开工\r\n"),
        (json.dumps({"id": "x", "text": OTHER}).encode(), "stdin#x", "苍梧"),
        (PAGE.encode(), "stdin", "青禾"),
        (b"{ brace", "stdin", "{ brace"),
    ],
)
def test_the_standard_input(monkeypatch, data, name, start):
    stdin(monkeypatch, data)
    found, failed = documents(["-"])
    assert not failed
    assert [d.name for d in found] == [name]
    assert found[0].text.startswith(start)
    assert not sys.stdin.buffer.closed


def test_an_empty_standard_input_is_named(monkeypatch):
    stdin(monkeypatch, b"")
    assert documents(["-"]) == ([], [Unreadable("-", "empty file: leave it out")])


def test_no_inputs_give_nothing():
    assert documents([]) == ([], [])
