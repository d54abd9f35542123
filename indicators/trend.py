"""The state of an indicator against an agreed target: does an area get there, and since when not (METHODS 4).

Belongs here: the rule over one series, slow and obvious, the oracle for the SQL.
Does not belong here: the words of a state (`trend_states.py`), the path to the target (`agreed_path.py`), the season
(`season.py`), which targets and points there are, and what is done with a state.

The inputs, and nothing else decides:
- points: (quarter number, value, half-width of the 95 % interval), one per quarter that is final, comparable and there.
  Numbers of quarters are consecutive integers (year * 4 + quarter), so a missing quarter is a gap. Values are
  turned (`Direction.is_upward`) so that up is better. Half-widths are above 0. Seasonal indicators are
  divided by their factors first, value and half-width alike; increments, never a rolling year.
- pace: the agreed change per quarter, oriented alike (`AgreedPath.pace`).
- target: the agreed value, oriented alike. Where standing still or bounded growth was agreed (`Direction.HOLD`, or a
  pace of 0 or less), it is the value that was agreed for the last quarter (`AgreedPath.value_at`).
- direction: only to know `hold`.
- extra: τ², of all areas of the indicator together.
- rule: the settings.

"The last eight quarters" are those from seven before the last point up to it, however many have a point; so too for
twelve. The caller decides whether the last point is recent enough.
"""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Final, NamedTuple

from indicators.agreed_path import Direction
from indicators.quantiles import CONFIDENCE_95
from indicators.trend_states import TrendState

SLOPE_QUARTERS: Final = 8
"""Over how many quarters the slope and the extra variation are taken."""
KINK_QUARTERS: Final = 12
"""Over how many quarters the lost pace is sought."""
LOST_QUARTERS: Final = 6
"""Over how many last quarters pace may have been lost."""
MINIMUM_POINTS: Final = 5
"""How many of the last eight quarters a slope needs."""
MINIMUM_POINTS_STALLED: Final = 8
"""How many of the last twelve quarters `stalled` needs."""
Z_90: Final = 1.6448536269514722


class Rule(NamedTuple):
    """The settings of the rule, with the name that stands beside every state that it made."""

    version: str
    smallest_z: float
    """`stalled` needs a Z above it."""
    largest_share: float
    """`stalled` needs a slope below this part of the agreed pace."""

    def words(self, state: TrendState) -> str:
        """A state in Dutch, with what the settings make of it."""
        return (
            f"{state.words} (minder dan {100 * self.largest_share:.0f} % ervan)"
            if state is TrendState.STALLED
            else state.words
        )


RULE: Final = Rule("A", smallest_z=2.25, largest_share=0.30)
CAUTIOUS_RULE: Final = Rule("B", smallest_z=2.60, largest_share=0.25)


class TrendPoint(NamedTuple):
    """One quarter of a series."""

    quarter: int
    value: float
    half_width: float
    """Of the 95 % interval; above 0."""

    @property
    def variance(self) -> float:
        """What the interval says about chance."""
        return (self.half_width / CONFIDENCE_95.z) ** 2


class Slope(NamedTuple):
    """The change per quarter, with its 90 % interval."""

    value: float
    lower: float
    upper: float
    level: float
    """The value of the line in the last quarter."""


class Trend(NamedTuple):
    """A state, and the numbers that it rests on; absent where there are too few quarters."""

    state: TrendState
    slope: Slope | None
    lost_pace_z: float | None


def extra_variation(series: Iterable[Sequence[TrendPoint]]) -> float:
    """τ²: how much the quarters of one indicator vary more than their intervals say, pooled over its areas.

    Args:
        series: the areas, each in order of time; those with fewer than five of the last eight quarters do not count.
    """
    found = [_own_variation(last) for points in series if len(last := within(points, SLOPE_QUARTERS)) >= MINIMUM_POINTS]
    return max(0.0, sum(found) / len(found)) if found else 0.0


def judge(
    points: Sequence[TrendPoint],
    *,
    pace: float,
    target: float,
    direction: Direction,
    extra: float,
    rule: Rule = RULE,
) -> Trend:
    """The state of one series; what goes in is described at the top of this module.

    Args:
        points: in order of time.
        pace: the agreed change per quarter.
        target: the agreed value.
        direction: whether standing still was agreed.
        extra: what `extra_variation` says of the indicator.
        rule: its settings.
    """
    last = within(points, SLOPE_QUARTERS)
    if len(last) < MINIMUM_POINTS:
        return Trend(TrendState.INSUFFICIENT, None, None)
    slope = weighted_slope(last, extra)
    if direction is Direction.HOLD or pace <= 0:
        return Trend(_state_of_bound(points[-1], target), slope, None)
    longer = within(points, KINK_QUARTERS)
    z = lost_pace(longer, pace, extra) if len(longer) >= MINIMUM_POINTS_STALLED else None
    return Trend(_state(points[-1].value, target, slope, z, pace, rule), slope, z)


def is_out_of_reach(last: float, slope: Slope, *, target: float, quarters_left: int) -> bool:
    """Whether the target is missed even at the upper limit of the pace, kept up from the line's value to its quarter.

    Args:
        last: the last figure; a target that it meets is not out of reach.
        slope: of the series.
        target: oriented so that up is better, as the rest.
        quarters_left: from the last figure to the period of the target.
    """
    return last < target and quarters_left > 0 and slope.level + slope.upper * quarters_left < target


def within(points: Sequence[TrendPoint], quarters: int) -> Sequence[TrendPoint]:
    """The points of so many last quarters, counted back from the last point."""
    return [point for point in points if point.quarter > points[-1].quarter - quarters]


def _state(last: float, target: float, slope: Slope, z: float | None, pace: float, rule: Rule) -> TrendState:
    """The first rule that holds."""
    if last >= target:
        return TrendState.REACHED
    if slope.upper < 0:
        return TrendState.WORSENING
    if z is not None and z > rule.smallest_z and slope.lower <= 0 and slope.value < rule.largest_share * pace:
        return TrendState.STALLED
    if slope.lower > 0:
        return TrendState.TOO_SLOW if slope.upper < pace else TrendState.IMPROVING
    return TrendState.UNDECIDED


def _state_of_bound(last: TrendPoint, bound: float) -> TrendState:
    """Where nothing had to improve: within the bound, demonstrably outside it, or neither."""
    if last.value >= bound:
        return TrendState.REACHED
    return TrendState.WORSENING if last.value + last.half_width < bound else TrendState.UNDECIDED


def weighted_slope(points: Sequence[TrendPoint], extra: float) -> Slope:
    """The slope through points of which each weighs by its variance and the extra variation."""
    weights = [1 / (point.variance + extra) for point in points]
    times = [float(point.quarter - points[-1].quarter) for point in points]
    values = [point.value for point in points]
    value, error = _slope(times, values, weights)
    level = _mean(values, weights) - value * _mean(times, weights)
    return Slope(value, value - Z_90 * error, value + Z_90 * error, level)


def lost_pace(points: Sequence[TrendPoint], pace: float, extra: float) -> float:
    """Z of the pace lost per quarter over the last six, given the agreed pace before; the level is free."""
    weights = [1 / (point.variance + extra) for point in points]
    now = points[-1].quarter
    shortfalls = [pace * (point.quarter - now) - point.value for point in points]
    kinks = [float(max(0, point.quarter - (now - LOST_QUARTERS))) for point in points]
    value, error = _slope(kinks, shortfalls, weights)
    return value / error


def _own_variation(points: Sequence[TrendPoint]) -> float:
    """How much more the points lie from an unweighted line than their intervals say; may be negative."""
    times, values, even = (
        [float(point.quarter) for point in points],
        [point.value for point in points],
        [1.0] * len(points),
    )
    slope, _ = _slope(times, values, even)
    mean_time, mean_value = _mean(times, even), _mean(values, even)
    squares = sum((y - mean_value - slope * (t - mean_time)) ** 2 for t, y in zip(times, values, strict=True))
    return squares / (len(points) - 2) - sum(point.variance for point in points) / len(points)


def _slope(along: Sequence[float], values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """A weighted least-squares slope and its standard error."""
    mean = _mean(along, weights)
    spread = sum(w * (x - mean) ** 2 for w, x in zip(weights, along, strict=True))
    together = sum(w * (x - mean) * y for w, x, y in zip(weights, along, values, strict=True))
    return together / spread, 1 / sqrt(spread)


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(weights, values, strict=True)) / sum(weights)
