"""Where an area should be, how far it is from there, and what it still has to do."""

import pytest

from indicators.definition_model import Polarity
from indicators.measures import Frequency
from indicators.target_path import (
    Milestone,
    TargetPath,
    agreed_pace,
    distance_to_path,
    is_out_of_reach,
    path_value,
    required_pace,
)
from indicators.trend import Slope
from indicators.trend_states import Direction, NotAssessable, not_assessable_reasons

PATH = TargetPath([Milestone(10, 60), Milestone(14, 64), Milestone(22, 80)])


@pytest.mark.parametrize(
    ("quarter", "value", "pace"),
    [(9, None, 1), (10, 60, 1), (12, 62, 1), (14, 64, 1), (15, 66, 2), (22, 80, 2), (30, 80, 2)],
)
def test_a_path_through_a_milestone(quarter: int, value: float | None, pace: float) -> None:
    assert path_value(PATH, quarter) == value
    assert agreed_pace(PATH, quarter) == pace


def test_distance_and_what_is_still_required() -> None:
    assert distance_to_path(PATH, 18, 70) == -2
    assert distance_to_path(PATH, 9, 70) is None
    assert required_pace(PATH, 18, 70) == 2.5
    assert required_pace(PATH, 22, 70) is None


def test_out_of_reach_is_what_even_the_upper_limit_does_not_reach() -> None:
    slope = Slope(1, lower=0, upper=2, level=70)
    assert is_out_of_reach(PATH, 18, slope)
    assert not is_out_of_reach(PATH, 17, slope)
    assert not is_out_of_reach(PATH, 22, slope)


def test_a_path_that_goes_down_is_turned_round() -> None:
    falling = TargetPath([Milestone(0, 80), Milestone(10, 60)]).oriented(
        Direction.AT_MOST.orientation(Polarity.NEUTRAL)
    )
    assert path_value(falling, 5) == -70
    assert agreed_pace(falling, 5) == 2
    assert Direction.HOLD.orientation(Polarity.LOWER_BETTER) == -1
    assert (
        Direction.HOLD.orientation(Polarity.HIGHER_BETTER) == Direction.INCREASE.orientation(Polarity.LOWER_BETTER) == 1
    )


@pytest.mark.parametrize("quarters", [[1], [2, 1], [1, 1]])
def test_a_path_goes_forward(quarters: list[int]) -> None:
    with pytest.raises(ValueError, match="baseline and a target"):
        TargetPath([Milestone(quarter, 60) for quarter in quarters])


def test_everything_that_stands_in_the_way_of_a_state_is_told() -> None:
    def reasons(polarity: Polarity, frequency: Frequency, *, is_there: bool) -> list[NotAssessable]:
        return not_assessable_reasons(
            polarity=polarity,
            frequency=frequency,
            has_interval=is_there,
            has_number=is_there,
            is_own_unit=is_there,
            has_baseline=is_there,
        )

    assert reasons(Polarity.LOWER_BETTER, Frequency.QUARTER, is_there=True) == []
    assert reasons(Polarity.NEUTRAL, Frequency.YEAR, is_there=False) == [
        reason for reason in NotAssessable if reason is not NotAssessable.OTHER_UNIT
    ]
    assert all(reason.words for reason in NotAssessable)
