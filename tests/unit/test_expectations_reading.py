"""From bytes to text cells: encodings, separators, headers and rows; bad input is told and never raises."""

import io
import zipfile
from typing import Any

import pytest

from expectations.columns import Column
from expectations.reading import ReadFile, read_delivery
from expectations.reading.kinds import MAXIMUM_BYTES

HEADER = "Indicator;Periode;Gebiedscode;Gebiedsnaam;Teller;Noemer;Waarde;Status;Toelichting"
ROW = "PRE02;2025Q4;GM1900;Súdwest-Fryslân;312;2400;13,0;definitief;"
PLAIN = f"{HEADER}\r\n{ROW}\r\n"


def rules(file: ReadFile) -> list[str]:
    return [finding.rule for finding in file.findings]


def texts(file: ReadFile, column: str) -> list[Any]:
    cells: list[Any] = file.cells.column(column).to_pylist()
    return cells


def test_a_plain_file_is_read_without_a_word() -> None:
    file = read_delivery(PLAIN.encode("utf-8-sig"))
    assert not file.findings
    assert not file.normalisations
    assert texts(file, Column.AREA_NAME) == ["Súdwest-Fryslân"]
    assert texts(file, Column.AGE_BAND) == [""]
    assert texts(file, "source_row") == [2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PLAIN.encode("cp1252"), "Windows-1252"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (PLAIN.replace(";", ",").replace("13,0", '"13,0"').encode(), "komma"),
        (PLAIN.replace(";", "\t").encode(), "tab"),
        (PLAIN.replace(";", "|").encode(), "streep"),
        (f"sep=;\r\n{PLAIN}".encode(), "sep=;"),
        (f"Levering Friesland\r\n{PLAIN}".encode(), "Levering Friesland"),
        (f"{PLAIN}\r\n;;;;;;;;\r\n{ROW.replace('1900', '0080')}\r\n".encode(), "2 lege regels"),
        (f"{HEADER}\n{ROW}\r\n".encode(), "regeleinden"),
        (PLAIN.replace("Gebiedscode", "gebied code").encode(), "'gebied code' is gelezen als 'Gebiedscode'"),
    ],
)
def test_another_dialect_is_read_and_told(content: bytes, words: str) -> None:
    file = read_delivery(content)
    assert not file.findings
    assert texts(file, Column.AREA_NAME)[0] == "Súdwest-Fryslân"
    assert any(words in sentence for sentence in file.normalisations)


def test_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    content = f"sep=;\n{HEADER}\n{ROW}\n\n;;;;;;;;\n{ROW}\n;;;;;;;;\n"
    assert texts(read_delivery(content.encode()), "source_row") == [3, 6]


def test_a_line_break_within_quotes_does_not_make_a_row() -> None:
    content = f'{HEADER}\n{ROW}"twee\nregels"\n{ROW}\n'
    file = read_delivery(content.encode())
    assert texts(file, "source_row") == [2, 3]
    assert texts(file, Column.NOTE) == ["twee\nregels", ""]


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "inhoud")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (b"", "bestand.leeg", "leeg"),
        (b"\xef\xbb\xbf \r\n", "bestand.leeg", "leeg"),
        (f"{HEADER}\n".encode(), "bestand.geen_rijen", "kopregel"),
        (_zip("xl/workbook.xml"), "bestand.beschadigd", "Excel"),
        (_zip("content.xml"), "bestand.beschadigd", "beschadigd"),
        (_zip("levering.csv"), "bestand.type", "ZIP"),
        (_zip("xl/workbook.xml")[:40], "bestand.beschadigd", "beschadigd"),
        (b"%PDF-1.7", "bestand.type", "PDF"),
        (b"<html><table></table></html>", "bestand.type", "webpagina"),
        (PLAIN.encode().replace(b"312", b"3\x002"), "bestand.type", "geen tekst"),
        (PLAIN.encode() + b"\xe2\xff\n", "bestand.gemengde_tekenset", "regel 3"),
        (b"naam\n\x81\x8d\n", "bestand.tekenset", "regel 2"),
        (f"{ROW}\n{ROW}\n".encode(), "kop.ontbreekt", "kopregel"),
        (b"\r\n\r\nzomaar tekst", "kop.ontbreekt", "zomaar tekst"),
        ("\n".join(f'"{line}"' for line in (HEADER, ROW)).encode(), "bestand.een_kolom", "één kolom"),
        (PLAIN.replace("Teller", "Tel").encode(), "kop.kolom_ontbreekt", "'Teller'"),
        (PLAIN.replace("Waarde", "Teller").encode(), "kop.dubbel", "'Teller'"),
        (f"{HEADER}\n{'a' * 1_000_001}\n".encode(), "bestand.type", "regel 2"),
        (PLAIN.replace(";312;", ';"312;').encode(), "bestand.aanhalingsteken", "regel 2"),
        (PLAIN.replace(";312;", ';"312"0;').encode(), "bestand.aanhalingsteken", "regel 2"),
    ],
    ids=lambda value: "content" if isinstance(value, bytes) else None,  # a ZIP has the time in it
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, rule: str, words: str) -> None:
    file = read_delivery(content)
    assert rule in rules(file)
    found = next(finding for finding in file.findings if finding.rule == rule)
    assert words in found.message
    assert found.row is None
    assert not file.cells.num_rows


def test_a_row_with_another_number_of_fields_is_told_and_kept() -> None:
    content = f"{HEADER}\n{ROW}zie mail; 3 nov\n{ROW.removesuffix(';definitief;')}\n"
    file = read_delivery(content.encode())
    assert [finding.row for finding in file.findings] == [2, 3]
    assert rules(file) == ["rij.aantal_velden"] * 2
    assert "Rij 2 heeft 10 velden, verwacht 9." in file.findings[0].message
    assert file.cells.num_rows == 2


def test_an_unknown_column_is_told() -> None:
    content = f"{HEADER};Contactpersoon\n{ROW};J. Jansen\n"
    file = read_delivery(content.encode())
    assert [(finding.rule, finding.value, finding.row) for finding in file.findings] == [
        ("kop.onbekend", "Contactpersoon", 1)
    ]


def test_a_file_that_is_too_large_is_not_read() -> None:
    file = read_delivery(bytes(MAXIMUM_BYTES + 1_000_000))
    assert rules(file) == ["bestand.te_groot"]
    assert "101 MB" in file.findings[0].message
