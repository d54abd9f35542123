"""The use case that gives a region its template for a quarter, as a file.

Belongs here: who may have it, and which rows of the quarter before stand beside it. What a template holds and looks
like is in `expectations/template*.py`. Nothing is kept: a template is made when it is asked, so that it always shows
the figures that are in force.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from expectations.template import Template, make_template
from expectations.template_csv import csv_template
from indicators.periods import Period
from register.access import Action, Actor, require
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from register.rows import rows_in_force


class TemplateFormat(StrEnum):
    """As which kind of file a template is given; the value is the ending of its name."""

    XLSX = "xlsx"
    CSV = "csv"


class TemplateFile(NamedTuple):
    """A template as a file."""

    file_name: str
    content: bytes


def template(
    home: Home, region_code: str, period: Period, format_: TemplateFormat = TemplateFormat.XLSX, *, actor: Actor
) -> TemplateFile:
    """The template of a region for a quarter, with the figures in force of the quarter before.

    Raises:
        AccessDeniedError: the actor may not have the template of the region.
        UnknownCodeError: the region does not exist, or nothing is asked about the period.
    """
    require(actor, Action.READ_TEMPLATE, region_code)
    before = (region_code, period.shifted(-1))
    batches = [
        batch for batch in batches_in_force(Ledger(home).events()) if (batch.region_code, batch.period) == before
    ]
    made = make_template(region_code, period, rows_in_force(home, batches))
    return TemplateFile(f"{made.file_stem}.{format_}", _WRITERS[format_](made))


def _xlsx(made: Template) -> bytes:
    from expectations.template_workbook import xlsx_template

    return xlsx_template(made)


_WRITERS: Final[Mapping[TemplateFormat, Callable[[Template], bytes]]] = {
    TemplateFormat.XLSX: _xlsx,
    TemplateFormat.CSV: csv_template,
}
