"""The template as CSV, in the form in which a Dutch spreadsheet opens it with a double click."""

import csv
import io

from expectations.csv_cells import safe_cell
from expectations.template import HEADERS, Template


def csv_template(template: Template) -> bytes:
    """UTF-8 with a mark, semicolons, decimal commas; equal templates give equal bytes."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows([safe_cell(cell) for cell in row.cells().values()] for row in template.rows)
    return text.getvalue().encode("utf-8-sig")
