"""Word documents, and what every package of an office program is held to."""

from __future__ import annotations

import io
import re
import sys
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kg.read import documents
from kg.read.origin import locator
from papers import book, part, saved, with_part, word

HEAD, BODY = "青禾新区统计公报", "青禾新区位于青禾市，2024年实现地区生产总值1234.5亿元。"
MAIN = "word/document.xml"


def read(folder, content, name="a.docx", **options):
    (folder / name).write_bytes(content)
    found, failed = documents([str(folder / name)], **options)
    return found, [f"{f.name.removeprefix(f'{folder}/')}: {f.reason}" for f in failed]


def text(folder, content):
    (document,), failed = read(folder, content)
    assert failed == []
    return document.text


def test_a_line_a_paragraph_and_its_number_in_the_evidence(tmp_path):
    (document,), failed = read(tmp_path, word(HEAD, "", BODY))
    assert failed == []
    assert document.text == f"{HEAD}\n\n{BODY}"
    assert document.title == HEAD
    assert locator(document, document.text.index("2024年")) == "paragraph=3"


def test_tables_stand_where_they_are(tmp_path):
    made = docx.Document()
    made.add_paragraph("前")
    table = made.add_table(2, 2)
    for at, cell in enumerate(table._cells):
        cell.text = f"格{at}"
    made.add_paragraph("后")
    assert text(tmp_path, saved(made)).splitlines() == ["前", "格0", "格1", "格2", "格3", "后"]


PARAGRAPHS = {
    "inserted": ("<w:r><w:t>甲</w:t></w:r><w:ins w:id='1'><w:r><w:t>乙</w:t></w:r></w:ins>", "甲乙"),
    "deleted": ("<w:r><w:t>甲</w:t></w:r><w:del w:id='1'><w:r><w:delText>乙</w:delText></w:r></w:del>", "甲"),
    "moved away": ("<w:moveFrom w:id='1'><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:r><w:t>乙</w:t></w:r>", "乙"),
    "control": ("<w:sdt><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>", "甲"),
    "link": ("<w:hyperlink w:anchor='x'><w:r><w:t>甲</w:t></w:r></w:hyperlink>", "甲"),
    "field": ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>甲</w:t></w:r>", "甲"),
    "signs": ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\u2028丙"),
}


@pytest.mark.parametrize(("xml", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_what_of_a_paragraph_is_text(tmp_path, xml, expected):
    made = docx.Document()
    made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    assert text(tmp_path, saved(made)).rstrip("\n") == expected


def test_a_text_box_is_read_once(tmp_path):
    box = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:AlternateContent {compatible}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    made = docx.Document()
    xml = f"<w:p {nsdecls('w')}><w:r><w:t>外</w:t>{both}</mc:AlternateContent></w:r></w:p>"
    made.element.body.insert(0, parse_xml(xml))
    assert text(tmp_path, saved(made)).split() == ["外", "框"]


def declared(package, name, subset, use=""):
    """The package whose part begins with a DTD."""
    head, root, rest = re.fullmatch(
        r"(<\?xml.*?\?>)?\s*<([\w:]+)(.*)", part(package, name).decode(), re.DOTALL
    ).groups()
    body = rest.replace("青禾", use, 1)
    return with_part(package, name, f"{head or ''}<!DOCTYPE {root} [{subset}]><{root}{body}".encode())


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "file": ('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"),
    "net": ('<!ENTITY x SYSTEM "http://127.0.0.1:9/">', "&x;"),
    "laughs": (LAUGHS, "&i;"),
    "parameter": ('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;', ""),
}


@pytest.mark.parametrize(("subset", "use"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    ("name", "content", "hit"),
    [
        ("a.docx", word(HEAD), MAIN),
        ("a.docx", word(HEAD), "word/_rels/document.xml.rels"),
        ("a.xlsx", book(经济=[[HEAD]]), "xl/workbook.xml"),
        ("a.xlsx", book(经济=[[HEAD]]), "xl/worksheets/sheet1.xml"),
    ],
    ids=["text", "relations", "workbook", "sheet"],
)
def test_no_entity_is_declared(tmp_path, name, content, hit, subset, use):
    (tmp_path / "a.xlsx.toml").write_text(
        '[[table]]\ntype="Zone"\nsubject="x"\n[[table.number]]\ncolumn="A"\n', "utf-8"
    )
    found, (failure,) = read(tmp_path, declared(content, hit, subset, use), name)
    assert found == []
    assert failure == f"{name}: {hit} holds a DTD, which no office program writes: not read"


def test_a_dtd_does_not_hide_in_another_encoding(tmp_path):
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")
    _, (failure,) = read(tmp_path, with_part(word(HEAD), MAIN, xml))
    assert "holds a DTD" in failure


def test_python_docx_itself_expands_no_entity():
    """The library's own guarantee, should our look through the package miss a way in."""
    hostile = declared(word(HEAD), MAIN, '<!ENTITY x "expanded">', "&x;")
    body = docx.Document(io.BytesIO(hostile)).element.body
    assert "expanded" not in "".join(body.itertext())


def test_a_package_unpacks_to_no_more_than_the_limit(tmp_path):
    heavy = with_part(word(HEAD), "word/media/void.bin", b"\0" * 900_000)
    assert len(heavy) < 100_000
    assert read(tmp_path, heavy)[1] == []
    found, (failure,) = read(tmp_path, heavy, limit=200_000)
    assert found == []
    assert "a.docx: unpacks to" in failure


def test_a_zip_that_lies_about_its_size_gives_no_more(tmp_path):
    """zipfile hands out what the directory says, and complains of the rest."""
    content = bytearray(with_part(word(HEAD), MAIN, part(word(HEAD), MAIN) + b" " * 500_000))
    for entry in zipfile.ZipFile(io.BytesIO(bytes(content))).infolist():
        at = content.rfind(MAIN.encode()) - 46 if entry.filename == MAIN else None
        if at is not None:
            content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    found, (failure,) = read(tmp_path, bytes(content))
    assert found == []
    assert failure.startswith("a.docx: broken file")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
UNUSABLE = {
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted: open it with its password"),
    "old": (OLE + "WordDocument".encode("utf-16-le"), "in the format of Office 97-2003"),
    "no zip": (b"hello", "broken file"),
    "cut": (word(HEAD)[:2000], "broken file"),
    "empty": (b"", "empty file"),
    "other zip": (with_part(book(a=[[1]]), "x", b""), "broken file"),
    "no text": (word(), "no text in this document"),
}


@pytest.mark.parametrize(("content", "reason"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path, content, reason):
    found, (failure,) = read(tmp_path, content)
    assert found == []
    assert failure.startswith(f"a.docx: {reason}")


@pytest.mark.parametrize(
    ("name", "library", "content"),
    [("a.docx", "docx", word(HEAD)), ("a.xlsx", "openpyxl", book(a=[[1]])), ("a.pdf", "pypdfium2", b"%PDF-1.7")],
)
def test_a_library_that_is_not_installed_is_named(tmp_path, monkeypatch, name, library, content):
    monkeypatch.setitem(sys.modules, library, None)
    (tmp_path / "a.xlsx.toml").write_text(
        '[[table]]\ntype="Zone"\nsubject="x"\n[[table.number]]\ncolumn="A"\n', "utf-8"
    )
    found, (failure,) = read(tmp_path, content, name)
    assert found == []
    assert failure == f"{name}: {library} is not installed: pip install 'zonegraph[formats]'"
