"""Vektis, Open Databestand Zvw: insured years and costs per gemeente, age band and sex, one file a year.

Belongs here: the quirks of these files. Which columns a year has, which make a measure and of which day the gemeenten
are, is in `vektis.yaml`. The year is not in the file; the caller names it.

Quirks: headers in capitals to 2018, cut off at 32 letters in 2023; padded age labels; gemeente names only; one row
with blank keys, at any place, for what belongs to no gemeente; rows of fewer than 10 persons are absent, not zero;
negative amounts (corrections) exist. The ggz columns change in 2014 and in 2022, which breaks the series.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pandas as pd

from expectations.canonical import SignCode, canonical_frame
from expectations.findings import MAXIMUM_LISTED
from expectations.open_data.csv_contract import CsvContract, csv_contract
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.table import Table, find_differences, read_table, require_year
from expectations.rules import Rule, make_finding
from indicators.areas import Area, AreaLevel, area_key, area_register
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.reference_tables import vektis_gemeente_codes

DATASET: Final = "vektis"
KEYS: Final = ("geslacht", "leeftijdsklasse", "gemeentenaam")
INSURED_YEARS: Final = "aantal_verzekerdejaren"
_SEX, _AGE, _NAME = KEYS


def read_vektis(content: bytes, *, period: Period) -> OpenDataFile:
    """Read one year of Vektis. Never raises on bad input; the amounts are euros and years.

    Args:
        content: the bytes as downloaded.
        period: the year that the file is about, which the file itself does not say.

    Raises:
        UnknownCodeError: `period` is no year.
    """
    require_year(period)
    agreed = csv_contract(DATASET)
    table = read_table(content, agreed)
    _lengthen_names(table, agreed)
    find_differences(table, agreed, content, period)
    if table.is_refused:
        return table.file(DATASET, period, pd.DataFrame)
    _set_rest_rows_aside(table)
    frame = _keys(table, period)
    _find_other_gemeenten(table, agreed, period)
    amounts = _amounts(table, agreed)
    if why := agreed.break_years.get(period.code):
        table.normalisations.append(f"Reeksbreuk in {period.code}: {why}.")
    return table.file(DATASET, period, lambda: _long(frame, amounts))


def _lengthen_names(table: Table, agreed: CsvContract) -> None:
    """Give headers that were cut off their whole name."""
    whole = {
        name: entry
        for name in table.cells.columns
        for entry in agreed.columns
        if agreed.header_cut_off_at and len(name) >= agreed.header_cut_off_at
        if entry != name and entry.startswith(name)
    }
    table.cells = table.cells.rename(columns=whole)
    table.normalisations += [
        f"De afgekapte kolomnaam '{short}' is gelezen als '{name}'." for short, name in whole.items()
    ]


def _set_rest_rows_aside(table: Table) -> None:
    """Leave out the rows without any key and say how much they hold."""
    is_rest = (table.cells[list(KEYS)].apply(lambda column: column.str.strip()) == "").all(axis=1)
    for row, years in table.cells.loc[is_rest, INSURED_YEARS].items():
        table.normalisations.append(
            f"Rij {row} is de restrij zonder gemeente ({years} verzekerdejaren); zij telt in geen enkele gemeente mee."
        )
    table.cells = table.cells[~is_rest]


def _keys(table: Table, period: Period) -> pd.DataFrame:
    """The key columns of the canonical rows; the index is the row in the file."""
    codes = vektis_gemeente_codes()
    areas = table.mapped(
        _NAME,
        lambda name: area_key(codes[name.strip()]) if name.strip() in codes else None,
        Rule.OPEN_DATA_NAME_UNKNOWN,
    )
    strata = table.stratum_keys(_AGE, _SEX)
    table.find_repeated(areas, strata)
    keys = {"area_key": areas, "stratum_key": strata}
    return pd.DataFrame(keys).assign(period_key=period.key, sign_code=SignCode.NUMBER, is_provisional=False)


def _find_other_gemeenten(table: Table, agreed: CsvContract, period: Period) -> None:
    """The gemeenten in the file must be exactly those of a day that the contract names for the year."""
    layout = agreed.layout(period.year)
    if table.is_refused or layout is None:
        return
    codes = vektis_gemeente_codes()
    there = {codes[name] for name in table.cells[_NAME].str.strip().unique()}
    per_day = {day: {area.code: area.name for area in _existing(day)} for day in layout.gemeenten_on}
    day, existing = min(per_day.items(), key=lambda item: len(item[1].keys() ^ there))
    names = {code: name for name, code in codes.items()}
    differences = [
        *(f"{code} ({names[code]}) was toen geen gemeente" for code in sorted(there - existing.keys())),
        *(f"{code} ({existing[code]}) ontbreekt" for code in sorted(existing.keys() - there)),
    ]
    table.findings += [
        make_finding(Rule.OPEN_DATA_INDELING, period_code=period.code, day=day.isoformat(), difference=difference)
        for difference in differences[:MAXIMUM_LISTED]
    ]


def _existing(day: date) -> Sequence[Area]:
    return area_register().existing(AreaLevel.GEMEENTE, day)


def _amounts(table: Table, agreed: CsvContract) -> Mapping[int, "pd.Series[float]"]:
    """Per measure key the amount of every row; a measure without columns in this year is absent, not zero."""
    parts = agreed.columns_of_measure(table.cells.columns)
    numbers = {name: table.numbers(name) for name in dict.fromkeys(name for names in parts.values() for name in names)}
    keys = {code: catalogue().measures[code].key for code in parts}
    return {keys[code]: _sum([numbers[name] for name in names]) for code, names in parts.items()}


def _sum(columns: Sequence["pd.Series[float]"]) -> "pd.Series[float]":
    """The sum in whole cents, so that binary fractions do not pile up."""
    return pd.concat(columns, axis=1).sum(axis=1).round(2)


def _long(frame: pd.DataFrame, amounts: Mapping[int, "pd.Series[float]"]) -> pd.DataFrame:
    parts = [frame.assign(measure_key=key, amount=amount) for key, amount in amounts.items()]
    long = pd.concat(parts).rename_axis("source_row").reset_index()
    return canonical_frame(long.sort_values(["source_row", "measure_key"], kind="stable"))
