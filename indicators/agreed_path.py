"""The path from a baseline to a target, as it was agreed: a straight line, or through milestones.

Belongs here: what a path must keep to, the value on it, and its pace. Does not belong here: who agreed it
(`targets.py` for the country, `register/agreements.py` for regions), and whether figures follow it (`trend.py`).
No growth rates: they break at zero (METHODS 4).
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from indicators.definition_model import Polarity
from indicators.errors import NotCalculableError
from indicators.periods import Period
from indicators.states import ReasonCode
from indicators.yaml_models import StrictModel, WrittenPeriod


class Direction(StrEnum):
    """What a target asks of the value."""

    INCREASE = "increase"
    DECREASE = "decrease"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    HOLD = "hold"
    """Stay on the good side of the value: standing still, or growth up to a bound."""

    @property
    def words(self) -> str:
        """In Dutch, before the value."""
        return _WORDS[self]

    def is_upward(self, polarity: Polarity) -> bool:
        """Whether a higher value is nearer to the target; for a hold the polarity of the indicator decides."""
        if self is Direction.HOLD:
            return polarity is Polarity.HIGHER_BETTER
        return self in {Direction.INCREASE, Direction.AT_LEAST}


_WORDS = {
    Direction.INCREASE: "omhoog naar",
    Direction.DECREASE: "omlaag naar",
    Direction.AT_LEAST: "ten minste",
    Direction.AT_MOST: "ten hoogste",
    Direction.HOLD: "niet slechter dan",
}


class Level(StrictModel):
    """A value, in the unit of the indicator, at the end of a period."""

    value: float
    period: WrittenPeriod


class PathFault(NamedTuple):
    """What is wrong with a path: in which part of it, what, and what to do."""

    field: str
    message: str
    remedy: str


class AgreedPath(StrictModel):
    """From where, along what, to where. Ask `path_faults` before the values are used."""

    baseline: Level
    milestones: tuple[Level, ...] = ()
    target: Level
    direction: Direction

    @property
    def points(self) -> tuple[Level, ...]:
        """Baseline, milestones and target."""
        return (self.baseline, *self.milestones, self.target)

    @property
    def pace(self) -> float:
        """Agreed change per quarter from baseline to target, in the unit of the indicator.

        Raises:
            NotCalculableError: the target is not after the baseline.
        """
        quarters = quarter_number(self.target.period) - quarter_number(self.baseline.period)
        if quarters <= 0:
            raise NotCalculableError("Het doel ligt niet na de uitgangssituatie.", ReasonCode.IMPOSSIBLE)
        return (self.target.value - self.baseline.value) / quarters

    def value_at(self, period: Period) -> float | None:
        """The value on the path at the end of a period; None before the baseline, the target's value after it."""
        at = quarter_number(period)
        if at < quarter_number(self.baseline.period):
            return None
        for start, end in pairwise(self.points):
            first, last = quarter_number(start.period), quarter_number(end.period)
            if at <= last:
                return start.value + (end.value - start.value) * (at - first) / (last - first)
        return self.target.value


def quarter_number(period: Period) -> int:
    """The consecutive number of the last quarter of a period: the axis on which paths and trends are straight lines."""
    end = period.end
    return end.year * 4 + (end.month + 2) // 3


def path_faults(path: AgreedPath) -> list[PathFault]:
    """Everything that is wrong with a path, in Dutch."""
    return [*_faults_of_order(path.points), *_faults_of_direction(path)]


def _faults_of_order(points: Sequence[Level]) -> Iterator[PathFault]:
    for place, (before, after) in enumerate(pairwise(points), start=1):
        if quarter_number(before.period) >= quarter_number(after.period):
            is_last = place == len(points) - 1
            field = "doel" if is_last else f"mijlpaal {place}"
            earlier = "de uitgangssituatie" if place == 1 else f"mijlpaal {place - 1}"
            yield PathFault(
                field,
                f"{after.period} ligt niet na {earlier} ({before.period}).",
                "Zet de perioden op volgorde: uitgangssituatie, mijlpalen, doel.",
            )


def _faults_of_direction(path: AgreedPath) -> Iterator[PathFault]:
    start, end = path.baseline.value, path.target.value
    wrong = {Direction.INCREASE: end <= start, Direction.DECREASE: end >= start}
    if wrong.get(path.direction, False):
        yield PathFault(
            "richting",
            f"De richting is '{path.direction.words}', maar het doel ({end:g}) ligt niet "
            f"{'boven' if path.direction is Direction.INCREASE else 'onder'} de uitgangssituatie ({start:g}).",
            "Verander de richting of een van de twee waarden. Gaat het om gelijk blijven? Kies 'niet slechter dan'.",
        )
