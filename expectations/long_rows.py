"""From the wide rows of deliveries to canonical rows: one per measure, area and stratum."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.canonical import CANONICAL_DTYPES, SignCode, canonical_frame
from expectations.delivery_rows import Columns, DeliveryRows

_SAME: Final = ("source_row", "period_key", "area_key", "stratum_key", "is_provisional")
_KEYS: Final = ("period_key", "area_key", "stratum_key")
_PARTS: Final = ("numerator", "denominator")


def long_rows(rows: DeliveryRows, spans: Sequence[range]) -> list[pd.DataFrame]:
    """The canonical rows of every file, in the order of the file.

    The numerator always, the denominator where one is asked; a delivered denominator that is not asked was told. Rows
    that could not be read have none, so that only those of accepted files mean anything.

    Args:
        rows: the rows of all files.
        spans: per file the positions of its rows.
    """
    columns = rows.columns
    is_there = _interleaved(*(_is_given(columns, name) for name in _PARTS))
    sign = _interleaved(*(columns[f"{name}_sign"] for name in _PARTS))[is_there]
    amount = _interleaved(*(columns[name] for name in _PARTS))[is_there]
    long = {name: np.repeat(columns[name], len(_PARTS))[is_there] for name in _SAME} | {
        "measure_key": _interleaved(*(columns[f"{name}_measure_key"] for name in _PARTS))[is_there],
        "amount": np.where(sign == SignCode.NUMBER, amount, np.nan),
        "sign_code": sign,
    }
    whole = canonical_frame(pd.DataFrame({name: long[name] for name in CANONICAL_DTYPES}, copy=False))
    places = np.concatenate([[0], np.cumsum(is_there)])
    bounds = [(places[len(_PARTS) * span.start], places[len(_PARTS) * span.stop]) for span in spans]
    return [whole.iloc[start:end].reset_index(drop=True) for start, end in bounds]


def _is_given(columns: Columns, name: str) -> npt.NDArray[np.bool_]:
    is_given = ~np.isnan(columns[f"{name}_measure_key"]) & ~np.isnan(columns[f"{name}_sign"])
    for key in _KEYS:
        is_given &= ~np.isnan(columns[key])
    return is_given


def _interleaved(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Of each row first the one and then the other."""
    return np.column_stack([first, second]).ravel()
