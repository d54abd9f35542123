"""From the wide rows of a delivery to canonical rows: one per measure, area and stratum."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.canonical import CANONICAL_DTYPES, SignCode
from expectations.delivery_rows import DeliveryRows
from expectations.distinct import Flags

_OF_ROW: Final = ("source_row", "period_key", "area_key", "stratum_key", "is_provisional")
_PARTS: Final = ("numerator", "denominator")


def long_rows(rows: DeliveryRows, span: range) -> pd.DataFrame:
    """The canonical rows of one accepted file, in the order of the file.

    The numerator always, the denominator where one is asked; a delivered denominator that is not asked was told.

    Args:
        rows: the rows of all files.
        span: the positions of this file's rows.
    """
    own = {name: column[span.start : span.stop] for name, column in rows.columns.items()}
    is_there = [~np.isnan(own[f"{part}_measure_key"]) & ~np.isnan(own[f"{part}_sign"]) for part in _PARTS]
    long = {name: _interleaved(name, [own[name]] * len(_PARTS), is_there) for name in _OF_ROW}
    for name, of_part in (("measure_key", "{}_measure_key"), ("amount", "{}"), ("sign_code", "{}_sign")):
        long[name] = _interleaved(name, [own[of_part.format(part)] for part in _PARTS], is_there)
    long["amount"][long["sign_code"] != SignCode.NUMBER] = np.nan
    return pd.DataFrame({name: long[name] for name in CANONICAL_DTYPES}, copy=False)


def _interleaved(name: str, parts: list[npt.NDArray[Any]], is_there: list[Flags]) -> npt.NDArray[Any]:
    """Of each row first the numerator and then the denominator, where they are there."""
    whole = np.zeros((len(parts[0]), len(parts)), dtype=CANONICAL_DTYPES[name])
    for number, (part, where) in enumerate(zip(parts, is_there, strict=True)):
        np.copyto(whole[:, number], part, casting="unsafe", where=where)
    if all(where.all() for where in is_there):
        return whole.reshape(-1)
    return whole[np.column_stack(is_there)]
