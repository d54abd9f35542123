"""The state of an indicator against an agreed target: does an area get there, and since when not (METHODS 4).

Belongs here: the rule over one series, slow and obvious, the oracle for the SQL; every number is oriented so that up is
better.
Does not belong here: which targets and points there are, the season (`season.py`), and what is done with a state.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import sqrt
from typing import Final, NamedTuple

from indicators.quantiles import CONFIDENCE_95

SLOPE_QUARTERS: Final = 8
"""Over how many quarters the slope is taken, and the least that `stalled` needs."""
KINK_QUARTERS: Final = 12
LOST_QUARTERS: Final = 6
"""Over how many last quarters pace may have been lost."""
MINIMUM_QUARTERS: Final = 5
_Z90: Final = 1.6448536269514722


class TrendState(StrEnum):
    """What the figures say about an agreed target, in the order in which it is decided."""

    NOT_ASSESSABLE = "not_assessable"
    INSUFFICIENT = "insufficient"
    REACHED = "reached"
    WORSENING = "worsening"
    STALLED = "stalled"
    TOO_SLOW = "too_slow"
    IMPROVING = "improving"
    UNDECIDED = "undecided"

    @property
    def words(self) -> str:
        """The state in Dutch."""
        return _WORDS[self]


_WORDS: Final = {
    TrendState.NOT_ASSESSABLE: "niet te beoordelen",
    TrendState.INSUFFICIENT: "te weinig vergelijkbare kwartalen",
    TrendState.REACHED: "doel bereikt",
    TrendState.WORSENING: "verslechtert",
    TrendState.STALLED: (
        "stagneert: geen aantoonbare verbetering in twee jaar, en het tempo is aantoonbaar lager dan afgesproken"
    ),
    TrendState.TOO_SLOW: "verbetert, maar trager dan afgesproken",
    TrendState.IMPROVING: "verbetert",
    TrendState.UNDECIDED: "de cijfers laten nog geen oordeel toe",
}


class Rule(NamedTuple):
    """The settings of the rule, with the name that stands beside every state that it made."""

    version: str
    smallest_z: float
    """`stalled` needs a Z above it."""
    largest_share: float
    """`stalled` needs a slope below this part of the agreed pace."""


RULE: Final = Rule("A", smallest_z=2.25, largest_share=0.30)
CAUTIOUS_RULE: Final = Rule("B", smallest_z=2.60, largest_share=0.25)


class TrendPoint(NamedTuple):
    """One final, comparable quarter of a series."""

    quarter: int
    """Consecutive; a quarter may be missing."""
    value: float
    variance: float
    """Of the value, from its interval (`interval_variance`)."""


class Slope(NamedTuple):
    """The change per quarter, with its 90 % interval."""

    value: float
    lower: float
    upper: float


class Trend(NamedTuple):
    """A state, and the numbers that it rests on; absent where there are too few quarters."""

    state: TrendState
    slope: Slope | None
    lost_pace_z: float | None


def interval_variance(lower_95: float, upper_95: float) -> float:
    """The variance that belongs to a 95 % interval."""
    return ((upper_95 - lower_95) / (2 * CONFIDENCE_95.z)) ** 2


def extra_variation(series: Iterable[Sequence[TrendPoint]]) -> float:
    """τ²: how much the quarters of one indicator vary more than their intervals say, pooled over its areas.

    Args:
        series: the areas, each in order of time; only those with eight quarters count.
    """
    found = []
    for points in series:
        last = points[-SLOPE_QUARTERS:]
        if len(last) == SLOPE_QUARTERS:
            residual = _squared_residuals(last) / (SLOPE_QUARTERS - 2)
            found.append(residual - sum(point.variance for point in last) / len(last))
    return max(0.0, sum(found) / len(found)) if found else 0.0


def judge(points: Sequence[TrendPoint], *, pace: float, target: float, extra: float, rule: Rule = RULE) -> Trend:
    """The state of one series.

    Args:
        points: in order of time, final and comparable, oriented so that up is better.
        pace: the agreed change per quarter.
        target: the agreed value, oriented alike.
        extra: what `extra_variation` says of the indicator.
        rule: its settings.
    """
    if len(points) < MINIMUM_QUARTERS:
        return Trend(TrendState.INSUFFICIENT, None, None)
    slope = weighted_slope(points[-SLOPE_QUARTERS:], extra)
    z = lost_pace(points[-KINK_QUARTERS:], pace, extra) if len(points) >= SLOPE_QUARTERS else None
    return Trend(_state(points[-1].value, target, slope, z, pace, rule), slope, z)


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


def weighted_slope(points: Sequence[TrendPoint], extra: float) -> Slope:
    """The slope through points of which each weighs by its variance and the extra variation."""
    weights = [1 / (point.variance + extra) for point in points]
    times = [float(point.quarter) for point in points]
    value, error = _slope(times, [point.value for point in points], weights)
    return Slope(value, value - _Z90 * error, value + _Z90 * error)


def lost_pace(points: Sequence[TrendPoint], pace: float, extra: float) -> float:
    """Z of the pace lost per quarter over the last six, given the agreed pace before; the level is free."""
    weights = [1 / (point.variance + extra) for point in points]
    now = points[-1].quarter
    shortfalls = [pace * point.quarter - point.value for point in points]
    kinks = [float(max(0, point.quarter - (now - LOST_QUARTERS))) for point in points]
    value, error = _slope(kinks, shortfalls, weights)
    return value / error


def _slope(along: Sequence[float], values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """A weighted least-squares slope and its standard error."""
    total = sum(weights)
    mean = sum(w * x for w, x in zip(weights, along, strict=True)) / total
    spread = sum(w * (x - mean) ** 2 for w, x in zip(weights, along, strict=True))
    together = sum(w * (x - mean) * y for w, x, y in zip(weights, along, values, strict=True))
    return together / spread, 1 / sqrt(spread)


def _squared_residuals(points: Sequence[TrendPoint]) -> float:
    """The squared distances to an unweighted line, added up."""
    times, values = [float(point.quarter) for point in points], [point.value for point in points]
    slope, _ = _slope(times, values, [1.0] * len(points))
    mean_time, mean_value = sum(times) / len(times), sum(values) / len(values)
    return sum((y - mean_value - slope * (t - mean_time)) ** 2 for t, y in zip(times, values, strict=True))
