"""Population on 1 January from CBS StatLine, table 03759ned: single years of age become five-year bands.

Belongs here: the quirks of this table. What it must look like is in `statline_03759ned.yaml`.

Quirks: gemeenten that ended are listed with empty cells, which says nothing; single years go on to 104 in newer years
and stop at 94 in older ones, where `95 jaar of ouder` closes them; in newer years that row repeats the single years.
Totals are in the answer too: what does not add up to them is refused.
"""

import pandas as pd

from expectations.canonical import canonical_frame
from expectations.findings import MAXIMUM_LISTED, Finding
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.statline_csv import figures_of_csv
from expectations.open_data.statline_document import StatlineDocumentError, is_statline_document, unpack
from expectations.open_data.statline_figures import (
    AgreedFigures,
    StatlineRefusedError,
    agreed_figures,
    area_findings,
    existing_gemeenten,
    refused,
)
from expectations.open_data.statline_strata import (
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
from expectations.open_data.statline_table import NUMBER
from expectations.open_data.table import require_year
from expectations.rules import Rule, make_finding
from indicators.measures import catalogue
from indicators.periods import Period


def read_statline_population(content: bytes, *, period: Period) -> OpenDataFile:
    """Read one year of population from kept answers of StatLine. Never raises on bad input; the amounts are persons.

    Args:
        content: the document as `statline_document.pack` writes it, or a CSV that was downloaded by hand.
        period: the year on whose 1 January the persons were counted.

    Raises:
        UnknownCodeError: `period` is no year.
    """
    require_year(period)
    try:
        if is_statline_document(content):
            return _read(agreed_figures(unpack(content), TABLE, period))
        return _read(figures_of_csv(content, TABLE, period))
    except (StatlineDocumentError, StatlineRefusedError) as error:
        return refused(TABLE, period, error)


def _read(figures: AgreedFigures) -> OpenDataFile:
    (cells,), (measure,) = figures.cells.values(), [m.fills for m in figures.agreed.measures if m.fills]
    wide, period = wide_cells(cells[cells["reason"] == NUMBER], "value"), figures.period
    there = set(wide.index.get_level_values(AREA))
    findings = area_findings(there, there, period)
    strata = strata_of(figures.agreed, cells, wide, sorted(there & existing_gemeenten(period).keys()))
    findings += _missing_cells(strata) + _total_findings(strata, wide)
    if findings:
        raise StatlineRefusedError(findings[:MAXIMUM_LISTED])
    rows = strata.assign(
        measure_key=catalogue().measures[measure].key,
        period_key=period.key,
        is_provisional=figures.is_provisional,
    )
    said = (*figures.said(), "Losse leeftijden zijn samengevoegd tot klassen van vijf jaar.")
    return OpenDataFile(figures.agreed.dataset, period, canonical_frame(rows), (), said)


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
