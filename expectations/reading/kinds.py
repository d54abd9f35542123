"""What kind of file some bytes are, by the bytes themselves; the name of a file says nothing here.

Belongs here: telling kinds apart. Reading them is for the module of each kind.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from expectations.reading.archives import part_names
from expectations.reading.refusal import RefusedFileError
from expectations.rules import Rule

MAXIMUM_BYTES: Final = 100_000_000
CSV_WANTED: Final = "'CSV UTF-8 (gescheiden door lijstscheidingsteken)' (.csv)"
DELIVERY_WANTED: Final = f"Excel-werkmap (.xlsx) of als {CSV_WANTED}"
UTF8_MARK: Final = b"\xef\xbb\xbf"
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MAGIC: Final = (
    (b"%PDF", "een PDF-bestand"),
    (b"\x1f\x8b", "een GZIP-bestand"),
    (b"Rar!", "een RAR-bestand"),
    (b"7z\xbc\xaf", "een 7-Zip-bestand"),
    (b"PAR1", "een Parquet-bestand"),
    (b"SQLite format 3", "een SQLite-database"),
    (b"{\\rtf", "een RTF-document"),
)
_WEB_PAGE: Final = (b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version:")
_SPREADSHEET_ML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
_WEB: Final = "een webpagina of XML (ook als het bestand .xls heet), geen echt Excel-bestand (.xlsx)"
_OLD_XML: Final = "een Excel-bestand in de vorm van XML (.xml), geen echt Excel-bestand (.xlsx)"
_HEAD: Final = 1024
_FILLED: Final = re.compile(rb"\S")


class FileKind(StrEnum):
    """The kinds that can be read, and `OTHER` for the rest."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    OTHER = "other"


KIND_NAMES: Final[Mapping[FileKind, str]] = {
    FileKind.XLSX: "een Excel-werkmap (.xlsx)",
    FileKind.XLS: "een oud Excel-bestand (.xls)",
    FileKind.ODS: "een OpenDocument-rekenblad (.ods)",
}

_Kind = tuple[FileKind, str]
"""A kind, and of another kind its name in Dutch."""


def kind_of(content: bytes, *, wanted: str = DELIVERY_WANTED) -> FileKind:
    """The kind of the bytes.

    Args:
        content: the whole file.
        wanted: in which form the sender should save a file that is of another kind.

    Raises:
        RefusedFileError: it is none of the kinds, too large, empty or damaged.
    """
    if len(content) > MAXIMUM_BYTES:
        megabytes, limit = len(content) // 1_000_000, MAXIMUM_BYTES // 1_000_000
        raise RefusedFileError(Rule.FILE_TOO_LARGE, megabytes=megabytes, limit=limit)
    if content.startswith(_ZIP):
        kind, other = _kind_of_parts(part_names(content))
    elif content.startswith(_OLE):
        kind, other = _kind_of_office(content)
    else:
        kind, other = _kind_of_bytes(content)
    if kind is FileKind.OTHER:
        raise RefusedFileError(Rule.FILE_TYPE, kind=other, wanted=wanted)
    return kind


def _kind_of_bytes(content: bytes) -> _Kind:
    """Text, or what it is instead."""
    head = content[:_HEAD].removeprefix(UTF8_MARK).lstrip().lower()
    if head.startswith(_WEB_PAGE):
        return _other(_OLD_XML if _SPREADSHEET_ML in head else _WEB)
    known = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if known:
        return _other(known)
    if b"\x00" in content and not content.startswith(UTF16_MARKS):
        return _other("een bestand met tekens die geen tekst zijn")
    if _FILLED.search(content, len(UTF8_MARK) if content.startswith(UTF8_MARK) else 0) is None:
        raise RefusedFileError(Rule.FILE_EMPTY)
    return FileKind.TEXT, ""


def _kind_of_office(content: bytes) -> _Kind:
    """The kind of an Office file of before 2007, or of one with a password, by the names of the streams in it."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        return _other("een Excel-bestand met een wachtwoord; verwijder het wachtwoord")
    if has("WordDocument"):
        return _other("een oud Word-document (.doc)")
    return (FileKind.XLS, "") if has("Workbook") or has("Book") else _other("een oud Office-bestand zonder werkblad")


def _kind_of_parts(names: frozenset[str]) -> _Kind:
    """The kind of a ZIP by what is in it."""
    if "xl/workbook.bin" in names:
        return _other("een binaire Excel-werkmap (.xlsb)")
    if any(name.startswith("xl/") for name in names):
        return FileKind.XLSX, ""
    if "content.xml" in names:
        return FileKind.ODS, ""
    if "word/document.xml" in names:
        return _other("een Word-document (.docx)")
    if any(name.endswith(".iwa") for name in names):
        return _other("een Numbers-bestand van Apple")
    return _other("een ZIP-bestand; pak het uit en lever het bestand aan dat erin zit")


def _other(kind: str) -> _Kind:
    return FileKind.OTHER, kind
