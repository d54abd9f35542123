"""Level beside a target and direction in one mark, with its words: filled is met, the arrow is where it goes.

Belongs here: how a figure stands beside the value of a target, as a reader sees it. Does not belong here: the state
against an agreed pace (`indicators/trend_states.py`), and the target in words (`app/target_panel.py`).
"""

from enum import StrEnum
from typing import NamedTuple

from app.markup import Html, element, join
from app.records import Figure, Indicator
from app.target_records import Target
from indicators.agreed_path import Direction
from indicators.trend_direction import TrendDirection


class Standing(StrEnum):
    """How a value stands beside the value of a target."""

    MET = "met"
    NEAR = "near"
    """The target lies within the 95 % interval of the value."""
    UNMET = "unmet"


class Mark(NamedTuple):
    """What one mark says."""

    standing: Standing
    direction: TrendDirection | None
    is_better: bool | None
    """Whether the direction is the better one; None where it has none, or neither way is better."""

    @property
    def words(self) -> str:
        """The mark in Dutch."""
        return f"{_STANDINGS[self.standing]}, {_direction_words(self)}"


_STANDINGS = {
    Standing.MET: "doel gehaald",
    Standing.NEAR: "rond het doel",
    Standing.UNMET: "doel niet gehaald",
}
_ARROWS = {
    TrendDirection.RISING: "↗",
    TrendDirection.FALLING: "↘",
    TrendDirection.LEVEL: "→",
    TrendDirection.INSUFFICIENT: "·",
}
_MOVES = {TrendDirection.RISING: "stijgt", TrendDirection.FALLING: "daalt"}
LEGEND = (
    ("vol, half, leeg", "doel gehaald; het doel ligt binnen de onzekerheid van het cijfer; doel niet gehaald"),
    ("↗ ↘", "over de laatste acht kwartalen aantoonbaar gestegen of gedaald"),
    ("→", "geen aantoonbare richting; dat kan stilstand zijn, of te veel toeval om iets te zien"),
    ("·", "te weinig vergelijkbare kwartalen om een richting te bepalen"),
)


def mark_of(figure: Figure, indicator: Indicator, target: Target, direction: TrendDirection | None) -> Mark | None:
    """The mark of one figure; None where there is no value, or no number of the target in its unit."""
    if figure.value is None or target.level_value is None:
        return None
    is_upward = _wants_more(target, indicator)
    is_better = (
        {TrendDirection.RISING: is_upward, TrendDirection.FALLING: not is_upward}.get(direction) if direction else None
    )
    return Mark(_standing(figure, target.level_value, is_upward=is_upward), direction, is_better)


def mark_html(mark: Mark) -> Html:
    """The mark and its words."""
    arrow = _ARROWS[mark.direction or TrendDirection.INSUFFICIENT]
    sign = element("span", arrow, aria_hidden="true", _class=f"jzojp-mark jzojp-mark-{mark.standing}")
    return join([sign, element("span", mark.words)])


def _wants_more(target: Target, indicator: Indicator) -> bool:
    return (target.direction_code or Direction.AT_LEAST).is_upward(indicator.polarity)


def _standing(figure: Figure, level: float, *, is_upward: bool) -> Standing:
    value = figure.value or 0.0
    if value >= level if is_upward else value <= level:
        return Standing.MET
    if figure.lower_95 is not None and figure.upper_95 is not None and figure.lower_95 <= level <= figure.upper_95:
        return Standing.NEAR
    return Standing.UNMET


def _direction_words(mark: Mark) -> str:
    match mark.direction:
        case None | TrendDirection.INSUFFICIENT:
            return "richting niet te bepalen"
        case TrendDirection.LEVEL:
            return "geen aantoonbare richting"
        case direction:
            return f"{_MOVES[direction]} ({'gunstig' if mark.is_better else 'ongunstig'})"
