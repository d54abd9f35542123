"""From the wide rows of deliveries to canonical rows: one per measure, area and stratum."""

import pandas as pd

from expectations.canonical import SignCode, canonical_frame, empty_canonical

_SAME = ["source_row", "period_key", "area_key", "stratum_key", "is_provisional"]


def long_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The canonical rows of accepted rows (see `delivery_frame.py`), in the order of the file.

    The numerator always, the denominator where one is asked; a delivered denominator that is not asked was told.
    """
    if frame.empty:
        return empty_canonical()
    parts = [_part(frame, "numerator"), _part(frame, "denominator")]
    return canonical_frame(pd.concat(parts).sort_values(["source_row", "measure_key"], kind="stable"))


def _part(frame: pd.DataFrame, part: str) -> pd.DataFrame:
    given = frame[frame[f"{part}_measure_key"].notna() & frame[f"{part}_sign"].notna()]
    return given[_SAME].assign(
        measure_key=given[f"{part}_measure_key"],
        amount=given[f"{part}_amount"].where(given[f"{part}_sign"] == SignCode.NUMBER),
        sign_code=given[f"{part}_sign"],
    )
