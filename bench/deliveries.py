"""Deliveries of any size in the real format, with faults on known rows.

Belongs here: making files from a seed. A row of a file has the number that a spreadsheet shows: the header is row 1.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.world import DATASETS, PERIOD, WIJKEN, gemeente_codes
from expectations.columns import Column
from indicators.strata import AGE_SEX_STRATA

SEED: Final = 20251001
FIRST_ROW: Final = 2
PER_WIJK: Final = len(DATASETS) * len(AGE_SEX_STRATA)

Rows: TypeAlias = npt.NDArray[np.int64]
"""Numbers of rows in a file, or a count per row."""


class Fault(StrEnum):
    """What is wrong with a row."""

    NEGATIVE = "negative numerator"
    TEXT = "text in number"
    ABOVE = "numerator > denominator"
    AREA = "unknown area"
    PERIOD = "other period"
    VALUE = "value that does not fit"
    REPEATED = "repeated row"


class Delivery(NamedTuple):
    """A file on disk and the rows in it that must be called bad, ascending."""

    path: Path
    bad_rows: Rows


def cells(row_count: int, *, seed: int = SEED) -> pd.DataFrame:
    """The sound cells of a delivery, all text, with a decimal comma.

    Raises:
        ValueError: the world has not so many different rows.
    """
    frame = _keys(row_count)
    numerator, denominator = counts(row_count, seed)
    frame[Column.NUMERATOR] = numerator.astype(str)
    frame[Column.DENOMINATOR] = denominator.astype(str)
    frame[Column.VALUE] = _percentages(numerator, denominator)
    frame[Column.STATUS] = "definitief"
    frame[Column.NOTE] = ""
    return frame[list(Column)]


def counts(row_count: int, seed: int) -> tuple[Rows, Rows]:
    """Per row a numerator and a denominator that fit each other."""
    random = np.random.default_rng(seed)
    denominator = random.integers(100, 5_000, row_count)
    return (denominator * random.uniform(0.1, 0.9, row_count)).astype(np.int64), denominator


def area_codes(wijk_count: int) -> list[str]:
    """The codes of so many wijken.

    Raises:
        ValueError: there are fewer.
    """
    codes = [f"WK{gemeente[2:]}{number:02}" for gemeente in gemeente_codes() for number in WIJKEN]
    if wijk_count > len(codes):
        raise ValueError(f"the benchmark has {len(codes) * PER_WIJK} different rows")
    return codes[:wijk_count]


def with_faults(frame: pd.DataFrame, share: float, *, seed: int = SEED) -> tuple[pd.DataFrame, Rows]:
    """The cells with a fault in a share of the rows (at most half of them), and the numbers of those rows."""
    random = np.random.default_rng(seed + 1)
    places = np.arange(1, len(frame), 2)
    chosen = np.sort(random.choice(places, round(share * len(frame)), replace=False))
    kinds = random.integers(0, len(Fault), len(chosen))
    changed = frame.copy()
    for number, fault in enumerate(Fault):
        _plant(changed, fault, chosen[kinds == number])
    return changed, chosen + FIRST_ROW


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """As Excel saves 'CSV UTF-8' in the Netherlands."""
    frame.to_csv(path, sep=";", index=False, lineterminator="\r\n", encoding="utf-8-sig")


def write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    """A workbook with numbers as numbers."""
    import xlsxwriter  # type: ignore[import-untyped]

    typed = frame.assign(**{name: _numbers(frame[name]) for name in _NUMBERS})
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, list(typed.columns))
        for number, row in enumerate(typed.itertuples(index=False), start=1):
            sheet.write_row(number, 0, row)


def make_delivery(folder: Path, row_count: int, share: float = 0.0, *, suffix: str = "csv") -> Delivery:
    """Write one delivery."""
    path = folder / f"{row_count}_{round(100 * share)}.{suffix}"
    frame, bad_rows = with_faults(cells(row_count), share)
    {"csv": write_csv, "xlsx": write_xlsx}[suffix](frame, path)
    return Delivery(path, bad_rows)


def _keys(row_count: int) -> pd.DataFrame:
    """Different keys, ordered by wijk, dataset and stratum."""
    number = np.arange(row_count)
    names = area_codes(-(-row_count // PER_WIJK))
    per_stratum = len(AGE_SEX_STRATA)
    strata = pd.DataFrame([(stratum.age_band, stratum.sex.code) for stratum in AGE_SEX_STRATA])
    return pd.DataFrame(
        {
            Column.INDICATOR: np.array(DATASETS)[number // per_stratum % len(DATASETS)],
            Column.PERIOD: PERIOD.code,
            Column.AREA_CODE: np.array(names)[number // PER_WIJK],
            Column.AREA_NAME: "",
            Column.AGE_BAND: strata[0].to_numpy()[number % per_stratum],
            Column.SEX: strata[1].to_numpy()[number % per_stratum],
        }
    )


def _percentages(numerator: Rows, denominator: Rows) -> "pd.Series[str]":
    """Numerator / denominator in percent, with one decimal."""
    tenths = np.rint(1_000 * numerator / denominator).astype(np.int64)
    return pd.Series(tenths // 10).astype(str) + "," + pd.Series(tenths % 10).astype(str)


def _numbers(texts: "pd.Series[str]") -> "pd.Series[Any]":
    """Texts as numbers; what is none stays a text."""
    numbers = pd.to_numeric(texts.str.replace(",", "."), errors="coerce")
    return numbers.astype(object).where(numbers.notna(), texts)


def _plant(frame: pd.DataFrame, fault: Fault, places: Rows) -> None:
    """Put one kind of fault in some rows; the row before each of them is sound."""
    if fault is Fault.REPEATED:
        frame.loc[places] = frame.loc[places - 1].to_numpy()
    elif fault is Fault.VALUE:
        frame.loc[places, Column.VALUE] = "99,9"
    else:
        column, change = _CHANGES[fault]
        frame.loc[places, column] = [change(row) for row in frame.loc[places].to_dict("records")]
        frame.loc[places, Column.VALUE] = ""


_NUMBERS: Final = (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE)
_CHANGES: Final[Mapping[Fault, tuple[Column, Callable[[Mapping[Any, str]], str]]]] = {
    Fault.NEGATIVE: (Column.NUMERATOR, lambda _: "-5"),
    Fault.TEXT: (Column.NUMERATOR, lambda _: "veel"),
    Fault.ABOVE: (Column.NUMERATOR, lambda row: str(int(row[Column.DENOMINATOR]) + 1)),
    Fault.AREA: (Column.AREA_CODE, lambda row: f"WK9{row[Column.AREA_CODE][3:]}"),
    Fault.PERIOD: (Column.PERIOD, lambda _: "2025Q3"),
}
