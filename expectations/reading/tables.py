"""What every kind of file has in common: a header row among the first rows, columns, and the filled rows below it.

Belongs here: the header and the table. Where the rows come from (a CSV, a sheet) is for the modules of the kinds.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from expectations.columns import REQUIRED, Column, is_reference, recognise, recognised_count
from expectations.reading.notes import Notes
from expectations.reading.privacy import find_in_column, find_in_row
from expectations.reading.read_file import SCHEMA, TEXT_TYPE
from expectations.reading.refusal import RefusedFileError
from expectations.rules import Rule

Rows = np.ndarray[Any, np.dtype[np.int64]]

HEADER_SEARCH_ROWS: Final = 20
HEADER_MINIMUM: Final = 3
MAXIMUM_COLUMNS: Final = 500

_FREE_TEXT: Final = (Column.NOTE, None)
_CELLS_AT_ONCE: Final = 550_000
_EXCERPT: Final = 60


class Record(NamedTuple):
    """One row of text cells; `row` is its number as a spreadsheet shows it."""

    row: int
    fields: Sequence[str]

    @property
    def is_filled(self) -> bool:
        """Whether a cell holds more than spaces."""
        return any(map(str.strip, self.fields))


class Header(NamedTuple):
    """The header row and, per field, the column that it names."""

    row: int
    names: tuple[str, ...]
    columns: tuple[Column | None, ...]

    @property
    def width(self) -> int:
        """How many fields a row has."""
        return len(self.names)

    @property
    def missing(self) -> list[Column]:
        """The required columns that it does not name."""
        return [column for column in REQUIRED if column not in self.columns]


def header_in(records: Iterable[Record]) -> Header | None:
    """The header row among the first rows."""
    for record in records:
        if record.row > HEADER_SEARCH_ROWS:
            return None
        if recognised_count(record.fields[:MAXIMUM_COLUMNS]) >= HEADER_MINIMUM:
            return Header(record.row, tuple(record.fields), tuple(recognise(name) for name in record.fields))
    return None


def tell_header(header: Header, first: Sequence[Record], notes: Notes) -> None:
    """Say what stands above the header, and which columns are missing, named twice, unknown or spelled otherwise.

    Raises:
        RefusedFileError: there are more columns than can be a delivery.
    """
    for record in first:
        if record.row < header.row and record.is_filled:
            find_in_row(record.row, record.fields, notes)
            notes.say(f"Rij {record.row} boven de kopregel is overgeslagen: '{excerpt(record.fields)}'.")
    if header.width > MAXIMUM_COLUMNS:
        raise RefusedFileError(Rule.HEADER_TOO_MANY, header_row=header.row, found=header.width, limit=MAXIMUM_COLUMNS)
    _tell_wrong_columns(header, notes)
    for name, column in zip(header.names, header.columns, strict=True):
        if column is None and name.strip() and not is_reference(name):
            notes.find(Rule.HEADER_UNKNOWN, row=header.row, column=name, value=name)
        if column and column != name.strip():
            notes.say(f"De kolom '{name}' is gelezen als '{column}'.")


def no_header(first: Sequence[Record], notes: Notes) -> None:
    """Say that there is no header, and look for personal data in what there is instead."""
    for record in first:
        find_in_row(record.row, record.fields, notes)
    filled = next((record for record in first if record.is_filled), None)
    if filled is None:
        notes.find(Rule.FILE_EMPTY)
    else:
        notes.find(Rule.HEADER_ABSENT, first_line=excerpt(filled.fields), expected=";".join(Column))


def excerpt(fields: Sequence[str]) -> str:
    """The beginning of a row, to recognise it by."""
    return ";".join(field[:_EXCERPT] for field in fields[:_EXCERPT])[:_EXCERPT]


def chunks(records: Iterable[Record], width: int) -> Iterator[list[Record]]:
    """The filled rows, as many at once as take a bounded room."""
    at_once, chunk = max(1, _CELLS_AT_ONCE // max(1, width)), []
    for record in records:
        if record.is_filled:
            chunk.append(record)
            if len(chunk) == at_once:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


class TableBuilder:
    """The table below a header, made of pieces; columns that are not taken over are only looked at."""

    def __init__(self, header: Header, notes: Notes) -> None:
        self._header = header
        self._notes = notes
        self._pieces: dict[Column, list[pa.Array]] = {column: [] for column in header.columns if column}
        self._rows: list[Rows] = []
        self._outside: dict[int, tuple[int, int, str]] = {}

    def add_records(self, records: Sequence[Record]) -> None:
        """Add rows, each with as many fields as the header."""
        columns = zip(*(record.fields for record in records), strict=True)
        arrays = [pa.array(column, pa.string()).dictionary_encode() for column in columns]
        self.add_columns(arrays, np.array([record.row for record in records], dtype=np.int64))

    def add_columns(self, fields: Sequence[pa.DictionaryArray], rows: Rows) -> None:
        """Add rows, by a dictionary array per field of the header."""
        self._rows.append(rows)
        for number, (column, name, texts) in enumerate(
            zip(self._header.columns, self._header.names, fields, strict=True)
        ):
            if column:
                self._pieces[column].append(texts)
            if column in (None, Column.NOTE):
                find_in_column(texts, rows, column or name.strip() or f"kolom {column_letters(number)}", self._notes)
            if column is None and not name.strip():
                self._look_outside(number, texts, rows)

    def table(self) -> pa.Table:
        """The cells of everything that was added."""
        for number, (count, row, text) in self._outside.items():
            tell_outside(number, row, text, count, self._notes)
        rows = np.concatenate(self._rows) if self._rows else np.empty(0, dtype=np.int64)
        blank = int(rows[-1]) - self._header.row - len(rows) if len(rows) else 0
        if blank:
            lines = "lege regel tussen de gegevens is" if blank == 1 else "lege regels tussen de gegevens zijn"
            self._notes.say(f"{blank} {lines} overgeslagen.")
        if not len(rows):
            self._notes.find(Rule.FILE_NO_ROWS)
        columns = [self._column(column, len(rows)) for column in Column]
        return pa.table([*columns, pa.array(rows)], schema=SCHEMA)

    def _column(self, column: Column, length: int) -> pa.DictionaryArray:
        pieces = self._pieces.pop(column, [])
        return one_array(pieces, column) if pieces else _empty_texts(length)

    def _look_outside(self, number: int, texts: pa.DictionaryArray, rows: Rows) -> None:
        filled = np.flatnonzero(filled_rows(texts))
        if len(filled):
            count, row, text = self._outside.get(number, (0, int(rows[filled[0]]), texts[int(filled[0])].as_py()))
            self._outside[number] = (count + len(filled), row, text)


def tell_outside(number: int, row: int, text: str, count: int, notes: Notes) -> None:
    """Find what stands in a column without a header, at its first cell."""
    cell = f"{column_letters(number)}{row}"
    notes.find(Rule.CELL_OUTSIDE_TABLE, row=row, column=column_letters(number), value=text, cell=cell, count=count)


def filled_rows(texts: pa.DictionaryArray) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Per row whether its text is more than spaces."""
    filled = [bool(text and not text.isspace()) for text in texts.dictionary.to_pylist()]
    flags: np.ndarray[Any, np.dtype[np.bool_]] = np.array(filled, dtype=bool)[
        texts.indices.to_numpy(zero_copy_only=False)
    ]
    return flags


def column_letters(number: int) -> str:
    """How a spreadsheet names a column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _tell_wrong_columns(header: Header, notes: Notes) -> None:
    known = [column for column in header.columns if column]
    words: dict[str, Any] = {
        "header_row": header.row,
        "headers": ", ".join(header.names),
        "present": ", ".join(known),
    }
    for name in header.missing:
        notes.find(Rule.HEADER_COLUMN_MISSING, missing=name, **words)
    for name in sorted({column for column in known if known.count(column) > 1}):
        notes.find(Rule.HEADER_DUPLICATE, duplicate=name, **words)


def one_array(pieces: Sequence[pa.DictionaryArray], column: Column | None) -> pa.DictionaryArray:
    """The pieces of a column (None is not taken over) as one array.

    In free text every cell may be another one; there a text may come back under several numbers, because finding its
    first one takes twice the memory of all texts. Other columns have every text once.
    """
    if len(pieces) == 1:
        return pieces[0]
    if pieces and column in _FREE_TEXT:
        return _concatenated(pieces)
    return pa.chunked_array(pieces, TEXT_TYPE).unify_dictionaries().combine_chunks()


def _concatenated(pieces: Sequence[pa.DictionaryArray]) -> pa.DictionaryArray:
    starts = np.cumsum([0, *(len(piece.dictionary) for piece in pieces)])
    numbers = [piece.indices.to_numpy() + start for piece, start in zip(pieces, starts, strict=False)]
    return pa.DictionaryArray.from_arrays(
        pa.array(np.concatenate(numbers).astype(np.int32)), pa.concat_arrays([piece.dictionary for piece in pieces])
    )


def _empty_texts(length: int) -> pa.DictionaryArray:
    """Empty text for every row, where the file lacks the column."""
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(length, dtype=np.int32)), pa.array([""] * min(length, 1), pa.string())
    )
