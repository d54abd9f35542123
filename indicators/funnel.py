"""Funnel: between which values areas of a certain size lie when all are like the country (METHODS 3).

Source: Spiegelhalter 2005, as in PHEindicatormethods. A funnel is the comparison with the country drawn over size;
which areas differ is said by `comparison.py`.
Does not belong here: drawing it.
"""

from math import sqrt

from indicators.intervals import Interval, poisson
from indicators.quantiles import Confidence


def proportion_funnel(benchmark: float, denominator: float, confidence: Confidence) -> Interval:
    """Where the proportions of areas with this denominator lie, cut to 0..1.

    Args:
        benchmark: the proportion of the country, 0 to 1.
        denominator: more than 0.
        confidence: 95 % or 99.8 %.
    """
    half_width = confidence.z * sqrt(benchmark * (1 - benchmark) / denominator)
    return Interval(max(0.0, benchmark - half_width), min(1.0, benchmark + half_width))


def rate_funnel(benchmark: float, exposure: float, confidence: Confidence) -> Interval:
    """Where the rates of areas with this exposure lie: the Poisson limits of the events expected there.

    Args:
        benchmark: the rate of the country per unit of exposure, more than 0.
        exposure: more than 0.
        confidence: 95 % or 99.8 %.
    """
    limits = poisson(benchmark * exposure, confidence)
    return Interval(limits.lower / exposure, limits.upper / exposure)


def ratio_funnel(events: float, confidence: Confidence) -> Interval:
    """Between which ratios of observed to expected an area with this number of events is not shown to differ from 1.

    Args:
        events: observed, more than 0.
        confidence: 95 % or 99.8 %.
    """
    limits = poisson(events, confidence)
    return Interval(events / limits.upper, events / limits.lower)
