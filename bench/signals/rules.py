"""The rules that are compared: at one look, which series do they call stalled."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import numpy as np

from bench.signals.vectors import Booleans, extra_variation, slopes_of, stalled
from bench.signals.worlds import Floats, Simulated
from indicators.trend import CAUTIOUS_RULE, RULE, Rule

Alarm: TypeAlias = Callable[[Simulated, int], Booleans]
"""Which series give an alarm at a look; none of which a quarter is missing that it needs."""

_UN_RATIO: Final = 0.10
_UN_QUARTERS: Final = 7
_FINGERTIPS_POINTS: Final = 5
_FINGERTIPS_CHI_SQUARED: Final = 9.54953570608324
"""99.8 % of chi-squared with one degree of freedom, as in ukhsa-collaboration/fingertips-open."""
_XMR_QUARTERS: Final = 12
_XMR_FACTORS: Final = (2.66, 3.267)


def alarms_of(alarm: Alarm, simulated: Simulated) -> Booleans:
    """A row per series, a column per look."""
    return np.stack([alarm(simulated, look) for look in range(simulated.course.look_count)], axis=1)


def ever(alarm: Alarm, simulated: Simulated) -> Booleans:
    """Which series give an alarm at any look."""
    found: Booleans = np.logical_or.reduce(alarms_of(alarm, simulated), axis=1)
    return found


def the_rule(rule: Rule) -> Alarm:
    """The rule of `indicators/trend.py` with some settings."""

    def alarm(simulated: Simulated, look: int) -> Booleans:
        window = simulated.window(look)
        return stalled(window, simulated.world.pace, extra_variation(window), rule)

    return alarm


def not_better(quarters: int) -> Alarm:
    """The value is at most what it was some quarters ago."""

    def alarm(simulated: Simulated, look: int) -> Booleans:
        values = simulated.window(look).values
        return values[:, -1] <= values[:, -1 - quarters]

    return alarm


def twice(alarm: Alarm) -> Alarm:
    """At this look and the one before."""

    def both(simulated: Simulated, look: int) -> Booleans:
        now = alarm(simulated, look)
        return now & alarm(simulated, look - 1) if look else np.zeros_like(now)

    return both


def end_points(simulated: Simulated, look: int) -> Booleans:
    """Over eight quarters less than a tenth of the agreed change, as the UN measures its goals."""
    values = simulated.window(look).values
    return values[:, -1] - values[:, -1 - _UN_QUARTERS] < _UN_RATIO * _UN_QUARTERS * simulated.world.pace


def slope_alone(simulated: Simulated, look: int) -> Booleans:
    """The slope is demonstrably below the agreed pace and not demonstrably above 0."""
    window = simulated.window(look)
    slopes = slopes_of(window, extra_variation(window))
    return (slopes.upper < simulated.world.pace) & (slopes.lower <= 0)


def no_fingertips_rise(simulated: Simulated, look: int) -> Booleans:
    """The recent trend of Fingertips is not a rise: chi-squared for trend, and no point that turns the slope round."""
    values = simulated.window(look).values[:, -_FINGERTIPS_POINTS:]
    times = np.arange(1.0, _FINGERTIPS_POINTS + 1)
    share = values.mean(axis=1)
    together = ((times - times.mean()) * values).sum(axis=1)
    variance = share * (1 - share) * ((times - times.mean()) ** 2).sum() / simulated.size
    inside = np.clip(values, 0.5 / simulated.size, 1 - 0.5 / simulated.size)
    odds = np.log(inside / (1 - inside))
    turned = [_slopes(np.delete(times, left_out), np.delete(odds, left_out, axis=1)) for left_out in range(len(times))]
    is_rise = (together**2 / variance > _FINGERTIPS_CHI_SQUARED) & (
        np.min([*turned, _slopes(times, odds)], axis=0) >= 0
    )
    found: Booleans = ~is_rise & ~np.isnan(share)
    return found


def path_above_limits(simulated: Simulated, look: int) -> Booleans:
    """XmR assurance of "making data count": the agreed value lies above the upper process limit."""
    values = simulated.window(look).values[:, -_XMR_QUARTERS:]
    width, largest = _XMR_FACTORS
    ranges = np.abs(np.diff(values, axis=1))
    kept = np.where(ranges < largest * ranges.mean(axis=1, keepdims=True), ranges, np.nan)
    limit: Floats = values.mean(axis=1) + width * np.nanmean(np.where(np.isnan(ranges), 0.0, kept), axis=1)
    return simulated.path_value(look) > limit


def _slopes(times: Floats, values: Floats) -> Floats:
    slopes: Floats = values @ (times - times.mean())
    return slopes


RULES: Final[Mapping[str, Alarm]] = {
    "not better than the previous quarter": not_better(1),
    "end-point ratio < 10 % (UN)": end_points,
    "not better than a year ago, twice": twice(not_better(4)),
    "8-quarter slope alone, twice": twice(slope_alone),
    "Fingertips trend is no rise": no_fingertips_rise,
    "XmR assurance: path above the limits": path_above_limits,
    "A": the_rule(RULE),
    "B": the_rule(CAUTIOUS_RULE),
}
