"""Seasonal factors: how much higher or lower a quarter usually is than the year around it (METHODS 4).

Classical decomposition: each value over the centred moving average of four quarters, averaged per quarter of the year
and set to a mean of 1. The oracle for `models/core/season.sql`.
Does not belong here: which series the factors come from; that is the country's.
"""

from collections.abc import Mapping, Sequence
from typing import Final

SEASON_QUARTERS: Final = 12
"""How many consecutive quarters the factors rest on."""


def seasonal_factors(values: Sequence[float], first_quarter: int) -> Mapping[int, float] | None:
    """The factor of each quarter of the year (1 to 4); a value is divided by it.

    Args:
        values: of twelve consecutive quarters, oldest first.
        first_quarter: the quarter of the year of the first one.

    Returns:
        None when there are not twelve values, or one is not positive: then the season is unknown.
    """
    if len(values) != SEASON_QUARTERS or min(values) <= 0:
        return None
    ratios: dict[int, list[float]] = {}
    for at in range(2, len(values) - 2):
        around = (values[at - 2] + 2 * sum(values[at - 1 : at + 2]) + values[at + 2]) / 8
        ratios.setdefault((first_quarter - 1 + at) % 4 + 1, []).append(values[at] / around)
    raw = {quarter: sum(found) / len(found) for quarter, found in sorted(ratios.items())}
    mean = sum(raw.values()) / len(raw)
    return {quarter: factor / mean for quarter, factor in raw.items()}
