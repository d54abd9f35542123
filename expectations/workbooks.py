"""What every spreadsheet that the service writes has in common: text stays text, and equal input gives equal bytes.

Belongs here: making the workbook and its formats. What stands in it is in `template_workbook.py`, `template_sheets.py`
and `marked_copy.py`. The reader of spreadsheets is elsewhere (`reading`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

_MADE: Final = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed date in the file, not a moment
AUTHOR: Final = "JZOJP-monitor"
_NEVER_GUESS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

TEXT: Final = {"num_format": "@"}
WRAPPED: Final = {"text_wrap": True, "valign": "top"}
HEADER: Final = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E3EAF4"}
TITLE: Final = {"bold": True, "font_size": 14}


class Formats:
    """The formats of one workbook, each made once, by their properties."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def of(self, *properties: Mapping[str, Any]) -> Any:
        """The format with all these properties; a later one wins."""
        together = {name: value for part in properties for name, value in part.items()}
        key = repr(sorted(together.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(together)
        return self._made[key]


def workbook_bytes(title: str, fill: Callable[[Any, Formats], None], *, row_by_row: bool = False) -> bytes:
    """The XLSX that `fill(workbook, formats)` makes.

    Args:
        title: the title among the properties of the file.
        fill: adds and fills the sheets.
        row_by_row: keep no rows in memory; they must be written from top to bottom and from left to right.
    """
    target = BytesIO()
    options = _NEVER_GUESS | ({"constant_memory": True} if row_by_row else {"in_memory": True})
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties({"title": title, "author": AUTHOR, "created": _MADE})
    fill(workbook, Formats(workbook))
    workbook.close()
    return target.getvalue()
