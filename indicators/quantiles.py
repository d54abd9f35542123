"""Quantiles of the normal distribution and of Student's t, in plain Python.

Belongs here: the numbers that intervals multiply with, and how they are found.
Does not belong here: intervals (`calculation.py`).
"""

from functools import cache
from math import exp, inf, lgamma, log, log1p
from typing import NamedTuple

_TINY = 1e-300


class Confidence(NamedTuple):
    """A level of confidence and the normal quantile that belongs to it (METHODS, notation)."""

    level: float
    z: float


CONFIDENCE_95 = Confidence(0.95, 1.959963984540054)
CONFIDENCE_998 = Confidence(0.998, 3.090232306167813)


@cache
def student_t(confidence: Confidence, *, degrees_of_freedom: int) -> float:
    """The t that leaves half of the remaining probability in each tail.

    Found by bisection on the tail probability: slow and obvious. `reference/student_t.csv` holds the same numbers
    for 1..200 degrees of freedom, for SQL; beyond that SQL uses `student_t_expansion`.

    Raises:
        ValueError: fewer than one degree of freedom.
    """
    if degrees_of_freedom < 1:
        raise ValueError(f"Student's t needs at least 1 degree of freedom, not {degrees_of_freedom}")
    tail = (1 - confidence.level) / 2
    low, high = 0.0, 2.0
    while _upper_tail(high, degrees_of_freedom) > tail:
        low, high = high, high * 2
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (middle, high) if _upper_tail(middle, degrees_of_freedom) > tail else (low, middle)
    return high


def student_t_expansion(z: float, *, degrees_of_freedom: int) -> float:
    """Student's t from the normal quantile, for more than 200 degrees of freedom (Abramowitz & Stegun 26.7.5).

    The relative error beyond 200 degrees of freedom is below 1e-10 at both confidence levels.
    """
    n = degrees_of_freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )


def _upper_tail(t: float, degrees_of_freedom: int) -> float:
    """P(T > t) for t >= 0."""
    x = degrees_of_freedom / (degrees_of_freedom + t * t)
    return incomplete_beta(x, degrees_of_freedom / 2, 0.5) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1."""
    if x in (0, 1):
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    factor = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return factor / (a * _continued_fraction(x, a, b))


def _continued_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta (Abramowitz & Stegun 26.5.8), by Lentz' method."""
    value, up, down, previous = 1.0, 1.0, 0.0, inf
    for step in range(1, 500):
        coefficient = _coefficient(step, x, a, b)
        down = 1 / (1 + coefficient * down or _TINY)
        up = 1 + coefficient / up or _TINY
        value, previous = value * up * down, value
        if value == previous:
            break
    return value


def _coefficient(step: int, x: float, a: float, b: float) -> float:
    m = step // 2
    if step % 2:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
