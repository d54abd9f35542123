"""The state against a target, with the worked numbers of METHODS 4."""

import pytest

from indicators.agreed_path import Direction
from indicators.quantiles import CONFIDENCE_95
from indicators.trend import (
    CAUTIOUS_RULE,
    RULE,
    Rule,
    Trend,
    TrendPoint,
    extra_variation,
    judge,
    lost_pace,
    weighted_slope,
)
from indicators.trend_states import TrendState

PACE, TARGET = 0.1 / 12, 0.9


def state(
    points: list[TrendPoint], *, pace: float = PACE, target: float = TARGET, extra: float = 0, rule: Rule = RULE
) -> Trend:
    return judge(points, pace=pace, target=target, direction=Direction.INCREASE, extra=extra, rule=rule)


def proportions(counts: list[int], size: int) -> list[TrendPoint]:
    """Quarters with the variance of a proportion that is pooled over them."""
    pooled = sum(counts) / (size * len(counts))
    half_width = CONFIDENCE_95.z * (pooled * (1 - pooled) / size) ** 0.5
    return [TrendPoint(at, count / size, half_width) for at, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "size", "z", "expected"),
    [
        ([1200, 1204, 1196, 1207, 1199, 1203, 1198, 1201], 2000, 4.94, TrendState.STALLED),
        ([60, 62, 59, 61, 58, 62, 60, 61], 100, 1.06, TrendState.UNDECIDED),
        ([600, 609, 616, 626, 633, 643, 650, 658], 1000, 0.01, TrendState.IMPROVING),
        ([1200, 1290, 1150, 1260, 1170, 1300, 1140, 1250], 2000, 1.67, TrendState.UNDECIDED),
    ],
)
def test_worked_numbers(counts: list[int], size: int, z: float, expected: TrendState) -> None:
    points = proportions(counts, size)
    found = state(points, extra=extra_variation([points]))
    assert found.lost_pace_z == pytest.approx(z, abs=0.005)
    assert found.state is expected


def test_few_quarters_are_too_few_and_five_do_not_stall() -> None:
    flat = proportions([1200] * 8, 2000)
    assert state(flat[:4]).state is TrendState.INSUFFICIENT
    assert state([]).state is TrendState.INSUFFICIENT
    assert state(flat[:7]).state is TrendState.UNDECIDED
    assert state(flat).state is TrendState.STALLED


def test_states_in_their_order() -> None:
    rising = proportions([1200 + 4 * at for at in range(8)], 2000)
    assert state(rising, target=0.6).state is TrendState.REACHED
    assert state(_reversed(rising)).state is TrendState.WORSENING
    precise = [point._replace(half_width=2e-4) for point in rising]
    assert state(precise).state is TrendState.TOO_SLOW
    assert state(precise, pace=0.002).state is TrendState.IMPROVING


def _reversed(points: list[TrendPoint]) -> list[TrendPoint]:
    values = [point.value for point in points][::-1]
    return [point._replace(value=value, half_width=2e-4) for point, value in zip(points, values, strict=True)]


@pytest.mark.parametrize(
    ("direction", "pace"), [(Direction.HOLD, PACE), (Direction.AT_LEAST, 0), (Direction.AT_MOST, -PACE)]
)
def test_where_standing_still_was_agreed_only_leaving_the_bound_is_worse(direction: Direction, pace: float) -> None:
    flat = proportions([1200] * 8, 2000)
    for bound, expected in ((0.6, TrendState.REACHED), (0.61, TrendState.UNDECIDED), (0.63, TrendState.WORSENING)):
        assert judge(flat, pace=pace, target=bound, direction=direction, extra=0).state is expected


def test_a_missing_quarter_keeps_its_place_in_time_and_old_quarters_do_not_count() -> None:
    points = [TrendPoint(at, 0.6 + 0.01 * at, 0.002) for at in (0, 1, 2, 4, 5, 6, 8, 9)]
    slope = state(points, pace=0.01).slope
    assert slope is not None
    assert slope.value == pytest.approx(0.01)
    assert slope.level == pytest.approx(0.69)
    assert slope == pytest.approx(weighted_slope(points[2:], 0))
    assert lost_pace(points, 0.01, 0.0) == pytest.approx(0, abs=1e-6)
    old = [TrendPoint(at - 20, 0.9, 0.002) for at in range(8)]
    assert state([*old, *points], pace=0.01) == state(points, pace=0.01)
    assert state([*old, *points[:4]]).state is TrendState.INSUFFICIENT


def test_extra_variation_is_pooled_over_areas_with_five_quarters_and_never_negative() -> None:
    wild, calm = proportions([1200, 1290, 1150, 1260, 1170, 1300, 1140, 1250], 2000), proportions([1200] * 8, 2000)
    own, pooled = extra_variation([wild]), extra_variation([wild, calm, wild[:4]])
    assert 0 < pooled < own / 2
    assert extra_variation([calm]) == 0
    assert extra_variation([]) == 0


def test_the_cautious_rule_needs_more_and_says_so() -> None:
    points = proportions([1200, 1212, 1206, 1199, 1214, 1203, 1212, 1208], 2000)
    z = state(points, extra=0.00034).lost_pace_z
    assert z is not None
    assert RULE.smallest_z < z < CAUTIOUS_RULE.smallest_z
    assert state(points, extra=0.00034).state is TrendState.STALLED
    assert state(points, extra=0.00034, rule=CAUTIOUS_RULE).state is TrendState.UNDECIDED
    assert CAUTIOUS_RULE.words(TrendState.STALLED).endswith("dan afgesproken (minder dan 25 % ervan)")
    assert RULE.words(TrendState.UNDECIDED) == TrendState.UNDECIDED.words
