"""The template as XLSX: a sheet to fill in, with an instruction and a code list behind it.

The sheet is not protected: Excel refuses to paste a block that touches one locked cell, and people do paste. What is
filled in is checked while typing, by data validation, and completely on delivery.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from expectations.canonical import SIGN_SPELLINGS
from expectations.cells import FINAL, PROVISIONAL
from expectations.columns import Column, ReferenceColumn
from expectations.numbers import Number
from expectations.template import HEADERS, Template, TemplateRow
from expectations.template_sheets import Line, LineKind, code_list, instruction
from expectations.workbooks import HEADER, TEXT, TITLE, WRAPPED, Formats, workbook_bytes
from indicators.strata import TOTAL, Sex

DATA_SHEET: Final = "Levering"
INSTRUCTION_SHEET: Final = "Instructie"
CODE_SHEET: Final = "Codelijst"
EXTRA_ROWS: Final = 200
"""Rows below the expected ones in which data validation holds too, for what a region adds."""

_WIDTHS: Final = {
    Column.AREA_NAME: 28, Column.NOTE: 50, Column.PERIOD: 9, ReferenceColumn.NUMERATOR: 14,
    ReferenceColumn.DENOMINATOR: 14,
}  # fmt: skip
_WIDTH: Final = 12
_TO_FILL_IN: Final = {"bg_color": "#FFF8DC", "border": 1, "border_color": "#C9C9C9", "align": "right"}
_NOT_ASKED: Final = {"bg_color": "#D9D9D9", "border": 1, "border_color": "#C9C9C9"}
_REFERENCE: Final = {"italic": True, "font_color": "#595959", "align": "right", "num_format": "0"}
_TEXT_COLUMNS: Final = frozenset(Column) - {Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE}
_MESSAGE_LENGTH: Final = 255
_SIGN_NAMES: Final = " of ".join(SIGN_SPELLINGS.values())


class _Block(NamedTuple):
    """Rows under each other of one dataset, counted from 0 (the header), and the first of them."""

    rows: range
    row: TemplateRow


def xlsx_template(template: Template) -> bytes:
    """The template as a spreadsheet; equal templates give equal bytes."""

    def fill(workbook: Any, formats: Formats) -> None:
        _fill_data(workbook.add_worksheet(DATA_SHEET), template, formats)
        _fill_text(workbook.add_worksheet(INSTRUCTION_SHEET), instruction(template), [30, 90], formats)
        _fill_text(workbook.add_worksheet(CODE_SHEET), code_list(template), [14, 44, 60, 60, 34], formats)

    return workbook_bytes(f"Sjabloon {template.region.name} {template.period.code}", fill)


def _fill_data(sheet: Any, template: Template, formats: Formats) -> None:
    _lay_out(sheet, len(template.rows), formats)
    for number, row in enumerate(template.rows, start=1):
        _write_row(sheet, number, row, formats)
    for block in _blocks(template.rows):
        _check_block(sheet, block)
    below = range(len(template.rows) + 1, len(template.rows) + 1 + EXTRA_ROWS)
    for header in (Column.NUMERATOR, Column.DENOMINATOR):
        _check_counts(sheet, below, header)
    for header, allowed in _choices(template).items():
        _check_choice(sheet, below.stop - 1, header, allowed)


def _lay_out(sheet: Any, row_count: int, formats: Formats) -> None:
    for number, header in enumerate(HEADERS):
        text = formats.of(TEXT) if header in _TEXT_COLUMNS else None
        sheet.set_column(number, number, _WIDTHS.get(header, _WIDTH), text)
        sheet.write_string(0, number, header, formats.of(HEADER))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, row_count, len(HEADERS) - 1)
    sheet.repeat_rows(0)
    _print_wide(sheet)


def _write_row(sheet: Any, number: int, row: TemplateRow, formats: Formats) -> None:
    for column, (header, text) in enumerate(row.cells().items()):
        if header == Column.NUMERATOR or (header == Column.DENOMINATOR and row.asks_denominator):
            sheet.write_blank(number, column, None, formats.of(_TO_FILL_IN))
        elif header == Column.DENOMINATOR:
            sheet.write_blank(number, column, None, formats.of(_NOT_ASKED))
        elif text and isinstance(header, Column):
            sheet.write_string(number, column, text, formats.of(TEXT))
    references = (row.previous_numerator, row.previous_denominator)
    for header, figure in zip(ReferenceColumn, references, strict=True):
        _write_figure(sheet, number, HEADERS.index(header), figure, formats.of(_REFERENCE))


def _write_figure(sheet: Any, row: int, column: int, figure: Number | None, style: Any) -> None:
    if figure is None:
        return
    if figure.amount is None:
        sheet.write_string(row, column, figure.spelling, style)
    else:
        sheet.write_number(row, column, figure.amount, style)


def _blocks(rows: Sequence[TemplateRow]) -> Iterator[_Block]:
    start = 1
    for _, group in groupby(rows, key=lambda row: row.asked.code):
        block = list(group)
        yield _Block(range(start, start + len(block)), block[0])
        start += len(block)


def _check_block(sheet: Any, block: _Block) -> None:
    asked = block.row.asked
    _check_counts(sheet, block.rows, Column.NUMERATOR, title=f"{asked.code} teller", meaning=asked.numerator.name)
    if asked.denominator:
        _check_counts(
            sheet, block.rows, Column.DENOMINATOR, title=f"{asked.code} noemer", meaning=asked.denominator.name
        )
    else:
        _refuse_denominator(sheet, block)


def _check_counts(sheet: Any, rows: range, header: Column, *, title: str = "", meaning: str = "") -> None:
    """Let cells take counts only; with a title, tell what is counted to who stands in them."""
    column = HEADERS.index(header)
    told = {"input_title": title, "input_message": f"{meaning}."[:_MESSAGE_LENGTH]} if title else {}
    check = {
        "validate": "custom",
        "value": count_formula(rows.start, column),
        "error_title": "Geen aantal",
        "error_message": f"Vul een heel getal van 0 of hoger in, of een teken: {_SIGN_NAMES}. Wat de tekens betekenen "
        "staat op het blad Codelijst.",
    }
    sheet.data_validation(rows.start, column, rows.stop - 1, column, check | told)


def _refuse_denominator(sheet: Any, block: _Block) -> None:
    column = HEADERS.index(Column.DENOMINATOR)
    check = {
        "validate": "custom",
        "value": "=FALSE",
        "error_title": "Noemer niet nodig",
        "error_message": f"Laat de noemer van {block.row.asked.code} leeg. De dienst vult het aantal inwoners zelf in.",
    }
    sheet.data_validation(block.rows.start, column, block.rows.stop - 1, column, check)


def count_formula(row: int, column: int) -> str:
    """The formula by which Excel accepts a whole number of 0 or more, or a sign, in this cell and those below it.

    OR and AND of Excel look at all their arguments, and rounding down a text is an error; so the number comes first.
    """
    cell = f"{chr(ord('A') + column)}{row + 1}"
    signs = ",".join(f'{cell}="{sign}"' for sign in SIGN_SPELLINGS.values())
    return f"=IF(ISNUMBER({cell}),AND({cell}>=0,INT({cell})={cell}),OR({signs}))"


def _choices(template: Template) -> Mapping[Column, Sequence[str]]:
    return {
        Column.AGE_BAND: (*template.age_bands, TOTAL),
        Column.SEX: tuple(sex.code for sex in Sex),
        Column.STATUS: (FINAL, PROVISIONAL),
    }


def _check_choice(sheet: Any, last: int, header: Column, allowed: Sequence[str]) -> None:
    column = HEADERS.index(header)
    check = {
        "validate": "list",
        "source": list(allowed),
        "error_title": f"{header} onbekend",
        "error_message": f"Kies een waarde uit de lijst: {', '.join(allowed)}.",
    }
    sheet.data_validation(1, column, last, column, check)


def _fill_text(sheet: Any, lines: Sequence[Line], widths: Sequence[int], formats: Formats) -> None:
    styles: Mapping[LineKind, Mapping[str, Any]] = {
        LineKind.HEADING: TITLE,
        LineKind.COLUMNS: HEADER,
        LineKind.TEXT: WRAPPED,
    }
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, line in enumerate(lines):
        for column, text in enumerate(line.cells):
            sheet.write_string(number, column, text, formats.of(styles[line.kind]))
    sheet.hide_gridlines(2)
    _print_wide(sheet)


def _print_wide(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
