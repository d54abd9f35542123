"""The rule of `indicators/trend.py` over many series at once; a test holds the two together."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bench.signals.worlds import AREA_COUNT, Floats, Window
from indicators.quantiles import CONFIDENCE_95
from indicators.trend import (
    KINK_QUARTERS,
    LOST_QUARTERS,
    MINIMUM_POINTS,
    MINIMUM_POINTS_STALLED,
    RULE,
    SLOPE_QUARTERS,
    Z_90,
    Rule,
)

Booleans: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Slopes:
    """The change per quarter of each series, with its 90 % interval."""

    values: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class Kink:
    """Where the lost pace is sought; the rule's own unless another is tried."""

    longest: int = KINK_QUARTERS
    lost: int = LOST_QUARTERS
    tilt: float = 0.0
    """How much of a slope over the whole window is taken off the kink, so that an always slow area shows it less."""


THE_KINK = Kink()


def stalled(window: Window, pace: float, extra: Floats, rule: Rule = RULE, kink: Kink = THE_KINK) -> Booleans:
    """Which series stall in the last quarter of the window; none of which that quarter is missing."""
    z = lost_pace(window, pace, extra, kink)
    return (z > rule.smallest_z) & stands_still(window, pace, extra, rule)


def stands_still(window: Window, pace: float, extra: Floats, rule: Rule = RULE) -> Booleans:
    """What `stalled` asks of the slope and of the number of quarters."""
    slopes = slopes_of(window, extra)
    return is_enough(window) & (slopes.upper >= 0) & (slopes.lower <= 0) & (slopes.values < rule.largest_share * pace)


def is_enough(window: Window) -> Booleans:
    """Which series have their last quarter, and enough of the others."""
    is_there = ~np.isnan(window.values)
    in_slope = is_there[:, -SLOPE_QUARTERS:].sum(axis=1) >= MINIMUM_POINTS
    in_kink = is_there[:, -KINK_QUARTERS:].sum(axis=1) >= MINIMUM_POINTS_STALLED
    found: Booleans = is_there[:, -1] & in_slope & in_kink
    return found


def own_variation(window: Window, quarters: int = SLOPE_QUARTERS) -> Floats:
    """What each series varies more than its intervals say; may be negative, NaN with too few quarters."""
    last = window.last(quarters)
    is_there = ~np.isnan(last.values)
    even = is_there.astype(np.float64)
    slopes, _ = _weighted_slope(last.quarters, last.values, even)
    away = _centred(last.values, even) - slopes[:, None] * _centred(np.where(is_there, last.quarters, np.nan), even)
    count = is_there.sum(axis=1)
    enough = np.maximum(count, MINIMUM_POINTS)
    own = np.nansum(away**2, axis=1) / (enough - 2) - np.nansum(variances(last), axis=1) / enough
    return np.where(count >= MINIMUM_POINTS, own, np.nan)


def pooled(own: Floats) -> Floats:
    """The mean over each pool, for each of its series."""
    return np.repeat(np.nanmean(own.reshape(-1, AREA_COUNT), axis=1), AREA_COUNT)


def extra_variation(window: Window) -> Floats:
    """τ² of each series: that of its pool, never negative."""
    return np.maximum(0.0, pooled(own_variation(window)))


def variances(window: Window) -> Floats:
    """What the intervals say."""
    found: Floats = (window.half_widths / CONFIDENCE_95.z) ** 2
    return found


def slopes_of(window: Window, extra: Floats) -> Slopes:
    """Over the last eight quarters."""
    last = window.last(SLOPE_QUARTERS)
    found, errors = _weighted_slope(last.quarters, last.values, _weights(last, extra))
    return Slopes(found, found - Z_90 * errors, found + Z_90 * errors)


def lost_pace(window: Window, pace: float, extra: Floats, kink: Kink = THE_KINK) -> Floats:
    """Z of the pace lost per quarter over the last six."""
    last = window.last(kink.longest)
    along = np.maximum(0.0, last.quarters + kink.lost) - kink.tilt * last.quarters
    found, errors = _weighted_slope(along, pace * last.quarters - last.values, _weights(last, extra))
    z: Floats = found / errors
    return z


def _weights(window: Window, extra: Floats) -> Floats:
    """Nothing for a missing quarter."""
    return np.nan_to_num(1 / (variances(window) + extra[:, None]))


def _weighted_slope(along: Floats, values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Per series a weighted least-squares slope and its standard error; NaN with fewer than two quarters."""
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = along - (weights @ along / weights.sum(axis=1))[:, None]
        spread = (weights * centred**2).sum(axis=1)
        return (weights * centred * np.nan_to_num(values)).sum(axis=1) / spread, 1 / np.sqrt(spread)


def _centred(values: Floats, even: Floats) -> Floats:
    """Values less the mean of those that are there."""
    found: Floats = values - (np.nansum(values, axis=1) / np.maximum(1.0, even.sum(axis=1)))[:, None]
    return found
