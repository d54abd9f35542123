"""What can be said of an indicator beside an agreed target: closed lists with their Dutch words (METHODS 4).

Belongs here: the states, and why a path has none. Does not belong here: when a state holds (`trend.py`), what was
agreed (`agreed_path.py`), and why a doelstelling has no path at all (`targets.py`).
"""

from enum import StrEnum
from typing import Final


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


class NotAssessable(StrEnum):
    """Why a path has no state, in the order in which it is decided."""

    NO_INDICATOR = "no_indicator"
    NEUTRAL = "neutral"
    NOT_QUARTERLY = "not_quarterly"
    NO_INTERVAL = "no_interval"

    @property
    def words(self) -> str:
        """The reason in Dutch, after "niet te beoordelen: "."""
        return _REASON_WORDS[self]


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
    NotAssessable.NO_INDICATOR: "de indicator staat niet meer in de kernset",
    NotAssessable.NEUTRAL: "bij deze indicator is hoger niet beter en lager ook niet",
    NotAssessable.NOT_QUARTERLY: "de cijfers komen niet elk kwartaal",
    NotAssessable.NO_INTERVAL: "de cijfers hebben geen betrouwbaarheidsinterval",
}
