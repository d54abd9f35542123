"""The rows of deliveries as the suite sees them: every fact about a row as a number or a yes or no.

Belongs here: joining read cells to the facts about their codes, one column at a time. What is right or wrong about
them is in `suites/delivery.json`; the words for a person are in `row_words.py`. The index is the position of a row over
all files together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations import cells
from expectations.columns import Column
from expectations.distinct import Codes, Distinct, Flags, Numbers, paired
from expectations.facts import (
    AreaFacts,
    DatasetFacts,
    area_facts,
    dataset_facts,
    gemeente_codes_by_name,
    names_agree,
    plain_name,
)
from expectations.judgement import FileToJudge
from expectations.numbers import Number
from expectations.shape import ShapedColumn
from indicators.areas import AreaLevel
from indicators.strata import TOTAL, Stratum

_MARGIN_ALLOWED: Final = 1e-9
"""What binary fractions may add to a difference between a delivered and a calculated value."""
_COUNTS: Final = ["numerator", "numerator_sign", "denominator", "denominator_sign"]
KEY_SIZES: Final = (100_000, 10_000_000, 1_000)
"""Above every dataset, area and stratum key, so that `row_key` can hold the three behind the number of the file."""


Columns: TypeAlias = dict[str, npt.NDArray[Any]]
"""By name a number or flag per row."""


@dataclass(frozen=True)
class DeliveryRows:
    """What is known of every row of a batch of files.

    `columns` holds numbers and flags only, by position; an absent number is NaN. `lists` has, by position, what cannot
    be a number: the names of missing areas and strata.
    """

    shaped: Mapping[Column, ShapedColumn]
    files: Distinct[FileToJudge]
    areas: Distinct[AreaFacts]
    area_codes: Distinct[str]
    datasets: Distinct[DatasetFacts]
    columns: Columns
    lists: dict[int, dict[str, str]] = field(default_factory=dict)

    @property
    def source_row(self) -> Codes:
        """Per row its number in its file, as a spreadsheet shows it."""
        found: Codes = self.columns["source_row"].astype(np.int64, copy=False)
        return found

    def part(self, span: range, *names: str) -> pd.DataFrame:
        """Some columns of the rows of one file (views, not copies), indexed by position."""
        views = {name: self.columns[name][span.start : span.stop] for name in names}
        return pd.DataFrame(views, index=pd.RangeIndex(span.start, span.stop), copy=False)

    def frame(self) -> pd.DataFrame:
        """All columns of all rows, for the suite."""
        return pd.DataFrame(self.columns, copy=False)


def delivery_rows(
    shaped: Mapping[Column, ShapedColumn], source_row: Codes, file_number: Codes, files: Sequence[FileToJudge]
) -> DeliveryRows:
    """Join the read cells of all files to the facts about their codes.

    Args:
        shaped: the cells of all files under each other, read.
        source_row: per row its number in its file.
        file_number: per row the index of its file in `files`.
        files: for whom and when each file was sent.
    """
    of_file = Distinct(file_number, files)
    area_codes = _area_codes(shaped, of_file)
    areas = paired(area_codes, of_file, lambda code, file: area_facts(code, file.period) if code else None)
    datasets = paired(shaped[Column.INDICATOR].values, of_file, lambda code, file: dataset_facts(code, file.period))
    columns = {
        "position": np.arange(len(source_row)),
        "source_row": source_row,
        "file_number": file_number,
        **_period_columns(shaped, of_file),
        **_area_columns(shaped, area_codes, areas, datasets, of_file),
        **_dataset_columns(shaped, datasets),
        **_count_columns(shaped),
    }
    columns["expected_value"] = _expected_value(columns, datasets)
    columns["row_key"] = _row_key(columns)
    columns["equal_row"], columns["conflicting_row"] = _repeated_rows(columns)
    return DeliveryRows(shaped, of_file, areas, area_codes, datasets, columns)


def _area_codes(shaped: Mapping[Column, ShapedColumn], files: Distinct[FileToJudge]) -> Distinct[str]:
    """The code of each row: as delivered, else that of the name; empty when neither says one."""
    codes, names = shaped[Column.AREA_CODE].values, shaped[Column.AREA_NAME].values
    if "" not in codes.things:
        return codes
    named = paired(names, files, lambda name, file: _code_of_name(name, file))
    return paired(codes, named, lambda code, found: code or found)


def _code_of_name(name: str, file: FileToJudge) -> str:
    return gemeente_codes_by_name(file.region_code, file.period).get(plain_name(name), "")


def _period_columns(shaped: Mapping[Column, ShapedColumn], files: Distinct[FileToJudge]) -> dict[str, Numbers]:
    return {
        "period_key": shaped[Column.PERIOD].values.numbers(lambda period: period.key),
        "asked_period_key": files.numbers(lambda file: file.period.key),
    }


def _area_columns(
    shaped: Mapping[Column, ShapedColumn],
    area_codes: Distinct[str],
    areas: Distinct[AreaFacts],
    datasets: Distinct[DatasetFacts],
    files: Distinct[FileToJudge],
) -> dict[str, Numbers | Flags]:
    codes, names = shaped[Column.AREA_CODE], shaped[Column.AREA_NAME]
    levels = paired(areas, datasets, lambda area, data: data.asked is None or area.area_level in data.asked.levels)
    own = paired(areas, files, lambda area, file: area.area_region_code == file.region_code)
    first = paired(
        areas, datasets, lambda area, data: data.asked is not None and area.area_level == data.asked.levels[0]
    )
    right = paired(names.values, areas, lambda name, area: _is_name_right(name, area))
    return {
        "has_area_code": codes.is_filled,
        "has_area_name": names.is_filled,
        "is_area_read": area_codes.flags(bool),
        "is_code_completed": codes.texts.flags(lambda text: text.strip().isdigit()),
        "area_key": areas.numbers(lambda area: area.area_key),
        "is_area_known": areas.flags(lambda area: area.is_area_known),
        "is_area_in_force": areas.flags(lambda area: area.is_area_in_force),
        "has_region": areas.flags(lambda area: area.area_region_code is not None),
        "is_own_region": own.flags(bool),
        "is_region": areas.flags(lambda area: area.area_level is AreaLevel.REGION),
        "is_gemeente": areas.flags(lambda area: area.area_level is AreaLevel.GEMEENTE),
        "is_level_asked": levels.flags(bool, absent=True),
        "is_first_level": first.flags(bool),
        "is_name_right": right.flags(bool, absent=True),
    }


def _is_name_right(name: str, area: AreaFacts) -> bool:
    """Whether the name is one of the area; of a wijk the names are not known here."""
    is_unknown = area.right_name is None or area.area_level is AreaLevel.WIJK
    return not name or is_unknown or names_agree(name, area.right_name or "", area.area_code)


def _dataset_columns(
    shaped: Mapping[Column, ShapedColumn], datasets: Distinct[DatasetFacts]
) -> dict[str, Numbers | Flags]:
    strata = paired(shaped[Column.AGE_BAND].values, shaped[Column.SEX].values, Stratum)
    asked = paired(strata, datasets, lambda stratum, data: stratum.key in data.asked_stratum_keys)
    return {
        "is_indicator_read": shaped[Column.INDICATOR].values.flags(bool),
        "is_indicator_known": datasets.flags(lambda data: data.is_indicator_known),
        "is_indicator_asked": datasets.flags(lambda data: data.asked is not None),
        "dataset_key": datasets.numbers(lambda data: data.asked.dataset.key if data.asked else None),
        "maximum_change_pct": datasets.numbers(lambda data: data.asked.maximum_change_pct if data.asked else None),
        "numerator_measure_key": datasets.numbers(lambda data: data.numerator_measure_key),
        "denominator_measure_key": datasets.numbers(lambda data: data.denominator_measure_key),
        "needs_denominator": datasets.flags(lambda data: data.denominator_measure_key is not None),
        "is_proportion": datasets.flags(lambda data: data.is_proportion),
        "is_broken_down": datasets.flags(lambda data: data.is_broken_down),
        "stratum_key": strata.numbers(lambda stratum: stratum.key),
        "has_age_and_sex": strata.flags(lambda stratum: stratum.age_band != TOTAL and stratum.sex.code != TOTAL),
        "is_stratum_asked": asked.flags(bool, absent=True),
    }


def _count_columns(shaped: Mapping[Column, ShapedColumn]) -> dict[str, Numbers | Flags]:
    numerator, denominator, value = (shaped[c] for c in (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE))
    return {
        "numerator": numerator.values.numbers(_amount),
        "numerator_sign": numerator.values.numbers(_sign),
        "denominator": denominator.values.numbers(_amount),
        "denominator_sign": denominator.values.numbers(_sign),
        "has_denominator": denominator.is_filled,
        "value": value.values.numbers(_amount),
        "value_margin": value.values.numbers(lambda number: 0.5 * 10.0**-number.decimals + _MARGIN_ALLOWED),
        "is_provisional": shaped[Column.STATUS].values.flags(lambda status: status == cells.PROVISIONAL),
    }


def _amount(number: Number) -> float | None:
    return number.amount


def _sign(number: Number) -> float:
    return float(number.sign)


def _expected_value(columns: Columns, datasets: Distinct[DatasetFacts]) -> Numbers:
    """The value that follows from the counts, in the unit of the indicator."""
    denominator = np.where(columns["denominator"] > 0, columns["denominator"], np.nan)
    expected: Numbers = datasets.numbers(lambda data: data.value_factor) * columns["numerator"] / denominator
    return expected


def _row_key(columns: Columns) -> Codes:
    """One number per dataset, area and stratum; -1 where one of them is unknown or the row is about another period."""
    datasets, areas, strata = KEY_SIZES
    parts = [columns[name] for name in ("dataset_key", "area_key", "stratum_key")]
    is_whole = columns["period_key"] == columns["asked_period_key"]
    for part in parts:
        is_whole &= ~np.isnan(part)
    dataset, area, stratum = (np.nan_to_num(part).astype(np.int64) for part in parts)
    key = ((columns["file_number"].astype(np.int64) * datasets + dataset) * areas + area) * strata + stratum
    return np.where(is_whole, key, -1)


def _repeated_rows(columns: Columns) -> tuple[Numbers, Numbers]:
    """Per row that comes back on a key: the first row with that key, equal to it or conflicting with it."""
    equal, conflicting = np.full(len(columns["row_key"]), np.nan), np.full(len(columns["row_key"]), np.nan)
    keys = pd.Series(columns["row_key"])
    again = np.flatnonzero((keys >= 0) & keys.duplicated(keep=False))
    if not len(again):
        return equal, conflicting
    group = pd.DataFrame({name: columns[name][again] for name in ("row_key", "source_row", *_COUNTS)}, index=again)
    first = group.groupby("row_key")[["source_row", *_COUNTS]].transform("first")
    same = ((group[_COUNTS] == first[_COUNTS]) | (group[_COUNTS].isna() & first[_COUNTS].isna())).all(axis=1)
    later = group["row_key"].duplicated()
    for where, found in ((same, equal), (~same, conflicting)):
        rows = group.index[later & where]
        found[rows] = first.loc[rows, "source_row"]
    return equal, conflicting
