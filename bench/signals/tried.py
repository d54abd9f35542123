"""Rules that were tried to do better than A, each within what SQL can sum without recursion.

All but the first three keep what A asks of the slope (`stands_still`), and differ in how they find that pace was lost.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from bench.signals.rules import Alarm
from bench.signals.vectors import (
    Booleans,
    Kink,
    extra_variation,
    own_variation,
    pooled,
    stalled,
    stands_still,
    variances,
)
from bench.signals.worlds import AREA_COUNT, Floats, Simulated, Window
from indicators.trend import RULE, Rule

_LONG_QUARTERS: Final = 16
_OWN_QUARTERS: Final = 12
_LEVEL_QUARTERS: Final = 8
_CUSUM_SLACK: Final = 0.5
_CUSUM_LIMIT: Final = 3.5
"""Both in standard errors of one quarter."""
_RATIO_ON_COURSE: Final = 2.5
"""The logarithm of how many times more likely."""


def with_variation(variation: Callable[[Window], Floats], rule: Rule = RULE, kink: Kink | None = None) -> Alarm:
    """A with another τ², or another kink."""

    def alarm(simulated: Simulated, look: int) -> Booleans:
        window = simulated.window(look)
        return stalled(window, simulated.world.pace, variation(window), rule, kink or Kink())

    return alarm


def largest_variation(window: Window) -> Floats:
    """The larger of an area's own τ² and that of its pool."""
    return np.fmax(own_variation(window), extra_variation(window))


def partly_pooled_variation(window: Window) -> Floats:
    """Empirical Bayes: an area's own τ² over twelve quarters counts for as much as areas differ beyond chance."""
    own, chance = own_variation(window, _OWN_QUARTERS), np.nanmean(variances(window.last(_OWN_QUARTERS)), axis=1)
    middle = pooled(own)
    degrees = np.maximum(3, (~np.isnan(window.last(_OWN_QUARTERS).values)).sum(axis=1) - 2)
    error = 2 * (np.maximum(0.0, middle) + chance) ** 2 / degrees
    spread = np.maximum(0.0, pooled((own - middle) ** 2) * AREA_COUNT / (AREA_COUNT - 1) - pooled(error))
    return np.maximum(0.0, np.where(np.isnan(own), middle, middle + spread / (spread + error) * (own - middle)))


def cusum(simulated: Simulated, look: int) -> Booleans:
    """The shortfall against the agreed pace, added up and never below 0; the level is that of the first eight of 16."""
    window = simulated.window(look).last(_LONG_QUARTERS)
    extra = extra_variation(window)
    shortfall = simulated.world.pace * window.quarters - window.values
    level = np.nanmean(shortfall[:, :_LEVEL_QUARTERS], axis=1, keepdims=True)
    errors = np.sqrt(variances(window) + extra[:, None])
    steps = np.nan_to_num((shortfall - level) / errors - _CUSUM_SLACK)[:, _LEVEL_QUARTERS:]
    sums = np.cumsum(np.concatenate([np.zeros((len(steps), 1)), steps], axis=1), axis=1)
    is_lost: Booleans = sums[:, -1] - sums.min(axis=1) > _CUSUM_LIMIT
    return is_lost & stands_still(window, simulated.world.pace, extra)


def sequential_ratio(simulated: Simulated, look: int) -> Booleans:
    """Likelihood ratio with resetting: standing still since some quarter, against on course and against half pace."""
    window = simulated.window(look).last(_LONG_QUARTERS)
    pace, extra, times = simulated.world.pace, extra_variation(window), window.quarters
    weights = np.nan_to_num(1 / (variances(window) + extra[:, None]))

    def likelihood(moved: Floats) -> Floats:
        away = np.nan_to_num(window.values - pace * moved)
        centre = (weights * away).sum(axis=1, keepdims=True) / weights.sum(axis=1, keepdims=True)
        squares: Floats = (weights * (away - centre) ** 2).sum(axis=1)
        return -squares / 2

    still = np.max([likelihood(np.minimum(times, -since)) for since in (4, 5, 6, 7, 8, _LONG_QUARTERS)], axis=0)
    is_lost: Booleans = (still - likelihood(times) > _RATIO_ON_COURSE) & (still - likelihood(times / 2) > 0)
    return is_lost & stands_still(window, pace, extra)


_LONGER: Final = (Rule("16 quarters", smallest_z=2.3, largest_share=0.30), Kink(longest=16, lost=7, tilt=0.2))
TRIED: Final[Mapping[str, Alarm]] = {
    "A with max(own, pooled) τ²": with_variation(largest_variation),
    "A with partly pooled τ²": with_variation(partly_pooled_variation),
    "A over 16 quarters, kink of 7, h = 2.3": with_variation(extra_variation, *_LONGER),
    "the same with partly pooled τ²": with_variation(partly_pooled_variation, *_LONGER),
    "CUSUM of the shortfall": cusum,
    "SPRT with resetting": sequential_ratio,
}
