"""Encodings: a text comes back exactly from any of them, and gibberish never comes back at all."""

from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read.encoding import decoded, usual
from kg.records import Document, Span

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 marked": "utf-8-sig",
    "gb18030": "gb18030",
    "utf-16 little": "utf-16-le",
    "utf-16 big": "utf-16-be",
    "utf-16 marked": "utf-16",
}
SENTENCES = [
    "青禾新区",
    "青禾新区2024年实现地区生产总值1234.5亿元，同比增长6.2%。",
    "“晨曦谷”落户苍梧高新区\r\n\r\n　　本报讯",
    "鑫淼科技有限公司（以下简称“鑫淼”）",
    "龘靐齉爩是四个生僻字，这句话里却有许多常用字。",
    "園區管理局表示，將協助廠商進駐，帶動地方發展。",
    "GDP、R&D与AI",
    "a\tb\r\nc",
]
HANZI = [chr(code) for code in range(0x4E00, 0x9FA6) if usual(chr(code)) == 1.0]
RARE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
SOME_RARE = st.tuples(st.lists(st.sampled_from(HANZI), min_size=20, unique=True), st.lists(RARE, max_size=8)).map(
    lambda parts: "".join(parts[0] + parts[1])
)


def encoded(text: str, name: str) -> bytes:
    marked = codecs.BOM_UTF16_LE if name == "utf-16 marked" else b""
    return marked + text.encode("utf-16-le" if marked else ENCODINGS[name])


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_comes_back_from_each_encoding(text, name):
    if not (text.isascii() and name == "gb18030"):
        assert decoded(encoded(text, name)) == text


@pytest.mark.parametrize("name", ENCODINGS)
@settings(deadline=None, max_examples=60)
@given(text=SOME_RARE)
def test_any_chinese_comes_back_from_each_encoding(name, text):
    assert decoded(encoded(text, name)) == text


@settings(deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_back_from_utf8_with_its_hash_and_offsets(text):
    data = text.encode("utf-8")
    back = decoded(codecs.BOM_UTF8 + data)
    assert back == text
    document = Document(back, "a.txt")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.quote(Span(0, len(text))) == text


@settings(deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        text = decoded(data)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert "\0" not in text
        text.encode("utf-8")


def test_a_mark_inside_a_text_stays():
    assert decoded("甲\ufeff乙".encode()) == "甲\ufeff乙"
    assert decoded(codecs.BOM_UTF8 * 2 + "甲".encode()) == "\ufeff甲"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"])
def test_line_ends_are_kept(ends):
    text = f"青禾新区{ends}位于青禾市{ends}"
    assert decoded(text.encode()) == text
    assert decoded(text.encode("gb18030")) == text


@pytest.mark.parametrize("codec", ["big5", "shift_jis", "latin-1"])
def test_other_encodings_are_refused_and_not_read_as_gibberish(codec):
    words = {
        "big5": "園區管理局表示，將協助廠商進駐，帶動地方發展。",
        "shift_jis": "東京都は新しい研究開発の拠点をつくると発表しました。",
        "latin-1": "Les sociétés implantées à Sophia ont créé mille emplois, hélas précaires.",
    }[codec]
    with pytest.raises(InputError, match="save it as UTF-8"):
        decoded(words.encode(codec))
