"""Files of office programs, made small and by hand where a library would not make what a test needs."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import docx
import openpyxl

PIXEL = b"/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


def pdf(*pages: Sequence[str] | None, compress: bool = False) -> bytes:
    """A PDF with the lines of each page in a font that need not be in it; None is a page that is a picture."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: _FONT, 4: _CID, 5: _DESCRIPTOR}
    objects[6] = _stream(b"/Type /XObject " + PIXEL, b"\0")
    kids = []
    for lines in pages:
        number = len(objects) + 2
        kids.append(b"%d 0 R" % number)
        objects[number] = _PAGE % (number + 1)
        objects[number + 1] = _content(lines, compress=compress)
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _written(objects)


_FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
_CID = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> >>"
)
_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 752 /Descent -271 /StemV 58 "
    b"/CapHeight 737 /FontBBox [-25 -254 1000 880] >>"
)
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents %d 0 R "
    b"/Resources << /Font << /F 3 0 R >> /XObject << /X 6 0 R >> >> >>"
)


def _content(lines: Sequence[str] | None, *, compress: bool) -> bytes:
    if lines is None:
        return _stream(b"", b"q 800 0 0 800 0 0 cm /X Do Q")
    shown = b" ".join(b"<%s> Tj 0 -20 Td" % line.encode("utf-16-be").hex().encode() for line in lines)
    data = b"BT /F 10 Tf 20 700 Td " + shown + b" ET"
    return _stream(b"/Filter /FlateDecode", zlib.compress(data)) if compress else _stream(b"", data)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _written(objects: Mapping[int, bytes]) -> bytes:
    out, places = io.BytesIO(b"%PDF-1.5\n"), {}
    out.seek(0, io.SEEK_END)
    for number in sorted(objects):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
    return out.getvalue()


def bomb(size: int) -> bytes:
    """A PDF of a few kilobytes whose only page unpacks twice, to `size` bytes that each want memory of their own."""
    data = zlib.compress(zlib.compress(b"q " * (size // 2), 9), 9)
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: _FONT, 4: _CID, 5: _DESCRIPTOR}
    objects[2] = b"<< /Type /Pages /Count 1 /Kids [7 0 R] >>"
    objects[6] = _stream(b"/Type /XObject " + PIXEL, b"\0")
    objects[7], objects[8] = _PAGE % 8, _stream(b"/Filter [/FlateDecode /FlateDecode]", data)
    return _written(objects)


def word(*paragraphs: str) -> bytes:
    """A .docx with these paragraphs."""
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    return saved(made)


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx with the rows of each sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(made)


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def part(package: bytes, name: str) -> bytes:
    """What a part of a package holds."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)
