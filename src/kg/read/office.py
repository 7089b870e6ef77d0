"""The zip packages of office programs: looked through before any library opens them."""

from __future__ import annotations

import zipfile
from io import BytesIO

from kg.errors import InputError
from kg.read.content import size

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels", ".vml")
_DTD = b"<!DOCTYPE"


def checked(data: bytes, limit: int) -> BytesIO:
    """The package, to be opened; InputError where it is encrypted, broken, too large unpacked, or holds a DTD.

    The sizes that a zip file names are what Python's zipfile gives out at most, so they bound what is unpacked. A part
    with a DTD, which the format forbids (ECMA-376 part 2, 8.1.4), could name external entities or blow up small ones.
    """
    if data.startswith(_OLE):
        raise InputError(_locked(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _within(package, limit)
            _plain(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise InputError(f"broken file ({_short(error)}): open it in its program and save it again") from None
    return BytesIO(data)


def _locked(data: bytes) -> str:
    """Why a file of the older container cannot be read."""
    if _ENCRYPTED in data:
        return "encrypted: open it with its password and save it without"
    return "in the format of Office 97-2003: open it and save it as .docx or .xlsx"


def _within(package: zipfile.ZipFile, limit: int) -> None:
    total = sum(entry.file_size for entry in package.infolist())
    if total > limit:
        raise InputError(f"unpacks to {size(total)}, over {size(limit)}: split it, or take the pictures out")
    if any(entry.flag_bits & 1 for entry in package.infolist()):
        raise InputError("encrypted: open it with its password and save it without")


def _plain(package: zipfile.ZipFile) -> None:
    """No part of XML declares anything; the NULs of UTF-16 hide nothing."""
    for entry in package.infolist():
        if entry.filename.lower().endswith(_XML) and _DTD in package.read(entry).replace(b"\0", b""):
            raise InputError(f"{entry.filename} holds a DTD, which no office program writes: not read")


def _short(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
