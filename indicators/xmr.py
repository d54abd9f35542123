"""XmR: between which values a process that does not change moves, and which points chance does not explain.

METHODS 4; Wheeler. The rules and their order are those of NHSRplotthedots 0.2.2.
Belongs here: limits and special causes of one series, slow and obvious, the oracle for `models/mart/special_cause.sql`.
Does not belong here: which series are looked at, and the season (`season.py`).
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

MINIMUM_POINTS: Final = 8
"""Below this there are no limits; below `FULL_POINTS` they are trial limits."""
FULL_POINTS: Final = 12
_LIMIT_FACTOR: Final = 2.66
_RANGE_FACTOR: Final = 3.267
_NEAR: Final = 2 / 3
"""From this part of the way between mean and limit a point is near the limit."""
_RUN: Final = 7
_TOLERANCE: Final = 1e-9
"""Part of the mean by which two numbers may differ and still be equal."""


class SpecialCause(StrEnum):
    """Why a point is not explained by chance, in the order in which the rules are tried."""

    ABOVE_LIMITS = "above_limits"
    BELOW_LIMITS = "below_limits"
    RISING = "rising"
    FALLING = "falling"
    NEAR_UPPER = "near_upper"
    NEAR_LOWER = "near_lower"
    ABOVE_MEAN = "above_mean"
    BELOW_MEAN = "below_mean"

    @property
    def words(self) -> str:
        """The rule in Dutch."""
        return _WORDS[self]


_WORDS: Final = {
    SpecialCause.ABOVE_LIMITS: "hoger dan toeval kan verklaren",
    SpecialCause.BELOW_LIMITS: "lager dan toeval kan verklaren",
    SpecialCause.RISING: "zeven kwartalen op rij steeds hoger",
    SpecialCause.FALLING: "zeven kwartalen op rij steeds lager",
    SpecialCause.NEAR_UPPER: "twee van de drie kwartalen dicht bij de bovengrens",
    SpecialCause.NEAR_LOWER: "twee van de drie kwartalen dicht bij de ondergrens",
    SpecialCause.ABOVE_MEAN: "zeven kwartalen op rij boven het gemiddelde",
    SpecialCause.BELOW_MEAN: "zeven kwartalen op rij onder het gemiddelde",
}


def largest_step(width: float) -> float:
    """How much two values in a row may differ by chance, when the limits lie `width` from the mean."""
    return width * _RANGE_FACTOR / _LIMIT_FACTOR


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


def special_causes(values: Sequence[float]) -> list[SpecialCause | None] | None:
    """For every point of a series the first rule that holds, or None where chance explains it.

    A run of seven flags all its points, also those before the rule could be seen. None when the series is too short.
    """
    limits = xmr_limits(values)
    if limits is None:
        return None
    tolerance = _TOLERANCE * abs(limits.mean)
    width = limits.upper - limits.mean
    distances = [value - limits.mean for value in values]
    sides = [_sign(distance, tolerance) for distance in distances]
    outside = [abs(distance) > width + tolerance for distance in distances]
    near = [
        abs(distance) > width * _NEAR + tolerance and not beyond
        for distance, beyond in zip(distances, outside, strict=True)
    ]
    trends = runs_of([_sign(after - before, tolerance) for before, after in pairwise(values)], _RUN - 1, extra=1)
    runs = runs_of(sides, _RUN)
    pairs = two_of_three(near, sides)
    rules: tuple[tuple[list[set[int]], SpecialCause, SpecialCause], ...] = (
        (
            [{side} if beyond else set() for side, beyond in zip(sides, outside, strict=True)],
            SpecialCause.ABOVE_LIMITS,
            SpecialCause.BELOW_LIMITS,
        ),
        (trends, SpecialCause.RISING, SpecialCause.FALLING),
        ([{side} for side in pairs], SpecialCause.NEAR_UPPER, SpecialCause.NEAR_LOWER),
        (runs, SpecialCause.ABOVE_MEAN, SpecialCause.BELOW_MEAN),
    )
    return [next(_causes(rules, at), None) for at in range(len(values))]


def two_of_three(near: Sequence[bool], sides: Sequence[int]) -> list[int]:
    """The side (1 or -1) of each point near a limit that is one of two in three such points; 0 for all others."""
    flagged = [0] * len(near)
    for start in range(len(near) - 2):
        three = range(start, start + 3)
        is_one_side = abs(sum(sides[at] for at in three)) == len(three)
        if is_one_side and sum(near[at] for at in three) >= len(three) - 1:
            for at in three:
                flagged[at] = sides[at] if near[at] else flagged[at]
    return flagged


def runs_of(signs: Sequence[int], length: int, *, extra: int = 0) -> list[set[int]]:
    """For each point the signs of the runs of `length` equal signs that it belongs to.

    Args:
        signs: of points, or of the steps between points.
        length: how many equal signs make a run.
        extra: how many more points there are than signs: 1 for steps.
    """
    found: list[set[int]] = [set() for _ in range(len(signs) + extra)]
    for start in range(len(signs) - length + 1):
        run = set(signs[start : start + length])
        if len(run) == 1 and run != {0}:
            for at in range(start, start + length + extra):
                found[at] |= run
    return found


def _causes(rules: Sequence[tuple[Sequence[set[int]], SpecialCause, SpecialCause]], at: int) -> Iterator[SpecialCause]:
    for flagged, upward, downward in rules:
        if 1 in flagged[at]:
            yield upward
        if -1 in flagged[at]:
            yield downward


def _sign(difference: float, tolerance: float) -> int:
    return 0 if abs(difference) <= tolerance else 1 if difference > 0 else -1


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
