"""From bytes to text: what kind of file it is by its first bytes, and in which character set it was written.

The name of a file says nothing here. Rows and columns are for `reading.py`.
"""

import io
import zipfile
from typing import Final, NamedTuple

from expectations.findings import Finding
from expectations.rules import Rule, make_finding

MAXIMUM_BYTES: Final = 100_000_000

_MAGIC: Final = (
    (b"%PDF", "een PDF-bestand"),
    (b"\xd0\xcf\x11\xe0", "een oud Excel-bestand (.xls) of een ander Office-bestand"),
    (b"\x1f\x8b", "een GZIP-bestand"),
    (b"Rar!", "een RAR-bestand"),
    (b"7z\xbc\xaf", "een 7-Zip-bestand"),
    (b"PAR1", "een Parquet-bestand"),
    (b"SQLite format 3", "een SQLite-database"),
)
_WEB_PAGE: Final = (b"<html", b"<!doctype html", b"<table", b"<?xml")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig", None),
    (b"\xff\xfe", "utf-16", "Het bestand is gelezen als UTF-16."),
    (b"\xfe\xff", "utf-16", "Het bestand is gelezen als UTF-16."),
)


class Decoded(NamedTuple):
    """The text of a file, or the finding that says why there is none."""

    text: str
    normalisations: tuple[str, ...] = ()
    finding: Finding | None = None


def decode(content: bytes) -> Decoded:
    """Read bytes as UTF-8 or UTF-16 by their mark, else strictly as UTF-8, else as Windows-1252."""
    refusal = _refusal(content)
    return Decoded("", (), refusal) if refusal else _decode_text(content)


def _refusal(content: bytes) -> Finding | None:
    """Why the bytes cannot be a CSV; None when they can."""
    if len(content) > MAXIMUM_BYTES:
        megabytes, limit = len(content) // 1_000_000, MAXIMUM_BYTES // 1_000_000
        return make_finding(Rule.FILE_TOO_LARGE, megabytes=megabytes, limit=limit)
    kind = _kind(content)
    if kind is not None:
        return make_finding(Rule.FILE_TYPE, kind=kind) if kind else make_finding(Rule.FILE_DAMAGED)
    return None if content.removeprefix(b"\xef\xbb\xbf").strip() else make_finding(Rule.FILE_EMPTY)


def _kind(content: bytes) -> str | None:
    """What the bytes are when they are no text, in Dutch; empty when that is damaged, None for text."""
    head = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_WEB_PAGE):
        return "een webpagina of XML (ook als het bestand .xls heet), geen echt Excel-bestand (.xlsx)"
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    known = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    is_text = any(content.startswith(mark) for mark, _, _ in _BOMS) or b"\x00" not in content
    return known or (None if is_text else "een bestand met tekens die geen tekst zijn")


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    if "xl/workbook.xml" in names:
        return "een Excel-werkmap (.xlsx)"
    return "een OpenDocument-bestand (.ods)" if "content.xml" in names else "een ZIP-bestand"


def _decode_text(content: bytes) -> Decoded:
    for mark, encoding, said in _BOMS:
        if content.startswith(mark):
            return _decode_marked(content, encoding, said)
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_windows(content)


def _decode_marked(content: bytes, encoding: str, said: str | None) -> Decoded:
    try:
        return Decoded(content.decode(encoding), (said,) if said else ())
    except UnicodeDecodeError as error:
        return _not_decoded(content, error)


def _decode_windows(content: bytes) -> Decoded:
    lines = content.split(b"\n")
    utf8_line = next((number for number, line in enumerate(lines, 1) if not line.isascii() and _is_utf8(line)), None)
    if utf8_line is not None:
        other_line = next(number for number, line in enumerate(lines, 1) if not _is_utf8(line))
        return Decoded("", (), make_finding(Rule.FILE_MIXED_ENCODING, utf8_line=utf8_line, other_line=other_line))
    try:
        return Decoded(content.decode("cp1252"), ("Het bestand is geen UTF-8 en is gelezen als Windows-1252.",))
    except UnicodeDecodeError as error:
        return _not_decoded(content, error)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_decoded(content: bytes, error: UnicodeDecodeError) -> Decoded:
    line = content[: error.start].count(b"\n") + 1
    return Decoded("", (), make_finding(Rule.FILE_ENCODING, line=line))
