"""XLS and ODS, read with calamine, which knows those formats and tells less of them than `xlsx_files.py` of XLSX.

It fills in a rectangle per sheet and reads a cell with an error as empty; the first is why this runs under a limit of
memory, the second is said in every such file.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

import pyarrow as pa  # type: ignore[import-untyped]
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from expectations.reading.archives import open_archive
from expectations.reading.cell_texts import TRUTH, moment_text, spelled
from expectations.reading.kinds import DELIVERY_WANTED
from expectations.reading.met_cells import MetCells
from expectations.reading.notes import Notes
from expectations.reading.refusal import RefusedFileError
from expectations.reading.sheets import read_sheets
from expectations.reading.tables import Header, Record
from expectations.rules import Rule

_CONTENT: Final = "content.xml"
_DOCUMENT_TYPE: Final = b"<!DOCTYPE"


def read_xls(content: bytes, notes: Notes) -> pa.Table:
    """The table of an XLS.

    Raises:
        RefusedFileError: it is damaged or has a password, or several sheets could be the delivery.
    """
    notes.say("Het bestand is een oud Excel-bestand (.xls); cellen met een fout of zonder uitkomst zijn leeg gelezen.")
    return _read(content, notes)


def read_ods(content: bytes, notes: Notes) -> pa.Table:
    """The table of an ODS.

    Raises:
        RefusedFileError: it is damaged, unsafe or too large, or several sheets could be the delivery.
    """
    notes.say(
        "Het bestand is een OpenDocument-rekenblad (.ods); cellen met een fout of zonder uitkomst zijn leeg gelezen."
    )
    with open_archive(content) as archive:
        if any(_DOCUMENT_TYPE in chunk for chunk in islice(archive.chunks(_CONTENT), 1)):
            raise RefusedFileError(Rule.FILE_UNSAFE)
    return _read(content, notes)


def _read(content: bytes, notes: Notes) -> pa.Table:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            _Sheet(workbook.get_sheet_by_index(number), is_hidden=sheet.visible is not SheetVisibleEnum.Visible)
            for number, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ is SheetTypeEnum.WorkSheet
        ]
        if not sheets:
            raise RefusedFileError(Rule.FILE_DAMAGED)
        return read_sheets(sheets, notes)
    except PasswordError as error:
        kind = "een bestand met een wachtwoord; verwijder het wachtwoord"
        raise RefusedFileError(Rule.FILE_TYPE, kind=kind, wanted=DELIVERY_WANTED) from error
    except CalamineError as error:
        raise RefusedFileError(Rule.FILE_DAMAGED) from error


class _Sheet:
    """One sheet as calamine gives it."""

    def __init__(self, sheet: CalamineSheet, *, is_hidden: bool) -> None:
        self.name = sheet.name
        self.is_hidden = is_hidden
        self._sheet = sheet
        self._met = MetCells()

    def records(self, width: int | None = None) -> Iterator[Record]:
        """Its rows from the top, each with `width` fields where that is given."""
        left_out = [""] * (self._sheet.start[1] if self._sheet.start else 0)
        for row, values in enumerate(self._sheet.iter_rows(), start=1):
            fields = [*left_out, *(_text(value) for value in values)]
            if width is not None:
                self._meet_outside(row, fields, width)
                fields = [*fields[:width], *[""] * (width - len(fields))]
            yield Record(row, fields)

    def tell(self, header: Header, notes: Notes) -> None:
        """Tell what was met beyond the header; calamine tells nothing else."""
        self._met.tell(header, notes)

    def _meet_outside(self, row: int, fields: Sequence[str], width: int) -> None:
        for number, text in enumerate(fields[width:], start=width):
            if text.strip():
                self._met.outside(row, number, text)


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return TRUTH[value]
        case float() | int():
            return spelled(float(value))
        case datetime() | date() | time() | timedelta():
            return moment_text(value)
        case _:
            return ""
