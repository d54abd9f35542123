"""Tables of percentages, such as RIVM 50120NED: an estimated share becomes a number of persons.

Percentages of gemeenten may not be averaged, so each is multiplied by the inhabitants of that gemeente, from the table
that the contract names as denominator; its answers are in the same document. A new table of this kind is a contract.
Does not belong here: what the tables must look like (`statline_<table>.yaml`) and bands of age (`statline_strata.py`).
"""

from typing import Final

import pandas as pd

from expectations.canonical import SignCode, canonical_frame
from expectations.findings import MAXIMUM_LISTED
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.statline_contract import Denominator
from expectations.open_data.statline_document import StatlineDocument, StatlineDocumentError, unpack
from expectations.open_data.statline_figures import (
    SIGNS,
    AgreedFigures,
    StatlineRefusedError,
    agreed_figures,
    area_findings,
    existing_gemeenten,
    refused,
)
from expectations.open_data.statline_strata import adults_of
from expectations.open_data.table import require_year
from expectations.rules import Rule, make_finding
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.strata import TOTAL_STRATUM

_DECIMALS: Final = 6


def read_statline_estimates(content: bytes, table: str, *, period: Period) -> OpenDataFile:
    """Read one year of a table of percentages. Never raises on bad input; the amounts are persons.

    Args:
        content: the document as `statline_document.pack` writes it.
        table: the table, whose contract names a denominator.
        period: the year.

    Raises:
        UnknownCodeError: `period` is no year.
    """
    require_year(period)
    try:
        document = unpack(content)
        figures = agreed_figures(document, table, period)
        wanted = figures.agreed.denominator
        if wanted is None:
            raise StatlineDocumentError(f"de afspraak over tabel {table} noemt geen noemer")
        return _read(figures, document, wanted)
    except (StatlineDocumentError, StatlineRefusedError) as error:
        return refused(table, period, error)


def _read(figures: AgreedFigures, document: StatlineDocument, wanted: Denominator) -> OpenDataFile:
    period, filled = figures.period, figures.agreed.filled(document.protocol)
    shares = {filled[code]: _per_gemeente(figures, cells) for code, cells in figures.cells.items()}
    listed = set().union(*(of_measure.index for of_measure in shares.values()))
    there = set().union(*(of_measure.index[of_measure["value"].notna()] for of_measure in shares.values()))
    findings = area_findings(there, listed, period)
    if findings:
        raise StatlineRefusedError(findings[:MAXIMUM_LISTED])
    persons = _inhabitants(document, wanted, period)
    places = next(iter(shares.values()))["row"].reindex(persons.index)
    parts = [_rows(wanted.fills, places, persons, pd.Series(int(SignCode.NUMBER), index=persons.index))]
    for measure, of_measure in shares.items():
        of_area = of_measure.reindex(persons.index)
        amounts = (of_area["value"] / 100 * persons).round(_DECIMALS)
        parts.append(_rows(measure, of_area["row"], amounts, of_area["sign_code"]))
    rows = pd.concat(parts).assign(
        stratum_key=TOTAL_STRATUM.key, period_key=period.key, is_provisional=figures.is_provisional
    )
    inhabitants = f"inwoners van {wanted.from_age} jaar en ouder op 1 januari (tabel {wanted.table})"
    said = (*figures.said(), f"Elk percentage is vermenigvuldigd met de {inhabitants}.")
    ordered = rows.sort_values(["source_row", "measure_key"], kind="stable")
    return OpenDataFile(figures.agreed.dataset, period, canonical_frame(ordered), (), said)


def _inhabitants(document: StatlineDocument, wanted: Denominator, period: Period) -> "pd.Series[float]":
    """The inhabitants from an age on of every gemeente of the year."""
    if [other.table for other in document.related] != [wanted.table]:
        raise StatlineDocumentError(f"de antwoorden over tabel {wanted.table} ontbreken, waarmee wordt gerekend")
    figures = agreed_figures(document.related[0], wanted.table, period, selection=wanted.selection)
    (cells,) = figures.cells.values()
    adults = adults_of(cells, wanted.from_age)
    adults = adults[adults["total"].notna()]
    findings = area_findings(set(adults.index), set(adults.index), period)
    found = adults["adults"] + adults["younger"]
    wrong = found.isna() | (found != adults["total"])
    findings += [
        make_finding(Rule.STATLINE_TOTAL, area_code=str(area), found=f"{number:.0f}", expected=f"{total:.0f}")
        for area, number, total in zip(adults.index[wrong], found[wrong], adults.loc[wrong, "total"], strict=True)
    ]
    if findings:
        raise StatlineRefusedError(findings[:MAXIMUM_LISTED])
    return adults["adults"]


def _per_gemeente(figures: AgreedFigures, cells: pd.DataFrame) -> pd.DataFrame:
    """Value, sign and record of every gemeente; one that did not exist and has no number says nothing."""
    meaning = cells["reason"].map(figures.agreed.without_number).map(SIGNS)
    of_area = cells.assign(sign_code=meaning.fillna(int(SignCode.NUMBER))).set_index(figures.agreed.region_dimension)
    is_wanted = of_area["value"].notna() | of_area.index.isin(existing_gemeenten(figures.period))
    return of_area.loc[is_wanted, ["value", "sign_code", "row"]]


def _rows(measure: str, places: "pd.Series[int]", amounts: "pd.Series[float]", signs: "pd.Series[int]") -> pd.DataFrame:
    frame = pd.DataFrame({"source_row": places, "amount": amounts, "sign_code": signs})
    areas = frame.index.map(area_key)
    return frame.assign(area_key=areas, measure_key=catalogue().measures[measure].key).reset_index(drop=True)
