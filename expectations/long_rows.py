"""From the wide rows of deliveries to canonical rows: one per measure, area and stratum."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from expectations.canonical import SignCode, canonical_frame, empty_canonical

_SAME = ["file_number", "source_row", "period_key", "area_key", "stratum_key", "is_provisional"]


def long_rows(frame: pd.DataFrame, accepted: Sequence[int], file_count: int) -> list[pd.DataFrame]:
    """Per file its canonical rows, in the order of the file; none for a file that is not accepted.

    The numerator always, the denominator where one is asked; a delivered denominator that is not asked was told.

    Args:
        frame: the rows of all files, see `delivery_frame.py`.
        accepted: the numbers of the accepted files.
        file_count: how many files there are.
    """
    rows = frame[frame["file_number"].isin(accepted)]
    if rows.empty:
        return [empty_canonical()] * file_count
    parts = pd.concat([_part(rows, "numerator"), _part(rows, "denominator")])
    long = parts.sort_values(["file_number", "source_row", "measure_key"], kind="stable")
    starts = np.searchsorted(long["file_number"], range(file_count + 1))
    canonical = canonical_frame(long)
    return [canonical.iloc[start:end].reset_index(drop=True) for start, end in pairwise(starts)]


def _part(rows: pd.DataFrame, part: str) -> pd.DataFrame:
    given = rows[rows[f"{part}_measure_key"].notna() & rows[f"{part}_sign"].notna()]
    return given[_SAME].assign(
        measure_key=given[f"{part}_measure_key"].astype("int64"),
        amount=given[f"{part}_amount"].where(given[f"{part}_sign"] == SignCode.NUMBER),
        sign_code=given[f"{part}_sign"].astype("int64"),
    )
