"""Vektis, Open Databestand Zvw: insured years and costs per gemeente, age band and sex, one file a year.

Belongs here: the quirks of these files. Which column makes which measure, and in which years a column must be there,
is in `vektis_column.csv`. The year is not in the file; the caller names it.

Quirks: headers in capitals to 2018, cut off at 32 letters in 2023; padded age labels; gemeente names only; one row
with blank keys, at any place, for what belongs to no gemeente; rows of fewer than 10 persons are absent, not zero;
negative amounts (corrections) exist. The ggz columns change in 2014 and in 2022, which breaks the series.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import pandas as pd

from expectations.canonical import SignCode, canonical_frame
from expectations.open_data.open_data_file import OpenDataFile
from expectations.open_data.table import Table, missing_columns, read_table, require_year
from expectations.rules import Rule
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.reference_tables import vektis_gemeente_codes

DATASET: Final = "vektis"
KEYS: Final = ("geslacht", "leeftijdsklasse", "gemeentenaam")
INSURED_YEARS: Final = "aantal_verzekerdejaren"
_SEX, _AGE, _NAME = KEYS
_PERSONS: Final = "aantal_bsn"
_COST: Final = "kosten_"
_CUT_OFF: Final = 30
"""A header of at least this length may be the beginning of a longer name."""


class VektisColumn(NamedTuple):
    """A cost column, the measure that it is part of (beside the total), and the years in which it must be there."""

    column: str
    measure_code: str | None
    required_from: int | None
    required_until: int | None

    def is_required_in(self, year: int) -> bool:
        """Whether a file of this year without the column is not whole."""
        return self.required_from is not None and self.required_from <= year <= (self.required_until or year)


@cache
def vektis_columns() -> tuple[VektisColumn, ...]:
    """The known cost columns, one row per column and measure."""
    text = files("expectations.open_data").joinpath("vektis_column.csv").read_text(encoding="utf-8")
    return tuple(
        VektisColumn(
            row["column"], row["measure_code"] or None, _year(row["required_from"]), _year(row["required_until"])
        )
        for row in csv.DictReader(text.splitlines())
    )


def read_vektis(content: bytes, *, period: Period) -> OpenDataFile:
    """Read one year of Vektis. Never raises on bad input; the amounts are euros and years.

    Args:
        content: the bytes as downloaded.
        period: the year that the file is about, which the file itself does not say.

    Raises:
        UnknownCodeError: `period` is no year.
    """
    require_year(period)
    table = read_table(content)
    _lengthen_names(table)
    missing_columns(table, "Vektis", period, _required(period.year))
    if table.is_refused:
        return table.file(DATASET, period, pd.DataFrame)
    _say_unknown_columns(table)
    _set_rest_rows_aside(table)
    frame = _keys(table, period)
    amounts = _amounts(table)
    return table.file(DATASET, period, lambda: _long(frame, amounts))


def _lengthen_names(table: Table) -> None:
    """Give headers that were cut off their whole name."""
    known = {entry.column for entry in vektis_columns()}
    whole = {
        name: entry
        for name in table.cells.columns
        for entry in known
        if len(name) >= _CUT_OFF and entry != name and entry.startswith(name)
    }
    table.cells = table.cells.rename(columns=whole)
    table.normalisations += [
        f"De afgekapte kolomnaam '{short}' is gelezen als '{name}'." for short, name in whole.items()
    ]


def _required(year: int) -> list[str]:
    of_year = dict.fromkeys(entry.column for entry in vektis_columns() if entry.is_required_in(year))
    return [*KEYS, INSURED_YEARS, *of_year]


def _say_unknown_columns(table: Table) -> None:
    known = {*KEYS, INSURED_YEARS, _PERSONS} | {entry.column for entry in vektis_columns()}
    for column in sorted(set(table.cells.columns) - known):
        counts = "telt mee in de totale kosten" if column.startswith(_COST) else "is niet gebruikt"
        table.normalisations.append(f"De onbekende kolom '{column}' {counts}.")


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
        _NAME, lambda name: area_key(codes[name]) if name in codes else None, Rule.OPEN_DATA_NAME_UNKNOWN
    )
    strata = table.stratum_keys(_AGE, _SEX)
    table.find_repeated(areas, strata)
    keys = {"area_key": areas, "stratum_key": strata}
    return pd.DataFrame(keys).assign(period_key=period.key, sign_code=SignCode.NUMBER, is_provisional=False)


def _amounts(table: Table) -> Mapping[int, "pd.Series[float]"]:
    """Per measure key the amount of every row; a measure without columns in this year is absent, not zero."""
    measures = catalogue().measures
    costs = {column: table.numbers(column) for column in table.cells.columns if column.startswith(_COST)}
    parts: dict[str, list[str]] = {"vektis.kosten_totaal": list(costs)}
    for entry in vektis_columns():
        if entry.measure_code and entry.column in costs:
            parts.setdefault(entry.measure_code, []).append(entry.column)
    sums = {measures[code].key: _sum([costs[column] for column in columns]) for code, columns in parts.items()}
    return {measures["vektis.verzekerdejaren"].key: table.numbers(INSURED_YEARS)} | sums


def _sum(columns: Sequence["pd.Series[float]"]) -> "pd.Series[float]":
    """The sum in whole cents, so that binary fractions do not pile up."""
    return pd.concat(columns, axis=1).sum(axis=1).round(2)


def _long(frame: pd.DataFrame, amounts: Mapping[int, "pd.Series[float]"]) -> pd.DataFrame:
    parts = [frame.assign(measure_key=key, amount=amount) for key, amount in amounts.items()]
    long = pd.concat(parts).rename_axis("source_row").reset_index()
    return canonical_frame(long.sort_values(["source_row", "measure_key"], kind="stable"))


def _year(text: str) -> int | None:
    return int(text) if text else None
