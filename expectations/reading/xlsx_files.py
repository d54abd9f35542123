"""XLSX: the workbook, its one sheet with the delivery, and what in the file is left alone.

Belongs here: putting the parts together. Nothing is fetched, calculated, run or written.
"""

import re
from collections.abc import Iterator
from typing import Final

import pyarrow as pa  # type: ignore[import-untyped]

from expectations.reading.archives import Archive, open_archive
from expectations.reading.met_cells import MetCells
from expectations.reading.notes import Notes
from expectations.reading.sheets import read_sheets
from expectations.reading.tables import Header, Record
from expectations.reading.xlsx_sheet import MAXIMUM_WIDTH, sheet_records
from expectations.reading.xlsx_workbook import SheetPart, Workbook, read_workbook, relations

_USUAL_PARTS: Final = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/|docProps/|xl/|customXml/|docMetadata/|customUI/|package/).*"
)
_MACROS: Final = "xl/vbaProject.bin"
_EXTERNAL_LINKS: Final = "xl/externalLinks/"


def read_xlsx(content: bytes, notes: Notes) -> pa.Table:
    """The table of an XLSX.

    Raises:
        RefusedFileError: it is damaged, unsafe or too large, or several sheets could be the delivery.
    """
    with open_archive(content) as archive:
        _say_left_alone(archive, notes)
        workbook = read_workbook(archive)
        return read_sheets([XlsxSheet(archive, workbook, sheet) for sheet in workbook.sheets], notes)


class XlsxSheet:
    """One sheet of an XLSX."""

    def __init__(self, archive: Archive, workbook: Workbook, sheet: SheetPart) -> None:
        self.name = sheet.name
        self.is_hidden = sheet.is_hidden
        self._archive = archive
        self._workbook = workbook
        self._part = sheet.part
        self._met = MetCells()

    def records(self, width: int | None = None) -> Iterator[Record]:
        """Its rows from the top, each with `width` fields where that is given."""
        self._met = MetCells()
        return sheet_records(self._archive, self._workbook, self._part, self._met, width or MAXIMUM_WIDTH)

    def tell(self, header: Header, notes: Notes) -> None:
        """Tell what was met beside the texts, after all rows were read."""
        self._met.tell(header, notes)
        if any(relation.is_external for relation in relations(self._archive, self._part).values()):
            notes.say("Koppelingen naar websites of andere bestanden op het blad zijn niet geopend.")


def _say_left_alone(archive: Archive, notes: Notes) -> None:
    if _MACROS in archive.names:
        notes.say("De macro's in het bestand zijn niet uitgevoerd.")
    if any(name.startswith(_EXTERNAL_LINKS) for name in archive.names):
        notes.say("Koppelingen naar andere bestanden zijn niet geopend; de opgeslagen uitkomsten zijn gelezen.")
    odd = [name for name in archive.names if not _USUAL_PARTS.fullmatch(name) or ".." in name]
    if odd:
        notes.say(f"Aantal onderdelen die niet in een Excel-bestand horen, en die niet gelezen zijn: {len(odd)}.")
