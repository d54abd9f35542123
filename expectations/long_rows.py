"""From the wide rows of deliveries to canonical rows: one per measure, area and stratum."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.canonical import CANONICAL_DTYPES, SignCode, canonical_frame
from expectations.delivery_rows import DeliveryRows

_SAME: Final = ("source_row", "period_key", "area_key", "stratum_key", "is_provisional")
_PARTS: Final = ("numerator", "denominator")


def long_rows(rows: DeliveryRows, span: range) -> pd.DataFrame:
    """The canonical rows of one accepted file, in the order of the file.

    The numerator always, the denominator where one is asked; a delivered denominator that is not asked was told.

    Args:
        rows: the rows of all files.
        span: the positions of this file's rows.
    """
    part = rows.part(span, *_SAME, *(f"{name}{suffix}" for name in _PARTS for suffix in ("", "_sign", "_measure_key")))
    is_there = _interleaved(*(_is_given(part, name) for name in _PARTS))
    sign = _interleaved(*(part[f"{name}_sign"].to_numpy() for name in _PARTS))[is_there]
    amount = _interleaved(*(part[name].to_numpy() for name in _PARTS))[is_there]
    measure = _interleaved(*(part[f"{name}_measure_key"].to_numpy() for name in _PARTS))[is_there]
    columns = {name: np.repeat(part[name].to_numpy(), len(_PARTS))[is_there] for name in _SAME}
    columns |= {
        "measure_key": measure,
        "amount": np.where(sign == SignCode.NUMBER, amount, np.nan),
        "sign_code": sign,
    }
    return canonical_frame(pd.DataFrame({name: columns[name] for name in CANONICAL_DTYPES}))


def _is_given(part: pd.DataFrame, name: str) -> npt.NDArray[np.bool_]:
    given: npt.NDArray[np.bool_] = (part[f"{name}_measure_key"].notna() & part[f"{name}_sign"].notna()).to_numpy()
    return given


def _interleaved(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Of each row first the one and then the other."""
    return np.column_stack([first, second]).ravel()
