"""Which sheet of a workbook is the delivery, and its table; the same for every kind of workbook.

Belongs here: choosing, and never guessing between two. How a sheet is read is for the modules of the kinds.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import pyarrow as pa  # type: ignore[import-untyped]

from expectations.reading.notes import Notes
from expectations.reading.read_file import no_cells
from expectations.reading.refusal import RefusedFileError
from expectations.reading.tables import (
    HEADER_SEARCH_ROWS,
    Header,
    Record,
    TableBuilder,
    chunks,
    header_in,
    no_header,
    tell_header,
)
from expectations.rules import Rule


class Sheet(Protocol):
    """A sheet of any kind of workbook."""

    @property
    def name(self) -> str:
        """The name that the user sees."""

    @property
    def is_hidden(self) -> bool:
        """Whether the user does not see it."""

    def records(self, width: int | None = None) -> Iterator[Record]:
        """Its rows from the top, each with `width` fields where that is given."""

    def tell(self, header: Header, notes: Notes) -> None:
        """Tell what was met beside the texts, after all rows were read."""


class _Look(NamedTuple):
    """What the top of a sheet shows."""

    sheet: Sheet
    first: Sequence[Record]
    header: Header | None
    has_rows: bool

    @property
    def is_delivery(self) -> bool:
        """Whether it could be the delivery: all that must have a header has one, with something below it."""
        return self.header is not None and not self.header.missing and self.has_rows

    @property
    def score(self) -> int:
        """How many columns its header names."""
        return len(set(self.header.columns) - {None}) if self.header else 0


def read_sheets(sheets: Sequence[Sheet], notes: Notes) -> pa.Table:
    """The table of the one sheet that is the delivery.

    Raises:
        RefusedFileError: several sheets could be it, or one is damaged.
    """
    looks = [_look(sheet) for sheet in sheets]
    chosen = _choose(looks)
    if chosen.header is None:
        no_header(chosen.first, notes)
        return no_cells()
    _say_sheets(chosen, looks, notes)
    return _table(chosen, chosen.header, notes)


def _table(chosen: _Look, header: Header, notes: Notes) -> pa.Table:
    tell_header(header, chosen.first, notes)
    builder = TableBuilder(header, notes)
    below = (record for record in chosen.sheet.records(header.width) if record.row > header.row)
    for chunk in chunks(below, header.width):
        builder.add_records(chunk)
    chosen.sheet.tell(header, notes)
    return no_cells() if notes.is_refused else builder.table()


def _look(sheet: Sheet) -> _Look:
    """Read a sheet until a filled row below its header, or beyond where a header can stand."""
    first: list[Record] = []
    header = None
    for record in sheet.records():
        if header is None and record.row <= HEADER_SEARCH_ROWS:
            first.append(record)
            header = header_in([record])
        elif header is None:
            break
        elif Record(record.row, record.fields[: header.width]).is_filled:
            return _Look(sheet, first, _trimmed(header), has_rows=True)
    return _Look(sheet, first, header and _trimmed(header), has_rows=False)


def _trimmed(header: Header) -> Header:
    """The header up to its last cell that is filled."""
    width = max(number for number, name in enumerate(header.names, start=1) if name.strip())
    return Header(header.row, header.names[:width], header.columns[:width])


def _choose(looks: Sequence[_Look]) -> _Look:
    for is_hidden in (False, True):
        found = [look for look in looks if look.is_delivery and look.sheet.is_hidden == is_hidden]
        if len(found) > 1:
            names = ", ".join(f"'{look.sheet.name}'" for look in found)
            raise RefusedFileError(Rule.FILE_SEVERAL_SHEETS, sheets=names)
        if found:
            return found[0]
    filled = [look for look in looks if look.first] or looks
    return max(filled, key=lambda look: look.score)


def _say_sheets(chosen: _Look, looks: Sequence[_Look], notes: Notes) -> None:
    others = [look for look in looks if look is not chosen and look.first]
    if not others and not chosen.sheet.is_hidden:
        return
    read = f"Gelezen is het {'verborgen ' if chosen.sheet.is_hidden else ''}blad '{chosen.sheet.name}'"
    names = ", ".join(f"'{look.sheet.name}'{' (verborgen)' if look.sheet.is_hidden else ''}" for look in others)
    notes.say(f"{read}; niet gelezen: {names}." if names else f"{read}.")
