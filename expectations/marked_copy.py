"""The marked copy: a delivery given back as a spreadsheet, its faulty cells coloured and the messages as comments.

Belongs here: how it looks. What is wrong is in the findings. Every cell is written as the text that was read, never as
a formula or a link, in the row that it had in the file, so that a message about row 8 is about row 8 of the copy.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import pyarrow as pa  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from expectations.columns import REQUIRED, Column
from expectations.findings import MAXIMUM_LISTED, Finding, Severity
from expectations.workbooks import AUTHOR, HEADER, TEXT, TITLE, WRAPPED, Formats, workbook_bytes

DATA_SHEET: Final = "Levering"
FINDINGS_SHEET: Final = "Bevindingen"
MAXIMUM_ROWS: Final = 100_000
"""Above this only the rows with a finding are given back."""
ROW_HEADER: Final = "Rij in uw bestand"
"""The column that tells the row where not every row is given back."""

SEVERITY_WORDS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "fout",
    Severity.WARNING: "waarschuwing",
    Severity.INFO: "ter informatie",
}
_COLOURS: Final[Mapping[Severity, Mapping[str, Any]]] = {
    Severity.ERROR: {"bg_color": "#F8CBCB", "font_color": "#7A0000", "bold": True},
    Severity.WARNING: {"bg_color": "#FFE699", "font_color": "#5C4400"},
    Severity.INFO: {"bg_color": "#DDEBF7"},
}
_LAST_ROW: Final = 1_048_576
"""The last row that a spreadsheet has."""
_LONGEST_COMMENT: Final = 30_000
_COMMENT_WIDTH: Final = 380
_CHARACTERS_A_LINE, _LINE_HEIGHT = 55, 17
_LINK: Final = {"font_color": "#0B57A4", "underline": 1}
_WIDTHS: Final = {Column.AREA_NAME.value: 28, Column.NOTE.value: 50, ROW_HEADER: 18}
_WIDTH: Final = 13
_OVERVIEW: Final = {
    "Plaats": 12,
    "Ernst": 15,
    "Rij": 8,
    "Kolom": 16,
    "Waarde": 22,
    "Melding": 70,
    "Herstel": 60,
    "Regel": 26,
}
"""The headers of the list of findings, and their widths."""

Marks: TypeAlias = Mapping[tuple[int, int], list[Finding]]
"""The findings by row and column of the sheet."""


class _Copy(NamedTuple):
    """What is written: some rows of the cells, each at a row of the sheet (counted from 0)."""

    cells: pa.Table
    columns: tuple[str, ...]
    sheet_rows: Mapping[int, int]
    """The row in the sheet by the row in the file."""
    header_row: int
    is_partial: bool

    @property
    def first_column(self) -> int:
        """The column of the sheet in which the cells begin."""
        return 1 if self.is_partial else 0

    def place(self, finding: Finding) -> tuple[int, int] | None:
        """Row and column of the sheet that a finding is about; None when it is about no cell in the copy."""
        row = self.header_row if finding.row is None else self.sheet_rows.get(finding.row)
        is_known = finding.column in self.columns
        if row is None or (finding.row is None and not is_known):
            return None
        return row, self.first_column + (self.columns.index(str(finding.column)) if is_known else 0)


def marked_copy(cells: pa.Table, findings: Sequence[Finding]) -> bytes:
    """The cells of a delivery as XLSX with the findings marked, and a sheet that lists them.

    Args:
        cells: text columns named after `Column`, and `source_row`, as the reader gives them.
        findings: what is wrong; of one cell, the worst decides its colour. A finding without a column marks the first
            cell of its row, one without a row the header of its column; one without either is only listed.
    """
    copy = _copy(cells, findings)

    def fill(workbook: Any, formats: Formats) -> None:
        data, overview = workbook.add_worksheet(DATA_SHEET), workbook.add_worksheet(FINDINGS_SHEET)
        _fill_data(data, copy, _by_place(copy, findings), formats)
        _fill_overview(overview, copy, findings, formats)

    return workbook_bytes("Gemarkeerde aanlevering", fill, row_by_row=True)


def _copy(cells: pa.Table, findings: Sequence[Finding]) -> _Copy:
    rows = cells["source_row"].to_pylist()
    if len(rows) <= MAXIMUM_ROWS and max(rows, default=0) <= _LAST_ROW:
        sheet_rows = {row: row - 1 for row in rows}
        return _Copy(cells, _columns(cells, findings), sheet_rows, max(min(rows, default=2) - 2, 0), is_partial=False)
    wanted = {finding.row for finding in findings}
    positions = [position for position, row in enumerate(rows) if row in wanted]
    some = cells.take(pa.array(positions, type=pa.int64()))
    sheet_rows = {rows[position]: number for number, position in enumerate(positions, start=1)}
    return _Copy(some, _columns(cells, findings), sheet_rows, 0, is_partial=True)


def _columns(cells: pa.Table, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The columns that the delivery has, that it should have, or that a finding is about, in the usual order."""
    about = {finding.column for finding in findings}
    return tuple(
        column.value
        for column in Column
        if column in REQUIRED or column in about or any(cells[column.value].unique().to_pylist())
    )


def _by_place(copy: _Copy, findings: Sequence[Finding]) -> Marks:
    marks: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        place = copy.place(finding)
        if place:
            marks.setdefault(place, []).append(finding)
    return marks


def _fill_data(sheet: Any, copy: _Copy, marks: Marks, formats: Formats) -> None:
    headers = ((ROW_HEADER,) if copy.is_partial else ()) + copy.columns
    for number, header in enumerate(headers):
        sheet.set_column(number, number, _WIDTHS.get(header, _WIDTH), formats.of(TEXT))
        _write_cell(sheet, (copy.header_row, number), header, marks, formats.of(HEADER), formats)
    sheet.freeze_panes(copy.header_row + 1, 0)
    plain = formats.of(TEXT)
    for source_row, *texts in _lines(copy):
        row = copy.sheet_rows[source_row]
        if copy.is_partial:
            sheet.write_number(row, 0, source_row)
        for column, text in enumerate(texts, start=copy.first_column):
            _write_cell(sheet, (row, column), text, marks, plain, formats)


def _lines(copy: _Copy) -> Iterator[tuple[Any, ...]]:
    names = ("source_row", *copy.columns)
    return zip(*(copy.cells[name].to_pylist() for name in names), strict=True)


def _write_cell(sheet: Any, place: tuple[int, int], text: str, marks: Marks, plain: Any, formats: Formats) -> None:
    found = marks.get(place)
    if found is None:
        if text:
            sheet.write_string(*place, text, plain)
        return
    worst = min((finding.severity for finding in found), key=list(Severity).index)
    style = formats.of(TEXT, _COLOURS[worst])
    if text:
        sheet.write_string(*place, text, style)
    else:
        sheet.write_blank(*place, None, style)
    comment = "\n\n".join(_comment(finding) for finding in found)[:_LONGEST_COMMENT]
    height = _LINE_HEIGHT * sum(1 + len(line) // _CHARACTERS_A_LINE for line in comment.split("\n"))
    sheet.write_comment(*place, comment, {"author": AUTHOR, "width": _COMMENT_WIDTH, "height": height + _LINE_HEIGHT})


def _comment(finding: Finding) -> str:
    return f"{SEVERITY_WORDS[finding.severity].capitalize()}: {finding.message}\n{finding.remedy}"


def _fill_overview(sheet: Any, copy: _Copy, findings: Sequence[Finding], formats: Formats) -> None:
    for column, width in enumerate(_OVERVIEW.values()):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, _title(findings), formats.of(TITLE))
    lines = list(_remarks(copy, findings))
    for number, remark in enumerate(lines, start=1):
        sheet.write_string(number, 0, remark)
    top = len(lines) + 2
    for column, header in enumerate(_OVERVIEW):
        sheet.write_string(top, column, header, formats.of(HEADER))
    for number, finding in enumerate(findings, start=top + 1):
        _write_finding(sheet, number, finding, copy.place(finding), formats)
    sheet.freeze_panes(top + 1, 0)


def _title(findings: Sequence[Finding]) -> str:
    counts = [(severity, sum(finding.severity is severity for finding in findings)) for severity in Severity]
    return "Bevindingen: " + ", ".join(f"{SEVERITY_WORDS[severity]} {count}" for severity, count in counts)


def _remarks(copy: _Copy, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"Op het blad {DATA_SHEET} staat uw bestand. Een gekleurd vak heeft een opmerking met wat er mis is."
    if len(findings) >= MAXIMUM_LISTED:
        yield "Er staan er niet meer dan 1.000. Verbeter deze en lever het bestand opnieuw aan; dan volgen de andere."
    if copy.is_partial:
        yield "Uw bestand is te groot om helemaal terug te geven: hier staan alleen de rijen met een bevinding."
        yield "Verbeter ze in uw eigen bestand. Lever dit bestand niet aan: dan zouden alle andere rijen vervallen."


def _write_finding(sheet: Any, number: int, finding: Finding, place: tuple[int, int] | None, formats: Formats) -> None:
    wrapped = formats.of(WRAPPED)
    if place is None:
        sheet.write_string(number, 0, "heel het bestand" if finding.row is None else "", wrapped)
    else:
        cell = xl_rowcol_to_cell(*place)
        sheet.write_url(number, 0, f"internal:'{DATA_SHEET}'!{cell}", formats.of(WRAPPED, _LINK), cell)
    sheet.write_string(number, 1, SEVERITY_WORDS[finding.severity], formats.of(WRAPPED, _COLOURS[finding.severity]))
    if finding.row is not None:
        sheet.write_number(number, 2, finding.row, wrapped)
    texts = (finding.column or "", finding.value or "", finding.message, finding.remedy, finding.rule)
    for column, text in enumerate(texts, start=3):
        sheet.write_string(number, column, text, wrapped)
