"""Whether two contenders made the same marts: every row, text and number, numbers to nine digits."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from bench.compute.contenders import MARTS

_KEYS: Final = ("view_code", "version_key", "area_key", "region_key", "period_key", "dataset_key", "target_code")
_TOLERANCE: Final = 1e-9


class OtherFiguresError(RuntimeError):
    """Two contenders made other figures, so that their times say nothing."""


def assert_equal_marts(ours: Path, theirs: Path) -> None:
    """Compare two folders with the marts as Parquet.

    Raises:
        OtherFiguresError: they differ; the message names every mart and column, and in how many rows.
    """
    differences = [text for mart in MARTS for text in _differences(mart, _read(ours, mart), _read(theirs, mart))]
    if differences:
        raise OtherFiguresError(f"{theirs}: {'; '.join(differences)}")


def _read(folder: Path, mart: str) -> pd.DataFrame:
    frame = pd.read_parquet(folder / f"{mart}.parquet")
    keys = [key for key in _KEYS if key in frame.columns]
    return frame.sort_values(keys, ignore_index=True)


def _differences(mart: str, ours: pd.DataFrame, theirs: pd.DataFrame) -> list[str]:
    if len(ours) != len(theirs):
        return [f"{mart} has {len(theirs)} rows, ours {len(ours)}"]
    counts = {name: int(_differs(ours[name], theirs[name]).sum()) for name in ours.columns}
    return [f"{mart}.{name} differs in {count} rows" for name, count in counts.items() if count]


def _differs(ours: "pd.Series[Any]", theirs: "pd.Series[Any]") -> "pd.Series[bool]":
    both_empty = ours.isna() & theirs.isna()
    if pd.api.types.is_float_dtype(ours):
        scale = np.maximum(ours.abs(), 1)
        return ~((ours - theirs).abs() <= _TOLERANCE * scale) & ~both_empty
    return (ours != theirs) & ~both_empty
