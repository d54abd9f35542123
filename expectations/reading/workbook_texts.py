"""Every cell of an XLSX as text with its place: for files with several sheets, which are no delivery.

Belongs here: sheet, row, column and text. What they mean is for who asked.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import pyarrow as pa  # type: ignore[import-untyped]

from expectations.findings import Finding
from expectations.reading.archives import Archive, open_archive
from expectations.reading.kinds import FileKind, kind_of
from expectations.reading.met_cells import MetCells
from expectations.reading.read_file import ReadFile
from expectations.reading.refusal import RefusedFileError
from expectations.reading.xlsx_sheet import sheet_records
from expectations.reading.xlsx_workbook import Workbook, read_workbook
from expectations.rules import Rule

MAXIMUM_CELLS: Final = 200_000
WANTED: Final = "Excel-werkmap (.xlsx)"
_WIDTH: Final = 100
_SCHEMA: Final = pa.schema([("sheet", pa.string()), ("row", pa.int64()), ("column", pa.int64()), ("text", pa.string())])


class SheetCell(NamedTuple):
    """A filled cell: `row` counts from 1 as a spreadsheet shows it, `column` from 0."""

    sheet: str
    row: int
    column: int
    text: str


class WorkbookTexts(NamedTuple):
    """The filled cells of a workbook in order, or the finding why nothing of it is read."""

    cells: tuple[SheetCell, ...]
    finding: Finding | None


def read_workbook_texts(content: bytes) -> ReadFile:
    """Read the cells of an XLSX, with the columns of `SheetCell`. Never raises on bad input."""
    try:
        if kind_of(content, wanted=WANTED) is not FileKind.XLSX:
            raise RefusedFileError(Rule.FILE_TYPE, kind="geen Excel-werkmap (.xlsx)", wanted=WANTED)
        with open_archive(content) as archive:
            cells = list(_cells(archive, read_workbook(archive)))
    except RefusedFileError as error:
        return ReadFile(_SCHEMA.empty_table(), (error.finding,))
    columns = list(zip(*cells, strict=True)) or [()] * len(_SCHEMA)
    return ReadFile(pa.table([list(column) for column in columns], schema=_SCHEMA))


def workbook_texts(file: ReadFile) -> WorkbookTexts:
    """What `read_workbook_texts` read, as rows."""
    if file.findings:
        return WorkbookTexts((), file.findings[0])
    columns = (file.cells[name].to_pylist() for name in _SCHEMA.names)
    return WorkbookTexts(tuple(SheetCell(*cell) for cell in zip(*columns, strict=True)), None)


def _cells(archive: Archive, workbook: Workbook) -> Iterator[SheetCell]:
    count = 0
    for sheet in workbook.sheets:
        for record in sheet_records(archive, workbook, sheet.part, MetCells(), _WIDTH):
            for column, text in enumerate(record.fields):
                if text.strip():
                    count += 1
                    yield SheetCell(sheet.name, record.row, column, text)
            if count > MAXIMUM_CELLS:
                raise RefusedFileError(Rule.FILE_UNREADABLE)
