"""What a few rounds of measuring say: the least, the median, and how sure a ratio of medians is."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

_DRAWS: Final = 4_000
_PERCENTILES: Final = (2.5, 97.5)


class Ratio(NamedTuple):
    """A ratio of medians, and between which numbers it lies when rounds are drawn again."""

    ratio: float
    lower: float
    upper: float


def ratio_of(ours: Sequence[float], peer: Sequence[float]) -> Ratio:
    """Ours divided by the peer's, with a 95 % bootstrap interval; both measured in the same rounds."""
    pair = np.array([ours, peer])
    drawn = np.random.default_rng(1).integers(0, pair.shape[1], (_DRAWS, pair.shape[1]))
    medians = np.median(pair[:, drawn], axis=2)
    lower, upper = np.percentile(medians[0] / medians[1], _PERCENTILES)
    return Ratio(float(np.median(pair[0]) / np.median(pair[1])), float(lower), float(upper))
