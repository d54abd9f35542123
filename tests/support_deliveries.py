"""Deliveries made by hand for tests: a sound and complete one, and single faults to plant in it."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from expectations.columns import Column
from expectations.judgement import FileToJudge
from expectations.rules import Rule
from indicators.areas import area_register
from indicators.periods import Period
from indicators.strata import AGE_BANDS, TOTAL
from tests.support_spreadsheets import ods, sheet_of, workbook, xls

REGION: Final = "ZK08"
PERIOD: Final = Period.parse("2024Q4")
WITH_DENOMINATOR: Final = ("PRE02", "OUD08", "GGZ03", "DIG01")
BROKEN_DOWN: Final = ("OUD01",)
PER_GEMEENTE: Final = ("PRE02", "OUD01")

Row = dict[Column, str]


def row(indicator: str, area_code: str, age_band: str = TOTAL, sex: str = TOTAL) -> Row:
    """One sound row; counts are large enough to stay clear of small numbers."""
    denominator = "2400" if indicator in WITH_DENOMINATOR else ""
    cells = dict.fromkeys(Column, "")
    return cells | {
        Column.INDICATOR: indicator,
        Column.PERIOD: PERIOD.code,
        Column.AREA_CODE: area_code,
        Column.AREA_NAME: area_register().area(area_code).name,
        Column.AGE_BAND: age_band,
        Column.SEX: sex,
        Column.NUMERATOR: "312",
        Column.DENOMINATOR: denominator,
        Column.VALUE: "13,0" if denominator else "",
        Column.STATUS: "definitief",
    }


def sound_rows() -> list[Row]:
    """Everything that one region is asked for one quarter."""
    gemeenten = [area.code for area in area_register().gemeenten_of(REGION, PERIOD.end)]
    old = AGE_BANDS[AGE_BANDS.index("65-69") :]
    return [
        *(row("PRE02", code) for code in gemeenten),
        *(row("OUD01", code, band, sex) for code in gemeenten[:3] for sex in ("M", "V") for band in old),
        *(row(indicator, REGION) for indicator in ("OUD08", "GGZ03", "DIG01")),
    ]


def as_file(rows: Iterable[Row]) -> FileToJudge:
    """The rows as a CSV of the region."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(Column)
    writer.writerows(cells.values() for cells in rows)
    return FileToJudge(text.getvalue().encode("utf-8-sig"), REGION, PERIOD)


def as_text(separator: str, encoding: str) -> Callable[[Iterable[Row]], bytes]:
    """The rows as a CSV in another dialect."""

    def write(rows: Iterable[Row]) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        writer.writerow(Column)
        writer.writerows(cells.values() for cells in rows)
        return text.getvalue().encode(encoding)

    return write


def _table(rows: Iterable[Row]) -> list[list[str]]:
    return [[column.value for column in Column], *(list(cells.values()) for cells in rows)]


FORMS: Final[Mapping[str, Callable[[Iterable[Row]], bytes]]] = {
    "csv": as_text(";", "utf-8-sig"),
    "tab": as_text("\t", "utf-8"),
    "windows": as_text(",", "cp1252"),
    "utf-16": as_text(";", "utf-16"),
    "xlsx": lambda rows: workbook(sheet_of(*_table(rows))),
    "ods": lambda rows: ods(_table(rows)),
    "xls": lambda rows: xls(_table(rows)),
}
"""Every kind of file in which a region may deliver."""


class Fault(NamedTuple):
    """One fault in one row: the rule that must name it, the column, the cells that make it, where it can be planted."""

    rule: Rule
    column: Column
    cells: Callable[[Row], Row]
    indicators: Sequence[str] = (*WITH_DENOMINATOR, *BROKEN_DOWN)


def _always(column: Column, text: str, **others: str) -> Callable[[Row], Row]:
    named = {Column[name]: other for name, other in others.items()}
    return lambda _: {column: text, **named}


def _count(text: str) -> Callable[[Row], Row]:
    return _always(Column.NUMERATOR, text, VALUE="")


def _area(code: str) -> Callable[[Row], Row]:
    return _always(Column.AREA_CODE, code, AREA_NAME="")


FAULTS: Final = (
    *(Fault(Rule.CELL_REQUIRED, column, _always(column, "")) for column in (Column.INDICATOR, Column.PERIOD)),
    Fault(Rule.CELL_REQUIRED, Column.NUMERATOR, _count(""), WITH_DENOMINATOR),
    Fault(Rule.AREA_MISSING, Column.AREA_CODE, _area("")),
    Fault(Rule.AREA_NAME_UNKNOWN, Column.AREA_NAME, _always(Column.AREA_CODE, "", AREA_NAME="Zomaar")),
    Fault(Rule.AREA_CODE_FROM_NAME, Column.AREA_CODE, _always(Column.AREA_CODE, ""), PER_GEMEENTE),
    Fault(Rule.CELL_EXCEL_ERROR, Column.NUMERATOR, _count("#N/B")),
    Fault(Rule.NUMBER_NONE, Column.NUMERATOR, _count("veel")),
    Fault(Rule.NUMBER_AMBIGUOUS, Column.NUMERATOR, _count("1,234")),
    Fault(Rule.NUMBER_NOT_WHOLE, Column.NUMERATOR, _count("1,5")),
    Fault(Rule.NUMBER_NEGATIVE, Column.NUMERATOR, _count("-5")),
    Fault(Rule.NUMBER_NEGATIVE, Column.DENOMINATOR, _always(Column.DENOMINATOR, "-5", VALUE=""), WITH_DENOMINATOR),
    Fault(Rule.PERIOD_INVALID, Column.PERIOD, _always(Column.PERIOD, "2025Q5")),
    Fault(Rule.PERIOD_AMBIGUOUS, Column.PERIOD, _always(Column.PERIOD, "4-2025")),
    Fault(Rule.PERIOD_OTHER, Column.PERIOD, _always(Column.PERIOD, "2025Q3")),
    Fault(Rule.STATUS_UNKNOWN, Column.STATUS, _always(Column.STATUS, "misschien")),
    Fault(Rule.INDICATOR_UNKNOWN, Column.INDICATOR, _always(Column.INDICATOR, "PRE99")),
    Fault(Rule.AREA_FORM, Column.AREA_CODE, _area("Leeuwarden")),
    Fault(Rule.AREA_UNKNOWN, Column.AREA_CODE, _area("GM9999")),
    Fault(Rule.AREA_ENDED, Column.AREA_CODE, _area("GM0457")),
    Fault(Rule.AREA_OTHER_REGION, Column.AREA_CODE, _area("GM0363")),
    Fault(Rule.AREA_LEVEL, Column.AREA_CODE, _area("WK008001")),
    Fault(Rule.AREA_LEVEL, Column.AREA_CODE, _area("NL")),
    Fault(Rule.AREA_CODE_COMPLETED, Column.AREA_CODE, lambda cells: _short_code(cells), PER_GEMEENTE),
    Fault(Rule.AREA_NAME_DIFFERS, Column.AREA_NAME, _always(Column.AREA_NAME, "Zomaar")),
    Fault(Rule.AGE_UNKNOWN, Column.AGE_BAND, _always(Column.AGE_BAND, "65-70")),
    Fault(Rule.SEX_UNKNOWN, Column.SEX, _always(Column.SEX, "onbekend")),
    Fault(Rule.STRATUM_MISSING, Column.AGE_BAND, _always(Column.AGE_BAND, ""), BROKEN_DOWN),
    Fault(Rule.STRATUM_MISSING, Column.AGE_BAND, _always(Column.SEX, TOTAL), BROKEN_DOWN),
    Fault(Rule.STRATUM_NOT_ASKED, Column.AGE_BAND, _always(Column.AGE_BAND, "0-4"), BROKEN_DOWN),
    Fault(Rule.STRATUM_NOT_ASKED, Column.AGE_BAND, _always(Column.AGE_BAND, "65-69"), WITH_DENOMINATOR),
    Fault(Rule.DENOMINATOR_MISSING, Column.DENOMINATOR, _always(Column.DENOMINATOR, ""), WITH_DENOMINATOR),
    Fault(Rule.DENOMINATOR_ZERO, Column.DENOMINATOR, _always(Column.DENOMINATOR, "0", VALUE=""), WITH_DENOMINATOR),
    Fault(
        Rule.BOTH_ZERO,
        Column.DENOMINATOR,
        _always(Column.DENOMINATOR, "0", NUMERATOR="0", VALUE=""),
        WITH_DENOMINATOR,
    ),
    Fault(
        Rule.NUMERATOR_ABOVE_DENOMINATOR,
        Column.NUMERATOR,
        _always(Column.NUMERATOR, "2401", VALUE=""),
        WITH_DENOMINATOR,
    ),
    Fault(Rule.VALUE_DIFFERS, Column.VALUE, _always(Column.VALUE, "31,0"), WITH_DENOMINATOR),
)


def _short_code(cells: Row) -> Row:
    return {Column.AREA_CODE: cells[Column.AREA_CODE].removeprefix("GM").lstrip("0")}


def planted(rows: Sequence[Row], position: int, fault: Fault) -> list[Row]:
    """The rows with the fault in one of them."""
    changed = [dict(cells) for cells in rows]
    changed[position] |= fault.cells(changed[position])
    return changed
