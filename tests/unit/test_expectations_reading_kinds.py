"""The kind of a file is told by its bytes; a ZIP stays within its budget before anything is unpacked."""

import io
import struct
import zipfile

import pytest

from expectations.reading import read_delivery
from expectations.reading.archives import MAXIMUM_PARTS, MAXIMUM_UNPACKED_BYTES, open_archive
from expectations.reading.kinds import FileKind, kind_of
from expectations.reading.refusal import RefusedFileError
from tests.support_spreadsheets import HEADER, ROW, ods, sheet_of, workbook, xls, zipped

OLE = b"\xd0\xcf\x11\xe0" + bytes(600)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a;b", FileKind.TEXT),
        ("a;b".encode("utf-16"), FileKind.TEXT),
        (workbook(sheet_of(HEADER, ROW)), FileKind.XLSX),
        (ods([HEADER]), FileKind.ODS),
        (xls([HEADER]), FileKind.XLS),
    ],
)
def test_a_kind_that_can_be_read(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({"xl/workbook.bin": "x"}), ".xlsb"),
        (zipped({"word/document.xml": "x"}), "Word"),
        (zipped({"Index/Document.iwa": "x"}), "Numbers"),
        (zipped({"levering.csv": "a;b"}), "ZIP"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE, "zonder werkblad"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "in de vorm van XML"),
        (b"\xef\xbb\xbf  <HTML>", "webpagina"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"a\x00b", "geen tekst"),
    ],
)
def test_another_kind_is_named(content: bytes, words: str) -> None:
    file = read_delivery(content)
    assert [finding.rule for finding in file.findings] == ["bestand.type"]
    assert words in file.findings[0].message
    assert ".xlsx" in file.findings[0].remedy


def _refused(content: bytes) -> str:
    file = read_delivery(content)
    assert not file.cells.num_rows
    assert len(file.findings) == 1
    return file.findings[0].message


def test_a_directory_that_says_too_much_is_refused_before_unpacking() -> None:
    content = bytearray(workbook(sheet_of(HEADER, ROW)))
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", MAXIMUM_UNPACKED_BYTES)
    message = _refused(bytes(content))
    assert "te groot" in message
    assert "401 MB" in message


def test_a_directory_that_says_too_little_gives_no_more_than_it_says() -> None:
    content = bytearray(workbook(sheet_of(HEADER, *[ROW] * 50)))
    name = content.rindex(b"xl/worksheets/sheet1.xml")
    content[name - 22 : name - 18] = struct.pack("<I", 100)
    with pytest.raises(RefusedFileError), open_archive(bytes(content)) as archive:
        assert sum(map(len, archive.chunks("xl/worksheets/sheet1.xml"))) <= 100
    assert "beschadigd" in _refused(bytes(content))


def test_a_directory_with_too_many_parts_is_refused() -> None:
    content = zipped({f"xl/{number}": "" for number in range(MAXIMUM_PARTS + 1)})
    assert f"{MAXIMUM_PARTS + 1} onderdelen" in _refused(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_way_of_packing_is_refused(method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "beschadigd" in _refused(target.getvalue())


def test_an_encrypted_part_is_refused() -> None:
    content = bytearray(workbook(sheet_of(HEADER, ROW)))
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1
    assert "beschadigd" in _refused(bytes(content))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_half_an_upload_is_refused(kept: float) -> None:
    content = workbook(sheet_of(HEADER, *[ROW] * 50))
    assert "beschadigd" in _refused(content[: int(len(content) * kept)])


def test_flipped_bits_are_noticed() -> None:
    content = bytearray(workbook(sheet_of(HEADER, *[ROW] * 50)))
    place = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[place] ^= 0xFF
    assert "beschadigd" in _refused(bytes(content))
