"""Whether two contenders made the same marts: every row, text and number, numbers to nine digits."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

_TOLERANCE: Final = 1e-9


class OtherFiguresError(RuntimeError):
    """Two contenders made other figures, so that their times say nothing."""


def assert_equal_marts(ours: Path, theirs: Path) -> None:
    """Compare two folders with the marts as Parquet.

    Raises:
        OtherFiguresError: they differ; the message names every mart and column, and in how many rows.
    """
    marts = sorted(path.name for path in ours.iterdir())
    if marts != sorted(path.name for path in theirs.iterdir()):
        raise OtherFiguresError(f"{theirs} has not the marts {', '.join(marts)}")
    differences = [
        text for mart in marts for text in _differences(Path(mart).stem, _read(ours / mart), _read(theirs / mart))
    ]
    if differences:
        raise OtherFiguresError(f"{theirs}: {'; '.join(differences)}")


def _read(path: Path) -> pd.DataFrame:
    frame = pd.read_parquet(path)
    keys = [name for name in frame.columns if not pd.api.types.is_float_dtype(frame[name])]
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
