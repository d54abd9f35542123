"""The figures in kept answers of StatLine, after the table was held against its contract: the same for every table.

Belongs here: what is wrong with single records (outside what was asked, repeated, an unknown code, no possible figure)
and with the gemeenten that have figures. Does not belong here: what the figures of one table become.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import pandas as pd

from expectations.canonical import SignCode, empty_canonical
from expectations.findings import MAXIMUM_LISTED, Finding
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.statline_contract import Contract, contract, period_code
from expectations.open_data.statline_differences import differences
from expectations.open_data.statline_document import Protocol, StatlineDocument, StatlineDocumentError
from expectations.open_data.statline_table import NUMBER, TableDescription, describe, observations
from expectations.rules import Rule, make_finding
from indicators.areas import AreaLevel, area_register
from indicators.periods import Period

SIGNS: Final = {"unknown": SignCode.UNKNOWN, "secret": SignCode.SECRET}
"""What stands for a figure without a number, in this order: secret weighs more than unknown."""


class StatlineRefusedError(ValueError):
    """The figures may not be read; carries the findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__("refused")
        self.findings = tuple(findings)


@dataclass(frozen=True)
class AgreedFigures:
    """Figures that are as agreed: per code of a measure the cells in long form."""

    agreed: Contract
    table: TableDescription
    cells: Mapping[str, pd.DataFrame]
    period: Period

    @property
    def status(self) -> str:
        """The status of the period, in the words of the table."""
        return self.table.status[period_code(self.period)]

    @property
    def is_provisional(self) -> bool:
        """Whether the contract calls that status provisional."""
        return self.agreed.statuses[self.status] == "provisional"

    def said(self) -> list[str]:
        """What a reader of the receipt should know of the table."""
        first = f"Tabel {self.agreed.table} van {self.agreed.owner}; de cijfers over {self.period.code} zijn"
        why = self.agreed.break_years.get(self.period.code)
        break_of_series = [f"Reeksbreuk in {self.period.code}: {why}."] if why else []
        return [f"{first} {self.status.lower()}; {self.agreed.geography}.", *break_of_series]


def agreed_figures(
    document: StatlineDocument, table: str, period: Period, *, selection: Mapping[str, str] | None = None
) -> AgreedFigures:
    """The figures of a table, when nothing is wrong with them.

    Args:
        document: the kept answers.
        table: the table that they must be of.
        period: the period that they must be about.
        selection: codes that were asked beside what the contract selects.

    Raises:
        StatlineDocumentError: an answer is not as the protocol says.
        StatlineRefusedError: the table or a record is not as agreed.
    """
    agreed, described = contract(table), describe(document)
    if document.table != table:
        raise StatlineDocumentError(f"het gaat over tabel {document.table}, niet over {table}")
    require_as_agreed(agreed, described, document.protocol, period)
    codes, names = agreed.filled(document.protocol), list(agreed.dimensions)
    cells = {code: observations(document, names, code) for code in codes}
    return checked(AgreedFigures(agreed, described, cells, period), selection or {})


def require_as_agreed(agreed: Contract, found: TableDescription, protocol: Protocol, period: Period) -> None:
    """Refuse a table that is not as its contract says.

    Raises:
        StatlineRefusedError: it is not; carries every difference.
    """
    if faults := differences(agreed, found, protocol, period):
        raise StatlineRefusedError(
            make_finding(Rule.STATLINE_DIFFERS, table=agreed.table, difference=fault) for fault in faults
        )


def checked(figures: AgreedFigures, selection: Mapping[str, str]) -> AgreedFigures:
    """The same figures, when nothing is wrong with any record.

    Raises:
        StatlineRefusedError: something is.
    """
    agreed = figures.agreed
    wanted = {**agreed.selection, **selection, agreed.time_dimension: period_code(figures.period)}
    findings = [finding for cells in figures.cells.values() for finding in _cell_findings(agreed, cells, wanted)]
    if findings:
        raise StatlineRefusedError(dict.fromkeys(findings[:MAXIMUM_LISTED]))
    return figures


def refused(table: str, period: Period, error: StatlineDocumentError | StatlineRefusedError) -> OpenDataFile:
    """The result when the figures may not be read."""
    if isinstance(error, StatlineRefusedError):
        findings = error.findings
    else:
        findings = (make_finding(Rule.STATLINE_DOCUMENT, reason=str(error)),)
    return OpenDataFile(contract(table).dataset, period, empty_canonical(), findings, ())


def area_findings(there: AbstractSet[str], listed: AbstractSet[str], period: Period) -> list[Finding]:
    """Gemeenten must be those that existed on 1 January.

    Args:
        there: those with a number.
        listed: those that are not missing.
        period: the year.
    """
    existing = existing_gemeenten(period)
    unknown = [
        make_finding(Rule.STATLINE_AREA_UNKNOWN, area_code=code, period_code=period.code)
        for code in sorted(there - existing.keys())
    ]
    missing = [
        make_finding(Rule.STATLINE_AREA_MISSING, area_code=code, area_name=existing[code], period_code=period.code)
        for code in sorted(existing.keys() - listed)
    ]
    return unknown + missing


def existing_gemeenten(period: Period) -> Mapping[str, str]:
    """Code and name of the gemeenten on the first day of a period."""
    return {area.code: area.name for area in area_register().existing(AreaLevel.GEMEENTE, period.start)}


def _cell_findings(agreed: Contract, cells: pd.DataFrame, wanted: Mapping[str, str]) -> list[Finding]:
    findings = []
    for column, code in wanted.items():
        for row, value in _listed(cells, cells[column] != code, column):
            findings.append(make_finding(Rule.STATLINE_SELECTION, row=row, column=column, value=value, wanted=code))
    for row, _ in _listed(cells, cells.duplicated(agreed.keys), agreed.region_dimension):
        findings.append(make_finding(Rule.OPEN_DATA_REPEATED, row=row))
    for column in (name for name in agreed.keys if agreed.dimensions[name].codes):
        is_unknown = ~cells[column].isin(agreed.dimensions[column].codes)
        for row, value in _listed(cells, is_unknown, column):
            findings.append(make_finding(Rule.OPEN_DATA_KEY_INVALID, row=row, column=column, value=value))
    findings += _value_findings(agreed, cells)
    return findings[:MAXIMUM_LISTED]


def _value_findings(agreed: Contract, cells: pd.DataFrame) -> list[Finding]:
    """Records whose value cannot be a figure of this table, or is empty for a reason that is not known."""
    has_number = cells["value"].notna()
    wrong = (cells["reason"] == NUMBER) != has_number
    wrong |= ~cells["reason"].isin([NUMBER, *agreed.without_number])
    wrong |= has_number & ~agreed.figures.is_possible(cells["value"])
    listed = cells[wrong].head(MAXIMUM_LISTED)
    return [
        make_finding(Rule.STATLINE_CELL, row=int(row), value="" if pd.isna(value) else f"{value:g}", reason=reason,
                     figure=agreed.figures.words)
        for row, value, reason in zip(listed["row"], listed["value"], listed["reason"], strict=True)
    ]  # fmt: skip


def _listed(cells: pd.DataFrame, is_wrong: "pd.Series[bool]", column: str) -> list[tuple[int, str]]:
    wrong = cells[is_wrong].head(MAXIMUM_LISTED)
    return [(int(row), str(value)) for row, value in zip(wrong["row"], wrong[column], strict=True)]
