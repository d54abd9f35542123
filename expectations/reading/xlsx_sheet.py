"""The rows of one sheet of an XLSX, one after the other: no rectangle is ever filled in.

Belongs here: from XML to text cells with their place. Which row is the header is for `sheets.py`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from expectations.reading.archives import Archive
from expectations.reading.cell_texts import TRUTH, NumberFormat, number_text
from expectations.reading.met_cells import MetCells, Range
from expectations.reading.refusal import RefusedFileError
from expectations.reading.tables import Record
from expectations.reading.xlsx_workbook import RichText, Workbook
from expectations.reading.xml_parts import Attributes, is_true, read_part, whole
from expectations.rules import Rule

MAXIMUM_WIDTH: Final = 16_384
_MAXIMUM_RANGES: Final = 1_000


def sheet_records(
    archive: Archive, workbook: Workbook, part: str, met: MetCells, width: int = MAXIMUM_WIDTH
) -> Iterator[Record]:
    """The rows of a sheet that are in the file, in order; rows that it leaves out are empty.

    Args:
        archive: the file.
        workbook: what its sheets share.
        part: the name of the part with the sheet.
        met: what is met beside the texts.
        width: how many columns are read; what is beyond them is met as outside.

    Raises:
        RefusedFileError: the sheet is damaged or unsafe.
    """
    reader = _SheetReader(workbook, met, width)
    for _ in read_part(archive, part, start=reader.start, end=reader.end, text=reader.text):
        yield from reader.records
        reader.records.clear()


class _SheetReader:
    """Takes in the elements of a sheet. Its methods are called for every cell, so they are plain and few."""

    def __init__(self, workbook: Workbook, met: MetCells, width: int) -> None:
        self.records: list[Record] = []
        self._texts = workbook.texts
        self._raised = workbook.raised
        self._formats = workbook.formats
        self._is_1904 = workbook.is_1904
        self._met = met
        self._width = width
        self._row = 0
        self._row_digits = ""
        self._is_hidden = False
        self._fields: list[str] = []
        self._next = 0
        self._cell: Attributes | None = None
        self._value: str | None = None
        self._has_formula = False
        self._pieces: list[str] = []
        self._is_value = False
        self._rich: RichText | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "c":
            self._cell, self._value, self._has_formula = attributes, None, False
        elif tag == "v":
            self._is_value = True
            self._pieces.clear()
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self._has_formula = self._cell is not None
        elif self._rich is not None:
            self._rich.start(tag, attributes)
        elif tag == "is" and self._cell is not None:
            self._rich = RichText()
        else:
            self._start_other(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "v":
            self._is_value = False
            self._value = "".join(self._pieces)
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif self._rich is not None:
            self._rich.end(tag)

    def text(self, piece: str) -> None:
        """Characters."""
        if self._is_value:
            self._pieces.append(piece)
        elif self._rich is not None:
            self._rich.text(piece)

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = whole(number) if number else self._row + 1
        if row <= self._row:
            raise RefusedFileError(Rule.FILE_DAMAGED)
        self._row, self._row_digits = row, str(row)
        self._is_hidden = is_true(attributes.get("hidden"))
        self._fields, self._next = [], 0

    def _end_row(self) -> None:
        fields = self._fields
        if fields:
            if self._is_hidden:
                self._met.hidden_row(self._row)
            if self._width < MAXIMUM_WIDTH:
                fields += [""] * (self._width - len(fields))
            self.records.append(Record(self._row, fields))

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell, None
        if attributes is None:
            return
        place = attributes.get("r")
        number = _column_number(place.removesuffix(self._row_digits)) if place else self._next
        self._next = number + 1
        text = self._cell_text(attributes, number)
        if not text:
            return
        fields = self._fields
        if number >= self._width:
            self._met.outside(self._row, number, text)
        elif number == len(fields):
            fields.append(text)
        else:
            fields += [""] * (number + 1 - len(fields))
            fields[number] = text

    def _cell_text(self, attributes: Attributes, number: int) -> str:
        """The text of the cell that ends."""
        kind, value = attributes.get("t"), self._value
        if self._has_formula:
            self._met_formula(number, is_calculated=bool(value) or (kind == "str" and value is not None))
        if kind == "s" and value:
            return self._shared_text(value, number)
        if self._rich is not None:
            return self._inline_text(number)
        if not value:
            return ""
        if kind is None or kind == "n":
            if value.isdecimal() and (value[0] != "0" or value == "0") and "s" not in attributes:
                return value
            return number_text(value, self._format(attributes.get("s")), is_1904=self._is_1904)
        return TRUTH[is_true(value)] if kind == "b" else value

    def _met_formula(self, number: int, *, is_calculated: bool) -> None:
        if is_calculated:
            self._met.formula_count += 1
        else:
            self._met.odd(Rule.CELL_FORMULA_WITHOUT_RESULT, self._row, number, "")

    def _shared_text(self, value: str, number: int) -> str:
        at = whole(value)
        if at >= len(self._texts):
            raise RefusedFileError(Rule.FILE_DAMAGED)
        if at in self._raised:
            self._met.odd(Rule.CELL_RAISED_TEXT, self._row, number, self._texts[at])
        return self._texts[at]

    def _inline_text(self, number: int) -> str:
        rich, self._rich = self._rich, None
        if rich is None:
            return ""
        is_raised = rich.is_raised
        text = rich.take()
        if is_raised:
            self._met.odd(Rule.CELL_RAISED_TEXT, self._row, number, text)
        return text

    def _format(self, style: str | None) -> NumberFormat:
        at = whole(style) if style else 0
        return self._formats[at] if at < len(self._formats) else NumberFormat.NUMBER

    def _start_other(self, tag: str, attributes: Attributes) -> None:
        if tag == "mergeCell" and len(self._met.merged) < _MAXIMUM_RANGES:
            self._met.merged.append(_range(attributes.get("ref", "")))
        elif tag == "col" and is_true(attributes.get("hidden")) and len(self._met.hidden_columns) < _MAXIMUM_RANGES:
            first, last = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            self._met.hidden_columns.append((first - 1, last - 1))


@lru_cache(maxsize=MAXIMUM_WIDTH)
def _column_number(letters: str) -> int:
    """The column with these letters, counted from 0.

    Raises:
        RefusedFileError: a spreadsheet has no such column.
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1 if "A" <= letter <= "Z" else MAXIMUM_WIDTH + 1
    if not 0 < number <= MAXIMUM_WIDTH:
        raise RefusedFileError(Rule.FILE_DAMAGED)
    return number - 1


def _range(reference: str) -> Range:
    """A reference such as A2:A7."""
    first, _, last = reference.partition(":")
    (first_letters, first_row), (last_letters, last_row) = _place(first), _place(last or first)
    return first_row, last_row, _column_number(first_letters), _column_number(last_letters)


def _place(reference: str) -> tuple[str, int]:
    letters = reference.rstrip("0123456789")
    return letters, whole(reference.removeprefix(letters))
