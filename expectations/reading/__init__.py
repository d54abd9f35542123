"""From the bytes of a delivery to text cells, whatever was sent: CSV in any dialect, XLSX, XLS, ODS, or something else.

Belongs here: what a file looks like. What a cell means is for `cells.py`, whether it is right for the suite.
Nothing is dropped or changed without a sentence in the normalisations or a finding, and bad input never raises.
"""

from expectations.reading.delivery_reader import read_delivery
from expectations.reading.read_file import ReadFile, Unlisted, no_cells
from expectations.reading.sandbox import read_deliveries, read_workbook, warm_up
from expectations.reading.workbook_texts import SheetCell, WorkbookTexts

__all__ = [
    "ReadFile",
    "SheetCell",
    "Unlisted",
    "WorkbookTexts",
    "no_cells",
    "read_deliveries",
    "read_delivery",
    "read_workbook",
    "warm_up",
]
