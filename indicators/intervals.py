"""Intervals: the limits of a value at 95 % and 99.8 %, for every method of METHODS 1.

Sources: Wilson 1927; Breslow & Day 1987 (Byar); Dobson 1991; Newcombe 1998, method 10.
Does not belong here: what a value is (`calculation.py`) and how it compares (`comparison.py`).
"""

from collections.abc import Callable
from enum import StrEnum
from math import exp, floor, sqrt
from typing import NamedTuple

from indicators.quantiles import CONFIDENCE_95, CONFIDENCE_998, Confidence, student_t
from indicators.reference_tables import poisson_limits

EXACT_BELOW = 10
"""Below this number of events the Poisson limits are exact, from it they are Byar's."""


class IntervalMethod(StrEnum):
    """How an interval was made, as `mart.indicator_value.interval_method` says it."""

    WILSON = "wilson"
    EXACT = "exact"
    BYAR = "byar"
    DOBSON = "dobson"
    STUDENT = "student"
    LOG = "log"
    NEWCOMBE = "newcombe"
    NONE = "none"


class Interval(NamedTuple):
    """A lower and an upper limit."""

    lower: float
    upper: float


class Estimate(NamedTuple):
    """A value in the unit of the indicator, with its limits; these are None where the method is `none`."""

    value: float
    lower_95: float | None = None
    upper_95: float | None = None
    lower_998: float | None = None
    upper_998: float | None = None
    method: IntervalMethod = IntervalMethod.NONE


def with_intervals(
    value: float, limits: Callable[[Confidence], Interval], method: IntervalMethod, *, multiplier: float
) -> Estimate:
    """An estimate of which value and limits are multiplied alike."""
    narrow, wide = limits(CONFIDENCE_95), limits(CONFIDENCE_998)
    return Estimate(
        value=multiplier * value,
        lower_95=multiplier * narrow.lower,
        upper_95=multiplier * narrow.upper,
        lower_998=multiplier * wide.lower,
        upper_998=multiplier * wide.upper,
        method=method,
    )


def wilson(numerator: float, denominator: float, confidence: Confidence) -> Interval:
    """Limits of a proportion, cut to 0..1 (rounding could put them just outside)."""
    square = confidence.z**2
    middle = 2 * numerator + square
    half_width = confidence.z * sqrt(square + 4 * numerator * (1 - numerator / denominator))
    width = 2 * (denominator + square)
    return Interval(max(0.0, (middle - half_width) / width), min(1.0, (middle + half_width) / width))


def poisson_method(events: float) -> IntervalMethod:
    """Exact below 10 events, Byar from 10, and for a fraction, which a converted count can have."""
    is_exact = events < EXACT_BELOW and events == floor(events)
    return IntervalMethod.EXACT if is_exact else IntervalMethod.BYAR


def poisson(events: float, confidence: Confidence) -> Interval:
    """Limits of the expected number of events, given the observed number."""
    if poisson_method(events) is IntervalMethod.BYAR:
        return byar(events, confidence)
    row = poisson_limits()[int(events)]
    is_narrow = confidence is CONFIDENCE_95
    return Interval(row.lower_95, row.upper_95) if is_narrow else Interval(row.lower_998, row.upper_998)


def byar(events: float, confidence: Confidence) -> Interval:
    """Byar's approximation of the Poisson limits, for more than 0 events; cut at 0 below."""
    more = events + 1
    lower = events * (1 - 1 / (9 * events) - confidence.z / (3 * sqrt(events))) ** 3
    upper = more * (1 - 1 / (9 * more) + confidence.z / (3 * sqrt(more))) ** 3
    return Interval(max(0.0, lower), upper)


def dobson(value: float, variance: float, events: float, confidence: Confidence) -> Interval:
    """Limits of a weighted sum of Poisson counts: Byar's limits of all events, scaled to the variance."""
    limits = byar(events, confidence)
    scale = sqrt(variance / events)
    return Interval(value + scale * (limits.lower - events), value + scale * (limits.upper - events))


def student(value: float, variance: float, count: float, confidence: Confidence) -> Interval:
    """Limits of a mean of `count` values with this sample variance."""
    half_width = student_t(confidence, degrees_of_freedom=int(count) - 1) * sqrt(variance / count)
    return Interval(value - half_width, value + half_width)


def log_ratio(value: float, events: float, base_events: float, confidence: Confidence) -> Interval:
    """Limits of a ratio of two rates, symmetrical on the logarithmic scale."""
    error = sqrt(1 / events + 1 / base_events)
    return Interval(value * exp(-confidence.z * error), value * exp(confidence.z * error))


def newcombe(value: Interval, first: Interval, second: Interval) -> Interval:
    """Limits of first minus second; `value` holds the two values, the others their limits."""
    minuend, subtrahend = value
    below = sqrt((minuend - first.lower) ** 2 + (second.upper - subtrahend) ** 2)
    above = sqrt((first.upper - minuend) ** 2 + (subtrahend - second.lower) ** 2)
    return Interval(minuend - subtrahend - below, minuend - subtrahend + above)
