"""From the text of a CSV to cells: separator, header row, and every row as text with its place.

Belongs here: what a file looks like. What a cell means is for `cells.py`, whether it is right for the suite.
Nothing is dropped or changed without a sentence in the normalisations or a finding, and bad input never raises.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pandas as pd
import pyarrow as pa

from expectations.columns import REQUIRED, Column, recognise, recognised_count
from expectations.decoding import decode
from expectations.findings import Finding
from expectations.rules import Rule, make_finding

SEPARATORS: Final = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "rechte streep (|)"}
_EXPECTED_SEPARATOR: Final = ";"
_HEADER_SEARCH_LINES: Final = 20
_HEADER_MINIMUM: Final = 3
_EXCERPT: Final = 60

csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class ReadFile:
    """The text cells of one delivery.

    `cells` has a column per `Column` (empty text where the file lacks it) and `source_row`, the row as a
    spreadsheet shows it. A file that cannot be read has no rows and an error among its findings.
    """

    cells: pa.Table
    findings: tuple[Finding, ...] = ()
    normalisations: tuple[str, ...] = ()
    has_personal_data: bool = False


class _Record(NamedTuple):
    row: int
    fields: Sequence[str]


@dataclass
class _Notes:
    """What is found and tidied while one file is read."""

    findings: list[Finding] = field(default_factory=list)
    normalisations: list[str] = field(default_factory=list)


def read_delivery(content: bytes) -> ReadFile:
    """Read the bytes of a CSV into text cells. Never raises on bad input."""
    decoded = decode(content)
    if decoded.finding:
        return ReadFile(_frame([], []), (decoded.finding,))
    notes = _Notes(normalisations=list(decoded.normalisations))
    text = _one_line_end(decoded.text, notes)
    separator = _separator(text)
    records = _records(text, separator, notes)
    cells = _table(records, separator, notes)
    return ReadFile(cells, tuple(notes.findings), tuple(notes.normalisations))


def _one_line_end(text: str, notes: _Notes) -> str:
    """The text with one kind of line end; a file with several kinds is said to have them."""
    crlf = text.count("\r\n")
    kinds = sum((crlf > 0, text.count("\n") > crlf, text.count("\r") > crlf))
    if kinds > 1:
        notes.normalisations.append("Het bestand heeft verschillende soorten regeleinden; ze zijn gelijk gelezen.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str) -> str:
    """The separator that makes the most known headers of one of the first lines; at a tie the expected one."""
    lines = [line for line in text.split("\n", _HEADER_SEARCH_LINES)[:_HEADER_SEARCH_LINES] if line]
    scores = {mark: max((recognised_count(line.split(mark)) for line in lines), default=0) for mark in SEPARATORS}
    return max(scores, key=lambda mark: (scores[mark], mark == _EXPECTED_SEPARATOR))


def _records(text: str, separator: str, notes: _Notes) -> list[_Record]:
    """The rows of the file up to the first that breaks the rules of quoting."""
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    records: list[_Record] = []
    line = 1
    try:
        for number, fields in enumerate(reader, start=1):
            records.append(_Record(number, fields))
            line = reader.line_num + 1
    except csv.Error as error:
        notes.findings.append(_broken_off(text, line, str(error)))
    return records


def _broken_off(text: str, line: int, problem: str) -> Finding:
    """Why the rows from this line on cannot be read."""
    if problem.startswith("field larger"):
        return make_finding(Rule.FILE_TYPE, kind=f"een tekstbestand met op regel {line} een veel te lange cel")
    return make_finding(Rule.FILE_QUOTE, line=line, excerpt=text.split("\n")[line - 1][:_EXCERPT])


def _table(records: Sequence[_Record], separator: str, notes: _Notes) -> pa.Table:
    """The rows below the header; none when the file has no usable header or is broken off."""
    header = _header(records, notes)
    if notes.findings or header is None:
        return _frame([], [])
    columns = _columns(header, notes)
    if columns is None:
        return _frame([], [])
    if separator != _EXPECTED_SEPARATOR:
        notes.normalisations.append(f"Het scheidingsteken is een {SEPARATORS[separator]} in plaats van een puntkomma.")
    data = _data(records, header, separator, notes)
    if not data:
        notes.findings.append(make_finding(Rule.FILE_NO_ROWS))
    return _frame(data, columns)


def _header(records: Sequence[_Record], notes: _Notes) -> _Record | None:
    """The header row among the first rows; what stands above it is said to be skipped."""
    for record in records[:_HEADER_SEARCH_LINES]:
        if recognised_count(record.fields) >= _HEADER_MINIMUM:
            _say_skipped([above for above in records[: record.row - 1] if any(above.fields)], notes)
            return record
    if not notes.findings:
        notes.findings.append(_no_header(next((record for record in records if any(record.fields)), None)))
    return None


def _say_skipped(above: Sequence[_Record], notes: _Notes) -> None:
    for record in above:
        notes.normalisations.append(
            f"Rij {record.row} boven de kopregel is overgeslagen: '{';'.join(record.fields)[:_EXCERPT]}'."
        )


def _no_header(first: _Record | None) -> Finding:
    """Why there is no header above the first filled row."""
    if first is None:
        return make_finding(Rule.FILE_EMPTY)
    if len(first.fields) == 1 and any(
        recognised_count(first.fields[0].split(mark)) >= _HEADER_MINIMUM for mark in SEPARATORS
    ):
        return make_finding(Rule.FILE_ONE_COLUMN)
    first_line = ";".join(first.fields)[:_EXCERPT]
    return make_finding(Rule.HEADER_ABSENT, first_line=first_line, expected=";".join(Column))


def _columns(header: _Record, notes: _Notes) -> list[Column | None] | None:
    """Per field the column that it is; None for the whole when columns are missing or named twice."""
    columns = [recognise(name) for name in header.fields]
    known = [column for column in columns if column]
    words: dict[str, Any] = {
        "header_row": header.row,
        "headers": ", ".join(header.fields),
        "present": ", ".join(known),
    }
    wrong = [make_finding(Rule.HEADER_COLUMN_MISSING, missing=name, **words) for name in REQUIRED if name not in known]
    twice = sorted({column for column in known if known.count(column) > 1})
    wrong += [make_finding(Rule.HEADER_DUPLICATE, duplicate=name, **words) for name in twice]
    notes.findings += wrong
    notes.findings += [
        make_finding(Rule.HEADER_UNKNOWN, row=header.row, column=name, value=name)
        for name, column in zip(header.fields, columns, strict=True)
        if column is None and name.strip()
    ]
    notes.normalisations += [
        f"De kolom '{name}' is gelezen als '{column}'."
        for name, column in zip(header.fields, columns, strict=True)
        if column and column != name.strip()
    ]
    return None if wrong else columns


def _data(records: Sequence[_Record], header: _Record, separator: str, notes: _Notes) -> list[_Record]:
    """The filled rows below the header, each with as many fields as the header; other counts are found."""
    width = len(header.fields)
    below = records[header.row :]
    filled = [record for record in below if any(cell.strip() for cell in record.fields)]
    trailing = len(below) - (filled[-1].row - header.row if filled else 0)
    blank = len(below) - len(filled) - trailing
    if blank:
        notes.normalisations.append(f"{blank} lege regels tussen de gegevens zijn overgeslagen.")
    return [_of_width(record, width, separator, notes) for record in filled]


def _of_width(record: _Record, width: int, separator: str, notes: _Notes) -> _Record:
    fields, extra = list(record.fields[:width]), record.fields[width:]
    if len(fields) < width or any(cell.strip() for cell in extra):
        last = separator.join(record.fields[width - 1 :]) or None
        notes.findings.append(
            make_finding(Rule.ROW_FIELD_COUNT, row=record.row, value=last, found=len(record.fields), expected=width)
        )
    return _Record(record.row, fields + [""] * (width - len(fields)))


def _frame(data: Sequence[_Record], columns: Sequence[Column | None]) -> pa.Table:
    """One text column per `Column`, and the row numbers."""
    by_field = list(zip(*(record.fields for record in data), strict=True))
    at = {column: number for number, column in enumerate(columns) if column}
    empty = [""] * len(data)
    frame = pd.DataFrame(
        {column.value: by_field[at[column]] if column in at and data else empty for column in Column}, dtype=object
    )
    frame["source_row"] = pd.Series([record.row for record in data], dtype="int64")
    table = pa.Table.from_pandas(frame, preserve_index=False)
    columns = [table.column(c.value).cast(pa.string()).dictionary_encode() for c in Column]
    return pa.table([*columns, table.column("source_row")], names=[*(c.value for c in Column), "source_row"])


def read_deliveries(contents):
    return [read_delivery(content) for content in contents]
