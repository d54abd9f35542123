"""Population on 1 January per gemeente, age band and sex: our own simple CSV, one file a year.

The header is `jaar;gebiedscode;leeftijd;geslacht;inwoners` (`population.yaml`). The year stands in every row and must
be the one that the caller names.
"""

from typing import Any, Final

import pandas as pd

from expectations.canonical import SignCode, canonical_frame
from expectations.cells import read_area_code
from expectations.open_data.csv_contract import csv_contract
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.table import Table, find_differences, read_table, require_year
from expectations.rules import Rule
from indicators.areas import AreaLevel, area_key, area_register, level_of
from indicators.measures import catalogue
from indicators.periods import Period

DATASET: Final = "population"
HEADER: Final = ("jaar", "gebiedscode", "leeftijd", "geslacht", "inwoners")
_YEAR, _AREA, _AGE, _SEX, _INHABITANTS = HEADER


def read_population(content: bytes, *, period: Period) -> OpenDataFile:
    """Read one year of population. Never raises on bad input; the amounts are persons.

    Args:
        content: the bytes of the file.
        period: the year on whose 1 January the persons were counted.

    Raises:
        UnknownCodeError: `period` is no year.
    """
    require_year(period)
    agreed = csv_contract(DATASET)
    table = read_table(content, agreed)
    find_differences(table, agreed, content, period)
    if table.is_refused:
        return table.file(DATASET, period, pd.DataFrame)
    table.find_cells(Rule.OPEN_DATA_YEAR, _YEAR, table.cells[_YEAR] != period.code, period_code=period.code)
    frame = _rows(table, period)
    return table.file(DATASET, period, lambda: canonical_frame(frame.rename_axis("source_row").reset_index()))


def _rows(table: Table, period: Period) -> pd.DataFrame:
    areas = table.mapped(_AREA, _gemeente_key, Rule.OPEN_DATA_KEY_INVALID)
    strata = table.stratum_keys(_AGE, _SEX)
    table.find_repeated(areas, strata)
    rows: dict[str, Any] = {"area_key": areas, "stratum_key": strata, "amount": _persons(table)}
    return pd.DataFrame(rows).assign(
        measure_key=catalogue().measures["population.inwoners"].key,
        period_key=period.key,
        sign_code=SignCode.NUMBER,
        is_provisional=False,
    )


def _gemeente_key(text: str) -> int | None:
    code = read_area_code(text)
    is_known = level_of(code) is AreaLevel.GEMEENTE and code in area_register().areas
    return area_key(code) if is_known else None


def _persons(table: Table) -> "pd.Series[float]":
    """Whole numbers of persons, never negative."""
    persons = table.numbers(_INHABITANTS)
    table.find_cells(Rule.OPEN_DATA_NUMBER, _INHABITANTS, (persons < 0) | (persons % 1 > 0))
    return persons
