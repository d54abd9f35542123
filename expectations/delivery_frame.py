"""The frame on which the suite for a delivery judges: one row per row of a file, codes joined to their facts.

Belongs here: preparing columns (keys, joins, differences, which row repeats which). What is right or wrong about them
is in `suites/delivery.json`. The index is the position of the row over all files together.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from expectations import cells
from expectations.columns import Column
from expectations.completeness import add_missing_areas, add_missing_strata
from expectations.facts import AreaFacts, DatasetFacts, area_facts, dataset_facts
from expectations.judgement import FileToJudge
from expectations.numbers import Number
from expectations.shape import ShapedColumn
from indicators.areas import area_register
from indicators.strata import TOTAL, Stratum

ROW_KEY = ["file_number", "indicator_code", "period_key", "area_code", "stratum_key"]
_COUNTS = ["numerator_amount", "numerator_sign", "denominator_amount", "denominator_sign"]
_EXCESS_ALLOWED = 1e-9
"""What binary fractions may add to a difference between a delivered and a calculated value."""


def delivery_frame(
    texts: pd.DataFrame, shaped: Mapping[Column, ShapedColumn], files: Sequence[FileToJudge]
) -> pd.DataFrame:
    """Everything that the suite and the messages need, beside the text cells.

    Args:
        texts: text cells of all files under each other, with `source_row` and `file_number` (index in `files`).
        shaped: the same cells, read.
        files: for whom and when each file was sent.
    """
    frame = pd.concat([texts, _typed(shaped), _asked(texts["file_number"], files)], axis=1)
    frame = _joined(frame, ["area_code", "asked_period"], area_facts, AreaFacts._fields)
    frame = _joined(frame, ["indicator_code", "asked_period"], dataset_facts, DatasetFacts._fields)
    frame["completed_area_code"] = frame["area_code"].where(frame[Column.AREA_CODE].str.strip().str.isdigit())
    frame["is_level_asked"] = _is_level_asked(frame)
    frame["is_name_right"] = _is_name_right(frame)
    frame["has_age_and_sex"] = (frame["age_band"] != TOTAL) & (frame["sex"] != TOTAL)
    frame["is_stratum_asked"] = _is_stratum_asked(frame)
    frame["has_denominator"] = frame[Column.DENOMINATOR].str.strip() != ""
    frame["has_small_count"] = frame["numerator_amount"].between(1, 9) | frame["denominator_amount"].between(1, 9)
    _add_value_excess(frame)
    _add_repeated_rows(frame)
    add_missing_areas(frame, files)
    add_missing_strata(frame)
    return frame


def plain_name(name: str) -> str:
    """A name without capitals, accents, spaces and punctuation, so that spellings can be compared."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in bare if letter.isalnum())


def names_agree(given: str, right: str) -> bool:
    """Whether a given name is the right one; what stands in brackets (`Rijswijk (ZH.)`) may be left out."""
    return plain_name(given) in (plain_name(right), plain_name(right.split("(")[0]))


def _typed(shaped: Mapping[Column, ShapedColumn]) -> pd.DataFrame:
    """The read cells as columns; null where a text could not be read or an optional cell is empty."""
    age_band, sex = shaped[Column.AGE_BAND], shaped[Column.SEX]
    numerator, denominator, value = (shaped[c] for c in (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE))
    columns = {
        "indicator_code": shaped[Column.INDICATOR].take(str),
        "period_key": shaped[Column.PERIOD].take(lambda period: period.key).astype("float64"),
        "period_code": shaped[Column.PERIOD].take(lambda period: period.code),
        "area_code": shaped[Column.AREA_CODE].take(str),
        "area_name": shaped[Column.AREA_NAME].take(str),
        "age_band": age_band.take(str),
        "sex": sex.take(lambda sex: sex.code),
        "stratum_key": _stratum_key(age_band, sex),
        "numerator_amount": numerator.take(_amount).astype("float64"),
        "numerator_sign": numerator.take(_sign),
        "denominator_amount": denominator.take(_amount).astype("float64"),
        "denominator_sign": denominator.take(_sign),
        "value_amount": value.take(_amount).astype("float64"),
        "value_decimals": value.take(lambda number: number.decimals).astype("float64"),
        "is_provisional": shaped[Column.STATUS].take(lambda status: status == cells.PROVISIONAL),
    }
    return pd.DataFrame(columns)


def _amount(number: Number) -> float | None:
    return number.amount


def _sign(number: Number) -> int:
    return int(number.sign)


def _stratum_key(age_band: ShapedColumn, sex: ShapedColumn) -> "pd.Series[float]":
    """The key of a stratum is the key of its age band over all sexes plus that of its sex over all ages."""
    of_age = age_band.take(lambda band: Stratum(age_band=band).key).astype("float64")
    return of_age + sex.take(lambda sex: Stratum(sex=sex).key).astype("float64")


def _asked(file_number: "pd.Series[int]", files: Sequence[FileToJudge]) -> pd.DataFrame:
    """Per row for which region and period its file was sent."""
    regions = [area_register().area(file.region_code) for file in files]
    table = pd.DataFrame(
        {
            "asked_period": pd.Series([file.period for file in files], dtype=object),
            "asked_period_key": [float(file.period.key) for file in files],
            "asked_period_code": [file.period.code for file in files],
            "asked_region_code": [region.code for region in regions],
            "asked_region_name": [region.name for region in regions],
        }
    )
    return table.take(file_number.to_numpy()).reset_index(drop=True)


def _joined(
    frame: pd.DataFrame, keys: list[str], facts: Callable[..., tuple[Any, ...]], names: Sequence[str]
) -> pd.DataFrame:
    """The frame with the facts about the codes in `keys`; null where a code is null."""
    codes, distinct = pd.factorize(pd.Series(list(zip(*(frame[key] for key in keys), strict=True)), dtype=object))
    nothing = (None,) * len(names)
    rows = [nothing if None in pair else facts(*pair) for pair in distinct]
    table = pd.DataFrame(rows, columns=pd.Index(names), dtype=object)
    return pd.concat([frame, table.take(codes).reset_index(drop=True)], axis=1)


def _is_level_asked(frame: pd.DataFrame) -> "pd.Series[bool]":
    pairs = zip(frame["area_level"], frame["asked_levels"], strict=True)
    return pd.Series([level is None or asked is None or level in asked.split(" of ") for level, asked in pairs])


def _is_name_right(frame: pd.DataFrame) -> "pd.Series[bool]":
    known: dict[tuple[str | None, str | None], bool] = {}
    pairs = list(zip(frame["area_name"], frame["right_name"], strict=True))
    for given, right in set(pairs):
        known[given, right] = not given or right is None or names_agree(given, right)
    return pd.Series([known[pair] for pair in pairs])


def _is_stratum_asked(frame: pd.DataFrame) -> "pd.Series[bool]":
    pairs = zip(frame["stratum_key"], frame["asked_stratum_keys"], strict=True)
    return pd.Series([asked is None or key != key or key in asked for key, asked in pairs])


def _add_value_excess(frame: pd.DataFrame) -> None:
    """How much the delivered value differs from the calculated one, beyond half a unit of its last decimal."""
    factor = frame["value_factor"].astype("float64")
    quotient = frame["numerator_amount"] / frame["denominator_amount"].where(frame["denominator_amount"] > 0)
    frame["expected_value"] = factor * quotient
    allowed = 0.5 * 10.0 ** -frame["value_decimals"] + _EXCESS_ALLOWED
    frame["value_excess"] = (frame["value_amount"] - frame["expected_value"]).abs() - allowed
    wrong = frame[frame["value_excess"] > 0]
    decimals = wrong["value_decimals"].clip(lower=1).astype(int)
    frame["expected_value_text"] = pd.Series(
        [
            Number(amount, decimals=places).spelling
            for amount, places in zip(wrong["expected_value"], decimals, strict=True)
        ],
        index=wrong.index,
        dtype=object,
    )


def _add_repeated_rows(frame: pd.DataFrame) -> None:
    """Per row that comes back on a key: the first row with that key, equal to it or conflicting with it."""
    frame["equal_row"] = frame["conflicting_row"] = None
    keyed = frame[frame[ROW_KEY].notna().all(axis=1)]
    group = keyed[keyed.duplicated(ROW_KEY, keep=False)]
    if group.empty:
        return
    first = group.groupby(ROW_KEY)[["source_row", *_COUNTS]].transform("first")
    same = ((group[_COUNTS] == first[_COUNTS]) | (group[_COUNTS].isna() & first[_COUNTS].isna())).all(axis=1)
    later = group.duplicated(ROW_KEY)
    frame.loc[group.index[later & same], "equal_row"] = first["source_row"][later & same]
    frame.loc[group.index[later & ~same], "conflicting_row"] = first["source_row"][later & ~same]
