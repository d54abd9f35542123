"""What can be said of an indicator beside an agreed target: closed lists with their Dutch words (METHODS 4).

Belongs here: the states, the directions of a target, and why nothing can be said.
Does not belong here: when a state holds (`trend.py`), and what was agreed (`target_path.py`).
"""

from enum import StrEnum
from typing import Final

from indicators.definition_model import Polarity
from indicators.measures import Frequency


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
        return _STATE_WORDS[self]


class Direction(StrEnum):
    """Which way an agreed target points."""

    INCREASE = "increase"
    DECREASE = "decrease"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    HOLD = "hold"

    def orientation(self, polarity: Polarity) -> int:
        """What values are multiplied with so that up is better: 1 or -1."""
        if self is Direction.HOLD:
            return -1 if polarity is Polarity.LOWER_BETTER else 1
        return 1 if self in (Direction.INCREASE, Direction.AT_LEAST) else -1


class NotAssessable(StrEnum):
    """Why an indicator has no state."""

    NEUTRAL = "neutral"
    TOO_RARE = "too_rare"
    NO_INTERVAL = "no_interval"
    NO_TARGET = "no_target"
    OTHER_UNIT = "other_unit"
    NO_BASELINE = "no_baseline"

    @property
    def words(self) -> str:
        """The reason in Dutch, after "niet te beoordelen: "."""
        return _REASON_WORDS[self]


def not_assessable_reasons(
    *,
    polarity: Polarity,
    frequency: Frequency,
    has_interval: bool,
    has_number: bool,
    is_own_unit: bool,
    has_baseline: bool,
) -> list[NotAssessable]:
    """Everything that stands in the way, in the order in which it is told.

    Args:
        polarity: of the indicator.
        frequency: how often its figures come.
        has_interval: whether its values have one.
        has_number: whether the target has one.
        is_own_unit: whether that number is in the unit of the indicator, or a change relative to the baseline.
        has_baseline: whether the value from which the target counts is known.
    """
    is_in_the_way = {
        NotAssessable.NEUTRAL: polarity is Polarity.NEUTRAL,
        NotAssessable.TOO_RARE: frequency is not Frequency.QUARTER,
        NotAssessable.NO_INTERVAL: not has_interval,
        NotAssessable.NO_TARGET: not has_number,
        NotAssessable.OTHER_UNIT: has_number and not is_own_unit,
        NotAssessable.NO_BASELINE: not has_baseline,
    }
    return [reason for reason, holds in is_in_the_way.items() if holds]


_STATE_WORDS: Final = {
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
_REASON_WORDS: Final = {
    NotAssessable.NEUTRAL: "bij deze indicator is hoger niet beter en lager ook niet",
    NotAssessable.TOO_RARE: "de cijfers komen niet elk kwartaal",
    NotAssessable.NO_INTERVAL: "de cijfers hebben geen betrouwbaarheidsinterval",
    NotAssessable.NO_TARGET: "er is geen doel in een getal",
    NotAssessable.OTHER_UNIT: "het doel heeft een andere eenheid dan de indicator",
    NotAssessable.NO_BASELINE: "de beginwaarde van de afspraak ontbreekt",
}
