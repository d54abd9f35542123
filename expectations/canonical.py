"""Canonical rows: what a delivery or an open-data file says, in long form with integer keys.

Belongs here: the columns of that frame and the meaning of a sign. How a file becomes such rows is in `delivery.py`
and `open_data/`.
"""

from enum import IntEnum
from typing import Final

import pandas as pd

CANONICAL_DTYPES: Final = {
    "source_row": "int32",
    "period_key": "int32",
    "area_key": "int32",
    "measure_key": "int32",
    "stratum_key": "int16",
    "amount": "float64",
    "sign_code": "int8",
    "is_provisional": "bool",
}
"""No wider than a key is, because a million rows are held beside their earlier quarters. Widen before multiplying."""
CANONICAL_COLUMNS: Final = tuple(CANONICAL_DTYPES)


class SignCode(IntEnum):
    """What stands where a number is expected; every sign but NUMBER goes with an empty amount."""

    NUMBER = 0
    BELOW_TEN = 1
    UNKNOWN = 2
    SECRET = 3


SIGN_SPELLINGS: Final = {SignCode.BELOW_TEN: "<10", SignCode.UNKNOWN: ".", SignCode.SECRET: "x"}


def canonical_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The canonical columns of a frame, in order and with their types; the index is renumbered."""
    return frame.loc[:, list(CANONICAL_COLUMNS)].astype(CANONICAL_DTYPES).reset_index(drop=True)


def empty_canonical() -> pd.DataFrame:
    """No rows, with the right columns and types."""
    return canonical_frame(pd.DataFrame(columns=list(CANONICAL_COLUMNS)))
