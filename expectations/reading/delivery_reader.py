"""Reading one delivery here and now, without a process around it: what runs inside the child, and in fuzz tests."""

from collections.abc import Callable, Mapping
from typing import Final

import pyarrow as pa  # type: ignore[import-untyped]

from expectations.reading.calamine_files import read_ods, read_xls
from expectations.reading.decoding import encoded_text
from expectations.reading.kinds import FileKind, kind_of
from expectations.reading.notes import Notes
from expectations.reading.read_file import ReadFile, no_cells
from expectations.reading.refusal import RefusedFileError
from expectations.reading.text_files import read_text
from expectations.reading.xlsx_files import read_xlsx


def read_delivery(content: bytes) -> ReadFile:
    """Read the bytes of a delivery into text cells. Never raises on bad input."""
    notes, cells = Notes(), no_cells()
    try:
        cells = _READERS[kind_of(content)](content, notes)
    except RefusedFileError as error:
        notes.findings.append(error.finding)
    return ReadFile(
        cells,
        tuple(notes.findings),
        notes.normalisations,
        has_personal_data=notes.has_personal_data,
        unlisted=notes.unlisted,
    )


def _read_text(content: bytes, notes: Notes) -> pa.Table:
    text = encoded_text(content)
    for sentence in text.normalisations:
        notes.say(sentence)
    return read_text(text, notes)


_READERS: Final[Mapping[FileKind, Callable[[bytes, Notes], pa.Table]]] = {
    FileKind.TEXT: _read_text,
    FileKind.XLSX: read_xlsx,
    FileKind.XLS: read_xls,
    FileKind.ODS: read_ods,
}
