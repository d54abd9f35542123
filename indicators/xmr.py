"""XmR limits: between which values a process that does not change moves (METHODS 4; Wheeler).

Belongs here: the limits over a series. Does not belong here: which series are looked at, and
what a point outside means.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

MINIMUM_POINTS: Final = 8
"""Below this there are no limits; below `FULL_POINTS` they are trial limits."""
FULL_POINTS: Final = 12
_LIMIT_FACTOR: Final = 2.66
_RANGE_FACTOR: Final = 3.267


class XmrLimits(NamedTuple):
    """The mean and the natural limits of a series; `is_trial` when there are fewer than twelve points.

    `largest_step` is the limit of the moving ranges: how much the next value may differ from the last one.
    """

    mean: float
    lower: float
    upper: float
    largest_step: float
    is_trial: bool

    def holds(self, value: float) -> bool:
        """Whether a value lies within the limits."""
        return self.lower <= value <= self.upper


def xmr_limits(values: Sequence[float]) -> XmrLimits | None:
    """The limits of a series in order of time; None when it is too short.

    Moving ranges of at least 3.267 times their mean are dropped once; a constant series keeps its ranges, so that its
    limits are its mean.
    """
    if len(values) < MINIMUM_POINTS:
        return None
    ranges = [abs(after - before) for before, after in pairwise(values)]
    average = _mean(ranges)
    kept = [size for size in ranges if size < _RANGE_FACTOR * average] or ranges
    mean, range_mean = _mean(values), _mean(kept)
    width = _LIMIT_FACTOR * range_mean
    return XmrLimits(mean, mean - width, mean + width, _RANGE_FACTOR * range_mean, len(values) < FULL_POINTS)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
