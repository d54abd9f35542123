"""What a demo is made from, and where its chance comes from.

Every random number comes from `Setting.chance`, keyed by what it is for, so that a file has the same
bytes whether it is made first, last or alone.
"""

from typing import NamedTuple

import numpy as np

from indicators.periods import Period


class Setting(NamedTuple):
    """The seed, and the last quarter for which regions delivered; stories count back from it."""

    seed: int
    last: Period

    def chance(self, *keys: int) -> np.random.Generator:
        """The random numbers for one purpose, named by its keys; equal keys give equal numbers."""
        return np.random.default_rng([self.seed, *keys])

    def quarters_ago(self, quarter: Period) -> int:
        """How many quarters before the last one; 0 for the last one."""
        return quarter_index(self.last) - quarter_index(quarter)


def quarter_index(quarter: Period) -> int:
    """Quarters since the year 0, so that distances in time are differences."""
    return quarter.year * 4 + quarter.number - 1
