"""What reading relies on in Arrow's CSV reader, in calamine, expat, zipfile and the csv module."""

import csv
import io
import zipfile
from collections.abc import Callable
from xml.parsers import expat

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as arrow_csv  # type: ignore[import-untyped]
import pytest
from python_calamine import CalamineError, CalamineWorkbook

from expectations.reading.read_file import TEXT_TYPE
from tests.support_spreadsheets import ods, xls, zipped

TWO = ["0", "1"]


def _read(content: bytes, *, skip: int = 0, encoding: str = "utf8") -> list[dict[str, str | None]]:
    table = arrow_csv.read_csv(
        pa.BufferReader(content),
        arrow_csv.ReadOptions(column_names=TWO, skip_rows=skip, use_threads=False, encoding=encoding),
        arrow_csv.ParseOptions(delimiter=";", quote_char=False, escape_char=False, ignore_empty_lines=False),
        arrow_csv.ConvertOptions(column_types=dict.fromkeys(TWO, TEXT_TYPE), strings_can_be_null=False, null_values=[]),
    )
    rows: list[dict[str, str | None]] = table.to_pylist()
    return rows


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (b"007;1,50\n", ("007", "1,50")),
        (b"NA;null\n", ("NA", "null")),
        (b";\n", ("", "")),
        (b" a ;\tb\n", (" a ", "\tb")),
        (b"'a';b\\\n", ("'a'", "b\\")),
        (b"true;2025-10-01\n", ("true", "2025-10-01")),
        (b"a;b", ("a", "b")),
        (b"a;b\r", ("a", "b")),
        (b"a;b\r\n", ("a", "b")),
        (b"\xef\xbb\xbfa;b\n", ("a", "b")),
        ("é\u2028;\x0b\x85\n".encode(), ("é\u2028", "\x0b\x85")),
    ],
)
def test_arrow_keeps_every_cell_as_it_is_written(content: bytes, first: tuple[str, str]) -> None:
    assert [tuple(row.values()) for row in _read(content)] == [first]


def test_arrow_reads_every_kind_of_line_end_and_counts_empty_lines() -> None:
    assert [row["0"] for row in _read(b"a;\nb;\r\nc;\r\r\nd;\n\n")] == ["a", "b", "c", "", "d", ""]


def test_arrow_skips_lines_whatever_their_number_of_fields() -> None:
    assert [row["0"] for row in _read(b"x\n\na;b;c\n1;2\n", skip=3)] == ["1"]


def test_arrow_reads_windows_1252() -> None:
    assert _read(b"\xe9\x80;\n", encoding="cp1252")[0]["0"] == "é€"


@pytest.mark.parametrize("content", [b"a;b\nc\n", b"a;b\nc;d;e\n", b"a" * 3_000_000 + b";b\n", b""])
def test_arrow_says_so_when_a_text_is_irregular(content: bytes) -> None:
    with pytest.raises(pa.ArrowInvalid):
        _read(content)


def test_one_dictionary_has_each_text_once_in_order_of_appearance() -> None:
    pieces = [pa.array(texts).dictionary_encode() for texts in (["b", "a", "b"], ["a", "c"])]
    one = pa.chunked_array(pieces, TEXT_TYPE).unify_dictionaries().combine_chunks()
    assert one.dictionary.to_pylist() == ["b", "a", "c"]
    assert one.to_pylist() == ["b", "a", "b", "a", "c"]


def test_the_csv_module_is_strict_about_quotes_and_knows_a_field_that_is_too_large() -> None:
    for text in ('a;"b', 'a;"b"c'):
        with pytest.raises(csv.Error):
            list(csv.reader(io.StringIO(text), delimiter=";", strict=True))
    with pytest.raises(csv.Error, match=r"^field larger"):
        list(csv.reader(["a" * 1_000_001]))


def test_expat_tells_a_document_type_before_anything_in_it() -> None:
    told: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: told.append("type")
    parser.EntityDeclHandler = lambda *_: told.append("entity")
    parser.StartElementHandler = lambda *_: told.append("element")
    parser.Parse(b'<!DOCTYPE x [<!ENTITY e "e">]><x/>')
    assert told == ["type", "entity", "element"]


def test_zipfile_gives_no_more_than_the_directory_says() -> None:
    content = bytearray(zipped({"a": "x" * 1000}))
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    archive = zipfile.ZipFile(io.BytesIO(bytes(content)))
    with archive, archive.open("a") as part, pytest.raises(zipfile.BadZipFile):
        part.read()


@pytest.mark.parametrize("make", [ods, xls])
def test_calamine_gives_every_row_from_the_first_and_leaves_out_empty_columns_before(
    make: Callable[..., bytes],
) -> None:
    content = make([[""], ["", "x"], [""], ["", 1.5]])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert list(sheet.iter_rows()) == [[""], ["x"], [""], [1.5]]
    assert sheet.start == (1, 1)


@pytest.mark.parametrize("content", [zipped({"content.xml": "x"}), xls([["a"]])[:600], b"\xd0\xcf\x11\xe0"])
def test_calamine_raises_its_own_error_on_damage(content: bytes) -> None:
    with pytest.raises(CalamineError):
        CalamineWorkbook.from_filelike(io.BytesIO(content))


@pytest.mark.parametrize("make", [ods, xls])
def test_calamine_reads_an_error_as_an_empty_cell(make: Callable[..., bytes]) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(make([["a", float("nan"), "b"]]))).get_sheet_by_index(0)
    assert list(sheet.iter_rows()) == [["a", "", "b"]]
