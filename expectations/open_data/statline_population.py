"""Population on 1 January from CBS StatLine, table 03759ned: single years of age become five-year bands.

Belongs here: the quirks of this table. What it must look like is in `statline_03759ned.yaml`.

Quirks: gemeenten that ended are listed with empty cells, which says nothing; single years go on to 104 in newer years
and stop at 94 in older ones, where `95 jaar of ouder` closes them; in newer years that row repeats the single years.
Totals are in the answer too: what does not add up to them is refused.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import pandas as pd

from expectations.canonical import canonical_frame, empty_canonical
from expectations.findings import MAXIMUM_LISTED, Finding
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.statline_contract import Contract, contract, differences, period_code
from expectations.open_data.statline_document import StatlineDocument, StatlineDocumentError, unpack
from expectations.open_data.statline_strata import (
    AGE,
    ALL_AGES,
    ALL_SEXES,
    AREA,
    MISSING,
    SEX,
    SEXES,
    TABLE,
    strata_of,
    wide_cells,
)
from expectations.open_data.statline_table import NUMBER, TableDescription, describe, observations
from expectations.open_data.table import require_year
from expectations.rules import Rule, make_finding
from indicators.areas import AreaLevel, area_register
from indicators.measures import catalogue
from indicators.periods import Period


def read_statline_population(content: bytes, *, period: Period) -> OpenDataFile:
    """Read one year of population from kept answers of StatLine. Never raises on bad input; the amounts are persons.

    Args:
        content: the document as `statline_document.pack` writes it.
        period: the year on whose 1 January the persons were counted.

    Raises:
        UnknownCodeError: `period` is no year.
    """
    require_year(period)
    agreed = contract(TABLE)
    try:
        document = unpack(content)
        table = describe(document)
        faults = [f"het gaat over tabel {document.table}"] if document.table != TABLE else []
        faults += differences(agreed, table, document.protocol, period)
        if faults:
            return _refused(
                period, [make_finding(Rule.STATLINE_DIFFERS, table=TABLE, difference=fault) for fault in faults]
            )
        cells = observations(document, list(agreed.dimensions), agreed.measure(document.protocol))
    except StatlineDocumentError as error:
        return _refused(period, [make_finding(Rule.STATLINE_DOCUMENT, reason=str(error))])
    return _read(agreed, document, table, cells, period)


def _refused(period: Period, findings: list[Finding]) -> OpenDataFile:
    return OpenDataFile(contract(TABLE).dataset, period, empty_canonical(), tuple(findings), ())


def _read(
    agreed: Contract, document: StatlineDocument, table: TableDescription, cells: pd.DataFrame, period: Period
) -> OpenDataFile:
    findings = _cell_findings(agreed, cells, period)
    if findings:
        return _refused(period, findings)
    wide = wide_cells(cells[cells["reason"] == NUMBER], "value")
    there = set(wide.index.get_level_values(AREA))
    existing = {area.code: area.name for area in area_register().existing(AreaLevel.GEMEENTE, period.start)}
    findings = _area_findings(there, existing, period)
    strata = strata_of(agreed, cells, wide, sorted(there & existing.keys()))
    findings += _missing_cells(strata) + _total_findings(strata, wide)
    if findings:
        return _refused(period, findings[:MAXIMUM_LISTED])
    status = table.status[period_code(period)]
    rows = strata.assign(
        measure_key=catalogue().measures["population.inwoners"].key,
        period_key=period.key,
        is_provisional=agreed.statuses[status] == "provisional",
    )
    return OpenDataFile(agreed.dataset, period, canonical_frame(rows), (), _said(agreed, document, status, period))


def _said(agreed: Contract, document: StatlineDocument, status: str, period: Period) -> tuple[str, ...]:
    first = f"Tabel {document.table} van CBS StatLine; de cijfers over {period.code} zijn {status.lower()}."
    bands = f"Losse leeftijden zijn samengevoegd tot klassen van vijf jaar; {agreed.geography}."
    why = agreed.break_years.get(period.code)
    return (first, bands, *([f"Reeksbreuk in {period.code}: {why}."] if why else []))


def _cell_findings(agreed: Contract, cells: pd.DataFrame, period: Period) -> list[Finding]:
    """What is wrong with single records: outside what was asked, repeated, or no number of persons."""
    findings = []
    for column, wanted in {**agreed.selection, agreed.time_dimension: period_code(period)}.items():
        for row, value in _listed(cells, cells[column] != wanted, column):
            findings.append(make_finding(Rule.STATLINE_SELECTION, row=row, column=column, value=value, wanted=wanted))
    for row, _ in _listed(cells, cells.duplicated([AREA, SEX, AGE]), AREA):
        findings.append(make_finding(Rule.OPEN_DATA_REPEATED, row=row))
    for column in (SEX, AGE):
        is_unknown = ~cells[column].isin(agreed.dimensions[column].codes)
        for row, value in _listed(cells, is_unknown, column):
            findings.append(make_finding(Rule.OPEN_DATA_KEY_INVALID, row=row, column=column, value=value))
    findings += _value_findings(agreed, cells)
    return findings[:MAXIMUM_LISTED]


def _value_findings(agreed: Contract, cells: pd.DataFrame) -> list[Finding]:
    """Records whose value is no number of persons, or is empty for a reason that is not known."""
    has_number = cells["value"].notna()
    wrong = (cells["reason"] == NUMBER) != has_number
    wrong |= ~cells["reason"].isin([NUMBER, *agreed.without_number])
    wrong |= has_number & ((cells["value"] < 0) | (cells["value"] % 1 > 0))
    listed = cells[wrong].head(MAXIMUM_LISTED)
    return [
        make_finding(Rule.STATLINE_CELL, row=int(row), value="" if pd.isna(value) else f"{value:g}", reason=reason)
        for row, value, reason in zip(listed["row"], listed["value"], listed["reason"], strict=True)
    ]


def _listed(cells: pd.DataFrame, is_wrong: "pd.Series[bool]", column: str) -> list[tuple[int, str]]:
    wrong = cells[is_wrong].head(MAXIMUM_LISTED)
    return [(int(row), str(value)) for row, value in zip(wrong["row"], wrong[column], strict=True)]


def _area_findings(there: AbstractSet[str], existing: Mapping[str, str], period: Period) -> list[Finding]:
    """Gemeenten with figures must be those that existed on 1 January."""
    unknown = [
        make_finding(Rule.STATLINE_AREA_UNKNOWN, area_code=code, period_code=period.code)
        for code in sorted(there - existing.keys())
    ]
    missing = [
        make_finding(Rule.STATLINE_AREA_MISSING, area_code=code, area_name=existing[code], period_code=period.code)
        for code in sorted(existing.keys() - there)
    ]
    return unknown + missing


def _missing_cells(strata: pd.DataFrame) -> list[Finding]:
    missing = strata[strata["sign_code"] == MISSING].head(MAXIMUM_LISTED)
    return [
        make_finding(Rule.STATLINE_CELL_MISSING, area_code=area, sex=SEXES[sex].code, age_band=band)
        for area, sex, band in zip(missing[AREA], missing[SEX], missing["age_band"], strict=True)
    ]


def _total_findings(strata: pd.DataFrame, wide: pd.DataFrame) -> list[Finding]:
    """Gemeenten whose strata, all with a number, do not add up to the total that the table gives."""
    sums = strata.groupby(AREA)["amount"].agg(lambda amounts: amounts.sum(min_count=len(amounts)))
    pairs = pd.MultiIndex.from_product([sums.index, [ALL_SEXES]])
    totals = pd.Series(wide[ALL_AGES].reindex(pairs).to_numpy(), index=sums.index)
    wrong = sums.notna() & (sums != totals)
    return [
        make_finding(Rule.STATLINE_TOTAL, area_code=area, found=f"{found:.0f}", expected=f"{total:.0f}")
        for area, found, total in zip(sums.index[wrong], sums[wrong], totals[wrong], strict=True)
    ]
