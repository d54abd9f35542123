"""The path to an agreed target: straight lines from the baseline through milestones to the target (METHODS 4).

Belongs here: where an area should be, how far it is from there, and what it still has to do. No growth rates, because
those break at zero. Quarters are numbered as in `trend.py`; values are oriented as there, or all as they are.
Does not belong here: whether what was agreed makes sense (told where it is entered), and the state (`trend.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indicators.trend import Slope


class Milestone(NamedTuple):
    """An agreed value in a quarter."""

    quarter: int
    value: float


@dataclass(frozen=True)
class TargetPath:
    """The baseline first, the target last."""

    milestones: Sequence[Milestone]

    def __post_init__(self) -> None:
        quarters = [milestone.quarter for milestone in self.milestones]
        if len(quarters) < 2 or any(later <= earlier for earlier, later in pairwise(quarters)):
            raise ValueError(f"a path needs a baseline and a target in later quarters, one after the other: {quarters}")

    @property
    def target(self) -> Milestone:
        """Where it ends."""
        return self.milestones[-1]

    def oriented(self, orientation: int) -> "TargetPath":
        """The same path where up is better."""
        return TargetPath([Milestone(quarter, orientation * value) for quarter, value in self.milestones])


def path_value(path: TargetPath, quarter: int) -> float | None:
    """The agreed value of a quarter: None before the baseline, the target after its quarter."""
    if quarter < path.milestones[0].quarter:
        return None
    before, after = _segment(path, quarter)
    return before.value + agreed_pace(path, quarter) * (min(quarter, after.quarter) - before.quarter)


def agreed_pace(path: TargetPath, quarter: int) -> float:
    """The agreed change per quarter towards a quarter; before the baseline the first one, after the target the last."""
    before, after = _segment(path, quarter)
    return (after.value - before.value) / (after.quarter - before.quarter)


def distance_to_path(path: TargetPath, quarter: int, value: float) -> float | None:
    """How far a value lies above the path, or below it when negative; None before the baseline."""
    agreed = path_value(path, quarter)
    return None if agreed is None else value - agreed


def required_pace(path: TargetPath, quarter: int, value: float) -> float | None:
    """The change per quarter that still reaches the target in time; None once its quarter is there."""
    remaining = path.target.quarter - quarter
    return (path.target.value - value) / remaining if remaining > 0 else None


def is_out_of_reach(path: TargetPath, quarter: int, slope: Slope) -> bool:
    """Whether the target is missed even at the upper limit of the pace, kept up from now to its quarter.

    Args:
        path: oriented so that up is better.
        quarter: the last one of the series.
        slope: of the series; it starts from the line's value in that quarter, not from the last figure.
    """
    remaining = path.target.quarter - quarter
    return remaining > 0 and slope.level + slope.upper * remaining < path.target.value


def _segment(path: TargetPath, quarter: int) -> tuple[Milestone, Milestone]:
    """The line that leads to a quarter."""
    segments = list(pairwise(path.milestones))
    return next((segment for segment in segments if quarter <= segment[1].quarter), segments[-1])
