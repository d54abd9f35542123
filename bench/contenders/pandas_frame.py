"""A delivery as a pandas frame, for the tools that check frames."""

from pathlib import Path
from typing import Final

import pandas as pd

from bench.deliveries import FIRST_ROW
from expectations.columns import Column

NUMBERS: Final = (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE)
DIFFERENCE: Final = "difference"
"""How far the value lies from what follows from the counts; absent where that says nothing."""


def read_frame(path: Path) -> pd.DataFrame:
    """The cells as text, the numbers as numbers (absent where they are none), indexed by row of the file."""
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig", engine="c")
    for name in NUMBERS:
        frame[name] = pd.to_numeric(frame[name].str.replace(",", ".", regex=False), errors="coerce").astype(float)
    frame.index += FIRST_ROW
    counted = frame[Column.NUMERATOR].between(0, frame[Column.DENOMINATOR])
    expected = 100 * frame[Column.NUMERATOR] / frame[Column.DENOMINATOR]
    frame[DIFFERENCE] = (frame[Column.VALUE] - expected).abs().where(counted)
    return frame
