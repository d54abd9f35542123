"""The marked copy: the delivery as text in its own rows, each finding where it belongs."""

import time
from collections.abc import Sequence

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from expectations.columns import Column, recognised_count
from expectations.findings import MAXIMUM_LISTED, Finding, Severity
from expectations.marked_copy import MAXIMUM_ROWS, marked_copy
from expectations.reading import read_deliveries
from tests.support_workbooks import comments, has_formula, sheets_of

HEADER = ["Indicator", "Periode", "Gebiedscode", "Teller"]


def table(rows: Sequence[dict[Column, str]], source_rows: Sequence[int] | None = None) -> pa.Table:
    """Cells as the reader gives them."""
    columns = {column.value: [row.get(column, "") for row in rows] for column in Column}
    cells = {name: pa.array(texts, pa.string()).dictionary_encode() for name, texts in columns.items()}
    numbers = list(source_rows) if source_rows is not None else list(range(2, len(rows) + 2))
    return pa.table(cells | {"source_row": pa.array(numbers, pa.int64())})


def row(numerator: str, **others: str) -> dict[Column, str]:
    cells = {
        Column.INDICATOR: "PRE02",
        Column.PERIOD: "2025Q4",
        Column.AREA_CODE: "GM0080",
        Column.NUMERATOR: numerator,
    }
    return cells | {Column[name]: text for name, text in others.items()}


def finding(
    row_number: int | None, column: str | None, severity: Severity = Severity.ERROR, message: str = "Fout."
) -> Finding:
    return Finding(
        row=row_number, column=column, value="v", rule="r.x", severity=severity, message=message, remedy="Herstel."
    )


def test_every_cell_comes_back_as_text_in_its_own_row() -> None:
    content = marked_copy(table([row("0012"), row("=1+1"), row("https://example.org")], [4, 5, 9]), [])
    sheet = sheets_of(content)["Levering"]
    assert sheet[2] == HEADER
    assert sheet[3] == ["PRE02", "2025Q4", "GM0080", "0012"]
    assert (sheet[4][3], sheet[8][3]) == ("=1+1", "https://example.org")
    assert all(not any(line) for line in (*sheet[:2], *sheet[5:8]))
    assert not has_formula(content)


def test_a_column_is_there_when_it_is_required_filled_or_at_fault() -> None:
    cells = table([row("12", NOTE="let op")])
    assert sheets_of(marked_copy(cells, [finding(2, "Noemer")]))["Levering"][0] == [*HEADER, "Noemer", "Toelichting"]


def test_a_finding_is_a_comment_with_message_and_remedy_on_its_cell() -> None:
    content = marked_copy(table([row("veel"), row("12")]), [finding(2, "Teller", message="'veel' is geen getal.")])
    assert comments(content) == {"D2": "Fout: 'veel' is geen getal.\nHerstel."}


def test_findings_on_one_cell_are_told_together_and_one_without_column_marks_the_first_cell() -> None:
    found = [
        finding(2, "Teller", Severity.WARNING, "Eerst."),
        finding(2, "Teller", Severity.ERROR, "Dan."),
        finding(3, None, Severity.INFO, "De rij."),
        finding(3, "Onbekende kolom", Severity.INFO, "Ook de rij."),
    ]
    told = comments(marked_copy(table([row("veel"), row("12")]), found))
    assert told["D2"] == "Waarschuwing: Eerst.\nHerstel.\n\nFout: Dan.\nHerstel."
    assert told["A3"].startswith("Ter informatie: De rij.")
    assert set(told) == {"D2", "A3"}


def test_a_finding_about_a_column_marks_its_header_and_one_about_the_file_is_only_listed() -> None:
    content = marked_copy(
        table([row("12")]), [finding(None, "Teller"), finding(None, None, message="Heel het bestand.")]
    )
    assert set(comments(content)) == {"D1"}
    listed = sheets_of(content)["Bevindingen"]
    assert [line[5] for line in listed if line[1] == "fout"] == ["Fout.", "Heel het bestand."]
    assert listed[0][0] == "Bevindingen: fout 2, waarschuwing 0, ter informatie 0"


def test_the_list_does_not_look_like_a_delivery() -> None:
    listed = sheets_of(marked_copy(table([row("12")]), [finding(2, "Teller")]))["Bevindingen"]
    assert max(recognised_count([str(cell) for cell in line]) for line in listed) < 3


def test_a_message_with_a_formula_or_a_link_is_text() -> None:
    content = marked_copy(table([row("=SOM(A1)")]), [finding(2, "Teller", message="=HYPERLINK('x')")])
    assert not has_formula(content)
    assert any("=HYPERLINK('x')" in line for line in sheets_of(content)["Bevindingen"])


def test_control_characters_and_endless_text_do_no_harm() -> None:
    content = marked_copy(table([row("\x00\x08"), row("a" * 100_000)]), [finding(3, "Teller", message="b" * 100_000)])
    sheet = sheets_of(content)["Levering"]
    assert len(str(sheet[2][3])) == 32_767
    assert len(comments(content)["D3"]) == 30_000


def test_above_the_limit_only_rows_with_a_finding_come_back_and_the_sheet_says_so() -> None:
    plain = table([row("12")])
    cells = pa.concat_tables([plain] * (MAXIMUM_ROWS + 1)).drop_columns("source_row")
    cells = cells.append_column("source_row", pa.array(range(2, MAXIMUM_ROWS + 3), pa.int64()))
    content = marked_copy(cells, [finding(70_000, "Teller"), finding(5, None), finding(None, None)])
    sheets = sheets_of(content)
    assert sheets["Levering"] == [
        ["Rij in uw bestand", *HEADER],
        [5, "PRE02", "2025Q4", "GM0080", "12"],
        [70_000, "PRE02", "2025Q4", "GM0080", "12"],
    ]
    assert set(comments(content)) == {"B2", "E3"}
    assert any("Lever dit bestand niet aan" in str(line[0]) for line in sheets["Bevindingen"])


def test_rows_beyond_what_a_sheet_holds_come_back_too() -> None:
    content = marked_copy(table([row("12"), row("x9")], [2, 2_000_000]), [finding(2_000_000, "Teller")])
    assert sheets_of(content)["Levering"][1][0] == 2_000_000


def test_when_not_every_finding_is_listed_that_is_said() -> None:
    few, many = [finding(2, "Teller")], [finding(2, "Teller")] * MAXIMUM_LISTED
    told = [str(sheets_of(marked_copy(table([row("x9")]), found))["Bevindingen"][2][0]) for found in (few, many)]
    assert ["1.000" in text for text in told] == [False, True]


def test_a_file_without_rows_still_lists_its_findings() -> None:
    content = marked_copy(table([]), [finding(None, None, message="Het bestand is leeg.")])
    assert sheets_of(content)["Levering"] == [HEADER]
    assert any("Het bestand is leeg." in line for line in sheets_of(content)["Bevindingen"])


def test_equal_input_gives_equal_bytes() -> None:
    cells, found = table([row("veel")]), [finding(2, "Teller")]
    assert marked_copy(cells, found) == marked_copy(cells, found)


@pytest.mark.parametrize("row_count", [10_000])
def test_ten_thousand_rows_take_less_than_two_seconds(row_count: int) -> None:
    cells = table([row(str(number), AREA_NAME="Leeuwarden", STATUS="definitief") for number in range(row_count)])
    found = [finding(number, "Teller") for number in range(2, 1_002)]
    began = time.process_time()
    marked_copy(cells, found)
    assert time.process_time() - began < 2


def test_a_copy_that_is_sent_back_reads_as_the_file_that_it_copies() -> None:
    cells = table([row("0012"), row("=1+1", NOTE="let op"), row("<10")], [4, 5, 9])
    (read,) = read_deliveries([marked_copy(cells, [finding(5, "Teller"), finding(None, "Noemer")])])
    assert not [item for item in read.findings if item.severity is Severity.ERROR]
    assert read.cells["source_row"].to_pylist() == [4, 5, 9]
    for column in Column:
        assert read.cells[column.value].to_pylist() == cells[column.value].to_pylist(), column
