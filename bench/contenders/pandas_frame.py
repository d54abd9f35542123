"""A delivery as a pandas frame, for the tools that check frames."""

from collections.abc import Hashable
from pathlib import Path
from typing import Final

import pandas as pd

from bench.deliveries import FIRST_ROW
from expectations.columns import Column

_COUNTS: Final = (Column.NUMERATOR, Column.DENOMINATOR)
_TEXTS: Final[dict[Hashable, type[str]]] = {
    column.value: str for column in Column if column not in (*_COUNTS, Column.VALUE)
}
DIFFERENCE: Final = "difference"
"""How far the value lies from what follows from the counts; absent where that says nothing."""


def read_frame(path: Path) -> pd.DataFrame:
    """The numbers as numbers (absent where they are none), all else as text, indexed by row of the file."""
    empty = {Column.VALUE.value: [""]}
    frame = pd.read_csv(
        path, sep=";", decimal=",", dtype=_TEXTS, keep_default_na=False, na_values=empty, low_memory=False
    )
    for name in _COUNTS:
        frame[name] = pd.to_numeric(frame[name], errors="coerce").astype(float)
    frame.index += FIRST_ROW
    counted = frame[Column.NUMERATOR].between(0, frame[Column.DENOMINATOR])
    expected = 100 * frame[Column.NUMERATOR] / frame[Column.DENOMINATOR]
    frame[DIFFERENCE] = (frame[Column.VALUE] - expected).abs().where(counted)
    return frame
